"""Two editions compared, by their fields and by the keys of their parts."""

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext, isolate_apps
from django.utils import translation

from agreements.models import Agreement, AgreementEdition, Party, Theme
from culturecoop.dates import PartialDate
from culturecoop.editions import verbs
from culturecoop.editions.differences.comparison import compare
from culturecoop.editions.models import Edition, EditionPart
from strategy.models import Link, Text

pytestmark = pytest.mark.django_db
SOUND = {
    "parties": ["EU", "KR"],
    "events": [("signature", "2010-10-06"), ("entry_into_force", "2010", "KR")],
}


@pytest.fixture
def live(make_agreement):
    return make_agreement("korea", title="Protocol on films", themes=["arts"], **SOUND)


@pytest.fixture
def draft(live):
    return verbs.new_draft(live)


def told(comparison):
    """What a comparison tells, in plain values."""
    fields = [(one.label, one.before, one.after) for one in comparison.fields]
    parts = [
        (section.label, str(change.kind), change.title, change.places,
         [(one.label, one.before, one.after) for one in change.fields])
        for section in comparison.sections for change in section.changes
    ]  # fmt: skip
    return fields, parts


def test_a_copy_says_the_same(live, draft):
    assert told(compare(live, draft)) == ([], [])
    assert compare(live, draft).count == 0


def test_fields_and_themes(live, draft):
    draft.legal_basis, draft.kind = "Article 167 TFEU", "convention"
    draft.save()
    draft.themes.set([Theme.objects.create(slug="film", name="Film")])
    assert told(compare(live, draft))[0] == [
        ("kind", "agreement", "convention"),
        ("legal basis", "", "Article 167 TFEU"),
        ("themes", "arts", "Film"),
    ]


def test_a_part_is_known_by_its_key(live, draft):
    event = draft.events.get(kind="entry_into_force")
    event.date = PartialDate.parse("2012")
    event.save()
    title = "entry into force – KR, 2012"
    assert told(compare(live, draft))[1] == [
        ("events", "same", title, None, [("date", "2010", "2012")])
    ]


def test_a_part_that_goes_and_one_that_comes(live, draft):
    draft.events.get(kind="signature").delete()
    draft.references.create(scheme="celex", value="22011A0514(04)")
    assert told(compare(live, draft))[1] == [
        ("references", "added", "CELEX 22011A0514(04)", None,
         [("collection", "", "CELEX"), ("number", "", "22011A0514(04)")]),
        ("events", "removed", "signature, 6 October 2010", None,
         [("event", "signature", ""), ("date", "6 October 2010", ""),
          ("scope", "the whole agreement", ""), ("source", "A register", "")]),
    ]  # fmt: skip


def test_texts_by_their_language(live, draft):
    draft.texts.create(language="de", title="Protokoll über Filme")
    draft.texts.filter(language="en").update(title="Protocol on cinema")
    with translation.override("fr"):
        parts = told(compare(live, draft))[1]
    assert [(label, kind, title) for label, kind, title, *_rest in parts] == [
        ("textes", "added", "allemand"), ("textes", "same", "anglais"),
    ]  # fmt: skip


def test_a_party_that_was_moved_is_one_change(make_agreement):
    live = make_agreement("many", parties=["EU", "KR", "JP", "PE"])
    draft = verbs.new_draft(live)
    for place, code in enumerate(["PE", "EU", "KR", "JP"]):
        draft.parties.filter(party__code=code).update(position=place * 10)
    ((_label, kind, title, places, fields),) = told(compare(live, draft))[1]
    assert (kind, title, places, fields) == ("same", "PE", (4, 1), [])


def test_two_parties_of_one_name_are_told_apart(live, draft):
    other = Party.objects.create(code="KR2", kind=Party.objects.first().kind, name="KR")
    event = draft.events.get(kind="entry_into_force")
    event.party = other
    event.save()
    ((*_rest, [(label, before, after)]),) = told(compare(live, draft))[1]
    assert label == "party"
    assert before.startswith("KR (")
    assert before != after


def test_blocks_of_all_kinds_are_in_the_order_of_the_page(make_page):
    live = make_page("", title="Home", publish=False)
    Text.objects.create(parent=live, region="main", ordering=10, text="<p>First</p>")
    Link.objects.create(parent=live, region="main", ordering=20, title="A link", address="/x/")
    Text.objects.create(parent=live, region="main", ordering=30, text="<p>Last</p>")
    draft = verbs.start(live.page, type(live), language="de", title="Startseite")
    for block in live.strategy_text_set.all():
        block.pk, block.parent = None, draft
        block._state.adding = True
        block.ordering = {"<p>First</p>": 5, "<p>Last</p>": 3}[block.text]
        block.save()
    fields, parts = told(compare(live, draft))
    assert fields == [("title", "Home", "Startseite")]
    assert [(label, kind, title, places) for label, kind, title, places, _f in parts] == [
        ("blocks", "same", "Last", (3, 1)), ("blocks", "removed", "A link", None),
    ]  # fmt: skip


def test_readers_are_told_of_what_they_see_alone(live, draft):
    draft.internal_note, draft.legal_basis = "Ask the Council", "Article 167 TFEU"
    draft.save()
    draft.parties.filter(party__code="KR").update(side="own")
    assert compare(live, draft).count == 3
    assert told(compare(live, draft, public=True)) == (
        [("legal basis", "", "Article 167 TFEU")], [],
    )  # fmt: skip


def test_queries_do_not_depend_on_what_differs(make_agreement):
    def number(parties):
        live = make_agreement(
            f"with-{parties}",
            parties=["EU", *(f"P{n}" for n in range(parties))],
            events=[("ratification", "2010", f"P{n}") for n in range(parties)],
        )
        draft = verbs.new_draft(live)
        draft.events.update(note="Changed")
        draft.parties.filter(party__code="P0").delete()
        with CaptureQueriesContext(connection) as captured:
            assert compare(live, draft).count == parties + 1
        return len(captured)

    assert number(1) == number(60) <= 16


# A model of its own ------------------------------------------------------------------------------


def models_of_its_own():
    class OwnEdition(Edition):
        track_fields = ("agreement",)
        public_fields = ("motto",)
        agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
        created_by = changed_by = published_by = None
        motto = models.CharField("motto", max_length=20)
        secret = models.CharField("secret", max_length=20)

        class Meta:
            app_label = "agreements"

    class OwnNote(EditionPart):
        edition = models.ForeignKey(OwnEdition, models.CASCADE, related_name="notes")
        colour = models.CharField("colour", max_length=10, choices=[("r", "red"), ("g", "green")])
        is_loud = models.BooleanField("loud", default=False)

        class Meta:
            app_label = "agreements"
            verbose_name_plural = "notes"

        def __str__(self):
            return "a note"

    return OwnEdition, OwnNote


@pytest.mark.django_db(transaction=True)
@isolate_apps("agreements")
def test_a_field_and_a_part_that_were_added_show_up_by_themselves(make_agreement):
    own = models_of_its_own()
    edition, note = own
    agreement = make_agreement("own").agreement
    with connection.schema_editor() as editor:
        list(map(editor.create_model, own))
    try:
        old = edition.objects.create(agreement=agreement, motto="Unity", secret="a")
        new = edition.objects.create(agreement=agreement, motto="Diversity", secret="b")
        key = note.objects.create(edition=old, colour="r").key
        note.objects.create(edition=new, colour="g", is_loud=True, key=key)
        assert told(compare(old, new)) == (
            [("motto", "Unity", "Diversity"), ("secret", "a", "b")],
            [("notes", "same", "a note", None,
              [("colour", "red", "green"), ("loud", "no", "yes")])],
        )  # fmt: skip
        assert told(compare(old, new, public=True)) == ([("motto", "Unity", "Diversity")], [])
    finally:
        with connection.schema_editor() as editor:
            list(map(editor.delete_model, reversed(own)))


def test_every_field_that_readers_see_is_one():
    for model in (
        AgreementEdition,
        *(r.related_model for r in AgreementEdition._meta.related_objects),
    ):
        for name in getattr(model, "public_fields", ()):
            assert model._meta.get_field(name)
