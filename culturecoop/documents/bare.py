"""Documents without a file or an address, of which readers see the title only: a tray."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.trays import SHOWN, Tray, listed, only_some

from .models import Document
from .usage import uses_of

USES = 2  # what uses a document and is named


class BareTray(Tray):
    """Those that were added last stand first, with what readers see their titles in."""

    name, title = "bare", _("Documents without a file")
    nothing = _("Every document has a file.")

    @cached_property
    def rows(self):
        documents = list(Document.objects.bare().order_by("-pk")[:SHOWN])
        uses = uses_of(documents, timezone.now())
        return [self._row(document, uses[document.pk]) for document in documents]

    def _row(self, document, uses):
        change = reverse("admin:documents_document_change", args=[document.pk])
        return {
            "kind": document._meta.verbose_name,
            "identity": document.slug,
            "title": document.title,
            "url": f"{change}#files-group",
            "said": _seen_in(uses),
        }

    @cached_property
    def lists(self):
        address = f"{reverse('admin:documents_document_changelist')}?waiting=none"
        return only_some(
            [listed(Document.objects.bare(), address, Document._meta.verbose_name_plural)]
        )


def _seen_in(uses):
    """Return where readers see the title of a document; "" where they do not."""
    if not uses:
        return ""
    named = "; ".join(use.heading for use in uses[:USES])
    more = len(uses) - USES
    where = f"{named} + {more}" if more > 0 else named
    return gettext("readers see its title in: %(where)s") % {"where": where}
