"""The two clocks that a public page is read by: the law's and the publication's.

`?on=YYYY-MM-DD` moves the law's clock only: today's wording, that day's legal facts. The
publication's clock moves only at `/…/editions/<number>/`; with a day there, both are moved.
"""

import datetime
from dataclasses import dataclass, field, replace

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Reading:
    """How a page is read: `day` is the law's clock, `at` the publication's."""

    day: datetime.date = field(default_factory=timezone.localdate)
    at: datetime.datetime = field(default_factory=timezone.now)
    dated: bool = False  # the reader chose the day
    fault: str = ""  # what was wrong with the day that the reader wrote
    past: bool = False  # an edition as readers saw it, with the files of its time
    draft: bool = False  # an editor's preview, with the newest files

    @property
    def query(self):
        """What a link adds so that the next page keeps the day: "?on=2012-12-31" or nothing."""
        return f"?on={self.day:%Y-%m-%d}" if self.dated else ""

    @property
    def indexable(self):
        return not (self.dated or self.fault or self.past or self.draft)


def reading_of(request):
    """The Reading that a reader asks for; a malformed day gives today and says so."""
    return _on_the_day(request, Reading())


def _on_the_day(request, reading):
    """Return the reading with the law of the day in `?on=`; of a malformed one, it says so."""
    text = request.GET.get("on", "").strip()
    if not text:
        return reading
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        return replace(reading, fault=_malformed_day(text, reading))
    return replace(reading, day=day, dated=True)


def _malformed_day(text, reading):
    if reading.day == timezone.localdate():
        sentence = _(
            "“%(text)s” is not a day. Write it as year-month-day, like 2012-12-31. "
            "What you see is today’s state."
        )
    else:
        sentence = _(
            "“%(text)s” is not a day. Write it as year-month-day, like 2012-12-31. "
            "What you see is the state of the last day of this edition."
        )
    return sentence % {"text": text[:40]}


def day_and_time(moment):
    """What a sentence takes for "on %(day)s at %(time)s", in the site's time zone."""
    local = timezone.localtime(moment)
    return {"day": date_format(local, "DATE_FORMAT"), "time": date_format(local, "TIME_FORMAT")}


def reading_of_edition(edition, request):
    """The Reading of a published edition as readers saw it last, with the law of `?on=`."""
    now = timezone.now()
    ended = edition.live_until and edition.live_until <= now
    at = edition.live_until - datetime.timedelta(microseconds=1) if ended else now
    return _on_the_day(request, Reading(day=timezone.localdate(at), at=at, past=True))
