"""The migration that brings the law to what is stored: nothing that readers saw is lost."""

from importlib import import_module

import pytest
from django.apps import apps

from agreements.models import AgreementEdition, Party, StatusPeriod
from culturecoop.editions import verbs
from tests.answering import publish

pytestmark = pytest.mark.django_db
migration = import_module("agreements.migrations.0004_law_of_stored")


@pytest.fixture
def before(make_agreement):
    """An agreement with a superseded and a live edition, as the release before stored them."""
    Party.objects.create(code="EU", kind="grouping", name="European Union")
    first = make_agreement(
        "andes", parties=["EU", "CO", "PE"],
        events=[("signature", "2012"), ("provisional_application", "2013-03", "PE"),
                ("denunciation_notified", "2015-05-01", "PE")],
    )  # fmt: skip
    live = publish(verbs.new_draft(first))
    AgreementEdition.objects.update(form="", binding="")
    for edition in (first, live):
        edition.parties.model._base_manager.filter(edition=edition).update(side="", capacity="")
        StatusPeriod.objects.filter(edition=edition).delete()
        old = {"edition": edition, "party": None, "began": None}
        signed = StatusPeriod.objects.create(
            **old, status="signed", since="2012-01-01", until="2015-05-01"
        )
        StatusPeriod.objects.create(**old, status="denounced", since="2015-05-01")
    return first, live, signed


def test_everything_that_readers_saw_is_kept_and_the_rest_computed_anew(before, capsys):
    first, live, _signed = before

    migration.forwards(apps, None)

    kept = [(p.status, str(p.began), p.event_id is not None) for p in first.periods.all()]
    assert kept == [("signed", "2012", True), ("denounced", "2015-05-01", True)]
    live.refresh_from_db()
    assert (live.form, live.binding) == ("bilateral", "binding")
    assert not live.periods.filter(status="denounced").exists()
    assert live.periods.filter(party__code="PE", status="provisionally_applied").exists()
    assert set(live.parties.values_list("side", flat=True)) == {"own", "partner"}
    assert Party.objects.get(code="EU").kind == "organisation"
    assert "andes: form guessed: bilateral" in capsys.readouterr().out
    assert list(live.proofs()) == []
