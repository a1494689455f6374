"""Documents in the admin: titles are reference data, files are added and never changed."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from js_asset import Script

from culturecoop.editions.approval import may_override
from culturecoop.editions.verbs import Refused
from culturecoop.languages import language_name, own_name
from culturecoop.links import completion_notes
from culturecoop.linktargets import link_path
from culturecoop.parts_of_words import FoldedSearch, all_of, is_part
from culturecoop.reference.admin import ReferenceAdmin, admin_address
from culturecoop.texts import quoted

from . import verbs
from .bare import BareTray
from .buttons import VerbPages, document_url, file_url, offered
from .consequences import full_name, use
from .inlines import Files, marked, seen_by_readers
from .models import Document, DocumentFile, FileState
from .releases import files_to_publish, needs_another, publish_file
from .usage import editions_using, is_published


class WaitingFilter(admin.SimpleListFilter):
    """Documents with a file that no reader sees yet or any more, and those without one."""

    title = _("readers")
    parameter_name = "waiting"

    def lookups(self, request, model_admin):
        return [
            ("1", FileState.WAITING.label),
            ("withdrawn", FileState.WITHDRAWN.label),
            ("none", _("without a file")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "none":
            return queryset.bare()
        files = DocumentFile.objects
        wanted = {"1": files.pending(), "withdrawn": files.withdrawn()}.get(self.value())
        return queryset if wanted is None else queryset.filter(pk__in=wanted.values("document"))


@admin.register(Document)
class DocumentAdmin(FoldedSearch, VerbPages, ReferenceAdmin):
    change_form_template = "admin/documents/change_form.html"
    list_display = ["title", "slug", "files_column", "readers_column"]
    list_filter = [WaitingFilter]
    search_fields = ["title"]  # and see having_words
    inlines = [Files]
    titles = ["title", "slug", "source_language"]

    class Media:
        js = ["admin_site/slug.js", Script("admin_site/drop.js", type="module")]

    def get_queryset(self, request):
        files = Prefetch("files", DocumentFile.objects.order_by("pk"))
        return super().get_queryset(request).prefetch_related(files)

    def having_words(self, words):
        """Every word is in the title, the slug, or a name of a file."""
        return all_of(is_part(word, "listing__words") for word in words)

    def get_fieldsets(self, request, obj=None):
        usage = ((_("Where it is used"), {"fields": ["used_in"]}),) if obj else ()
        return ((None, {"fields": self.titles}), *usage)

    # Rights: see docs/decisions/0004-authors-add-documents.md

    def has_change_permission(self, request, obj=None):
        """Whoever may add files opens the form; the titles are another matter."""
        adds_files = request.user.has_perm("documents.add_documentfile")
        return adds_files or super().has_change_permission(request, obj)

    def may_amend(self, request, document):
        """Publishers; and whoever may add documents, as long as readers see nothing of this one."""
        if self.may_undo(request):
            return True
        known = document.files.public().exists() or is_published(document)
        return self.has_add_permission(request) and not known

    def get_readonly_fields(self, request, obj=None):
        fixed = self.titles if obj and not self.may_amend(request, obj) else []
        return ["used_in", *fixed]

    def has_delete_permission(self, request, obj=None):
        """A document without files only: files are kept."""
        return super().has_delete_permission(request, obj) and not (obj and obj.files.exists())

    def upkeep_trays(self, request):
        """Return the tray of documents without a file, for who may add one."""
        adds_files = request.user.has_perm("documents.add_documentfile")
        return [BareTray()] if adds_files else []

    # Saving

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        for row in formset.extra_forms:
            if row.has_changed():
                formset.new_objects.append(self._add_file(request, form.instance, row))
        for sentence in completion_notes(formset.extra_forms):
            self.message_user(request, sentence, messages.INFO)

    def _add_file(self, request, document, row):
        asked = {name: row.cleaned_data[name] for name in ("language", "title", "address", "again")}
        upload = row.cleaned_data["upload"] or None
        return verbs.add_file(document, upload=upload, by=request.user, **asked)

    # More addresses

    def get_urls(self):
        wrap = self.admin_site.admin_view
        publish = wrap(require_POST(self.publish_view))
        return [
            path("files/<int:pk>/publish/", publish, name="documents_document_publish"),
            link_path(self),
            *super().get_urls(),
        ]

    def publish_view(self, request, pk):
        """Readers see a file from now on, without waiting for an edition that uses it."""
        if not request.user.has_perm("documents.publish_document"):
            raise PermissionDenied
        file = DocumentFile.objects.select_related("document").filter(pk=pk).first()
        if file is None:
            return self.gone(request)
        reason = request.POST.get(f"override_{pk}", "").strip()
        try:
            published = publish_file(file, by=request.user, override=reason)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(document_url(file.document))
        if published:
            sentence = gettext("Readers see “%(file)s” from now on.") % {"file": full_name(file)}
            self.message_user(request, sentence, messages.SUCCESS)
            said = f"{sentence} {quoted(reason)}" if reason else sentence
            self.log_change(request, file.document, said)
        else:
            sentence = gettext("This file is public already, or a newer one is.")
            self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(document_url(file.document))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may_publish = request.user.has_perm("documents.publish_document")
        document = self.get_object(request, unquote(object_id))
        buttons = offered(document, request.user) if document else []
        context = {"document_buttons": buttons}
        if document:
            context["may_override"] = may_override(request.user)
            context["files_to_publish"] = [
                {
                    "pk": file.pk,
                    "name": full_name(file),
                    "url": file_url("document_publish", file),
                    "needs_another": needs_another(file, request.user),
                }
                for file in (files_to_publish(document) if may_publish else ())
            ]
            if withdrawal := document.withdrawn_with:
                context["withdrawn_with"] = (use(withdrawal), admin_address(withdrawal))
        context |= extra_context or {}
        return super().change_view(request, object_id, form_url, context)

    # Columns

    @admin.display(description=_("languages"))
    def files_column(self, document):
        kept = [file for file in document.newest() if not file.is_withdrawn]
        return ", ".join(own_name(file.language) for file in kept) or "–"

    @admin.display(description=_("readers"))
    def readers_column(self, document):
        """That it is withdrawn, or what readers do not see yet, by language."""
        if document.is_withdrawn:
            return marked("withdrawn", FileState.WITHDRAWN.label)
        ahead = [f for f in document.newest_files() if f.state != FileState.PUBLIC]
        lines = ((language_name(file.language), seen_by_readers(file)) for file in ahead)
        return format_html_join("", "<div>{}: {}</div>", lines) or "–"

    @admin.display(description=_("agreements and pages"))
    def used_in(self, document):
        return format_html_join(
            "",
            '<a class="use" href="{}">{}</a>',
            ((admin_address(edition), use(edition)) for edition in editions_using(document)),
        ) or gettext("nowhere yet")
