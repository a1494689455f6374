"""The own "Publish" of a file, where somebody else than who added it has to press it."""

import pytest
from django.urls import reverse

from culturecoop.documents.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("four_eyes")]


@pytest.fixture
def file(make_file):
    return make_file(Document.objects.create(slug="report", title="The report"))


def added_by(file, user):
    type(file).objects.filter(pk=file.pk).update(added_by=user)


def publish(client, file, **sent):
    return client.post(reverse("admin:documents_document_publish", args=[file.pk]), sent)


def form(client, file):
    address = reverse("admin:documents_document_change", args=[file.document_id])
    return " ".join(client.get(address).content.decode().split())


def is_public(file):
    file.refresh_from_db()
    return file.live_from is not None


def test_who_added_it_is_told_that_somebody_else_publishes_it(signed_in, file):
    publisher, other = signed_in("publisher"), signed_in("publisher", "other")
    added_by(file, publisher.user)
    assert "so somebody else publishes it." in form(publisher, file)
    publish(publisher, file)
    publish(publisher, file, **{f"override_{file.pk}": "I am no administrator"})
    assert not is_public(file)
    assert "Publish the file:" in form(other, file)
    publish(other, file)
    assert is_public(file)


def test_an_administrator_says_why(signed_in, file):
    root = signed_in("administrator")
    added_by(file, root.user)
    assert "Why it is published without approval" in form(root, file)
    publish(root, file)
    assert not is_public(file)
    publish(root, file, **{f"override_{file.pk}": "A fault in a treaty"})
    assert is_public(file)
    history = reverse("admin:documents_document_history", args=[file.document_id])
    assert "A fault in a treaty" in root.get(history).content.decode()
