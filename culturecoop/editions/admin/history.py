"""The history of an identity: its editions, and what was done in the admin."""

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from culturecoop.adminpages import AdminPageMixin

from ..models import State
from ..reviews import reviews_of
from .buttons import BY_NAME
from .standing import told, told_before


class HistoryView(AdminPageMixin, TemplateView):
    """The page of the history of what an edition is one of."""

    template_name = "admin/editions/history.html"

    def get_context_data(self, object_id, **kwargs):
        edition = self.model_admin.get_object(self.request, object_id)
        if edition is None:
            raise Http404
        if not self.model_admin.has_view_or_change_permission(self.request, edition):
            raise PermissionDenied
        return super().get_context_data(
            title=_("History"),
            subtitle=self.model_admin.title_of(edition),
            edition=edition,
            edition_url=self.model_admin.edition_url(edition),
            by_language=len(edition.track_fields) > 1,
            rows=self._rows(edition),
            log=log_of(type(edition.identity), edition.identity.pk),
            **kwargs,
        )

    def _rows(self, edition):
        editions = self._editions(edition)
        reviews = reviews_of(editions)
        return [self._row(row) | steps_of(row, reviews[row.pk]) for row in editions]

    def _editions(self, edition):
        """Return all editions of all its tracks: the drafts first, then the newest."""
        editions = type(edition).objects.filter(**{edition.track_fields[0]: edition.identity})
        related = ("created_by", "based_on", *self.model_admin.desk_related)
        return sorted(
            editions.select_related(*related),
            key=lambda e: (e.is_draft, e.live_from or e.cancelled_at or e.created_at, e.pk),
            reverse=True,
        )

    def _row(self, edition):
        """Return an edition with the ways to look at it and to bring it back."""
        seen = edition.state in (State.LIVE, State.SUPERSEDED) and not edition.withdrawal
        verb_url = self.model_admin.verb_url
        button = BY_NAME["restore"]
        offered = button in self.model_admin.buttons_for(self.request, edition)
        older = edition.state in button.states and not edition.withdrawal
        may = self.model_admin.may(self.request, button.right)
        return {
            "edition": edition,
            "open": self.model_admin.edition_url(edition),
            "as_seen": edition.get_absolute_url() if seen else "",
            "preview": "" if seen or edition.withdrawal else verb_url("preview", edition),
            "compare": "" if edition.withdrawal else verb_url("compare", edition),
            "restore": verb_url("restore", edition) if offered else "",
            "not_beside_draft": older and may and not offered,
        }


def steps_of(edition, review):
    """Return {review_steps: [(sentence, note)]} of an edition, the first one first."""
    return {"review_steps": [*told_before(review), (told(edition, review), review.note)]}


def log_of(model, pk):
    """Return the last hundred entries of Django's log about one row."""
    kind = get_content_type_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id=pk)
    return entries.select_related("user").order_by("-action_time")[:100]
