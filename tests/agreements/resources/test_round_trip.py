"""Export, then import: nothing changes, for any content that the models accept."""

import io

import pytest
from django.core.files import File
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements.models import (
    Agreement,
    AgreementEdition,
    AgreementKind,
    AgreementParty,
    AgreementText,
    Event,
    Party,
    Theme,
)
from agreements.vocabulary import Binding, Capacity, EventKind, Form, Side
from culturecoop.dates import PartialDate
from culturecoop.editions import bulk
from culturecoop.imports import jobs
from culturecoop.imports.models import ImportJob
from culturecoop.languages import EU_LANGUAGES
from culturecoop.sheets import registry
from culturecoop.tabular import writing
from culturecoop.texts import FORBIDDEN, tidy
from tests.profiles import examples

SPICE = [
    "=1+1", "+1", "-1", "@x", "'", "''", "'=", '"', ";", ",", "\n", "\n\n", "\t", "  ", "_x000D_",
    "007", "1e5", "TRUE", "2012-12-31", "#N/A", "3/7", "🇫🇷", "👩‍👩‍👧", "שלום",
    "\u202eevil", "\u200b", "é", "<b>", "&amp;", "]]>", "\ufeff", "\u2028", "null", "None",
]  # fmt: skip
characters = st.characters(exclude_categories=["Cs"]).filter(lambda c: not FORBIDDEN.search(c))
pieces = st.lists(st.sampled_from(SPICE) | characters, max_size=8).map("".join)
texts = pieces.map(tidy) | st.just("=long\n" * 5_000 + "end")
lines = pieces.map(lambda text: tidy(text)[:200].strip())
titles = lines.filter(bool)
dates = st.builds(
    lambda day, length, mark: PartialDate.parse(day.isoformat()[:length] + mark),
    st.dates(),
    st.sampled_from([4, 7, 10]),
    st.sampled_from(["", "?", "~", "%"]),
)
events = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(EventKind.values),
        "date": dates,
        "note": lines,
        "source": lines,
        "party": st.sampled_from([None, "EU", "KR"]),
        "words": st.none() | titles,
        "until": st.none() | dates,
        "scope": st.sampled_from(["part", "rest"]),
    }
)
agreements = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(AgreementKind.values),
        "form": st.sampled_from(["", *Form.values]),
        "binding": st.sampled_from(["", *Binding.values]),
        "side": st.sampled_from(["", *Side.values]),
        "capacity": st.sampled_from(["", *Capacity.values]),
        "source_language": st.sampled_from(EU_LANGUAGES),
        "legal_basis": lines,
        "internal_note": texts,
        "themes": st.sets(st.sampled_from(["trade", "culture", "a-b"])),
        "parties": st.lists(st.sampled_from(["EU", "KR", "CAN"]), unique=True),
        "events": st.lists(events, max_size=4),
        "texts": st.dictionaries(
            st.sampled_from(EU_LANGUAGES),
            st.tuples(texts, titles, texts, lines, texts),
            max_size=3,
        ),
    }
)


def make(number, content):
    """A draft of such content, validated as the admin would."""
    language = content["source_language"]
    agreement = Agreement.objects.create(slug=f"a-{number}", source_language=language)
    [draft] = bulk.start_many([agreement], AgreementEdition)
    for name in ("kind", "form", "binding", "legal_basis", "internal_note"):
        setattr(draft, name, content[name])
    draft.full_clean()
    draft.save()
    draft.themes.set(Theme.objects.filter(slug__in=content["themes"]))
    parties = {party.code: party for party in Party.objects.all()}
    parts = [
        AgreementParty(
            edition=draft,
            party=parties[code],
            position=position,
            side=content["side"],
            capacity=content["capacity"],
        )
        for position, code in enumerate(content["parties"])
    ]
    for event in content["events"]:
        words = event["words"]
        values = {name: event[name] for name in ("kind", "date", "until", "note", "source")}
        place = {"scope": event["scope"], "part": words} if words else {}
        parts.append(Event(edition=draft, party=parties.get(event["party"]), **values, **place))
    names = ("official_title", "title", "summary", "line", "wording")
    for language, values in content["texts"].items():
        fields = dict(zip(names, values, strict=True))
        parts.append(AgreementText(edition=draft, language=language, **fields))
    for part in parts:
        part.full_clean()
        part.save()


def there_and_back(name, kind):
    """Export the sheet and plan its import; the job."""
    resource, file = registry.find(name)(), io.BytesIO()
    objects = resource.objects()
    headings = resource.headings(objects)
    writing.write(file, kind, name, headings, resource.rows(objects, headings))
    file.seek(0)
    return jobs.plan(jobs.create(File(file), name=f"a.{kind}", resource=name))


def make_reference_data():
    Party.objects.bulk_create(Party(code=code, name=code) for code in ("EU", "KR", "CAN"))
    Theme.objects.bulk_create(Theme(slug=s, name=s) for s in ("trade", "culture", "a-b"))


def sheet_of(name):
    """The headings and rows of an export."""
    resource = registry.find(name)()
    objects = resource.objects()
    headings = resource.headings(objects)
    return headings, list(resource.rows(objects, headings))


class RoundTrip(TestCase):
    @examples(1 / 2)
    @given(contents=st.lists(agreements, min_size=1, max_size=4), data=st.data())
    def test_agreements_and_events(self, contents, data):
        make_reference_data()
        for number, content in enumerate(contents):
            make(number, content)
        kind = data.draw(st.sampled_from(writing.FORMATS))
        counts = {
            "agreements": len(contents),
            "events": Event.objects.count(),
            "agreement_parties": AgreementParty.objects.count(),
        }
        for name, count in counts.items():
            if count:
                job = there_and_back(name, kind)
                assert job.counts == {"unchanged": count}, (
                    job.message,
                    list(job.rows.exclude(kind="unchanged").values("changes", "errors")),
                )

    @examples(1 / 2)
    @given(content=agreements, kind=st.sampled_from(writing.FORMATS))
    def test_a_copy_says_the_same(self, content, kind):
        """What is exported, imported as a new agreement, is exported the same."""
        make_reference_data()
        content["events"] = list({e["kind"]: e for e in content["events"]}.values())
        make(1, content)
        headings, [row] = sheet_of("agreements")
        new = ["a-2", "", *row[2:]]
        file = io.BytesIO()
        writing.write(file, kind, "Copy", headings, [new])
        file.seek(0)
        job = jobs.plan(jobs.create(File(file), name=f"a.{kind}", resource="agreements"))
        if job.counts == {"duplicate": 1}:
            assert new[headings.index("signature")]
            return
        assert job.counts == {"new": 1}, list(job.rows.values("errors"))
        jobs.apply(job)
        _headings, [first, second] = sheet_of("agreements")
        assert first[2:] == second[2:]

    @examples(1 / 2)
    @given(
        aliases=st.lists(titles, max_size=5, unique_by=str.casefold),
        name=titles,
        kind=st.sampled_from(writing.FORMATS),
    )
    def test_parties(self, aliases, name, kind):
        party = Party.objects.create(code="X1", name=name)
        party.names.create(language="mt", name=name)
        for number, alias in enumerate(aliases):
            if not party.aliases.filter(alias__iexact=alias).exists():
                party.aliases.create(alias=alias)
            assert number < 5
        job = there_and_back("parties", kind)
        assert job.counts == {"unchanged": 1}, list(job.rows.values("changes", "errors"))


@pytest.mark.django_db
def test_nothing_to_export_is_told():
    job = there_and_back("events", "ods")
    assert job.state == ImportJob.State.REFUSED
    assert "no rows" in job.message
