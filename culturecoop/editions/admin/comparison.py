"""The page that compares two editions of a track, and how many things a draft would change."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from culturecoop.adminpages import AdminPageMixin
from culturecoop.texts import whole_number

from ..differences.comparison import compare
from ..tracks import track_of
from .lists import moment, state_label

INLINE, SIDES = "inline", "sides"
#: So many editions are offered to compare with: the newest, and those that are compared.
OFFERED = 200


def compared_with(edition):
    """Return what an edition is compared with when nobody chooses; None for the first one.

    A draft is with what readers see, else with what it was made of; a published edition with the
    one before it.
    """
    track = track_of(edition)
    if edition.live_from:
        return track.content_before(edition.live_from)
    standing = track.standing()
    if standing and not standing.withdrawal:
        return standing
    return track.edition(edition.based_on_id) or track.content_before(track.now)


def differences(draft):
    """Return the Comparison of a draft with what it would replace; None for a first one."""
    other = compared_with(draft)
    return other and compare(other, draft)


def way_to_comparison(admin, edition):
    """Return {compare_url, compared: with which edition}; nothing where there is none."""
    other = None if edition.withdrawal else compared_with(edition)
    return {"compare_url": admin.verb_url("compare", edition), "compared": other} if other else {}


class CompareView(AdminPageMixin, TemplateView):
    """Two editions of a track, side by side or in one text: `?with=<id>&view=sides`."""

    template_name = "admin/editions/comparison.html"
    http_method_names = ("get", "head", "options")

    def get_context_data(self, pk, **kwargs):
        edition = self._edition(pk)
        other = self._other(edition)
        before, after = sorted([other, edition], key=_time_of) if other else (None, edition)
        return super().get_context_data(
            title=_("Comparison"),
            subtitle=self.model_admin.title_of(edition),
            edition=edition_label(edition),
            edition_url=self.model_admin.edition_url(edition),
            comparison=compare(before, after) if before else None,
            before=before and edition_label(before),
            after=edition_label(after),
            choices=self._choices(edition, other),
            view=chosen_view(self.request),
            **kwargs,
        )

    def _edition(self, pk, **conditions):
        editions = self.model_admin.get_queryset(self.request).content().filter(**conditions)
        edition = get_object_or_404(editions, pk=pk)
        if not self.model_admin.has_view_or_change_permission(self.request, edition):
            raise PermissionDenied
        return edition

    def _other(self, edition):
        chosen = self.request.GET.get("with", "")
        if not chosen:
            return compared_with(edition)
        pk = whole_number(chosen)
        if pk is None:
            raise Http404
        return self._edition(pk, **edition.track)

    def _choices(self, edition, other):
        """Return [(id, label, whether it is chosen)] of the editions to compare with."""
        others = edition.siblings().content().exclude(pk=edition.pk)
        found = sorted(others.order_by("-pk")[:OFFERED], key=_time_of, reverse=True)
        if other and other not in found:
            found.append(other)
        return [(one.pk, edition_label(one), one == other) for one in found]


def chosen_view(request):
    """Return how a comparison is shown: INLINE or SIDES."""
    view = request.GET.get("view")
    return view if view in (INLINE, SIDES) else INLINE


def edition_label(edition):
    """Return "Edition 3 · live · 1 June 2026, 10:00", "Draft · 2 June 2026, 11:30"."""
    name = _("Edition %(number)s") % {"number": edition.number} if edition.number else _("Draft")
    state = state_label(edition) if edition.number else ""
    words = [name, state, moment(edition.live_from or edition.changed_at)]
    return " · ".join(str(word) for word in words if word)


def _time_of(edition):
    """Return what puts editions in order: a draft is newer than all that has been published."""
    return (edition.is_draft, edition.live_from or edition.cancelled_at or edition.changed_at)
