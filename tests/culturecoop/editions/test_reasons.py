"""What cannot be done with an edition now is said where its button would be, not left out."""

import pytest
from lxml import html

from culturecoop.editions import verbs
from tests.answering import publish

from .addresses import change_url, scheduled_edition

RESTORE = "Restoring: there is a draft already. Publish or discard that first."
WITHDRAWN = (
    "Editing and translating: what was withdrawn has no text. Restore an edition from the "
    "history first."
)
SCHEDULED = (
    "Another time: cancel the schedule first. It becomes the draft again, which you publish at "
    "the time that you want."
)
PUBLISHERS = (
    "Publishing and scheduling: publishers do that. Submit the draft for review, and they hear "
    "of it."
)


def reasons(client, address):
    page = html.fromstring(client.get(address, follow=True).content.decode())
    found = page.xpath("//div[@class='edition-bar']/p[@class='quiet']")
    return [" ".join(line.text_content().split()) for line in found]


@pytest.mark.parametrize(("role", "told"), [("author", [PUBLISHERS]), ("publisher", [])])
def test_who_may_not_publish_is_told_who_does(signed_in, draft, role, told):
    assert reasons(signed_in(role), change_url(draft)) == told


def test_an_older_edition_is_restored_where_no_draft_stands_beside_it(author, live):
    newer = publish(verbs.new_draft(live))
    assert reasons(author, change_url(live)) == []
    draft = verbs.new_draft(newer)
    assert reasons(author, change_url(live)) == [RESTORE]
    assert reasons(author, change_url(newer)) == []
    verbs.discard(draft)
    assert reasons(author, change_url(live)) == []


def test_what_was_withdrawn_is_restored_first(author, live):
    withdrawal = verbs.withdraw(live, reason="Wrong")
    assert WITHDRAWN in reasons(author, change_url(withdrawal))
    assert WITHDRAWN not in reasons(author, change_url(live))


def test_another_time_needs_the_schedule_cancelled(author, publisher, make_agreement):
    scheduled = scheduled_edition(make_agreement)
    assert reasons(publisher, change_url(scheduled)) == [SCHEDULED]
    assert reasons(author, change_url(scheduled)) == []
