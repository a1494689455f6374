"""The panel above the events of a draft, as a browser asks for it."""

from django.urls import reverse
from lxml import html

from tests.forms import fields

FORM = "agreementedition_form"
ADD = reverse("admin:agreements_agreementedition_add")
FOLLOW_ADDING = reverse("admin:agreements_agreementedition_status")
KOREA = [("signature", "2010-10-06"), ("entry_into_force", "2015-12-13")]


def change_url(edition):
    return reverse("admin:agreements_agreementedition_change", args=[edition.pk])


def status_url(edition):
    return reverse("admin:agreements_agreementedition_status", args=[edition.pk])


def typed(client, edition):
    """What a browser would send of the form of a draft."""
    return fields(client.get(change_url(edition)), FORM)


def words(response):
    """The text of an answer, its elements apart from each other."""
    return " ".join(" ".join(html.fromstring(response.content.decode()).itertext()).split())
