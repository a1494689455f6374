"""Publishing the selected drafts of a list."""

import datetime
import html

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.admin import publiclinks, together
from tests.forms import fields

from .addresses import change_url

SOUND = {"parties": ["EU", "KR"], "events": [("signature", "2010-10-06")]}
LIST = "/admin/agreements/agreementedition/"


@pytest.fixture
def drafts(make_agreement):
    """Two drafts that can be published, and one without a title."""
    found = [make_agreement(slug, publish=False, **SOUND) for slug in ("korea", "chile", "peru")]
    found[2].texts.all().delete()
    return found


def choose(client, editions, **asked):
    """Choose the action; with `confirmed`, fill in what is asked and send that as well."""
    chosen = {"action": "publish_selected", "_selected_action": [e.pk for e in editions]}
    page = client.post(LIST, chosen)
    if "confirmed" not in asked or page.status_code != 200:
        return page
    return client.post(LIST, fields(page) | asked)


def messages(response):
    """The sentences, without the links to what was published."""
    return [sentence.partition("<span")[0] for sentence in whole_messages(response)]


def whole_messages(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_what_was_published_is_led_to(signed_in, make_agreement):
    titles = ["Korea & <b>more</b>", "Chile"]
    slugs = ["korea", "chile"]
    found = [
        make_agreement(slug, title=title, publish=False, **SOUND)
        for slug, title in zip(slugs, titles, strict=True)
    ]
    response = choose(signed_in("publisher"), found, confirmed="1", when="now")
    [done] = whole_messages(response)
    assert '<a href="/agreements/korea/">Korea &amp; &lt;b&gt;more&lt;/b&gt;</a>' in done
    assert '<a href="/agreements/chile/">Chile</a> <small>chile</small>' in done
    assert "All in the list" not in done


def test_of_many_that_were_published_the_first_are_led_to(signed_in, make_agreement, monkeypatch):
    monkeypatch.setattr(publiclinks, "SHOWN", 2)
    found = [make_agreement(f"no-{n}", publish=False, **SOUND) for n in range(3)]
    response = choose(signed_in("publisher"), found, confirmed="1", when="now")
    [done] = whole_messages(response)
    assert done.count('<a href="/agreements/no-') == 2
    assert f'<a href="{LIST}?state=live">All in the list</a>' in done


def test_what_is_no_draft_any_more_is_told(signed_in, drafts):
    publisher = signed_in("publisher")
    chosen = {"action": "publish_selected", "_selected_action": [d.pk for d in drafts[:2]]}
    page = fields(publisher.post(LIST, chosen))
    verbs.discard(drafts[0])
    left_out, done = messages(publisher.post(LIST, page | {"when": "now"}))
    assert "1 of the selected rows is no draft, or is no longer there." in left_out
    assert done == "1 draft was published."


def test_asked_first_then_published(signed_in, drafts):
    publisher = signed_in("publisher")
    text = html.unescape(choose(publisher, drafts).content.decode())
    assert "2 drafts can be published:" in text
    assert ">peru</a> <small>peru</small> – " in text.split("These drafts cannot be published")[1]
    assert not AgreementEdition.objects.published().exists()
    response = choose(publisher, drafts, confirmed="1", when="now", change_note="All new")
    done, refused = messages(response)
    assert done == "2 drafts were published."
    assert refused.startswith("peru")
    published = AgreementEdition.objects.published()
    assert {edition.published_by for edition in published} == {publisher.user}
    assert {edition.change_note for edition in published} == {"All new"}
    assert AgreementEdition.objects.drafts().get().pk == drafts[2].pk


def test_drafts_of_one_title_are_told_apart(signed_in, make_agreement):
    """Also under a question, which leads to them; how many are published depends on the answer."""
    found = [make_agreement(slug, title="Protocol", publish=False) for slug in ("korea", "chile")]
    text = html.unescape(choose(signed_in("publisher"), found).content.decode())
    for draft in found:
        line = f'<a href="{change_url(draft)}">Protocol</a> <small>{draft.agreement}</small>'
        assert text.count(line) >= 2
    assert "They are published only if you tick here:" in text
    assert ">Publish the drafts now</button>" in text


def test_scheduled_together(signed_in, drafts):
    ahead = (timezone.localtime() + datetime.timedelta(days=3)).replace(second=0, microsecond=0)
    asked = {"confirmed": "1", "when": "at", "at": f"{ahead:%Y-%m-%dT%H:%M}"}
    [done] = messages(choose(signed_in("publisher"), drafts[:2], **asked))
    assert done.startswith("2 drafts were scheduled for")
    assert {edition.live_from for edition in AgreementEdition.objects.scheduled()} == {ahead}


def test_a_time_that_has_passed_is_asked_again(signed_in, drafts):
    response = choose(
        signed_in("publisher"), drafts, confirmed="1", when="at", at="2001-01-01T10:00"
    )
    assert "This time has passed" in response.content.decode()
    assert not AgreementEdition.objects.published().exists()


def test_only_publishers_have_the_action(signed_in, drafts):
    author = signed_in("author")
    assert "publish_selected" not in author.get(LIST).content.decode()
    choose(author, drafts, confirmed="1", when="now")
    assert not AgreementEdition.objects.published().exists()


def test_what_cannot_be_done(signed_in, drafts, make_agreement, monkeypatch):
    live = make_agreement("japan")
    publisher = signed_in("publisher")
    [why] = messages(choose(publisher, [live]))
    assert why.startswith("None of the selected rows is a draft")
    monkeypatch.setattr(together, "MOST", 1)
    why = messages(choose(publisher, drafts))[-1]
    assert why.startswith("Select at most 1 drafts")
