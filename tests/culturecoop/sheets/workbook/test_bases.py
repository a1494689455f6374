"""The base of a row: what it was exported from, also when the same import moved it on."""

import pytest

from agreements.models import AgreementEdition
from culturecoop.imports import jobs

from .working import applied, exported, packed, planned, sheets_of, told

pytestmark = pytest.mark.django_db


def test_ones_own_draft_is_changed_in_two_sheets(admin_user, make_agreement):
    make_agreement("korea", title="Korea", publish=False)
    AgreementEdition.objects.update(created_by=admin_user)
    sheets = sheets_of(exported())
    [row], [text] = sheets["agreements"], sheets["texts"]
    changed = {
        "agreements": [row | {"legal_basis": "Article 207"}],
        "texts": [text | {"title": "Korea, changed"}],
    }
    job = applied(planned(packed(changed), by=admin_user))
    assert job.counts == {"changed": 2}, told(job)
    draft = AgreementEdition.objects.get()
    assert (draft.legal_basis, draft.texts.get().title) == ("Article 207", "Korea, changed")
    jobs.undo(job)
    draft.refresh_from_db()
    assert (draft.legal_basis, draft.texts.get().title) == ("", "Korea")


@pytest.mark.parametrize("base", ["1/" + "9" * 5000, "9" * 5000, "1/²"])
def test_a_base_that_is_no_number(make_agreement, base):
    make_agreement("korea", title="Korea")
    sheets = sheets_of(exported())
    [row] = sheets["agreements"]
    job = planned(packed({"agreements": [row | {"base": base, "legal_basis": "Article 1"}]}))
    assert set(job.counts) <= {"error", "conflict"}, told(job)
