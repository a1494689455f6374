"""Pages in the admin: the list, the block editor of a draft, the stable address."""

from content_editor.admin import ContentEditor
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db.models import Q
from django.urls import re_path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import JSON, Media, Script

from agreements.models import AgreementEdition
from culturecoop.documents.models import Document
from culturecoop.editions.admin import (
    EditionAdmin,
    IdentityAdmin,
    LanguageFilter,
    MineFilter,
    ReviewFilter,
    StateFilter,
    address_tool,
    only_adding,
)
from culturecoop.editions.dead_links import dead_internal_links
from culturecoop.imports.admin.together import publish_selected
from culturecoop.imports.origin import ImportFilter
from culturecoop.languages import language_name
from culturecoop.links import addresses_in
from culturecoop.linktargets import link_target
from culturecoop.parts_of_words import all_of, is_part
from culturecoop.texts import quoted

from ..models import Link, Page, PageEdition, Text
from ..views import render_preview
from .blocks import INLINES
from .links import BrokenTray, PageUpkeepFilter
from .translating import Translating

# The editor asks for the clipboard itself; named here, it is there before the page is ready.
SCRIPTS = [
    Script(f"admin_site/{name}.js", type="module")
    for name in ("paste/clipboard", "blocks", "doclink")
]


@admin.register(PageEdition)
class PageEditionAdmin(Translating, EditionAdmin, ContentEditor):
    identity_fields = ("parent", "slug", "source_language")
    inlines = INLINES
    list_display = [
        "title_column",
        "state_column",
        "language_column",
        "menu_column",
        "change_column",
    ]
    list_filter = [
        MineFilter, StateFilter, ReviewFilter, PageUpkeepFilter, LanguageFilter, ImportFilter,
    ]  # fmt: skip
    actions = [publish_selected]
    search_help_text = _("Title or address")

    def form_fieldsets(self, obj):
        address = () if obj else ((_("Address"), {"fields": list(self.identity_fields)}),)
        return (*address, (None, {"fields": ["title", "lead"]}))

    def having_words(self, words):
        """Every word is in the title or the address."""
        return all_of(is_part(word, "words") | _in_address(word) for word in words)

    def formfield_for_identity(self, field, request, **kwargs):
        formfield = super().formfield_for_identity(field, request, **kwargs)
        if field.name == "parent":
            formfield.required = Page.objects.exists()
            formfield.initial = Page.objects.filter(path="").first()
            only_adding(formfield)
        return formfield

    @staticmethod
    def track_values(identity):
        return {"language": identity.source_language}

    def save_parts(self, request, form, formsets, change):
        """Past the editor's own saving: what it clones it would write into any page.

        `ContentEditor.save_related` takes any block of any page by its id, and asks neither for
        a right nor whether the page is published.
        """
        ModelAdmin.save_related(self, request, form, formsets, change)
        for sentence in warnings_about(form.instance):
            self.message_user(request, sentence, messages.WARNING)

    def _content_editor_media(self, request, context):
        """The block editor comes along with the form only."""
        edition = context.get("edition")
        if edition and not self.has_change_permission(request, edition):
            return Media()
        words = block_words(edition.language if edition else settings.LANGUAGE_CODE)
        own = Media(
            css={"all": ["css/components/numbering.css"]},
            js=[JSON(words, id="block-words"), *SCRIPTS],
        )
        return super()._content_editor_media(request, context) + own

    def distinction(self, edition):
        return f"{edition.page} – {language_name(edition.language)}"

    def preview(self, request, edition):
        return render_preview(request, edition, back=self.way_back(request, edition))

    def facts(self, edition):
        return [
            (gettext("Address"), f"/{edition.page.path}"),
            (gettext("Language"), language_name(edition.language)),
        ]

    def tools(self, request, edition):
        return [*self.translate_tool(request, edition), *address_tool(request, edition.page)]

    def upkeep_trays(self, request):
        """Return the tray of broken links, for who may mend them."""
        return [BrokenTray(self)] if self.may(request, "change") else []

    # Columns

    @admin.display(description=_("page"), ordering="edition__page__path")
    def title_column(self, edition):
        return format_html("{}<br><small>/{}</small>", self.title_of(edition), edition.page.path)

    @admin.display(description=_("language"), ordering="language")
    def language_column(self, edition):
        return language_name(edition.language)

    @admin.display(description=_("menu"))
    def menu_column(self, edition):
        return edition.page.get_menu_display() if edition.page.menu else "–"


@admin.register(Page)
class PageAdmin(IdentityAdmin):
    edition_model = PageEdition
    fields = ["parent", "slug", "menu", "position", "source_language"]
    autocomplete_fields = ["parent"]
    search_fields = ["path"]  # and see IdentityAdmin
    ordering = ["path"]
    address_label = _("Address and place…")

    def stable_urls(self, wrap, name):
        """By number or path, and language: of two letters, so that "change" and others are none."""
        view, language = wrap(self.page_view), "(?P<language>[a-z]{2})"
        return [
            re_path(rf"^(?P<pk>[0-9]{{1,18}})/{language}/$", view, name=f"{name}_stable"),
            re_path(rf"^(?P<path>.+)/{language}/$", view),
        ]

    def page_view(self, request, language, **lookup):
        page = Page.objects.filter(**lookup).first()
        return self.to_edition(request, page, language=language)


def _in_address(word):
    """Return the condition "one of its Forms is in the address" of rows of the list."""
    forms = (form.replace(" ", "-") for form in word)
    return Q(*(("edition__page__path__contains", form) for form in forms), _connector=Q.OR)


def warnings_about(edition):
    """Yield warnings about the links of a page, which an editor may leave as it is."""
    links = Link.objects.filter(parent=edition)
    titles = [quoted(link.title) for link in links if not link.targets()]
    if titles:
        sentence = gettext("Without a target, readers see it as plain text: %(titles)s.")
        yield sentence % {"titles": ", ".join(titles)}
    texts = Text.objects.filter(parent=edition).values_list("text", flat=True)
    dead = dead_internal_links(address for text in texts for address in addresses_in(text))
    if dead:
        sentence = gettext("Readers find nothing at these addresses today: %(addresses)s.")
        yield sentence % {"addresses": ", ".join(dead)}


def block_words(language):
    """What the scripts of the block editor say, on a page in `language`."""
    return {
        "insert": gettext("Insert a block here"),
        "up": gettext("Move up"),
        "down": gettext("Move down"),
        "moved": gettext("Moved to place %(n)s of %(of)s."),
        "region": gettext("Region"),
        "fold": gettext("Fold all blocks"),
        "linkTargets": [
            link_target(Document, "document", gettext("Choose a document…"), language),
            link_target(PageEdition, "page", gettext("Choose a page…"), language),
            link_target(AgreementEdition, "agreement", gettext("Choose an agreement…"), language),
        ],
    }
