"""What search finds by the parties of agreements."""

import pytest

from agreements.models import Membership, Party, PartyKind
from culturecoop.reference.verbs import amend
from culturecoop.search.results import Results

pytestmark = pytest.mark.django_db


@pytest.fixture
def belongs(make_agreement):
    """belongs(kind) → an agreement with a body of that kind, which France is a member of."""

    def make(kind):
        amend(Party(code="BODY", kind=kind, name="The Body"))
        amend(Party(code="FR"))
        body, member = Party.objects.get(code="BODY"), Party.objects.get(code="FR")
        amend(Membership(grouping=body, member=member))
        return make_agreement("body", title="On films", parties=["BODY"])

    return make


def found(text):
    return [row.result.url for row in Results(text).rows]


def test_a_member_of_a_grouping_finds_what_the_grouping_has(belongs):
    belongs(PartyKind.GROUPING)
    assert found("France") == found("Frankreich films") == found("The Body")
    assert found("France") == ["/agreements/body/"]


def test_a_member_of_an_organisation_does_not_find_what_the_organisation_has(belongs):
    belongs(PartyKind.ORGANISATION)
    assert found("France") == []
    assert found("The Body") == ["/agreements/body/"]
    assert Results("France").offers == []
