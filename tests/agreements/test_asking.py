"""What publication refuses and asks of the law, and what becomes of the answers."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from agreements.models import AgreementEdition, Membership, Party, PartyKind
from culturecoop.dates import PartialDate
from culturecoop.editions import verbs
from tests.answering import Everything, publish
from tests.forms import fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(make_agreement):
    """draft(*events, parties=…, **fields) → a draft; an event is (kind, date, party, {fields})."""

    def make(*events, parties=("EU", "KR"), **fields):
        made = make_agreement("korea", parties=parties, publish=False, **fields)
        for kind, date, party, more in events:
            who = Party.objects.get(code=party) if party else None
            more = {"source": "A register", **more}
            made.events.create(kind=kind, date=PartialDate.parse(date), party=who, **more)
        return made

    return make


def asked(draft):
    """The codes of the questions about a draft."""
    draft.check_publishable()
    return [question.code for question in draft.questions()]


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (("termination", "2010", None, {}), "nothing that could end has begun before it"),
        (("resumption", "2010", None, {}), "there is no “suspension” before it"),
        (("denunciation_withdrawn", "2010", None, {}), "there is no “denunciation notified”"),
        (("expiry", "9999-12-31", None, {}), "9999-12-31 is no date"),
        (("extension", "2010-05-01", None, {"until": PartialDate(2009)}), "is before its date"),
        (("signature", "2010-05-01", None, {"until": PartialDate(2011)}), "has no last day"),
    ],
)
def test_what_contradicts_itself_is_refused(draft, event, message):
    with pytest.raises(ValidationError, match=message):
        publish(draft(event))
    assert not AgreementEdition.objects.published().exists()


def test_a_consent_without_a_party_is_both_sides_in_a_bilateral_agreement(draft):
    assert publish(draft(("ratification", "2010", None, {}), form="bilateral")).live_from


def test_it_is_refused_in_a_multilateral_agreement(draft):
    with pytest.raises(ValidationError, match="needs a party"):
        publish(draft(("ratification", "2010", None, {}), form="multilateral"))


FORCE = ("entry_into_force", "2010-01-01", None, {})


@pytest.mark.parametrize(
    ("events", "fields", "code"),
    [
        ([("signature", "2010", None, {"source": ""})], {}, "no_source"),
        ([FORCE, ("signature", "2012-01-01", None, {})], {}, "force_before_signature"),
        ([("signature", "2010", None, {"scope": "rest"})], {}, "rest_without_part"),
        ([("definitive_signature", "2010", None, {})], {}, "definitive_without_force"),
        ([FORCE, ("expiry", "2015-12-31", None, {})], {}, "expired"),
        ([FORCE, ("denunciation_notified", "2015-12-31", None, {})], {}, "old_notice"),
        ([FORCE], {"kind": "declaration"}, "not_binding_in_force"),
        (
            [FORCE, ("suspension", "2012-01-01", None, {}), ("resumption", "2013-01-01", "EU", {})],
            {},
            "undone_by_another",
        ),
        (
            [FORCE, ("denunciation_effective", "2012-01-01", "KR", {})],
            {"form": "bilateral", "parties": ("EU", "KR", "PE")},
            "side_ended",
        ),
    ],
)
def test_what_is_rare_is_asked(draft, events, fields, code):
    assert asked(draft(*events, **fields)) == [code]


def test_nothing_is_asked_of_a_plain_life(draft):
    assert asked(draft(("signature", "2009-01-01", None, {}), FORCE)) == []


def test_an_extension_answers_before_it_is_asked(draft):
    extended = ("extension", "2015-06-01", None, {})
    assert asked(draft(FORCE, ("expiry", "2015-12-31", None, {}), extended)) == []


def test_unanswered_it_is_not_published(draft):
    made = draft(("signature", "2010", None, {"source": ""}))

    with pytest.raises(verbs.Unanswered, match="no source, so readers cannot check") as refused:
        verbs.publish(made)
    assert [question.code for question in refused.value.questions] == ["no_source"]
    assert verbs.publish(made, answers={"no_source": "yes"}).live_from


def test_the_form_is_asked_once_with_several_partners_and_kept(draft):
    made = draft(FORCE, parties=("EU", "KR", "PE"))
    assert asked(made) == ["form"]

    edition = verbs.publish(made, answers={"form": "multilateral"})

    edition.refresh_from_db()
    assert edition.form == "multilateral"
    assert [one["answer"] for one in edition.answers] == [
        "Multilateral: each party is bound for itself"
    ]
    assert edition.periods.filter(party__code="KR").count() == 0  # it has not consented
    assert asked(verbs.new_draft(edition)) == ["nothing_changed"]


def test_the_chosen_form_is_what_everything_else_is_about(draft):
    ratified = ("ratification", "2009", None, {})
    both = draft(ratified, FORCE, parties=("EU", "KR", "PE"))
    assert asked(both) == ["form"]

    with pytest.raises(ValidationError, match="needs a party"):
        verbs.publish(both, answers={"form": "multilateral"})
    assert AgreementEdition.objects.drafts().get().form == ""
    assert verbs.publish(both, answers={"form": "bilateral"}).form == "bilateral"


def test_a_chosen_form_can_raise_a_question_that_the_proposed_one_did_not(draft):
    live = publish(draft(FORCE, parties=("EU", "KR", "PE")))
    AgreementEdition.objects.update(form="")
    changed = verbs.new_draft(AgreementEdition.objects.get(pk=live.pk))
    changed.check_publishable()
    assert [question.code for question in changed.questions()] == ["nothing_changed", "form"]
    chosen = changed.questions({"form": "multilateral"})
    assert [question.code for question in chosen] == ["nothing_changed", "form", "loses_effect"]

    with pytest.raises(verbs.Unanswered, match="no longer be in force or applied for EU, KR, PE"):
        verbs.publish(changed, answers={"form": "multilateral"})


def test_the_page_asks_again_what_the_chosen_form_raises(draft, signed_in):
    live = publish(draft(FORCE, parties=("EU", "KR", "PE")))
    AgreementEdition.objects.update(form="")
    changed = verbs.new_draft(AgreementEdition.objects.get(pk=live.pk))
    address = reverse("admin:agreements_agreementedition_verb", args=[changed.pk, "publish"])
    publisher = signed_in("publisher")

    page = fields(publisher.get(address)) | {"when": "now", "answer_nothing_changed": "on"}
    text = publisher.post(address, page | {"answer_form": "multilateral"}).content.decode()
    assert "It would no longer be in force or applied for EU, KR, PE" in text
    answers = {"answer_form": "multilateral", "answer_loses_effect": "on"}
    assert publisher.post(address, page | answers).status_code == 302

    changed.refresh_from_db()
    assert (changed.form, len(changed.answers)) == ("multilateral", 3)
    history = publisher.get(
        reverse("admin:agreements_agreementedition_history", args=[changed.pk])
    ).content.decode()
    assert "Multilateral: each party is bound for itself" in history


def test_what_was_proposed_is_kept(make_agreement):
    union = Party.objects.create(code="EU", kind=PartyKind.ORGANISATION)
    for code, since in (("NL", None), ("PL", datetime.date(2004, 5, 1))):
        member = Party.objects.create(code=code)
        Membership.objects.create(grouping=union, member=member, since=since)
    edition = make_agreement(
        "ukraine", parties=["EU", "NL", "PL", "UA"], events=[("signature", "1994-06-14")]
    )

    sides = dict(edition.parties.values_list("party__code", "side"))
    assert sides == {"EU": "own", "NL": "own", "PL": "partner", "UA": "partner"}
    assert set(edition.parties.values_list("capacity", flat=True)) == {"person"}
    assert (edition.form, edition.binding) == ("bilateral", "binding")


def test_a_party_that_would_lose_its_effect_is_named(draft):
    live = publish(draft(("signature", "2009-01-01", None, {}), FORCE))
    changed = verbs.new_draft(live)
    changed.events.create(
        kind="termination", date=PartialDate(2020, 1, 1), source="A register", party=None
    )

    changed.check_publishable()
    [question] = changed.questions()
    assert question.code == "loses_effect"
    assert "for EU, KR, as readers see it" in question.text


def test_cancelling_a_schedule_forgets_the_answers(draft):
    made = draft(("signature", "2010", None, {"source": ""}))
    at = timezone.now() + datetime.timedelta(days=1)
    edition = verbs.publish(made, at=at, agreed=Everything())
    assert edition.answers

    verbs.cancel_schedule(edition)
    edition.refresh_from_db()
    assert edition.answers == []


def test_what_readers_saw_stays_when_memberships_change(make_agreement):
    from culturecoop.reference.verbs import amend

    grouping = Party.objects.create(code="CAM", kind=PartyKind.GROUPING, name="Central America")
    first = make_agreement(
        "ca", parties=["EU", "CAM"],
        events=[("signature", "2012-01-01"), ("provisional_application", "2013-08-01", "CAM")],
    )  # fmt: skip
    second = publish(verbs.new_draft(first))
    before = list(first.periods.order_by("pk").values())

    amend(Membership(grouping=grouping, member=Party.objects.create(code="HN")))

    assert list(first.periods.order_by("pk").values()) == before
    assert second.periods.filter(party__code="HN").exists()
    first.refresh_from_db()
    assert list(first.proofs()) == [] == list(second.proofs())
