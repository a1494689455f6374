"""The list of editions, one row an identity (and language), and what a desk shows of them."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.changelists import CheckedChangeList, NamedLists
from culturecoop.languages import language_name

from ..models import DRAFT, State, live_at

WITHDRAWN = _("withdrawn")


def state_label(edition):
    """The state in words; what was taken off the site is "withdrawn"."""
    state = edition.state
    withdrawn = edition.withdrawal and state == State.LIVE
    return str(WITHDRAWN) if withdrawn else state.label


def state_mark(edition):
    """The state as a word with a small shape and a colour."""
    state = "withdrawn" if edition.withdrawal else edition.state.value
    return format_html('<span class="state state-{}">{}</span>', state, state_label(edition))


def moment(value):
    """A moment as the lists show it, in the site's time zone."""
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT") if value else "–"


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        named = (State.DRAFT, State.SCHEDULED, State.LIVE)
        return [(state.value, state.label) for state in named] + [("withdrawn", WITHDRAWN)]

    def queryset(self, request, queryset):
        now = timezone.now()
        conditions = {
            State.DRAFT: DRAFT,
            State.SCHEDULED: Q(live_from__gt=now),
            State.LIVE: live_at(now) & Q(withdrawal=False),
            "withdrawn": live_at(now) & Q(withdrawal=True),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class LanguageFilter(admin.SimpleListFilter):
    """The languages that editions are written in, or what belongs to them."""

    title = _("language")
    parameter_name = "language"
    field = "language"

    def lookups(self, request, model_admin):
        used = model_admin.model.objects.order_by(self.field).values_list(self.field, flat=True)
        return [(code, language_name(code)) for code in used.distinct() if code]

    def queryset(self, request, queryset):
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


class MineFilter(admin.SimpleListFilter):
    """What I have made or changed myself."""

    title = _("editor")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("Mine"))]

    def queryset(self, request, queryset):
        return queryset.filter(mine(request.user)) if self.value() == "1" else queryset


def mine(user):
    return Q(created_by=user) | Q(changed_by=user)


class EditionList(CheckedChangeList):
    """One row an identity, and a page of rows completed at once: constant queries."""

    def get_queryset(self, request, exclude_parameters=None):
        self.root_queryset = self.model_admin.list_rows(self.root_queryset.current_for_editor())
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request):
        super().get_results(request)
        self.result_list = self.model_admin.complete_rows(list(self.result_list))


class Lists(NamedLists):
    """The list: its rows, columns and filters, and the hook for more tools above it."""

    list_per_page = 50
    ordering = ("-changed_at",)
    title_from = ()  # the related rows that `title_of` reads

    def get_changelist(self, request, **kwargs):
        return EditionList

    def get_queryset(self, request):
        """All editions, which their addresses lead to; the list shows one an identity."""
        related = [self.model.track_fields[0], "changed_by", "based_on"]
        return super().get_queryset(request).select_related(*related)

    def changelist_view(self, request, extra_context=None):
        tools = {"list_tools": self.list_tools(request)}
        return super().changelist_view(request, {**tools, **(extra_context or {})})

    def list_tools(self, request):
        """[(address, label)] of more links above the list, e.g. an export."""
        return []

    def list_rows(self, editions):
        """The queryset of the list with what its columns need."""
        return editions

    def complete_rows(self, editions):
        """Add to the rows of one page what their columns show."""
        return editions

    @admin.display(description=_("state"))
    def state_column(self, edition):
        mark = state_mark(edition)
        if edition.state == State.SCHEDULED:
            return format_html("{} {}", mark, moment(edition.live_from))
        return mark

    @admin.display(description=_("last change"), ordering="changed_at")
    def change_column(self, edition):
        who = edition.changed_by or gettext("a command")
        return format_html("{}<br><small>{}</small>", moment(edition.changed_at), who)

    # The desk

    def desk(self, user):
        """{"drafts": …, "scheduled": …, "published": …}: querysets of what concerns a user."""
        editions = self.model.objects.select_related(*self.desk_related)
        editions = editions.prefetch_related(*self.title_from)
        return {
            "drafts": editions.drafts().filter(mine(user)).order_by("-changed_at"),
            "waiting": editions.drafts().exclude(mine(user)).order_by("-changed_at"),
            "scheduled": editions.scheduled().order_by("live_from"),
            "published": editions.in_force().order_by("-live_from"),
        }

    @property
    def desk_related(self):
        return [self.model.track_fields[0], "changed_by", "published_by"]
