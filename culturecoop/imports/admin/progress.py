"""How far the work on an import is, in numbers and in words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import ImportJob

State = ImportJob.State


@dataclass(frozen=True)
class Progress:
    """`total` is None while nobody can say how much there is."""

    done: int
    total: int | None
    text: str
    rate: str = ""
    remaining: str = ""

    @property
    def percent(self):
        return min(100, self.done * 100 // self.total) if self.total else None


def progress(job):
    total, rate = None, 0
    if job.state == State.PUBLISHING:
        total = max(job.findings["publishing"]["total"], job.done)
    elif job.state == State.FOLLOWING:
        total = job.findings["following"]["total"]
    elif job.state == State.RUNNING:
        total, rate = max(job.to_write, job.done), _rate(job)
    text = _text(job, total)
    if not rate:
        return Progress(job.done, total, text)
    speed = ngettext("%(rate)s row a second", "%(rate)s rows a second", round(rate))
    speed %= {"rate": number_format(round(rate), force_grouping=True) if rate >= 1 else "< 1"}
    return Progress(job.done, total, text, speed, in_words((total - job.done) / rate))


def in_words(seconds):
    """About how long it still takes."""
    if seconds < 10:
        return _("a few seconds left")
    if seconds < 90:
        tens = max(10, round(seconds / 10) * 10)
        return _("about %(count)d seconds left") % {"count": tens}
    minutes = round(seconds / 60)
    if minutes < 90:
        text = ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes)
        return text % {"count": minutes}
    hours = round(minutes / 60)
    text = ngettext("about %(count)d hour left", "about %(count)d hours left", hours)
    return text % {"count": hours}


def _rate(job):
    """Rows a second since the work was begun or resumed; 0 when that is not known."""
    if not job.started_at:
        return 0
    seconds = ((job.heartbeat_at or timezone.now()) - job.started_at).total_seconds()
    return (job.done - job.run_from) / seconds if seconds > 0.5 else 0


def _text(job, total):
    shown = {"done": number_format(job.done, force_grouping=True)}
    if total is None:
        return ngettext("%(done)s row so far", "%(done)s rows so far", job.done) % shown
    shown["total"] = number_format(total, force_grouping=True)
    if job.state != State.RUNNING:  # drafts, agreements
        return _("%(done)s of %(total)s") % shown
    return ngettext("%(done)s of %(total)s row", "%(done)s of %(total)s rows", total) % shown
