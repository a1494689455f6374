"""How often something is in a register that varies, and what is that often: see variety.py."""

FREQUENT, COMMON, SOME = 60, 10, 1  # in a hundred
RARE = 10_000  # one of so many
RARE_ONE = 7

COMMON_PARTY, SOME_PARTY, RARE_PARTY = "CH", "JP", "TV"
SPECIAL_PARTIES = (COMMON_PARTY, SOME_PARTY, RARE_PARTY)
FREQUENT_THEME, SOME_THEME, RARE_THEME = 1, 2, 3  # places in the list of themes
FREQUENT_WORD, COMMON_WORD, SOME_WORD, RARE_WORD = "Cooperation", "Cultural", "Heritage", "Beacons"
