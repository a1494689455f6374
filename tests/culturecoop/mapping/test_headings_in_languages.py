"""Headings in the languages of the Union, as lists of ministries have them."""

import pytest

from culturecoop.languages import EU_LANGUAGES
from culturecoop.mapping import guessing, words
from culturecoop.sheets import registry

pytestmark = pytest.mark.django_db
ROWS = [
    ["{}1", "Accord A", "France", "13/02/2003", "01/03/2004", ""],
    ["{}2", "Accord B", "Japan", "14/02/2003", "01/04/2005", ""],
]
#: {language: number, title, parties, signature, entry into force, end}
HEADINGS = {
    "bg": ["№", "Наименование", "Държава", "Дата на подписване", "В сила от", "Прекратяване"],
    "cs": ["Číslo", "Název smlouvy", "Stát", "Datum podpisu", "V platnosti od", "Výpověď"],
    "da": ["Nr.", "Titel", "Land", "Undertegnet", "Trådt i kraft", "Ophør"],
    "de": ["Lfd. Nr.", "Titel", "Staat", "Unterzeichnet am", "In Kraft seit", "Außer Kraft"],
    "el": ["Α/Α", "Τίτλος", "Χώρα", "Ημερομηνία υπογραφής", "Έναρξη ισχύος", "Λήξη"],
    "en": ["No.", "Title", "Country", "Date signed", "In force since", "Expired"],
    "es": ["N.º", "Título", "País", "Fecha de firma", "Entrada en vigor", "Expiración"],
    "et": ["Nr", "Pealkiri", "Riik", "Allkirjastatud", "Jõustunud", "Lõppemine"],
    "fi": ["Nro", "Nimike", "Maa", "Allekirjoitettu", "Tullut voimaan", "Päättyminen"],
    "fr": ["N°", "Intitulé", "Pays", "Signé le", "Entrée en vigueur", "Dénonciation"],
    "ga": ["Uimh.", "Teideal", "Tír", "Dáta sínithe", "Teacht i bhfeidhm", "Foirceannadh"],
    "hr": ["Br.", "Naziv", "Država", "Datum potpisivanja", "Na snazi od", "Prestanak"],
    "hu": ["Sorszám", "Cím", "Ország", "Aláírás dátuma", "Hatálybalépés", "Megszűnés"],
    "it": ["N.", "Titolo", "Paese", "Data firma", "Entrata in vigore", "Scadenza"],
    "lt": ["Eil. nr.", "Pavadinimas", "Valstybė", "Pasirašymo data", "Įsigaliojo", "Pabaiga"],
    "lv": ["Nr.", "Nosaukums", "Valsts", "Parakstīts", "Stājies spēkā", "Izbeigšana"],
    "mt": ["Nru", "Titolu", "Pajjiż", "Data tal-firma", "Dħul fis-seħħ", "Tmiem"],
    "nl": ["Nummer", "Titel", "Land", "Ondertekend op", "Inwerkingtreding", "Opzegging"],
    "pl": ["Lp.", "Tytuł umowy", "Państwo", "Data podpisania", "Wejście w życie", "Wygaśnięcie"],
    "pt": ["N.º", "Título", "País", "Assinado em", "Em vigor desde", "Caducidade"],
    "ro": ["Nr. crt.", "Denumire", "Țara", "Data semnării", "În vigoare din", "Încetare"],
    "sk": ["Č.", "Názov zmluvy", "Štát", "Dátum podpisu", "V platnosti od", "Ukončenie"],
    "sl": ["Št.", "Naslov", "Država", "Datum podpisa", "Velja od", "Odpoved"],
    "sv": ["Nr", "Titel", "Land", "Undertecknat", "Trädde i kraft", "Uppsägning"],
}
TARGETS = ("slug", "title", "parties", "signature", "entry_into_force", "termination")


def test_every_language_has_headings():
    assert sorted(HEADINGS) == sorted(EU_LANGUAGES)


@pytest.mark.parametrize("language", HEADINGS)
def test_main_columns_are_found(language):
    headings = HEADINGS[language]
    samples = [[cell.format(language) for cell in row] for row in ROWS]
    resource = registry.find("agreements")()
    mapping = guessing.guess(resource, headings, samples)
    found = {target: rule.sources[:1] for target, rule in mapping.columns.items() if rule.sources}
    title = next(name for name in found if name.startswith("title_"))
    found["title"] = found.pop(title)
    assert found == {t: (h,) for t, h in zip(TARGETS, headings, strict=True)}
    assert mapping.columns["entry_into_force"].notation == "day_first"


@pytest.mark.parametrize("language", ["bg", "de", "el", "es", "et", "hu", "it", "lt", "lv", "pl"])
def test_the_title_is_in_the_language_of_the_headings(language):
    headings = [words.plain(heading) for heading in HEADINGS[language]]
    assert words.language_of(headings) == language


@pytest.mark.parametrize("language", EU_LANGUAGES)
def test_the_files_have_the_columns_and_no_phrase_for_two_of_them(language):
    mine = {column: words.phrases()[column].get(language, []) for column in words.COLUMNS}
    assert all(mine.values()), [column for column, texts in mine.items() if not texts]
    told = {}
    for column, texts in mine.items():
        assert len(set(texts)) == len(texts), (column, texts)
        for text in texts:
            assert text, column
            if column not in ("party", "date"):
                assert told.setdefault(text, column) == column, text


@pytest.mark.parametrize(
    ("heading", "language"),
    [("title fr", "fr"), ("titel de", "de"), ("title in french", "fr"), ("titre en anglais", "en"),
     ("titolo inglese", ""), ("name de", "de"), ("title", ""), ("french", ""), ("country fr", "")],
)  # fmt: skip
def test_titles_of_a_language(heading, language):
    assert words.language_of_title(heading) == language
