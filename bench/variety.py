"""Agreements that differ as those of a register do: so filters find few of them, or most.

What is drawn for a number is the same each time, whatever is drawn for others. So in any register
the share of what is called frequent, common, some or rare is about 60, 10, 1 or 0.01 %.
"""

import datetime
from random import Random

from agreements.models import AgreementEdition, AgreementKind

from .content import FIRST_YEAR, YEARS, Plain
from .shares import (
    COMMON,
    COMMON_PARTY,
    COMMON_WORD,
    FREQUENT,
    FREQUENT_THEME,
    FREQUENT_WORD,
    RARE,
    RARE_ONE,
    RARE_PARTY,
    RARE_THEME,
    RARE_WORD,
    SOME,
    SOME_PARTY,
    SOME_THEME,
    SOME_WORD,
    SPECIAL_PARTIES,
)

LABELS = {
    AgreementKind.AGREEMENT: ("Agreement", 60),
    AgreementKind.PROTOCOL: ("Protocol", 20),
    AgreementKind.EXCHANGE_OF_LETTERS: ("Exchange of letters", 10),
    AgreementKind.CONVENTION: ("Convention", 8),
    AgreementKind.MEMORANDUM: ("Memorandum of understanding", 1),
    AgreementKind.DECLARATION: ("Joint declaration", 1),
}
SUBJECTS = (
    "archives", "museums", "theatre", "libraries", "translation", "literature", "film", "music",
    "dance", "circus", "crafts", "design", "fashion", "architecture", "monuments", "festivals",
    "broadcasting", "publishing", "copyright", "education", "languages", "youth", "sport",
    "research", "science", "tourism", "cities", "regions", "customs", "trade", "mobility", "visas",
    "artists", "performers", "producers", "audiovisual works", "returned objects", "excavations",
    "manuscripts", "photography", "puppetry", "gastronomy", "folklore", "games", "television",
)  # fmt: skip
#: Three events each, and of how many agreements in a hundred.
LIVES = {
    ("negotiations_concluded", "signature", "entry_into_force"): 60,
    ("negotiations_opened", "negotiations_concluded", "signature"): 14,
    ("signature", "entry_into_force", "termination"): 10,
    ("signature", "entry_into_force", "expiry"): 5,
    ("negotiations_opened", "negotiations_suspended", "negotiations_resumed"): 4,
    ("negotiations_opened", "negotiations_concluded", "initialled"): 3,
    ("negotiations_concluded", "signature", "provisional_application"): 2,
    ("signature", "entry_into_force", "denunciation_notified"): 1,
    ("negotiations_opened", "negotiations_suspended", "abandoned"): 1,
}
#: Editions beside the live one, and of how many agreements in a hundred.
BESIDE = {"superseded": 10, "draft": 10, "scheduled": 1, "": 79}


def drawn(what, n, shares):
    """Draw one of `shares` {value: weight} for a number."""
    return Random(f"{what} {n}").choices(list(shares), list(shares.values()))[0]


def happens(what, n, percent):
    return Random(f"{what} {n}").random() * 100 < percent


class Varied(Plain):
    """What agreement `n` says, after these shares and those of shares.py."""

    def editions(self, n, agreement, now):
        beside, day, kind = drawn("beside", n, BESIDE), datetime.timedelta(1), self.kind(n)
        if beside == "superseded":
            yield AgreementEdition(agreement=agreement, kind=kind, number=1,
                                   live_from=now - 9 * day, live_until=now - day)  # fmt: skip
        until = now + 30 * day if beside == "scheduled" else None
        number = 2 if beside == "superseded" else 1
        yield AgreementEdition(agreement=agreement, kind=kind, number=number,
                               live_from=now - day, live_until=until)  # fmt: skip
        if beside == "scheduled":
            yield AgreementEdition(agreement=agreement, kind=kind, number=2, live_from=until)
        if beside == "draft":
            yield AgreementEdition(agreement=agreement, kind=kind)

    def kind(self, n):
        return drawn("kind", n, {kind: share for kind, (_label, share) in LABELS.items()})

    def themes(self, n, themes):
        shares = {FREQUENT_THEME: FREQUENT, SOME_THEME: SOME}
        found = [themes[i] for i, share in shares.items() if happens(f"theme {i}", n, share)]
        if n % RARE == RARE_ONE:
            found.append(themes[RARE_THEME])
        others = [themes[0], *themes[RARE_THEME + 1 :]]
        return [*found, others[Random(f"theme {n}").randrange(len(others))]]

    def partners(self, n, parties):
        if n % RARE == RARE_ONE:
            return [party for party in parties if party.code == RARE_PARTY]
        code = drawn("party", n, {COMMON_PARTY: COMMON, SOME_PARTY: SOME, "": 89})
        found = [party for party in parties if code and party.code == code]
        others = [party for party in parties if party.code not in SPECIAL_PARTIES]
        wanted = (not found) + happens("second", n, COMMON)
        return found + Random(f"parties {n}").sample(others, wanted)

    def texts(self, n):
        subjects = Random(f"subjects {n}").sample(SUBJECTS, 3)
        shares = {FREQUENT_WORD: FREQUENT, COMMON_WORD: COMMON, SOME_WORD: SOME}
        words = [word for word, share in shares.items() if happens(word, n, share)]
        words += [RARE_WORD] if n % RARE == RARE_ONE else []
        label = LABELS[self.kind(n)][0]
        title = f"{label} on {' '.join(words)} in {subjects[0]} and {subjects[1]}, No {n}"
        line = f"opens {subjects[2]} of each side to the people of the other"
        texts = {"en": (title, line)}
        if happens("german", n, 30):
            texts["de"] = (f"Abkommen über {subjects[0]} und {subjects[1]}, Nr. {n}", "")
        return texts

    def events(self, n):
        random = Random(f"events {n}")
        day = datetime.date(FIRST_YEAR + random.randrange(YEARS), 1, 1)
        found = []
        for kind in drawn("life", n, LIVES):
            day += datetime.timedelta(days=random.randint(1, 900))
            found.append((kind, day))
        return found
