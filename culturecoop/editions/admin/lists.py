"""The list of editions, one row an identity (and language), and what a desk shows of them."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.changelists import CheckedChangeList, NamedLists
from culturecoop.languages import language_name
from culturecoop.parts_of_words import FoldedSearch, all_of, is_part

from ..discards import discarded_by_others, lately
from ..lasttitles import read_ended
from ..listings import listing_of
from ..models import DRAFT, State
from ..reviews import Step, in_step, reviews_of, sent_back_to, step_of
from .buttons import CHANGE, PUBLISH
from .upkeep import upkeep_of

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
            State.LIVE: Q(live_from__lte=now, withdrawal=False),
            "withdrawn": Q(live_from__lte=now, withdrawal=True),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class ReviewFilter(admin.SimpleListFilter):
    """The step of its review in which a draft stands."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        named = (Step.SUBMITTED, Step.SENT_BACK, Step.APPROVED)
        return [(step.value, step.label) for step in named]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        drafts = queryset.model._meta.get_field("edition").related_model.objects.drafts()
        return queryset.filter(pk__in=in_step(drafts, Step(self.value())).values("pk"))


class LanguageFilter(admin.SimpleListFilter):
    """The languages that editions are written in."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        rows = listing_of(model_admin.model).objects.order_by("language")
        used = rows.values_list("language", flat=True).distinct()
        return [(code, language_name(code)) for code in used]

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class MineFilter(admin.SimpleListFilter):
    """What I have made or changed myself, or others alone."""

    title = _("editor")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("Mine")), ("0", _("Of others"))]

    def queryset(self, request, queryset):
        if self.value() == "0":
            return queryset.exclude(mine(request.user))
        return queryset.filter(mine(request.user)) if self.value() == "1" else queryset


def mine(user):
    return Q(created_by=user) | Q(changed_by=user)


def _to_review(editions, user):
    """Those that are submitted, for who may publish them."""
    opts = editions.model._meta
    may = user.has_perm(f"{opts.app_label}.{PUBLISH}_{opts.model_name}")
    return in_step(editions.drafts(), Step.SUBMITTED) if may else editions.none()


def _published_by_others(editions, user):
    """Those that were the user's drafts until lately; the index of the desk has `live_from`."""
    found = editions.content().filter(mine(user), live_from__gte=lately())
    found = found.filter(published_at__gte=lately()).exclude(published_by=user)
    return found.order_by("-published_at")


def read_steps(editions):
    """Give each edition of a list the step of its review that holds, as `review_step`."""
    reviews = reviews_of(editions) if editions else {}
    for edition in editions:
        step = step_of(edition, reviews[edition.pk]) if edition.is_draft else ""
        edition.review_step = Step(step) if step else None


class FirstPage(Paginator):
    """Pages of which the first is read at once: what ends there is not looked for once more."""

    @cached_property
    def first(self):
        """The rows of the first page, and one more where there is another page."""
        return list(self.object_list[: self.per_page + 1])

    @cached_property
    def count(self):
        return len(self.first) if len(self.first) <= self.per_page else super().count


class EditionList(CheckedChangeList):
    """One row an identity, and a page of rows completed at once: constant queries.

    Filters, search and order ask the rows of `listings.py`; a page of those leads to editions.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pk_attname = "pk"  # of the rows as of the editions

    def get_filters(self, request):
        """As Django's; no filter joins the rows with several others."""
        specs, has_filters, left, _duplicates, has_active = super().get_filters(request)
        return specs, has_filters, left, False, has_active

    def get_queryset(self, request, exclude_parameters=None):
        """Return the editions that the list shows, which actions and the export are about.

        What is counted for a filter are rows.
        """
        if exclude_parameters is None:
            self.model_admin.prepare_list(request)
        self.root_queryset = listing_of(self.model).objects.all()
        self.listed = super().get_queryset(request, exclude_parameters)
        if exclude_parameters is not None:
            return self.listed
        pks = self.listed.order_by().values("pk")
        editions = self.model_admin.get_queryset(request).filter(pk__in=pks)
        return editions.order_by("-changed_at", "-pk")

    def get_results(self, request):
        self.queryset = self.listed.values_list("pk", flat=True)
        super().get_results(request)
        on_first = self.page_num == 1 and not self.show_all
        first = self.paginator.first[: self.list_per_page]
        pks = first if on_first or not self.multi_page else list(self.result_list)
        editions = self.model_admin.get_queryset(request).filter(pk__in=pks)
        found = {edition.pk: edition for edition in self.model_admin.list_rows(editions)}
        rows = [found[pk] for pk in pks if pk in found]
        titled = read_ended(rows, *self.model_admin.title_from)
        read_steps(titled)
        self.result_list = self.model_admin.complete_rows(titled)


class Lists(FoldedSearch, NamedLists):
    """The list: its rows, columns and filters, and the hook for more tools above it."""

    list_per_page = 50
    paginator = FirstPage
    show_full_result_count = False
    search_fields = ["words"]
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

    def get_search_results(self, request, queryset, search_term):
        """Find the rows of the list, or the editions, that have every word."""
        is_list = queryset.model is not self.model
        rows = queryset if is_list else listing_of(self.model).objects.all()
        rows, _duplicates = super().get_search_results(request, rows, search_term)
        return (rows if is_list else queryset.filter(pk__in=rows.values("pk"))), False

    def having_words(self, words):
        """Return the condition "has every word" of the rows of the list."""
        return all_of(is_part(word, "words") for word in words)

    def prepare_list(self, request):
        """Make ready what the filters of a request ask for, before the list or an export."""

    def list_rows(self, editions):
        """The queryset of a page of the list with what its columns need."""
        return editions

    def complete_rows(self, editions):
        """Add to the rows of one page what their columns show."""
        return editions

    @admin.display(description=_("state"))
    def state_column(self, edition):
        mark = state_mark(edition)
        if edition.state == State.SCHEDULED:
            return format_html("{} {}", mark, moment(edition.live_from))
        if step := getattr(edition, "review_step", None):
            return format_html('{} <span class="review-step">{}</span>', mark, step.label)
        return mark

    @admin.display(description=_("last change"), ordering="changed_at")
    def change_column(self, edition):
        who = edition.changed_by or gettext("a command")
        return format_html("{}<br><small>{}</small>", moment(edition.changed_at), who)

    # The desk

    def desk(self, user):
        """{"drafts": …, "scheduled": …, …}: querysets of what concerns a user.

        Of upkeep there is nothing for who may change nothing.
        """
        editions = self.model.objects.select_related(*self.desk_related)
        editions = editions.prefetch_related(*self.title_from)
        change = f"{self.opts.app_label}.{CHANGE}_{self.opts.model_name}"
        upkeep = upkeep_of(editions) if user.has_perm(change) else {}
        return upkeep | {
            "review": _to_review(editions, user).order_by("-changed_at"),
            "sent_back": sent_back_to(editions.drafts(), user).order_by("-changed_at"),
            "drafts": editions.drafts().filter(mine(user)).order_by("-changed_at"),
            "waiting": editions.drafts().exclude(mine(user)).order_by("-changed_at"),
            "gone": _published_by_others(editions, user),
            "discarded": discarded_by_others(self.model, user),
            "scheduled": editions.scheduled().order_by("live_from"),
            "published": editions.in_force().order_by("-live_from"),
        }

    def upkeep_trays(self, request):
        """Return its own trays, which follow those of all editions; see `culturecoop.trays`."""
        return []

    @property
    def desk_related(self):
        return [self.model.track_fields[0], "changed_by", "published_by"]
