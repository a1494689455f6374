"""The admin of editions: a draft is a form, a published edition is shown with its buttons."""

from functools import partial

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from js_asset import Media, Script

from culturecoop import typed
from culturecoop.linktargets import link_path
from culturecoop.requests import is_framed

from .. import verbs
from ..lasttitles import titled_by
from ..models import State
from .buttons import BUTTONS, CHANGE, PUBLISH
from .comparison import CompareView, way_to_comparison
from .history import HistoryView
from .lists import Lists, state_mark
from .opening import is_open, is_opened_by_edit, opened_form
from .parts import TEXT_WIDGETS, KnownChoices
from .present import Present
from .reasons import reasons
from .reviewbar import review_of_bar
from .saving import Saving
from .savings import Savings
from .standing import Standing
from .verbview import VerbView


class Buttons(Present, Savings):
    """The addresses of an edition and of its verbs, and which of them it shows to whom."""

    def get_urls(self):
        prefix, wrap = self.address_prefix, self.admin_site.admin_view
        verb_view = VerbView.as_view(model_admin=self)
        compare_view = CompareView.as_view(model_admin=self)
        return [
            path("<int:pk>/edit/", wrap(self.edit_view), name=f"{prefix}_edit"),
            path("<int:pk>/preview/", wrap(self.preview_view), name=f"{prefix}_preview"),
            path("<int:pk>/compare/", wrap(compare_view), name=f"{prefix}_compare"),
            path("<int:pk>/<slug:verb>/do/", wrap(verb_view), name=f"{prefix}_verb"),
            link_path(self, lambda edition: edition.identity),
            *super().get_urls(),
        ]

    @property
    def address_prefix(self):
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def verb_url(self, name, edition):
        if name in ("preview", "edit", "compare"):
            return reverse(f"admin:{self.address_prefix}_{name}", args=[edition.pk])
        return reverse(f"admin:{self.address_prefix}_verb", args=[edition.pk, name])

    def edition_url(self, edition):
        return reverse(f"admin:{self.address_prefix}_change", args=[edition.pk])

    def opened_url(self, edition):
        """Return where the form of the edition stood that a draft was made of; "" without one."""
        has_source = edition.is_draft and edition.based_on_id
        return self.verb_url("edit", edition.based_on) if has_source else ""

    def history_url(self, pk):
        return reverse(f"admin:{self.address_prefix}_history", args=[pk])

    def way_back(self, request, edition):
        """Where a preview leads back to; "" in a frame, which stands on that page."""
        if is_framed(request):
            return ""
        if hasattr(edition, "shown_saving"):
            return self.savings_url(edition)
        return self.edition_url(edition)

    @property
    def list_url(self):
        return reverse(f"admin:{self.address_prefix}_changelist")

    def may(self, request, right):
        return request.user.has_perm(f"{self.opts.app_label}.{right}_{self.opts.model_name}")

    def has_publish_permission(self, request):
        """Whether the action that publishes selected drafts is offered."""
        return self.may(request, PUBLISH)

    def buttons_for(self, request, edition):
        """Return the buttons that this user has on this edition, in its state, as things stand."""
        fitting = [b for b in BUTTONS if edition.state in b.states and self.may(request, b.right)]
        if edition.withdrawal:
            return [b for b in fitting if b.name == "cancel"]
        if edition.is_draft:
            standing = Standing.of(edition, request.user)
            return [b for b in fitting if b.fits(standing)]
        if self.draft_beside(edition):
            return [b for b in fitting if b.do not in (verbs.new_draft, verbs.restore)]
        return fitting

    def draft_beside(self, edition):
        """Return the draft that stands beside a published edition, or None."""
        return None if edition.is_draft else edition.siblings().drafts().first()

    def edit_view(self, request, pk):
        """Open the form of what is published, which makes a draft when it is saved."""
        edition = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may(request, CHANGE):
            raise PermissionDenied
        draft = edition if edition.is_draft else self.draft_beside(edition)
        if request.method != "POST" and draft:
            return HttpResponseRedirect(self.edition_url(draft))
        if request.method != "POST" and not is_opened_by_edit(edition):
            sentence = gettext("Its state is “%(state)s” now, so this cannot be done.")
            self.message_user(request, sentence % {"state": edition.state.label}, messages.WARNING)
            return HttpResponseRedirect(self.edition_url(edition))
        return opened_form(self, request, edition)

    @method_decorator(xframe_options_sameorigin)
    def preview_view(self, request, pk):
        """Show the real public page of any edition, with a banner, also in a frame of the admin."""
        return self.preview(request, self.seen_edition(request, pk))


class EditionAdmin(Saving, Buttons, Lists, admin.ModelAdmin):
    """The base. An app says how it is shown: `title_of`, `preview`, columns, fields, inlines.

    What may not be changed, such as what is published, is shown as readers see it.
    """

    change_form_template = "admin/editions/change_form.html"
    change_list_template = "admin/editions/change_list.html"
    formfield_overrides = TEXT_WIDGETS
    readonly_fields = ["as_readers_see_it"]

    class Media:
        js = [
            "admin_site/slug.js",
            Script("admin_site/order.js", type="module"),
            Script("admin_site/preview.js", type="module"),
            Script("admin_site/presence.js", type="module"),
        ]

    def title_of(self, edition):
        """What editors call it; what was withdrawn keeps its last title."""
        return titled_by(edition).heading

    def distinction(self, edition):
        """Return what distinguishes it from others of the same title."""
        return str(edition.identity)

    def linked(self, edition):
        """Return its title as a link to its form, with what distinguishes it."""
        words = (self.edition_url(edition), self.title_of(edition), self.distinction(edition))
        return format_html('<a href="{}">{}</a> <small>{}</small>', *words)

    def preview(self, request, edition):
        """The public page of any edition, as an HttpResponse."""
        raise NotImplementedError

    def form_fieldsets(self, edition):
        """The fieldsets of the form of a draft; the edition is None on the form that adds."""
        raise NotImplementedError

    def get_fieldsets(self, request, obj=None):
        if obj and not self.has_change_permission(request, obj):
            return [(None, {"fields": ["as_readers_see_it"]})]
        return self.form_fieldsets(obj)

    def get_inlines(self, request, obj):
        return self.inlines if obj is None or self.has_change_permission(request, obj) else []

    @admin.display(description=_("as readers see it"))
    def as_readers_see_it(self, edition):
        """The public page in a frame; of what sends its readers elsewhere, where that is."""
        if edition.redirect_to and edition.state == State.LIVE:
            sentence = gettext("Readers are sent on to %(address)s.")
            return sentence % {"address": edition.redirect_to}
        return format_html(
            '<iframe class="as-readers-see-it" src="{}" title="{}"></iframe>',
            self.look_url(edition),
            gettext("The page as readers see it"),
        )

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnownChoices(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # Rights: a published edition is never changed, and nothing is deleted but by its button.

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        editable = obj is None or obj.is_draft or is_open(request, obj)
        return allowed and (editable or came_from_a_draft(request))

    def has_delete_permission(self, request, obj=None):
        return False

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """What somebody typed into a draft that was discarded meanwhile is shown, not lost."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("This draft is no longer there"),
            "opts": opts,
            "texts": typed.texts(typed.pairs(request.POST)),
        }
        return TemplateResponse(request, "admin/editions/gone.html", context, status=410)

    # The pages

    def history_view(self, request, object_id, extra_context=None):
        view = HistoryView.as_view(model_admin=self, extra_context=extra_context)
        return view(request, object_id=object_id)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {"may_publish": self.may(request, PUBLISH), **self.edition_context(request, obj)}
        response = super().render_change_form(request, context, *args, obj=obj, **kwargs)
        media = response.context_data["media"]
        response.context_data["media"] = Media.from_media(media, nonce=str(request.csp_nonce))
        return response

    def edition_context(self, request, edition):
        """What the page says about the edition above its form."""
        if edition is None:
            return {"title": gettext("Add %(what)s") % {"what": self.opts.verbose_name}}
        draft = self.draft_beside(edition)
        buttons = [
            (button, self.verb_url(button.name, edition))
            for button in self.buttons_for(request, edition)
        ]
        return {
            "title": self.title_of(edition),
            "subtitle": None,
            "edition": edition,
            "is_opened": is_open(request, edition),
            "state_mark": state_mark(edition),
            "facts": self.facts(edition),
            "edition_buttons": buttons,
            **review_of_bar(edition, buttons),
            "reasons": reasons(partial(self.may, request), edition, draft, buttons),
            "draft_url": self.edition_url(draft) if draft else "",
            "look_url": "" if edition.withdrawal else self.look_url(edition),
            "preview_url": self.look_url(edition),
            "tools": self.tools(request, edition),
            "savings_url": self.savings_url(edition) if edition.is_draft else "",
            "opened_url": self.opened_url(edition),
            **way_to_comparison(self, edition),
            **self.presence(request, edition),
        }

    def look_url(self, edition):
        """Where readers see it, or where it is shown as they would; a withdrawal has no page."""
        if edition.state == State.SUPERSEDED:
            return edition.get_absolute_url()
        if edition.state == State.LIVE or edition.withdrawal:
            with override(getattr(edition, "language", None) or get_language()):
                return edition.identity.get_absolute_url()
        return self.verb_url("preview", edition)

    def facts(self, edition):
        """[(label, value)] shown beside the state."""
        return []

    def tools(self, request, edition):
        """[(address, label)] of what else can be done with what this is an edition of."""
        return []


def came_from_a_draft(request):
    """Was the form that is posted the form of a draft, which is one no longer?

    Then it is shown again with all that was typed. It cannot be saved: the form holds the draft
    (`EditionForm`) and says what has become of it.
    """
    return request.method == "POST" and "draft_version" in request.POST
