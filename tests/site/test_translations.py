"""The catalogues of the site's languages: complete, compiled, and grammatical where it is hard."""

import gettext
import os
import re
import shutil
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from agreements.law import Period
from agreements.models import AgreementKind, Event
from agreements.vocabulary import EventKind, FormerStatus, Status
from agreements.wording import StatusOn
from culturecoop.dates import PartialDate

FOLDER = settings.BASE_DIR / "locale"
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
DOMAINS = ("django", "djangojs")
CATALOGUES = [(language, domain) for language in LANGUAGES for domain in DOMAINS]
CODE = ("agreements", "culturecoop", "strategy", "templates", "static")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def messages(path):
    """The messages of a .po file but its head."""
    with path.open("rb") as file:
        return [message for message in read_po(file, abort_invalid=True) if message.id]


def catalogue(language, domain):
    return messages(FOLDER / language / "LC_MESSAGES" / f"{domain}.po")


def forms(text):
    """The singular and the plural of a text, or the text alone."""
    return [text] if isinstance(text, str) else list(text)


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_every_text_is_translated(language, domain):
    missing = [m.id for m in catalogue(language, domain) if not all(forms(m.string))]
    doubtful = [m.id for m in catalogue(language, domain) if m.fuzzy]
    assert missing == []
    assert doubtful == []


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_translations_keep_the_placeholders(language, domain):
    wrong = [
        text
        for message in catalogue(language, domain)
        for text in forms(message.string)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(forms(message.id)[-1]))
    ]
    assert wrong == []


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_the_compiled_catalogue_says_the_same(language, domain):
    with (FOLDER / language / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    compiled.pop("")
    expected = {}
    for message in catalogue(language, domain):
        key = forms(message.id)[0]
        key = f"{message.context}\x04{key}" if message.context else key
        for number, text in enumerate(forms(message.string)):
            expected[(key, number) if message.pluralizable else key] = text
    assert compiled == expected


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The texts that are in the code now, {domain: {(context, id)}}."""
    if not shutil.which("xgettext"):
        pytest.skip("left out: gettext is not on this machine")
    copy = tmp_path_factory.mktemp("code")
    for name in CODE:
        shutil.copytree(settings.BASE_DIR / name, copy / name)
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    (copy / "locale").mkdir()
    environment = {**os.environ, "VAR_ROOT": str(copy / "var"), "DATABASE_URL": "sqlite://:memory:"}
    for domain in DOMAINS:
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "-v0", "-l", "de", "-d", domain],
            cwd=copy, env=environment, check=True,
        )  # fmt: skip
    return {domain: _keys(copy / f"locale/de/LC_MESSAGES/{domain}.po") for domain in DOMAINS}


def _keys(path):
    return {(message.context, forms(message.id)[0]) for message in messages(path)}


@pytest.mark.parametrize(("language", "domain"), CATALOGUES)
def test_every_text_of_the_code_is_in_the_catalogue(language, domain, collected):
    """`make messages` puts the missing ones there."""
    there = _keys(FOLDER / language / "LC_MESSAGES" / f"{domain}.po")
    assert there == collected[domain]


def test_no_text_is_marked_by_a_name_that_the_collection_does_not_know():
    named = re.compile(r"import \w*gettext\w* as (?!_$)", re.MULTILINE)
    sources = [path for name in CODE for path in (settings.BASE_DIR / name).rglob("*.py")]
    assert [path.name for path in sources if named.search(path.read_text("utf-8"))] == []


SENTENCES = [
    ("de", Status.PROVISIONALLY_APPLIED, "protocol", "2011-07-01", {},
     "Das Protokoll wird seit dem 1. Juli 2011 vorläufig angewandt."),
    ("de", Status.IN_FORCE, "convention", "2013-03", {"some_parties": True},
     "Das Übereinkommen ist seit März 2013 im Verhältnis zu einigen Vertragsparteien in Kraft."),
    ("de", Status.CONCLUDED, "exchange_of_letters", "2010", {},
     "Der Briefwechsel ist geschlossen, aber noch nicht in Kraft."),
    ("de", Status.SIGNED, "agreement", "2010", {"in_part": True},
     "Nur einige Bestimmungen des Abkommens sind unterzeichnet; sie sind noch nicht in Kraft."),
    ("de", Status.SUSPENDED, "protocol", "2015", {},
     "Die Anwendung des Protokolls ist seit 2015 ausgesetzt."),
    ("de", Status.TERMINATED, "agreement", "2025-06-28", {},
     "Das Abkommen wurde mit Wirkung vom 28. Juni 2025 beendet."),
    ("de", Status.EXPIRED, "agreement", "2025-12-31", {},
     "Das Abkommen ist am 31. Dezember 2025 abgelaufen."),
    ("fr", Status.PROVISIONALLY_APPLIED, "protocol", "2011-07-01", {"in_part": True},
     "Le protocole est partiellement appliqué à titre provisoire depuis le 1er juillet 2011."),
    ("fr", Status.IN_FORCE, "agreement", "2011-07-01", {"in_part": True},
     "L’accord est partiellement en vigueur depuis le 1er juillet 2011."),
    ("fr", Status.IN_FORCE, "convention", "2013-03", {"some_parties": True},
     "La convention est en vigueur à l’égard de certaines parties contractantes "
     "depuis mars 2013."),
    ("fr", Status.SUSPENDED, "convention", "2015", {},
     "L’application de la convention est suspendue depuis 2015."),
    ("fr", Status.TERMINATED, "declaration", "2015-06-28", {},
     "La déclaration a pris fin avec effet au 28 juin 2015."),
    ("fr", Status.EXPIRED, "declaration", "2015", {},
     "La déclaration a expiré en 2015."),
    ("fr", Status.REPLACED, "convention", "2015-06-28", {},
     "La convention a été remplacée par un autre accord avec effet au 28 juin 2015."),
]  # fmt: skip
AHEAD = [
    ("de", Status.IN_FORCE, "agreement", "2025-06-28", False,
     "Das Abkommen wurde am 16. Mai 2024 gekündigt und tritt am 28. Juni 2025 außer Kraft."),
    ("de", Status.IN_FORCE, "agreement", "2025", True,
     "Das Abkommen wurde am 16. Mai 2024 gekündigt und läuft 2025 ab."),
    ("de", Status.PROVISIONALLY_APPLIED, "protocol", "2025-03", False,
     "Das Protokoll wurde am 16. Mai 2024 gekündigt; "
     "die vorläufige Anwendung endet im März 2025."),
    ("fr", Status.IN_FORCE, "agreement", "2025-06-28", False,
     "L’accord a été dénoncé le 16 mai 2024 et cessera d’être en vigueur le 28 juin 2025."),
    ("fr", Status.IN_FORCE, "convention", "2025-03", False,
     "La convention a été dénoncée le 16 mai 2024 et cessera d’être en vigueur en mars 2025."),
    ("fr", Status.PROVISIONALLY_APPLIED, "protocol", "2025-06-28", False,
     "Le protocole a été dénoncé le 16 mai 2024 ; "
     "l’application provisoire prend fin le 28 juin 2025."),
]  # fmt: skip
OF_PARTIES = (Status.WITHDRAWN, Status.CEASED)
OF_AGREEMENTS = [held for held in (*Status, FormerStatus.DENOUNCED) if held not in OF_PARTIES]
NOTICE = Event(kind=EventKind.DENUNCIATION_NOTIFIED, date=PartialDate(2024, 5, 16))


def status(held, kind, date, *, notice=None, **period):
    began = PartialDate.parse(date)
    return StatusOn(
        Period(party=None, status=held, since=began.first, began=began, **period),
        kind=kind,
        notice=notice,
    )


def plain(text):
    return text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("language", "held", "kind", "date", "extent", "sentence"), SENTENCES)
def test_a_status_is_a_sentence(language, held, kind, date, extent, sentence):
    with translation.override(language):
        assert plain(status(held, kind, date, **extent).sentence) == sentence


@pytest.mark.parametrize(("language", "held", "kind", "ends", "last", "sentence"), AHEAD)
def test_a_denunciation_is_a_sentence_behind_what_still_stands(
    language, held, kind, ends, last, sentence
):
    period = {"ends": PartialDate.parse(ends), "ends_after": last}
    with translation.override(language):
        said = plain(status(held, kind, "2011-07-01", notice=NOTICE, **period).sentence)
    assert said.endswith(f". {sentence}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("held", OF_AGREEMENTS)
def test_every_status_of_every_kind_is_a_sentence(language, held):
    with translation.override(language):
        for kind in AgreementKind:
            sentence = status(held, kind, "2011-07-02", some_parties=True).sentence
            assert sentence[0].isupper()
            assert sentence.endswith(".")
            assert "  " not in sentence


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("de", "vorläufig angewandt im Verhältnis zu einigen Vertragsparteien"),
        ("fr", "appliquée à titre provisoire à l’égard de certaines parties contractantes"),
    ],
)
def test_a_status_and_its_extent_are_a_label(language, label):
    with translation.override(language):
        held = status(Status.PROVISIONALLY_APPLIED, "convention", "2013-03", some_parties=True)
        assert held.label == held.short_label == label


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("de", "in Kraft, gekündigt am 16. Mai 2024 (endet am 28. Juni 2025)"),
        ("fr", "en vigueur, dénonciation notifiée le 16 mai 2024 (prend fin le 28 juin 2025)"),
    ],
)
def test_a_denunciation_is_in_the_label_of_what_still_stands(language, label):
    ends = PartialDate(2025, 6, 28)
    with translation.override(language):
        held = status(Status.IN_FORCE, "agreement", "2011-07-01", notice=NOTICE, ends=ends)
        assert plain(held.label) == label
