"""Which encoding a text file has: told from its letters, or chosen by an editor."""

import contextlib
import random

import pytest
from babel import Locale

from culturecoop.tabular.reading import (
    DELIMITERS,
    ENCODINGS,
    Unreadable,
    encodings,
    open_spreadsheet,
)

from .making import text_file

TEXTS = {
    "bg": "Споразумение между Република България и Република Гърция за сътрудничество",
    "cs": "Smlouva mezi Českou republikou a Spojenými státy o zamezení dvojího zdanění; Řecko",
    "da": "Overenskomst om økonomisk samarbejde på Færøerne, Grønland, Østrig",
    "de": "Abkommen zur Änderung des Übereinkommens über Österreich, Maßnahmen",
    "el": "Συμφωνία μεταξύ της Ελληνικής Δημοκρατίας και της Κύπρου; Λεωνίδας",
    "en": "Agreement between Côte d’Ivoire and Réunion, Åland, São Tomé – Curaçao",
    "es": "Convenio de cooperación científica; España, Perú, México, Panamá, año",
    "et": "Leping Läti Vabariigi ja Eesti vahel, õigusabi, tööjõud",
    "fr": "Traité d’amitié entre la République française et le Pérou; Convention fiscalité",
    "hr": "Ugovor između Republike Hrvatske i Češke o suradnji u području znanosti, Grčka",
    "hu": "Egyezmény a kettős adóztatás elkerüléséről és a jövedelemadók területén",
    "is": "Samningur á milli Íslands og Færeyja um þjóðir, viðskipti",
    "it": "Accordo per la libertà di comunità; perciò Perù città, è",
    "lt": "Susitarimas dėl bendradarbiavimo, Jungtinės Amerikos Valstijos, šalių",
    "lv": "Nolīgums par sadarbību ar Apvienoto Karalisti, nodokļu nemaksāšana",
    "pl": "Umowa między Rządem Rzeczypospolitej Polskiej a Rządem Republiki Południowej",
    "pt": "Acordo de Cooperação sobre extradição; São Tomé e Príncipe, Convenções, Japão",
    "ro": "Acord între Guvernul României şi Guvernul Franceze în domeniul educaţiei",
    "ru": "Соглашение между Правительством Российской Федерации и Чили о сотрудничестве",
    "sk": "Dohoda medzi vládou Slovenskej republiky o ochrane životného prostredia",
    "sl": "Sporazum med Republiko Slovenijo in Češko o sodelovanju, Švica, Grčija",
    "tr": "Türkiye Cumhuriyeti ile işbirliği anlaşması, sığınma, yatırımların korunması",
}
LANGUAGES = {
    "cp1252": "da de en es et fr is it pt",
    "mac_roman": "da de en es fr it pt",
    "cp1250": "cs hr hu pl ro sk sl",
    "iso8859_2": "cs hr hu pl ro sk sl",
    "cp1251": "bg ru",
    "koi8_r": "ru",
    "iso8859_5": "bg ru",
    "mac_cyrillic": "ru",
    "cp1253": "el",
    "iso8859_7": "el",
    "cp1254": "tr",
    "cp1257": "et lt lv",
    "utf-16-le": "cs el fr ru",
    "utf-16-be": "cs el fr ru",
}


def file_of(tmp_path, encoding, text):
    content = f"id;title\n1;{text.replace(';', ',')}\n".encode(encoding, "replace")
    return text_file(tmp_path / "a.csv", content), content.decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "language"),
    [(encoding, language) for encoding, all_ in LANGUAGES.items() for language in all_.split()],
)
def test_one_line_tells_the_encoding(tmp_path, encoding, language):
    path, text = file_of(tmp_path, encoding, TEXTS[language])
    spreadsheet = open_spreadsheet(path)
    assert list(spreadsheet.rows())[1] == (2, ["1", text.split(";")[-1].strip()])
    assert spreadsheet.encoding_guessed


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp949", "한국어 협정 및 조약"),
        ("shift_jis", "日本と中国の協定について"),
        ("gbk", "中华人民共和国政府"),
        ("cp1255", "הסכם בין מדינת ישראל"),
        ("cp1256", "اتفاقية بين المملكة المغربية والاتحاد الأوروبي"),
        ("cp874", "ความตกลงระหว่างประเทศ"),
    ],
)
def test_what_is_none_of_these_is_left_to_the_editor(tmp_path, encoding, text):
    path, _text = file_of(tmp_path, encoding, text)
    with pytest.raises(Unreadable, match="Choose it"):
        open_spreadsheet(path)
    assert list(open_spreadsheet(path, encoding=encoding).rows())[1] == (2, ["1", text])


def test_text_damaged_before_is_no_evidence(tmp_path):
    path = text_file(tmp_path / "a.csv", b"id,title\n1,CreaciA\xb3n De La RepA\xbablica\n")
    assert open_spreadsheet(path).encoding == "cp1252"


@pytest.mark.parametrize(
    ("content", "encoding", "row"),
    [
        (b'a;b\n"two\nlines";x\n1;\x81\n', "cp1252", 3),
        (b"a;b\n" + b"1;2\n" * 40 + b"Trait\xe9;2\n", "utf-8", 42),
        ("a;b\nŽ;é\n".encode("utf-16") + b"x", "utf-16", 3),
        (b"a;b\n1;\xff", "iso8859_7", 2),
    ],
)
def test_a_chosen_encoding_that_does_not_fit_names_the_row(tmp_path, content, encoding, row):
    path = text_file(tmp_path / "a.csv", content)
    with pytest.raises(Unreadable, match=rf"encoding {encoding}: in row {row} "):
        open_spreadsheet(path, encoding=encoding)


@pytest.mark.parametrize(
    "content", [b"a", b"a;b\n1;2\n", "a;Ž\né;2\n".encode("utf-16-le"), b"\xff" * 9]
)
@pytest.mark.parametrize("encoding", [name for name, _label in ENCODINGS])
def test_any_encoding_can_be_chosen_for_any_file(tmp_path, content, encoding):
    path = text_file(tmp_path / "a.csv", content)
    try:
        told = list(open_spreadsheet(path, encoding=encoding).rows())
    except Unreadable as refusal:
        told = encoding in str(refusal)
    assert told


def test_a_few_bytes_that_are_not_utf_8_do_not_garble_the_rest(tmp_path):
    content = "a;b\n" + "Côte d’Ivoire;Réunion\n" * 20
    path = text_file(tmp_path / "a.csv", content.encode() + b"Per\xfa;1\n")
    with pytest.raises(Unreadable, match="encoding utf-8: in row 22 "):
        open_spreadsheet(path)
    assert list(open_spreadsheet(path, encoding="cp1252").rows())[21][1][0] == "Perú"


def test_a_mark_stays_out_of_the_first_heading(tmp_path):
    path = text_file(tmp_path / "a.csv", "é,b\n", "utf-8-sig")
    assert list(open_spreadsheet(path, encoding="utf-8").rows()) == [(1, ["é", "b"])]


def test_what_can_be_chosen(tmp_path):
    for encoding, label in ENCODINGS:
        path = text_file(tmp_path / "a.csv", "a\tb\n1\t2\n", encoding)
        assert str(label)
        for delimiter, name in DELIMITERS:
            rows = list(open_spreadsheet(path, encoding=encoding, delimiter=delimiter).rows())
            assert str(name)
            assert len(rows[0][1]) == (2 if delimiter == "\t" else 1)


@pytest.mark.parametrize("choice", [{"encoding": "martian"}, {"encoding": "base64"}])
@pytest.mark.parametrize("delimiter", [None, "", ";;", '"', "\n"])
def test_a_choice_that_is_none_is_refused(tmp_path, choice, delimiter):
    path = text_file(tmp_path / "a.csv", "a,b\n")
    with pytest.raises(Unreadable, match="encoding"):
        open_spreadsheet(path, **choice)
    if delimiter:
        with pytest.raises(Unreadable, match="delimiter"):
            open_spreadsheet(path, delimiter=delimiter)


LISTS = {
    "cp1252": ["fr", "de", "es", "pt", "sv", "da", "fi", "nl"],
    "mac_roman": ["fr", "de", "es", "pt"],
    "cp850": ["fr", "de", "es"],
    "cp1250": ["pl", "cs", "hu", "sk", "sl", "hr", "ro"],
    "cp852": ["pl", "cs"],
    "iso8859_2": ["pl", "cs", "hu"],
    "cp1251": ["bg"],
    "cp1253": ["el"],
    "iso8859_7": ["el"],
    "cp1254": ["tr"],
    "cp1257": ["lt", "lv"],
}


@pytest.mark.parametrize(
    ("encoding", "language"), [(e, language) for e, found in LISTS.items() for language in found]
)
def test_lists_of_countries(tmp_path, encoding, language):
    """What an editor gets: short names, few letters with accents among many without."""
    names = [n for code, n in Locale.parse(language).territories.items() if len(code) == 2]
    chance = random.Random(f"{encoding} {language}")
    for _try in range(5):
        lines = [f"{n};{name}" for n, name in enumerate(chance.sample(names, 60))]
        with contextlib.suppress(UnicodeEncodeError):
            content = "\n".join(["id;name", *lines]).encode(encoding)
            (tmp_path / "a.csv").write_bytes(content)
            found, _guessed = encodings.detect(tmp_path / "a.csv")
            assert content.decode(found) == content.decode(encoding)
