"""Withdrawals of before they were kept with the documents that they took along."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from culturecoop.documents.models import Document
from culturecoop.documents.releases import publish_file
from culturecoop.editions import verbs
from tests.answering import publish

pytestmark = pytest.mark.django_db
AHEAD = timezone.now() + datetime.timedelta(days=2)


def document(make_file, slug):
    row = Document.objects.create(slug=slug, title=slug)
    publish_file(make_file(row))
    return row


def agreement_with(row, make_agreement):
    draft = make_agreement(row.slug, publish=False)
    draft.documents.create(document=row)
    return publish(draft)


def page_with(row, make_page):
    draft = make_page("", publish=False)
    link = f'<p><a href="/documents/{row.slug}/">this</a></p>'
    draft.strategy_text_set.create(text=link, region="main", ordering=10)
    return publish(draft)


def test_each_document_gets_the_withdrawal_that_took_it(make_agreement, make_page, make_file):
    first, second, third = (document(make_file, slug) for slug in ("one", "two", "three"))
    editions = {
        first: agreement_with(first, make_agreement),
        second: agreement_with(second, make_agreement),
        third: page_with(third, make_page),
    }
    withdrawals = {
        row: verbs.withdraw(edition, reason="Old", documents=[row.pk], at=AHEAD)
        for row, edition in editions.items()
    }
    Document.objects.update(withdrawn_kind=None, withdrawn_id=None)
    for app in ("agreements", "strategy"):
        import_module(f"{app}.migrations.0007_documents_withdrawn").forwards(apps, None)
    for row, withdrawal in withdrawals.items():
        row.refresh_from_db()
        assert row.withdrawn_with == withdrawal
