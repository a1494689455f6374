"""The history of an identity: its editions, and what was done in the admin."""

from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..models import State
from .buttons import BY_NAME


class History:
    history_template = "admin/editions/history.html"

    def history_view(self, request, object_id, extra_context=None):
        edition = self.get_object(request, object_id)
        if edition is None:
            raise Http404
        if not self.has_view_or_change_permission(request, edition):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": self.title_of(edition),
            "opts": self.opts,
            "edition": edition,
            "edition_url": self.edition_url(edition),
            "by_language": len(self.model.track_fields) > 1,
            "rows": [self._row(request, row) for row in self._editions(edition.identity)],
            "log": self._log(edition.identity),
            "media": self.media,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.history_template, context)

    def _editions(self, identity):
        """All editions of all its tracks: the drafts first, then the newest."""
        editions = self.model.objects.filter(**{self.model.track_fields[0]: identity})
        related = ("created_by", "changed_by", "published_by", "based_on", *self.desk_related)
        return sorted(
            editions.select_related(*related),
            key=lambda e: (e.is_draft, e.live_from or e.cancelled_at or e.created_at, e.pk),
            reverse=True,
        )

    def _row(self, request, edition):
        """An edition with the ways to look at it and to bring it back."""
        seen = edition.state in (State.LIVE, State.SUPERSEDED) and not edition.withdrawal
        restore = BY_NAME["restore"]
        offered = restore in self.buttons_for(request, edition)
        return {
            "edition": edition,
            "open": self.edition_url(edition),
            "as_seen": edition.get_absolute_url() if seen else "",
            "preview": "" if seen or edition.withdrawal else self.verb_url("preview", edition),
            "restore": self.verb_url("restore", edition) if offered else "",
        }

    def _log(self, identity):
        kind = get_content_type_for_model(identity)
        entries = LogEntry.objects.filter(content_type=kind, object_id=identity.pk)
        return entries.select_related("user").order_by("-action_time")[:100]
