"""Two people in the form of the same party, theme, document or address."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from agreements.models import Agreement, Membership, Party, PartyKind, PartyName, Theme
from culturecoop.documents.models import Document
from culturecoop.reference.verbs import amend
from strategy.models import Page
from tests.forms import fields, said


@pytest.fixture
def publisher(signed_in):
    return signed_in("publisher")


def row_of(model, make_agreement, make_page):
    """A row that publishers amend, and the value that somebody else changes."""
    if model is Agreement:
        return make_agreement("korea").agreement, "source_language", "fr"
    if model is Page:
        make_page("")
        return make_page("about").page, "position", 7
    made = {
        Party: lambda: Party.objects.create(code="XA", kind=PartyKind.GROUPING, name="A"),
        Theme: lambda: Theme.objects.create(slug="trade", name="Trade"),
        Document: lambda: Document.objects.create(slug="report", title="Report"),
    }[model]()
    return made, "title" if model is Document else "name", "Theirs"


def address_of(row):
    opts = row._meta
    name = "address" if isinstance(row, Agreement | Page) else "change"
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[row.pk])


@pytest.mark.parametrize("model", [Party, Theme, Document, Agreement, Page])
def test_the_last_form_overwrites_nothing(publisher, make_agreement, make_page, model):
    row, name, theirs = row_of(model, make_agreement, make_page)
    page = publisher.get(address_of(row))
    form = fields(page, f"{row._meta.model_name}_form")
    before = form[name][0]
    setattr(row, name, theirs)
    amend(row, by=publisher.user)
    response = publisher.post(address_of(row), form)
    assert "publisher changed it on" in " ".join(said(response))
    row.refresh_from_db()
    assert getattr(row, name) == theirs
    # He was shown it, and saves his over it knowingly.
    again = fields(response, f"{row._meta.model_name}_form")
    newest = response.context["adminform"].form.conflict["version"]
    response = publisher.post(address_of(row), again | {"_over": newest})
    assert response.status_code == 302, said(response)
    row.refresh_from_db()
    assert str(getattr(row, name)) == before


@pytest.mark.parametrize("model", [Party, Theme, Document])
@pytest.mark.parametrize("button", ["_save", "_continue"])
def test_a_save_that_changes_nothing_says_so(publisher, make_agreement, make_page, model, button):
    row, name, theirs = row_of(model, make_agreement, make_page)
    form = fields(publisher.get(address_of(row)), f"{model._meta.model_name}_form")
    answer = publisher.post(address_of(row), form | {button: "1"}, follow=True)
    assert told(answer) == ["Nothing was changed."]
    assert not LogEntry.objects.exists()
    form = fields(publisher.get(address_of(row)), f"{model._meta.model_name}_form")
    answer = publisher.post(address_of(row), form | {name: theirs, button: "1"}, follow=True)
    assert "was changed successfully" in told(answer)[0]
    assert LogEntry.objects.count() == 1


def told(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_name_or_a_member_that_was_added_meanwhile_counts_too(publisher):
    party = Party.objects.create(code="XA", kind=PartyKind.GROUPING, name="A")
    member = Party.objects.create(code="XB", name="B")
    form = fields(publisher.get(address_of(party)), "party_form")
    amend(PartyName(party=party, language="de", name="Ah"))
    told = " ".join(said(publisher.post(address_of(party), form)))
    assert "A command changed it on" in told
    form = fields(publisher.get(address_of(party)), "party_form")
    amend(Membership(grouping=party, member=member))
    told = " ".join(said(publisher.post(address_of(party), form)))
    assert "A command changed it on" in told


def test_nobody_else_changed_it(publisher):
    theme = Theme.objects.create(slug="trade", name="Trade")
    form = fields(publisher.get(address_of(theme)), "theme_form")
    assert publisher.post(address_of(theme), form | {"name": "Commerce"}).status_code == 302
    theme.refresh_from_db()
    assert theme.name == "Commerce"
