"""Days in sentences: since, on, with effect from; as well as they are known.

Many languages say a day otherwise than a month or a year, so each has an entry of its own.
"""

import datetime

from django.utils.translation import gettext, pgettext

from culturecoop.dates import PartialDate


def exact(day):
    """The PartialDate of a `datetime.date`."""
    return PartialDate(day.year, day.month, day.day)


def said(date):
    """ "1 July 2011", "March 2013"; of a `datetime.date` too."""
    return (exact(date) if isinstance(date, datetime.date) else date).display()


def since(date, at_latest=False):
    """ "since 1 July 2011", "since about 2013", "at the latest since 1 July 2011"."""
    return _pattern(date, _at_latest if at_latest else _since)


def on(date):
    """ "on 1 July 2011", "in March 2013", "in 2015"."""
    return _pattern(date, _on)


def with_effect(date):
    """ "with effect from 1 July 2011", "with effect from 2015"."""
    return _pattern(date, _with_effect)


def before(date):
    """ "before 15 October 2009", "before 2009"."""
    return _pattern(date, _before)


def at_some_time(date):
    """ "at some time in 2015": the day lies in the window, and is not known."""
    return _pattern(date, _at_some_time)


def _pattern(date, patterns):
    """The pattern for a day, a month or a year, filled; about what is approximate."""
    date = exact(date) if isinstance(date, datetime.date) else date
    text = date.plain()
    if date.uncertain and patterns is not _at_some_time:
        text = gettext("%(date)s (uncertain)") % {"date": text}
    return patterns(date) % {"date": text}


def _since(date):
    if date.approximate:
        return (
            pgettext("about a day", "since about %(date)s")
            if date.day
            else pgettext("about a month or a year", "since about %(date)s")
        )
    return (
        pgettext("a day", "since %(date)s")
        if date.day
        else pgettext("a month or a year", "since %(date)s")
    )


def _at_latest(date):
    return (
        pgettext("a day", "since %(date)s at the latest")
        if date.day
        else pgettext("a month or a year", "since %(date)s at the latest")
    )


def _on(date):
    if date.approximate:
        return _about(date)
    if date.day:
        return pgettext("a day", "on %(date)s")
    return pgettext("a month", "in %(date)s") if date.month else pgettext("a year", "in %(date)s")


def _about(date):
    if date.day:
        return pgettext("a day", "about %(date)s")
    if date.month:
        return pgettext("a month", "about %(date)s")
    return pgettext("a year", "about %(date)s")


def _with_effect(date):
    return (
        pgettext("a day", "with effect from %(date)s")
        if date.day
        else pgettext("a month or a year", "with effect from %(date)s")
    )


def _before(date):
    return (
        pgettext("a day", "before %(date)s")
        if date.day
        else pgettext("a month or a year", "before %(date)s")
    )


def _at_some_time(date):
    if date.day:
        return pgettext("a day", "on %(date)s, which is not certain")
    return (
        pgettext("a month", "at some time in %(date)s")
        if date.month
        else pgettext("a year", "at some time in %(date)s")
    )
