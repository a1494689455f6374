"""Days in sentences: since, on, with effect from; as well as they are known.

Many languages say a day otherwise than a month or a year, so each has an entry of its own.
"""

import datetime

from django.utils.translation import gettext, pgettext_lazy

from .dates import PartialDate

# Each for a day, for a month and for a year; for a year as for a month where there are two.
_SINCE = (
    pgettext_lazy("a day", "since %(date)s"),
    pgettext_lazy("a month or a year", "since %(date)s"),
)
_SINCE_ABOUT = (
    pgettext_lazy("about a day", "since about %(date)s"),
    pgettext_lazy("about a month or a year", "since about %(date)s"),
)
_SINCE_AT_LATEST = (
    pgettext_lazy("a day", "since %(date)s at the latest"),
    pgettext_lazy("a month or a year", "since %(date)s at the latest"),
)
_ON = (
    pgettext_lazy("a day", "on %(date)s"),
    pgettext_lazy("a month", "in %(date)s"),
    pgettext_lazy("a year", "in %(date)s"),
)
_ABOUT = (
    pgettext_lazy("a day", "about %(date)s"),
    pgettext_lazy("a month", "about %(date)s"),
    pgettext_lazy("a year", "about %(date)s"),
)
_WITH_EFFECT = (
    pgettext_lazy("a day", "with effect from %(date)s"),
    pgettext_lazy("a month or a year", "with effect from %(date)s"),
)
_BEFORE = (
    pgettext_lazy("a day", "before %(date)s"),
    pgettext_lazy("a month or a year", "before %(date)s"),
)
_AT_SOME_TIME = (
    pgettext_lazy("a day", "on %(date)s, which is not certain"),
    pgettext_lazy("a month", "at some time in %(date)s"),
    pgettext_lazy("a year", "at some time in %(date)s"),
)


def in_words(date):
    """ "1 July 2011", "March 2013"; of a `datetime.date` too."""
    return _partial(date).display()


def since(date, at_latest=False):
    """ "since 1 July 2011", "since about 2013", "at the latest since 1 July 2011"."""
    if at_latest:
        return _filled(_SINCE_AT_LATEST, date)
    return _filled(_SINCE_ABOUT if _partial(date).approximate else _SINCE, date)


def on(date):
    """ "on 1 July 2011", "in March 2013", "in 2015"."""
    return _filled(_ABOUT if _partial(date).approximate else _ON, date)


def with_effect(date):
    """ "with effect from 1 July 2011", "with effect from 2015"."""
    return _filled(_WITH_EFFECT, date)


def before(date):
    """ "before 15 October 2009", "before 2009"."""
    return _filled(_BEFORE, date)


def at_some_time(date):
    """ "at some time in 2015": the day lies in the window, and is not known."""
    return _filled(_AT_SOME_TIME, date)


def _partial(date):
    """Return a `datetime.date` as a PartialDate."""
    if isinstance(date, datetime.date):
        return PartialDate(date.year, date.month, date.day)
    return date


def _filled(patterns, date):
    """Return the pattern for a day, a month or a year with the date in it."""
    date = _partial(date)
    text = date.plain()
    if date.uncertain and patterns is not _AT_SOME_TIME:
        text = gettext("%(date)s (uncertain)") % {"date": text}
    place = 0 if date.day else 1 if date.month else len(patterns) - 1
    return patterns[place] % {"date": text}
