"""Notifications by mail, through the backend that is set up: by default the console."""

import logging
from smtplib import SMTPException
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from .models import Notification
from .wording import sentence

logger = logging.getLogger(__name__)


def send(address: str, language: str, told: Notification) -> None:
    """Send what somebody is told, in his language. Where it cannot be sent, the log says so."""
    with override(language):
        said = " ".join(sentence(told).split())
        subject = f"[{settings.SITE_NAME}] {said}"
        body = render_to_string("notifications/mail.txt", {
            "sentence": said,
            "note": told.note,
            "address": urljoin(settings.SITE_URL, link_of(told)),
            "choice": urljoin(settings.SITE_URL, reverse("admin:notifications_preferences")),
        })  # fmt: skip
    try:
        EmailMessage(subject, body, to=[address]).send()
    except (OSError, SMTPException) as fault:
        logger.warning("A notification could not be sent by mail: %s", fault)


def link_of(told: Notification) -> str:
    """Return where one looks at what a notification is about."""
    if told.pk:
        return reverse("admin:notifications_open", args=[told.pk])
    model = told.content_type.model_class()
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
    return reverse(name, args=[told.edition])
