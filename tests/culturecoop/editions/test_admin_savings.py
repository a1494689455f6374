"""The savings of a draft in the admin: who sees them, looks at them, and takes the draft back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from lxml import html

from agreements.models import AgreementEdition, Party
from culturecoop.editions import verbs
from culturecoop.editions.savings import KEPT, DraftSaving
from culturecoop.reference.verbs import amend, remove
from tests.answering import publish
from tests.forms import confirm, fields, said

from .addresses import FORM, change_url, edit_url, history_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(django_user_model):
    user = django_user_model.objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_agreementedition"))
    client = Client()
    client.force_login(user)
    return client


def savings_url(draft, *place):
    names = ("savings", "saving", "revert")
    name = names[len(place)] if len(place) < 2 else "revert"
    return reverse(f"admin:agreements_agreementedition_{name}", args=[draft.pk, *place[:1]])


def save(client, draft, title, **values):
    """Save the form of a draft with another title."""
    typed = fields(client.get(change_url(draft)), FORM) | {"texts-0-title": title} | values
    response = client.post(change_url(draft), typed)
    assert response.status_code == 302, said(response)


def title(draft):
    return AgreementEdition.objects.get(pk=draft.pk).texts.get().title


def rows(response):
    """[[the words of each cell]] of the table."""
    table = html.fromstring(response.content.decode()).xpath("//table//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table]


def test_the_form_of_a_draft_leads_to_them(author, draft, live):
    page = author.get(change_url(draft)).content.decode()
    assert f'<a href="{savings_url(draft)}">Savings</a>' in page
    for address in (change_url(live), edit_url(live)):
        assert ">Savings</a>" not in author.get(address).content.decode()


def test_they_are_listed_with_who_and_what_can_be_done(author, publisher, draft):
    save(author, draft, "Two")
    save(publisher, draft, "Three")
    now, second, first = rows(author.get(savings_url(draft)))
    assert (now[0], now[2]) == ("3 the draft of now", "publisher")
    assert now[3] == "Look at it: 3 What changed: 3"
    assert (second[0], second[2]) == ("2", "author")
    assert (first[0], first[2]) == ("1", "–")
    compared = "Compare with now: 1"
    assert first[3] == f"Look at it: 1 {compared} Take back to this…: 1"


def test_a_draft_that_was_never_saved_again(author, draft):
    page = author.get(savings_url(draft))
    assert len(rows(page)) == 1
    assert "There is nothing to take back yet" in page.content.decode()


def test_each_shows_what_readers_would_have_seen(author, draft):
    save(author, draft, "Two", **{"events-0-DELETE": "on", "parties-1-DELETE": "on"})
    save(author, draft, "Three")
    first = author.get(savings_url(draft, 1)).content.decode()
    assert "<h1>Korea (EU – KR)</h1>" in " ".join(first.split())
    assert "This is what version 1 of the draft said." in " ".join(first.split())
    assert f'href="{savings_url(draft)}"' in first
    assert "signature" in first.casefold()
    second = author.get(savings_url(draft, 2)).content.decode()
    assert "Two" in second
    assert "6 October 2010" not in second
    assert title(draft) == "Three"
    assert author.get(savings_url(draft, 9)).status_code == 404


def test_it_is_taken_back_after_it_was_confirmed(author, draft):
    save(author, draft, "Two", **{"events-0-note": "In Brussels"})
    asked = author.get(savings_url(draft, 1, "revert"))
    told = " ".join(html.fromstring(asked.content.decode()).text_content().split())
    assert "The draft gets all that it said in version 1 (saved by a command on" in told
    assert "in place of what it says now (saved by author on" in told
    assert "What is no part of a draft stays as it is: the address" in told
    assert title(draft) == "Two"
    response = confirm(author, savings_url(draft, 1, "revert"))
    assert said(response) == ["Took the draft back to version 1."]
    assert 'value="Korea"' in response.content.decode()
    assert (title(draft), draft.events.get().note) == ("Korea", "")
    assert "Took the draft back to version 1." in author.get(history_url(draft)).content.decode()
    confirm(author, savings_url(draft, 2, "revert"))
    assert (title(draft), draft.events.get().note) == ("Two", "In Brussels")
    assert LogEntry.objects.filter(change_message__contains="back to version").count() == 2


def test_the_first_saving_of_what_is_live_can_be_taken_back(author, live):
    typed = fields(author.get(edit_url(live)), FORM) | {"texts-0-title": "Other"}
    author.post(edit_url(live), typed)
    draft = AgreementEdition.objects.drafts().get()
    assert title(draft) == "Other"
    confirm(author, savings_url(draft, 1, "revert"))
    assert title(draft) == "Peru"


def test_somebody_saves_while_the_page_is_open(author, publisher, draft):
    save(author, draft, "Two")
    page = fields(author.get(savings_url(draft, 1, "revert")))
    save(publisher, draft, "Three")
    response = author.post(savings_url(draft, 1, "revert"), page)
    assert "publisher saved this draft on" in " ".join(said(response))
    assert title(draft) == "Three"
    author.post(savings_url(draft, 1, "revert"), fields(response))
    assert title(draft) == "Korea"


def test_who_may_only_look_is_offered_nothing_else(author, viewer, draft):
    save(author, draft, "Two")
    page = viewer.get(savings_url(draft))
    assert "Take back" not in page.content.decode()
    assert "who may change them can take them back" in page.content.decode()
    assert viewer.get(savings_url(draft, 1)).status_code == 200
    assert viewer.get(savings_url(draft, 1, "revert")).status_code == 403
    assert viewer.post(savings_url(draft, 1, "revert"), {"version": 2}).status_code == 403
    assert title(draft) == "Two"


def test_a_token_is_needed(author, draft):
    save(author, draft, "Two")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author.user)
    assert strict.post(savings_url(draft, 1, "revert"), {"version": 2}).status_code == 403
    assert title(draft) == "Two"


def test_who_may_look_at_nothing_sees_nothing(signed_in, django_user_model, draft):
    client = Client()
    client.force_login(django_user_model.objects.create_user("staff", is_staff=True))
    for place in ((), (1,), (1, "revert")):
        assert client.get(savings_url(draft, *place)).status_code == 403


def test_what_is_no_draft_any_more(author, draft):
    save(author, draft, "Two")
    asked = fields(author.get(savings_url(draft, 1, "revert")))
    publish(AgreementEdition.objects.get(pk=draft.pk))
    response = author.get(savings_url(draft), follow=True)
    assert "the savings of the draft went with it" in " ".join(said(response))
    assert author.get(savings_url(draft, 1)).status_code == 404
    response = author.post(savings_url(draft, 1, "revert"), asked, follow=True)
    assert "live" in " ".join(said(response))
    assert title(draft) == "Two"


def test_a_saving_that_is_kept_no_longer(author, draft):
    for _turn in range(KEPT + 1):
        verbs.record_change(AgreementEdition.objects.get(pk=draft.pk))
    response = author.get(savings_url(draft, 1, "revert"), follow=True)
    assert said(response) == ["This saving is no longer kept. Choose another one."]
    asked = fields(author.get(savings_url(draft, 2, "revert")))
    DraftSaving.objects.filter(version=2).delete()
    response = author.post(savings_url(draft, 2, "revert"), asked, follow=True)
    assert "This saving is no longer kept. Choose another one." in said(response)


def test_what_is_gone_is_named_before_and_after(author, draft):
    atlantis = Party(code="X-ATL", kind="country", name="Atlantis")
    amend(atlantis)
    draft.parties.create(party=atlantis, position=2)
    save(author, draft, "Two", **{"parties-2-DELETE": "on"})
    remove(atlantis)
    assert author.get(savings_url(draft, 1)).status_code == 200
    sentence = "No longer there, so left out with its rows: party “Atlantis”."
    assert sentence in author.get(savings_url(draft, 1, "revert")).content.decode()
    response = confirm(author, savings_url(draft, 1, "revert"))
    assert said(response) == [f"Took the draft back to version 1. {sentence}"]
    assert (title(draft), draft.parties.count()) == ("Korea", 2)


def test_the_queries_do_not_grow(author, draft, django_assert_max_num_queries):
    save(author, draft, "Two")
    author.get(savings_url(draft))
    with django_assert_max_num_queries(20) as one:
        author.get(savings_url(draft))
    number_of_one = len(one)
    for number in range(9):
        save(author, draft, f"Title {number}")
    with django_assert_max_num_queries(number_of_one):
        assert len(rows(author.get(savings_url(draft)))) == 11
