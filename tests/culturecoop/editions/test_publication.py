"""Many drafts published together: as one by one, in a number of queries that does not grow."""

import datetime
from collections import Counter

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.models import (
    Agreement,
    AgreementEdition,
    CompiledAgreement,
    Membership,
    Party,
)
from culturecoop.documents.models import Document
from culturecoop.editions import publication, together, verbs
from culturecoop.editions.models import Change
from culturecoop.editions.proofs import faults
from culturecoop.editions.seen import Seen
from culturecoop.reference.verbs import amend
from tests.answering import publish

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}
IN_FORCE = {"parties": ["EU", "KR"], "events": [("entry_into_force", "2011-07-01")]}
AGREED = ["no_event", "withdrawn", "left_behind", "form", "loses_effect", "expired"]
LATER = timezone.now() + datetime.timedelta(days=30)
REFUSED = {
    "bare": "No partner is named",
    "untitled": "There is no text in the source language",
    "stranger": "An event names MX, which is neither a party",
    "same": "Nothing was changed since edition 1",
    "saved": "A command saved this draft on",
    "discarded": "somebody discarded it meanwhile",
    "out": "This is no longer a draft",
    "renamed": "changed “renamed-anew”",
    "added": "which becomes public with it, was added on",
}


@pytest.fixture
def site(make_agreement, make_file):
    """{slug: a draft as somebody saw it}, and what he had seen besides."""
    drafts = dict(_new_ones(make_agreement, make_file))
    for slug in ("changed", "same", "scheduled", "withdrawn", "left", "lost"):
        drafts[slug] = _draft_anew(slug, make_agreement(slug, **IN_FORCE))
    seen = Seen.now()
    verbs.record_change(AgreementEdition.objects.get(pk=drafts["saved"].pk))
    verbs.discard(AgreementEdition.objects.get(pk=drafts["discarded"].pk))
    publish(AgreementEdition.objects.get(pk=drafts["out"].pk))
    renamed = Agreement.objects.get(slug="renamed")
    renamed.slug = "renamed-anew"
    amend(renamed)
    make_file(Document.objects.get(slug="late"))
    return drafts, seen


def _new_ones(make_agreement, make_file):
    for slug in ("sound", "untitled", "saved", "discarded", "out", "renamed"):
        yield slug, make_agreement(slug, publish=False, **SOUND)
    AgreementEdition.objects.get(agreement__slug="untitled").texts.all().delete()
    yield "bare", make_agreement("bare", publish=False)
    parties = ["EU", "KR", "CL"]
    yield "several", make_agreement("several", publish=False, parties=parties)
    member = [("signature", "2010-10-06", "MX")]
    yield "grouping", make_agreement("grouping", publish=False, parties=["EU", "GR"], events=member)
    yield "stranger", make_agreement("stranger", publish=False, parties=["EU", "KR"], events=member)
    Party.objects.filter(code="GR").update(kind="grouping")
    both = (Party.objects.get(code=code) for code in ("GR", "MX"))
    Membership.objects.create(**dict(zip(("grouping", "member"), both, strict=True)))
    annex = Document.objects.create(slug="annex", title="Annex")
    late = Document.objects.create(slug="late", title="Late")
    for language in ("en", "de"):
        make_file(annex, language=language)
    for slug, document in (("annexed", annex), ("annexed-too", annex), ("added", late)):
        draft = make_agreement(slug, publish=False, **SOUND)
        draft.documents.create(document=document)
        yield slug, draft


def _draft_anew(slug, live):
    """Return a draft of what is live, after what its slug says has happened to it."""
    if slug == "left":
        change(draft := verbs.new_draft(live))
        publish(draft)
        return change(verbs.restore(live), "A third title")
    if slug == "scheduled":
        publish(change(verbs.new_draft(live)), at=LATER)
        return change(verbs.new_draft(live), "Until then")
    draft = verbs.new_draft(live)
    if slug == "withdrawn":
        verbs.withdraw(live, reason="Wrong")
    elif slug == "lost":
        draft.events.create(kind="termination", date="2015-01-01", source="A register")
    elif slug == "changed":
        change(draft).texts.create(language="de", title="Auf Deutsch")
    return draft


def change(draft, title="Another title"):
    draft.texts.update(title=title)
    return draft


def outcome(do):
    """Return what it returns and the rows of all tables then, before all is taken back."""
    with transaction.atomic():
        result = do()
        assert list(faults(AgreementEdition)) == []
        tables = {model: Counter(map(_row, model._base_manager.all())) for model in _tables()}
        transaction.set_rollback(True)
    return result, tables


def _tables():
    """All but the changes that readers see, of which many drafts together are one.

    The compiled parts have the keys of rows, which differ; `faults` proves them.
    """
    return set(apps.get_models(include_auto_created=True)) - {Change, CompiledAgreement}


def _row(row):
    fields = (f for f in row._meta.concrete_fields if f.get_internal_type() != "BigAutoField")
    return tuple(repr(field.value_from_object(row)) for field in fields)


@pytest.mark.parametrize("at", [None, LATER + datetime.timedelta(days=1)], ids=["now", "ahead"])
def test_together_is_as_one_by_one(site, admin_user, at):
    drafts, seen = site
    asked = {"by": admin_user, "at": at, "seen": seen, "agreed": AGREED, "change_note": "New"}
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=1), tick=False):
        refused, tables = outcome(
            lambda: together.try_to_publish_many(list(drafts.values()), **asked)
        )
        one_by_one, expected = outcome(
            lambda: {d.pk: together.try_to_publish(d, **asked) for d in drafts.values()}
        )
    assert refused == {pk: why for pk, why in one_by_one.items() if why}
    for model in expected:
        assert tables[model] == expected[model], model
    slugs = {slug: refused[draft.pk] for slug, draft in drafts.items() if draft.pk in refused}
    assert slugs.keys() == REFUSED.keys()
    assert {slug: why for slug, why in slugs.items() if REFUSED[slug] not in why} == {}


def test_many_take_no_more_queries_than_few(make_agreement):
    def made(number, prefix):
        drafts = [make_agreement(f"{prefix}-{n}", publish=False, **SOUND) for n in range(number)]
        live = [make_agreement(f"{prefix}-live-{n}", **SOUND) for n in range(number)]
        return drafts + [change(verbs.new_draft(edition)) for edition in live]

    few, many = made(1, "few"), made(8, "many")
    assert queries_of(many) == queries_of(few) < 100


def queries_of(drafts):
    """Return how many queries publish drafts, of which SQLite takes its rows in several."""
    with CaptureQueriesContext(connection) as queries:
        assert verbs.publish_many(drafts) == {}
    return sum(not query["sql"].startswith("INSERT") for query in queries.captured_queries)


def test_what_the_database_refuses_stops_no_other(make_agreement, monkeypatch):
    drafts = [make_agreement(slug, publish=False, **SOUND) for slug in ("korea", "chile", "peru")]
    drafts[2].texts.all().delete()
    store = publication._store

    def store_one(drafts):
        store(drafts)
        if len(drafts) > 1:
            raise IntegrityError

    monkeypatch.setattr(publication, "_store", store_one)
    assert list(together.try_to_publish_many(drafts)) == [drafts[2].pk]
    assert AgreementEdition.objects.live().count() == 2


def test_one_that_the_database_refuses_is_named(make_agreement, monkeypatch):
    """A fault of the rules themselves: it is told of its draft, and the others go out."""
    drafts = [make_agreement(slug, publish=False, **SOUND) for slug in ("korea", "chile", "peru")]
    store = publication._store

    def refuse(ready):
        store(ready)
        if drafts[1] in ready:
            raise IntegrityError("duplicate key")

    monkeypatch.setattr(publication, "_store", refuse)
    whys = together.try_to_publish_many(drafts)
    assert whys == {drafts[1].pk: "The database refuses it: duplicate key"}
    assert AgreementEdition.objects.live().count() == 2


def test_the_longest_slug_is_published(make_agreement):
    slug = "a" * Agreement._meta.get_field("slug").max_length
    edition = make_agreement(slug, publish=False, **SOUND)
    assert verbs.publish_many([edition], agreed=AGREED) == {}
    assert edition.entries.first().slug == slug


def test_no_more_go_together_than_their_model_says(make_page):
    pages = [make_page("", publish=False), make_page("about", publish=False)]
    with pytest.raises(ValueError, match="At most 1 of PageEdition"):
        verbs.publish_many(pages)


def test_nothing_is_published_of_none():
    assert verbs.publish_many([]) == {}
