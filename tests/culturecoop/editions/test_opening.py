"""The form of what is live: a look at it leaves nothing, its first save makes the draft."""

import pytest

from agreements.models import AgreementEdition, Event
from culturecoop.editions import verbs
from strategy.models import PageEdition
from tests.answering import publish
from tests.forms import add_row, fields, said

from .addresses import change_url, edit_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def korea(make_agreement):
    events = [("signature", "2010-10-06"), ("entry_into_force", "2015-12-13")]
    return make_agreement("korea", title="Korea", parties=["EU", "KR"], events=events)


def typed(author, edition, **values):
    return fields(author.get(edit_url(edition)), f"{edition._meta.model_name}_form") | values


def drafts():
    return AgreementEdition.objects.drafts()


def test_a_look_leaves_no_draft(author, korea):
    page = author.get(edit_url(korea))
    assert 'value="Korea"' in page.content.decode()
    assert "saving makes a draft" in page.content.decode()
    assert not drafts().exists()


def test_the_first_save_makes_the_draft_with_its_parts(author, korea):
    values = typed(author, korea, **{"texts-0-title": "Republic of Korea"})
    values |= {"events-0-note": "In Brussels", "events-1-DELETE": "on"}
    add_row(values, "events", kind="ratification", date="2012", scope="whole")
    response = author.post(edit_url(korea), values)
    assert response.status_code == 302, said(response)
    draft = drafts().get()
    assert response.url == change_url(draft)
    assert (draft.based_on, draft.created_by, draft.version) == (korea, author.user, 2)
    assert draft.texts.get().title == "Republic of Korea"
    found = list(draft.events.order_by("pk").values_list("kind", "note"))
    assert found == [("signature", "In Brussels"), ("ratification", "")]
    assert draft.parties.count() == 2


def test_what_is_live_stays_as_it_is(author, korea):
    author.post(edit_url(korea), typed(author, korea, **{"events-0-note": "In Brussels"}))
    korea = AgreementEdition.objects.get(pk=korea.pk)
    assert [event.note for event in korea.events.all()] == ["", ""]
    assert Event.objects.count() == 4


def test_saving_what_was_not_changed_makes_no_draft(author, korea):
    response = author.post(edit_url(korea), typed(author, korea), follow=True)
    assert said(response) == ["Nothing was changed."]
    assert not drafts().exists()
    copied = author.post(edit_url(korea), typed(author, korea, _copy="0123abcd"))
    assert "saved-0123abcd" in copied.cookies
    assert Event.objects.count() == 2


def test_a_form_with_a_fault_comes_back_and_makes_no_draft(author, korea):
    values = typed(author, korea, **{"texts-0-title": "", "events-0-note": "In Brussels"})
    page = author.post(edit_url(korea), values)
    assert page.status_code == 200
    assert "This field is required." in " ".join(said(page))
    assert 'value="In Brussels"' in page.content.decode()
    assert not drafts().exists()
    again = fields(page, "agreementedition_form") | {"texts-0-title": "Republic of Korea"}
    author.post(edit_url(korea), again)
    assert drafts().get().events.filter(note="In Brussels").exists()


def test_save_and_preview_leads_to_the_draft(author, korea):
    values = typed(author, korea, **{"texts-0-title": "Republic of Korea", "_preview": "1"})
    page = author.post(edit_url(korea), values, follow=True)
    assert "Republic of Korea" in page.content.decode()
    assert f"/{drafts().get().pk}/preview/" in page.redirect_chain[-1][0]


def test_what_was_typed_is_taken_over_to_a_draft_that_somebody_has_begun_meanwhile(author, korea):
    values = typed(author, korea, **{"texts-0-title": "Mine", "events-1-note": "Mine"})
    hers = verbs.new_draft(korea)
    hers.events.order_by("pk").first().delete()
    page = author.post(edit_url(korea), values)
    assert f'action="{change_url(hers)}"' in page.content.decode()
    assert "Save mine over it" in page.content.decode()
    assert hers.texts.get().title == "Korea"
    hers.refresh_from_db()
    over = fields(page, "agreementedition_form") | {"_over": hers.version}
    assert author.post(change_url(hers), over).status_code == 302
    assert hers.texts.get().title == "Mine"
    notes = list(hers.events.order_by("date").values_list("kind", "note"))
    assert notes == [("signature", ""), ("entry_into_force", "Mine")]


def test_what_was_published_meanwhile_is_told_and_nothing_is_lost(author, korea):
    values = typed(author, korea, **{"texts-0-title": "Mine"})
    publish(verbs.new_draft(korea))
    page = author.post(edit_url(korea), values)
    assert "superseded" in " ".join(said(page))
    assert 'value="Mine"' in page.content.decode()
    assert not drafts().exists()


def test_where_there_is_a_draft_it_is_opened(author, korea):
    draft = verbs.new_draft(korea)
    assert author.get(edit_url(korea)).url == change_url(draft)
    assert author.get(edit_url(draft)).url == change_url(draft)


def test_what_was_superseded_is_not_opened(author, korea):
    publish(verbs.new_draft(korea))
    assert author.get(edit_url(korea)).url == change_url(korea)


def test_who_may_not_change_it_does_not_open_it(client, django_user_model, korea):
    client.force_login(django_user_model.objects.create_user("guest", is_staff=True))
    assert client.get(edit_url(korea)).status_code == 403
    assert client.post(edit_url(korea), {}).status_code == 403


def test_a_page_with_its_blocks(author, make_page):
    live = make_page("", title="Home")
    draft = verbs.new_draft(live)
    draft.strategy_text_set.create(text="<p>One</p>", region="main", ordering=10)
    draft.strategy_link_set.create(title="Two", region="main", ordering=20)
    live = publish(draft)
    values = typed(author, live, **{"strategy_text_set-0-text": "<p>Another</p>"})
    response = author.post(edit_url(live), values)
    assert response.status_code == 302, said(response)
    draft = PageEdition.objects.drafts().get()
    assert draft.strategy_text_set.get().text == "<p>Another</p>"
    assert draft.strategy_link_set.get().title == "Two"
    assert live.strategy_text_set.get().text == "<p>One</p>"


def test_the_panel_of_the_status_follows_before_there_is_a_draft(author, korea):
    page = author.get(edit_url(korea)).content.decode()
    address = page.split('data-address="')[1].split('"')[0]
    values = typed(author, korea)
    answer = author.post(address, values)
    assert answer.status_code == 200
    assert "in force since" in answer.content.decode()
    assert author.post(address.partition("?")[0], values).status_code == 410
