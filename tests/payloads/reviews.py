"""Reviews with payloads in their notes, what is told of them, and a look at their pages."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from culturecoop.editions import verbs
from culturecoop.imports import jobs
from culturecoop.notifications.models import Kind, Notification

from . import PAYLOADS

VERBS = ("submit", "take_back", "approve", "send_back", "publish")
DRAFTS = 2


def look_at_reviews(watch, site):
    """Submit drafts of agreements and look where that is shown, also when one is sent back."""
    ada, author = User.objects.get(username="ada"), site.users[0]
    drafts = site.drafts[1 : 1 + DRAFTS]
    for draft in drafts:
        verbs.submit(draft, note=" ".join(PAYLOADS), by=author)
    watch.look(*_of_drafts(drafts))
    for draft in drafts:
        verbs.send_back(draft, reason=" ".join(PAYLOADS), by=ada)
    watch.look(*_of_drafts(drafts))
    chosen = jobs.choose(type(drafts[0]), [draft.pk for draft in drafts], by=ada)
    watch.look(reverse("admin:spreadsheets_importjob_publish", args=[chosen.pk]))
    watch.look(*_of_notifications(ada, author))


def _of_drafts(drafts):
    """Return the pages of the reviews of drafts."""
    name = "admin:agreements_agreementedition"
    pages = ["/admin/", reverse(f"{name}_changelist")]
    for draft in drafts:
        pages += [reverse(f"{name}_verb", args=[draft.pk, verb]) for verb in VERBS]
        pages += [reverse(f"{name}_{view}", args=[draft.pk]) for view in ("change", "history")]
    return pages


def _of_notifications(person, by):
    """Tell a person of all payloads, and return the pages of that."""
    told = Notification.objects.filter(person=person).first()
    for number, payload in enumerate(PAYLOADS):
        Notification.objects.create(
            person=person, by=by, kind=Kind.values[number % len(Kind.values)], title=payload,
            note=payload, at=timezone.now(), content_type=told.content_type, edition=told.edition,
        )  # fmt: skip
    name = "admin:notifications_notification"
    pages = [reverse(f"{name}_changelist"), reverse("admin:notifications_preferences")]
    return pages + [reverse(f"{name}_{v}", args=[told.pk]) for v in ("change", "history")]
