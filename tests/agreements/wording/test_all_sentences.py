"""All that the register can say of a legal state, in its three languages, kept to be read.

`sentences.txt` is read by people: what stands there is what readers see. After a change of words
`UPDATE=1 python -m pytest tests/agreements/wording` writes it anew; read the difference.
"""

import os
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from agreements.law import Period
from agreements.models import AgreementKind, Event
from agreements.vocabulary import FormerStatus, Remark, Status
from agreements.wording import StatusOn
from culturecoop import datewords
from culturecoop.dates import PartialDate

FILE = Path(__file__).with_name("sentences.txt")
DAY, MONTH, YEAR = (PartialDate.parse(text) for text in ("2011-07-01", "2013-03", "2015"))
NOTICE, ENDS, LAST = (PartialDate.parse(t) for t in ("2024-06-27", "2025-06-28", "2025-12-31"))
GENDERS = (AgreementKind.AGREEMENT, AgreementKind.CONVENTION)
EFFECTS = (Status.PROVISIONALLY_APPLIED, Status.IN_FORCE, Status.SUSPENDED)
STATUSES = [*Status, FormerStatus.DENOUNCED]
OF_PARTIES = (Status.WITHDRAWN, Status.CEASED)


def state(status, kind=AgreementKind.AGREEMENT, began=DAY, event="", binding=True, **held):
    """A StatusOn of a period that began on a day; `event`, `notice`, `unsure` are made here."""
    made = {
        "event": Event(pk=1, kind=event or "signature", date=began),
        "notice": held.pop("notice", None)
        and Event(pk=2, kind="denunciation_notified", date=NOTICE),
    }
    unsure = held.pop("unsure", None)
    made["unsure"] = unsure and Event(pk=3, kind="entry_into_force", date=unsure)
    period = Period(None, status, began.first, began=began, **held)
    return StatusOn(period, kind, binding, **made)


def ahead():
    """What can be known ahead of what has effect, with its name."""
    yield "", {}
    yield "notice", {"notice": True}
    yield "notice, a year ago", {"notice": True, "uncertain": True}
    yield "notice and end", {"notice": True, "ends": ENDS}
    yield "notice and last day", {"notice": True, "ends": LAST, "ends_after": True}
    yield "end", {"ends": ENDS}
    yield "last day", {"ends": LAST, "ends_after": True}
    yield "end in a month", {"ends": MONTH}


def sentences():
    """(heading, sentence) of every combination."""
    for status, kind in product(STATUSES, AgreementKind):
        if status not in OF_PARTIES:
            yield f"{status.value}, {kind.value}", state(status, kind).sentence
    for status, kind in product(Status, GENDERS):
        if status.is_making:
            in_part = state(status, kind, in_part=True)
            yield f"{status.value}, in part, {kind.value}", in_part.sentence
            plain = state(status, kind, binding=False)
            yield f"{status.value}, not binding, {kind.value}", plain.sentence
            unsure = state(status, kind, uncertain=True, unsure=YEAR)
            yield f"{status.value}, uncertain, {kind.value}", unsure.sentence
    for status, kind, part, some in product(EFFECTS, GENDERS, (False, True), (False, True)):
        for name, known in ahead():
            extent = {"in_part": part and status is not Status.SUSPENDED, "some_parties": some}
            if part and status is Status.SUSPENDED:
                continue
            words = [w for w, held in (("in part", part), ("for some parties", some)) if held]
            heading = ", ".join([status.value, *words, *([name] if name else []), kind.value])
            yield heading, state(status, kind, **extent, **known).sentence
    nothing = StatusOn(
        Period(None, None, DAY.first, uncertain=True), "agreement",
        unsure=Event(pk=3, kind="signature", date=YEAR),
    )  # fmt: skip
    yield "nothing certain", nothing.sentence


def labels():
    """(heading, label) of every status, for the whole and for a party."""
    for status, kind in product(STATUSES, GENDERS):
        if status not in OF_PARTIES:
            yield f"{status.value}, {kind.value}", state(status, kind).label
            some = state(status, kind, some_parties=True, in_part=True)
            yield f"{status.value}, in part for some parties, {kind.value}", some.label
            unsure = state(status, kind, uncertain=True)
            yield f"{status.value}, uncertain, {kind.value}", unsure.label
    for name, known in ahead():
        yield f"in force, {name}", state(Status.IN_FORCE, **known).label
    for status, began in product(Status, (DAY, MONTH, YEAR)):
        row = state(status, began=began, event="ratification")
        yield f"a party: {status.value}, {began}", row.party_words
    for status, remark in (
        (Status.CONCLUDED, Remark.EFFECT_UNKNOWN), (Status.SIGNED, Remark.BOUND_UNKNOWN),
        (Status.CONCLUDED, Remark.BOUND_UNKNOWN), (Status.IN_FORCE, Remark.AT_LATEST),
    ):  # fmt: skip
        row = state(status, event="ratification", remark=remark)
        yield f"a party: {status.value}, {remark.value}", row.party_words
    yield "a party: conclusion decided", state(Status.CONCLUDED, event="conclusion").party_words
    for name, known in ahead():
        yield f"a party: in force, {name}", state(Status.IN_FORCE, **known).party_words


def days():
    """(heading, words) of days, months and years, certain or not."""
    texts = ("2011-07-01", "2011-07-02", "2013-03", "2015", "2011-07-01~", "2013-03~", "2015~",
             "2015?")  # fmt: skip
    for name, text in product(("since", "on", "with_effect", "at_some_time", "before"), texts):
        yield f"{name}, {text}", getattr(datewords, name)(PartialDate.parse(text))


def everything():
    """The text of the file."""
    lines = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for title, rows in (("Sentences", sentences), ("Labels", labels), ("Days", days)):
                lines += ["", f"# {title} ({code})", ""]
                lines += [f"{heading}: {text}" for heading, text in rows()]
    return "\n".join(lines).strip().replace("\xa0", "⍽").replace("\u202f", "⍽") + "\n"


def test_the_register_says_what_was_read():
    text = everything()
    if os.environ.get("UPDATE"):
        FILE.write_text(text, encoding="utf-8")
    assert text == FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "never",
    ["is terminated since", "is provisionally applied since", "is denounced", "None", "%(", "  ",
     "seit dem 31. Dezember", "depuis le 31 décembre", "ist seit", "pour certaines parties"],
)  # fmt: skip
def test_it_never_says(never):
    text = everything().replace("⍽", " ")
    found = [line for line in text.splitlines() if never in line]
    allowed = [line for line in found if never == "ist seit" and "in Kraft" in line]
    assert [line for line in found if line not in allowed and "Anwendung" not in line] == []
