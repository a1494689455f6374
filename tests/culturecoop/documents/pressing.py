"""Presses the buttons of documents and files as a browser would."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from culturecoop.documents.verbs import add_file
from tests.forms import fields

from .samples import pdf


def add(document, pages=2, **fields):
    upload = SimpleUploadedFile("report.pdf", pdf(pages))
    return add_file(document, "en", upload=upload, **fields)


def url(row, verb):
    return reverse(f"admin:documents_{row._meta.model_name}_verb", args=[row.pk, verb])


def form_url(document):
    return reverse("admin:documents_document_change", args=[document.pk])


def press(client, row, verb, **asked):
    """Open the page of a button, fill it in and send it, as a browser would."""
    values = fields(client.get(url(row, verb)))
    return client.post(url(row, verb), values | asked, follow=True)
