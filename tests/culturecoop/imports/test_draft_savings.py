"""What imports, and their undoing, leave of the savings of drafts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.savings import DraftSaving
from culturecoop.imports import jobs
from tests.culturecoop.editions.savings import fresh, said, save
from tests.culturecoop.imports.plannedjobs import export, upload

pytestmark = pytest.mark.django_db
HEADINGS = ["slug", "title_en"]


@pytest.fixture
def ana(django_user_model):
    return django_user_model.objects.create_user("ana")


def test_a_draft_of_an_import_is_kept_by_the_first_saving_of_a_person(ana):
    rows = [{"slug": "a", "title_en": "From the sheet"}]
    jobs.apply(upload("agreements", HEADINGS, rows))
    draft = AgreementEdition.objects.get()
    assert not DraftSaving.objects.exists()
    verbs.revert(save(draft, "By hand", ana), 1)
    assert said(draft) == "From the sheet"


def test_what_a_person_had_saved_before_an_import(make_agreement, admin_user):
    draft = make_agreement("korea", title="By hand", publish=False)
    AgreementEdition.objects.update(created_by=admin_user)
    headings, rows = export("agreements")
    rows = [row | {"title_en": "From the sheet"} for row in rows]
    jobs.apply(upload("agreements", headings, rows, by=admin_user))
    assert said(draft) == "From the sheet"
    verbs.revert(fresh(draft), 1)
    assert said(draft) == "By hand"
    verbs.revert(fresh(draft), 2)
    assert said(draft) == "From the sheet"


def test_what_an_import_wrote_that_was_undone(make_agreement, admin_user):
    draft = make_agreement("korea", title="By hand", publish=False)
    AgreementEdition.objects.update(created_by=admin_user)
    headings, rows = export("agreements")
    rows = [row | {"title_en": "From the sheet"} for row in rows]
    job = jobs.apply(upload("agreements", headings, rows, by=admin_user))
    assert jobs.undo(job) == []
    assert said(draft) == "By hand"
    verbs.revert(fresh(draft), 2)
    assert said(draft) == "From the sheet"


def test_they_go_when_the_import_is_undone(ana):
    job = jobs.apply(upload("agreements", HEADINGS, [{"slug": "a", "title_en": "A"}]))
    save(AgreementEdition.objects.get(), "By hand", ana)
    AgreementEdition.objects.update(origin_version=2)  # as when another import was undone
    assert jobs.undo(job) == []
    assert not DraftSaving.objects.exists()


def test_no_query_more_for_new_drafts():
    with CaptureQueriesContext(connection) as asked:
        rows = [{"slug": f"a{n}", "title_en": "A"} for n in range(10)]
        jobs.apply(upload("agreements", HEADINGS, rows))
    assert not [query for query in asked if "editions_draftsaving" in query["sql"]]
