"""Agreements in the admin: the list, the form of a draft, the stable address."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import IS_FACETS_VAR
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import (
    EditionAdmin,
    IdentityAdmin,
    MineFilter,
    ReviewFilter,
    StateFilter,
    address_tool,
)
from culturecoop.imports.admin.together import publish_selected
from culturecoop.imports.origin import ImportFilter
from culturecoop.languages import language_name
from culturecoop.sheets.export_admin import ExportMixin

from ..listedwords import has_words
from ..models import Agreement, AgreementEdition
from ..rebuilding import work_out_statuses
from ..resources import AgreementResource, EventResource
from ..views import render_preview
from ..vocabulary import stored_status
from .changing import AgreementUpkeepFilter, ChangingTray
from .filters import (
    PartyFilter,
    StatusFilter,
    TextLanguageFilter,
    ThemeFilter,
    status_today,
    with_status_today,
)
from .inlines import INLINES
from .parties import names_of_parties
from .status import StatusPanel

PARTIES_SHOWN = 4


@admin.register(AgreementEdition)
class AgreementEditionAdmin(StatusPanel, ExportMixin, EditionAdmin):
    resource_classes = [AgreementResource, EventResource]
    identity_fields = ("slug", "source_language")
    inlines = INLINES
    autocomplete_fields = ["themes"]
    list_display = [
        "title_column", "state_column", "status_column", "parties_column", "languages_column",
        "change_column",
    ]  # fmt: skip
    list_filter = [
        MineFilter, StateFilter, ReviewFilter, AgreementUpkeepFilter, StatusFilter, "kind",
        ("themes", ThemeFilter), PartyFilter, TextLanguageFilter, ImportFilter,
    ]  # fmt: skip
    actions = [publish_selected, "export_selected"]
    search_help_text = _("Title, slug, party or number")
    title_from = ("texts",)
    content = ["kind", "form", "binding", "themes", "legal_basis", "internal_note"]

    def form_fieldsets(self, obj):
        address = () if obj else ((_("Address"), {"fields": ["slug", "source_language"]}),)
        return (*address, (_("Facts"), {"fields": self.content}))

    def prepare_list(self, request):
        """Work out the statuses that the filter, or the counts beside it, ask for."""
        asked = {StatusFilter.parameter_name, IS_FACETS_VAR} & request.GET.keys()
        if asked and (left := work_out_statuses()):
            messages.warning(request, not_found_yet(left))

    def having_words(self, words):
        """Every word is in a title, a number, or the name of a party."""
        return has_words(words, names_of_parties())

    def list_rows(self, editions):
        names = "parties__party__names"
        return editions.annotate_status(timezone.localdate()).prefetch_related(
            "texts", names, "events"
        )

    def complete_rows(self, editions):
        return with_status_today(editions)

    def preview(self, request, edition):
        return render_preview(request, edition, back=self.way_back(request, edition))

    def facts(self, edition):
        facts = [(gettext("Slug"), edition.agreement.slug)]
        facts.append((gettext("Source language"), language_name(edition.agreement.source_language)))
        if edition.live_from and not edition.withdrawal:
            facts.append((gettext("Status today"), status_mark(status_today(edition))))
        if edition.internal_note and not edition.is_draft:  # readers do not see it below
            facts.append((gettext("Internal note"), edition.internal_note))
        return facts

    def tools(self, request, edition):
        return address_tool(request, edition.agreement)

    def upkeep_trays(self, request):
        return [ChangingTray(self)]

    # Columns

    @admin.display(description=_("agreement"))
    def title_column(self, edition):
        return format_html("{}<br><small>{}</small>", self.title_of(edition), edition.agreement)

    @admin.display(description=_("status today"))
    def status_column(self, edition):
        return status_mark(edition.status_on_day)

    @admin.display(description=_("parties"))
    def parties_column(self, edition):
        names = [row.party.display_name for row in edition.parties.all()]
        more = len(names) - PARTIES_SHOWN
        shown = names[:PARTIES_SHOWN] + ([f"+ {more}"] if more > 0 else [])
        return ", ".join(shown) or "–"

    @admin.display(description=_("languages"))
    def languages_column(self, edition):
        return ", ".join(text.language for text in edition.texts.all()) or "–"


def not_found_yet(number):
    """Say that the filter by status does not find some drafts yet."""
    sentence = ngettext(
        "The status of %(count)s draft is not worked out yet: the filter does not find it. "
        "Load the list again to go on.",
        "The status of %(count)s drafts is not worked out yet: the filter does not find them. "
        "Load the list again to go on.",
        number,
    )
    return sentence % {"count": intcomma(number)}


def status_mark(status):
    """Return a status as a word with a small shape and a colour."""
    if not status:
        return "–"
    label = stored_status(status).label
    return format_html('<span class="status status-{}">{}</span>', status, label)


@admin.register(Agreement)
class AgreementAdmin(IdentityAdmin):
    edition_model = AgreementEdition
    fields = ["slug", "source_language"]
    search_fields = ["slug"]  # and see IdentityAdmin
    ordering = ["slug"]
