"""The trays of the desk for reviews: what is to be decided, and what came back."""

import pytest

from culturecoop.editions import verbs
from tests.culturecoop.editions.addresses import verb_url
from tests.culturecoop.editions.savings import save

pytestmark = pytest.mark.django_db


def rows(client, name):
    """{title: address} of a tray."""
    trays = {tray.name: tray for tray in client.get("/admin/").context["desk"]}
    return {row["title"]: row["url"] for row in trays[name].rows}


def test_what_is_submitted_waits_for_publishers(signed_in, make_agreement):
    author, publisher = signed_in("author"), signed_in("publisher")
    draft = save(make_agreement("korea", title="Korea", publish=False), "Korea", author.user)
    assert rows(publisher, "review") == {}
    verbs.submit(draft, by=author.user)
    assert rows(publisher, "review") == {"Korea": verb_url(draft, "publish")}
    assert rows(author, "review") == {}
    verbs.send_back(draft, reason="No", by=publisher.user)
    assert rows(publisher, "review") == {}
    assert list(rows(author, "sent_back")) == ["Korea"]
    assert rows(publisher, "sent_back") == {}
