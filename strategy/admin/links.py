"""Links of pages that lead to nothing inside the site: a tray of the desk, and the list of all.

Other sites are not asked.
"""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements.models import AgreementEdition
from culturecoop.editions.admin import UpkeepFilter
from culturecoop.editions.dead_links import dead_among
from culturecoop.trays import SHOWN, Tray, listed, only_some

from ..models import Link, PageEdition, PageLink

BROKEN = "links"
NAMED = 3  # links of a page


def broken_links():
    """Return {edition id: [what leads to nothing]} of the editions in the list of pages."""
    links = list(PageLink.objects.order_by("pk").values_list("edition", "address"))
    dead = dead_among(address for _edition, address in links)
    found = defaultdict(list)
    for edition, address in links:
        if address in dead:
            found[edition].append(address)
    for link in _without_target():
        found[link.parent_id].append(str(link))
    return found


def _without_target():
    """Return the blocks that point to a page or an agreement which readers do not see."""
    page = PageEdition.objects.live().filter(page=OuterRef("page"))
    agreement = AgreementEdition.objects.live().filter(agreement=OuterRef("agreement"))
    gone = Q(~Exists(page), page__isnull=False) | Q(~Exists(agreement), agreement__isnull=False)
    listed_ones = Link.objects.filter(gone, parent__listing__withdrawal=False)
    return listed_ones.select_related("page", "agreement", "document").order_by("pk")


class PageUpkeepFilter(UpkeepFilter):
    """With the pages that have such links."""

    def lookups(self, request, model_admin):
        return [*super().lookups(request, model_admin), (BROKEN, _("broken links"))]

    def queryset(self, request, queryset):
        if self.value() == BROKEN:
            return queryset.filter(pk__in=list(broken_links()))
        return super().queryset(request, queryset)


class BrokenTray(Tray):
    """The pages that were changed last stand first, with the links to mend."""

    name, title = BROKEN, _("Broken links")
    nothing = _("No link inside the site leads to nothing.")

    def __init__(self, admin):
        self.admin = admin
        self.broken = broken_links()

    @cached_property
    def editions(self):
        editions = self.admin.model.objects.filter(pk__in=list(self.broken))
        return editions.select_related("page").order_by("-changed_at", "-pk")

    @cached_property
    def rows(self):
        return [self._row(edition) for edition in self.editions[:SHOWN]]

    def _row(self, edition):
        """Lead into the form."""
        links = self.broken[edition.pk]
        more = len(links) - NAMED
        said = ", ".join(links[:NAMED])
        return {
            "kind": self.admin.opts.verbose_name,
            "identity": edition.page,
            "title": self.admin.title_of(edition),
            "url": self.admin.verb_url("edit", edition),
            "said": f"{said} + {more}" if more > 0 else said,
        }

    @cached_property
    def lists(self):
        address = f"{self.admin.list_url}?{UpkeepFilter.parameter_name}={BROKEN}"
        return only_some([listed(self.editions, address, self.admin.opts.verbose_name_plural)])
