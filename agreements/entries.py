"""The register as its lists read it: compiled from published editions, never typed.

An entry is what stands for one subject (the whole agreement, or a party) for a span of days, in
the time that readers see the edition. So a list of any day and moment is rows of one table, and
what is scheduled is counted from its moment on without anything that runs then.
"""

import datetime

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact, GreaterThan, IsNull, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.models import ComputedRow

from .parties import Party
from .parts import EDITION
from .vocabulary import STANDINGS

#: Where spans of days begin and end that have no other bounds.
FIRST_DAY, LAST_DAY = datetime.date.min, datetime.date.max
#: When an edition ends that nothing follows.
NEVER = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)
#: An edition is over for good when it ended so long ago: no request that began before still runs.
LONG_OVER = datetime.timedelta(hours=1)
CURRENT = Q(superseded=False)
#: What a list without filters asks of each row until its page begins: its index alone answers.
LISTED = ["slug", "until", "live_from", "live_until", "edition"]


class Unindexed(Func):
    """A column that SQLite looks at without looking it up: another one leads to fewer rows.

    It knows only how many rows there are, not how many have which days.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


class RegisterEntryQuerySet(models.QuerySet):
    def live(self, at=None):
        """Those of what readers see at `at` (default: now)."""
        now = timezone.now()
        at = at or now
        rows = self.filter(live_from__lte=at, live_until__gt=at)
        return rows.filter(CURRENT) if at >= now - LONG_OVER else rows

    def on(self, day, party=None, by="until"):
        """What stands on a day for a party (id; None: the whole agreement).

        It is looked up by the days until which things stand; for an early day `by` "since", and
        by "edition" where editions are named.
        """
        day = Value(min(day, LAST_DAY - datetime.timedelta(days=1)), models.DateField())
        since = F("since") if by == "since" else Unindexed("since")
        until = Unindexed("until") if by == "since" else F("until")
        subject = Unindexed("party") if by == "edition" else F("party")
        is_subject = IsNull(subject, True) if party is None else Exact(subject, Value(party))
        return self.filter(LessThanOrEqual(since, day), GreaterThan(until, day), is_subject)

    def begun(self):
        """Those whose agreement has a legal fact by then."""
        return self.filter(Exact(F("pending"), Value(False)))

    def by_standing(self):
        """The same, looked up by status in the index that counts."""
        return self.filter(standing__in=STANDINGS)

    def of_theme(self, theme):
        """Those of agreements of a theme (id)."""
        return self.filter(GreaterThan(StrIndex("themes", Value(f"|{theme}|")), 0))


class RegisterEntry(ComputedRow):
    """What stands for a subject from a day until a day (exclusive), and what lists filter by."""

    edition = models.ForeignKey(EDITION, models.CASCADE, db_index=False, related_name="entries")
    party = models.ForeignKey(Party, models.CASCADE, null=True, db_index=False, related_name="+")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    live_from = models.DateTimeField(_("published from"))
    live_until = models.DateTimeField(_("published until"))
    #: Whether the edition was long over when the row was last written: such rows are read for
    #: what readers saw then, and are in no index that today's lists use.
    superseded = models.BooleanField(default=False)
    #: A Status, or "uncertain", or "none": each entry has one of them.
    standing = models.CharField(_("status"), max_length=30)
    ending = models.BooleanField(_("in effect, but ending"), default=False)
    #: Whether the agreement has no legal fact by then.
    pending = models.BooleanField(default=False)
    slug = models.SlugField(_("slug"), max_length=150, db_index=False)
    kind = models.CharField(_("kind"), max_length=40)
    themes = models.TextField(_("themes"), blank=True)  # their ids: |3|17|
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    first_year = models.PositiveSmallIntegerField(_("year of the first event"), null=True)
    last_year = models.PositiveSmallIntegerField(_("year of the last event"), null=True)
    partner = models.ForeignKey(Party, models.CASCADE, null=True, db_index=False, related_name="+")

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the register")
        verbose_name_plural = _("entries of the register")
        default_permissions = ()
        indexes = [
            models.Index(fields=["edition", "party", "standing"], name="entry_of_edition"),
            models.Index(
                fields=["party", "since", *LISTED], condition=CURRENT, name="entry_newest"
            ),
            models.Index(
                fields=["party", "pending", "since", *LISTED], condition=CURRENT,
                name="entry_oldest",
            ),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(condition=Q(since__lt=models.F("until")), name="entry_days"),
        ]

    def __str__(self):
        return f"{self.slug}: {self.standing} {self.since}–{self.until}"


class RegisterTitle(ComputedRow):
    """What an edition is sorted by in a language of the site: its title there, or its own."""

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="sorted_titles")
    language = models.CharField(_("language"), max_length=7)
    key = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("sorted title")
        verbose_name_plural = _("sorted titles")
        default_permissions = ()
        indexes = [models.Index(fields=["language", "key"], name="register_title_order")]
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="register_title_once")
        ]

    def __str__(self):
        return f"{self.key} ({self.language})"
