"""Which letters outside ASCII the languages of Europe use, and how often.

`FREQUENCIES` gives for each language the letters with their share among the letters outside
ASCII (for Greek and Cyrillic, among all letters), in units of its own, from published counts.
"""

from collections import defaultdict
from collections.abc import Sequence

FREQUENCIES = {
    "fr": "é190 à49 è27 ê22 ç9 î5 ô6 â5 û6 ù6 ë1 ï1 œ2",
    "de": "ü100 ä58 ö44 ß31",
    "es": "ó90 í73 á50 é43 ñ31 ú17 ü1",
    "pt": "ã73 ç60 é34 ó30 í20 á40 ê25 ú15 õ15 â10 à7 ô10",
    "it": "à63 è26 ù16 é6 ì4 ò6",
    "sv": "ä180 å134 ö131 é5",
    "da": "å119 ø94 æ87 é3",
    "fi": "ä358 ö44 å2",
    "is": "ð439 á180 í157 þ145 ó99 æ87 ö78 é65 ú61 ý23",
    "nl": "ë50 é40 ï20 ö10 è8 ü5",
    "pl": "ł182 ę111 ą99 ó85 ż83 ś66 ć40 ń25 ź6",
    "cs": "í164 ě122 á120 ý80 é80 ž72 š69 č60 ř80 ů40 ú8 ň4 ó3 ť2 ď2",
    "sk": "á200 í100 é100 ý100 č94 ž90 ú90 š80 ť60 ľ40 ď20 ô15 ň15 ä10 ó10 ŕ2 ĺ2",
    "hu": "é425 á344 ő88 ó82 ö82 ü60 í47 ú24 ű19",
    "ro": "ă400 ş150 ţ120 î100 â90 ș150 ț120",
    "hr": "č110 š100 ć70 ž60 đ30",
    "sl": "č150 š100 ž65",
    "et": "ä130 õ100 ü70 ö20 š3 ž2",
    "lv": "ā500 ī180 ē150 š120 ņ60 ļ50 ū40 ž40 č20 ķ20 ģ10",
    "lt": "ė150 š120 ų120 ž80 ą60 į60 ū50 č40 ę20",
    "tr": "ı500 ü190 ş180 ğ110 ç110 ö80 İ40 â2",
    "el": "α120 ο98 ι94 ε84 τ83 σ49 ς40 ν66 η53 υ43 ρ40 π40 κ41 μ33 λ28 ω20 δ17 γ17 χ12 θ13 φ8 β7 "
    "ξ5 ζ3 ψ2 ό20 ί25 ά20 έ15 ή15 ύ10 ώ8 ϊ2 ϋ1",
    "ru": "о110 е84 а80 и74 н67 т63 с55 р47 в45 л43 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 "
    "ч14 й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ1 ё2",
    "bg": "а120 и93 о90 е85 т78 н68 р50 с51 в45 л36 к34 д33 п30 м25 ъ16 з20 я20 у15 г15 б12 ч14 "
    "ц7 х7 ж6 ш3 щ6 ю2 й6 ф3 ь1",
    "uk": "о94 а83 н65 и61 і57 т55 в54 р46 е46 с40 к36 л36 д34 у33 м29 п29 з22 я22 ь18 б18 г16 "
    "ч14 х11 й10 ж8 ї8 ц8 ш7 ю7 є6 щ4 ф3 ґ1",
}
WESTERN = ["fr", "de", "es", "pt", "it", "sv", "da", "fi", "is", "nl"]
CENTRAL = ["pl", "cs", "sk", "hu", "ro", "hr", "sl", "de"]
BALTIC = ["lv", "lt", "et"]
CYRILLIC = ["ru", "bg", "uk"]
# Signs that are in the texts of any language.
SIGNS = "’“”–«»„‘—…\xa0°§€·•º"


def shares(languages: Sequence[str]) -> dict[str, float]:
    """Return {letter: its share}, of one language or of a mixture of several."""
    total: dict[str, float] = defaultdict(float)
    for language in languages:
        weights = {pair[0]: float(pair[1:]) for pair in FREQUENCIES[language].split()}
        whole = sum(weights.values())
        for letter, weight in weights.items():
            share = weight / whole / len(languages)
            total[letter] += share
            capital = letter.upper()
            if len(capital) == 1 and capital != letter:
                total[capital] += share / 4
    return total
