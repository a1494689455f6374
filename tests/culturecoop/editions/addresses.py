"""Where the admin of agreements is, for its tests."""

import datetime

from django.urls import reverse
from django.utils import timezone

from tests.answering import publish

LIST = reverse("admin:agreements_agreementedition_changelist")
FORM = "agreementedition_form"


def change_url(edition):
    return reverse("admin:agreements_agreementedition_change", args=[edition.pk])


def edit_url(edition):
    opts = edition._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_edit", args=[edition.pk])


def verb_url(edition, verb):
    return reverse("admin:agreements_agreementedition_verb", args=[edition.pk, verb])


def history_url(edition):
    return reverse("admin:agreements_agreementedition_history", args=[edition.pk])


def scheduled_edition(make_agreement, slug="japan"):
    draft = make_agreement(slug, publish=False)
    return publish(draft, at=timezone.now() + datetime.timedelta(days=3))
