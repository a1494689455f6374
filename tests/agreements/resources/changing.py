"""Changing the rows of an export, and finding what came of it."""

from agreements.models import AgreementEdition


def changed(rows, slug, **cells):
    return [row | (cells if row["slug"] == slug else {}) for row in rows]


def draft_of(slug):
    return AgreementEdition.objects.drafts().get(agreement__slug=slug)
