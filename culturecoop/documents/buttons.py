"""The buttons of documents and of their files: each one verb, on a page that says what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from culturecoop.adminpages import AdminPageMixin
from culturecoop.editions.admin.forms import ReasonForm
from culturecoop.editions.admin.history import log_of
from culturecoop.editions.admin.lists import moment
from culturecoop.editions.verbs import Refused
from culturecoop.texts import ReasonField, whole_number

from . import consequences
from .consequences import full_name
from .models import Document, DocumentFile, FileState
from .removals import erase_bytes, files_alike, remove_waiting_file
from .withdrawals import (
    files_beside,
    restore_document,
    restore_file,
    state_of,
    withdraw_document,
    withdraw_file,
)


class ConfirmForm(forms.Form):
    """Nothing is asked but the confirmation."""


class ErasureForm(forms.Form):
    reason = ReasonField(_("Kept with the record. Readers do not see it."))


def all_files(document):
    return document.files.select_related("document")


@dataclass(frozen=True)
class Button:
    """One verb: who may do it, when, and what the page before it says and asks."""

    name: str
    label: str
    right: str
    fits: Callable  # (row) → bool
    do: Callable  # (row, by=…, seen=…, **what was asked)
    done: str  # what the log keeps
    explanation: str
    listed: Callable  # (row) → the files that the page lists, and that must not change meanwhile
    warnings: Callable = lambda row: []  # (row) → sentences
    form: type = ConfirmForm
    danger: bool = False

    @property
    def action(self):
        """The label without the dots that say that something is asked first."""
        return str(self.label).removesuffix("…")

    def is_for(self, user):
        return user.has_perm(f"documents.{self.right}")


def _is_ahead(document):
    return document.withdrawn_at is not None and not document.is_withdrawn


def _is_seen(document):
    return document.withdrawn_at is None and document.files.public().exists()


def _is_erasable(file):
    return bool(file.file and file.withdrawal and file.live_from and not file.erased_at)


DOCUMENT_BUTTONS = (
    Button(
        "withdraw", _("Withdraw the document…"), "publish_document", _is_seen, withdraw_document,
        _("Withdrew the document “%(what)s”: %(reason)s"),
        _("Readers can open none of its files any more, in no language and from no edition. Where "
          "it is linked, its title stays without the link. It can be restored."),
        all_files, consequences.of_withdrawn_document, ReasonForm, True,
    ),
    Button(
        "restore", _("Restore the document…"), "publish_document",
        lambda document: document.is_withdrawn, restore_document,
        _("Restored the document “%(what)s”."),
        _("Readers can open its files again, except those that were withdrawn one by one."),
        all_files,
    ),
    Button(
        "cancel", _("Cancel the withdrawal…"), "publish_document", _is_ahead, restore_document,
        _("Cancelled the withdrawal of the document “%(what)s”."),
        _("The document stays public. The page or agreement that it was to go with is withdrawn "
          "all the same."),
        all_files,
    ),
)  # fmt: skip
FILE_BUTTONS = (
    Button(
        "withdraw", _("Withdraw…"), "publish_document",
        lambda file: file.state == FileState.PUBLIC, withdraw_file,
        _("Withdrew the file “%(what)s”: %(reason)s"),
        _("Readers can no longer open this file, from any edition. No older file takes its place; "
          "a newer one will when it is published. The other languages stay. It can be restored."),
        files_beside, consequences.of_same_content, ReasonForm, True,
    ),
    Button(
        "restore", _("Restore…"), "publish_document",
        lambda file: file.state == FileState.WITHDRAWN, restore_file,
        _("Restored the file “%(what)s”."),
        _("Readers can open this file again."),
        files_beside,
    ),
    Button(
        "erase", _("Delete the file’s content for good…"), "erase_documentfile",
        _is_erasable, erase_bytes,
        _("Deleted the content of the file “%(what)s” for good: %(reason)s"),
        _("The content is deleted from the storage for good: this cannot be undone. The record and "
          "its checksum stay. Copies in backups and in uploaded imports remain."),
        files_alike, consequences.of_erased_content, ErasureForm, True,
    ),
    Button(
        "remove", _("Remove…"), "add_documentfile",
        lambda file: file.state == FileState.WAITING, remove_waiting_file,
        _("Removed the file “%(what)s”, which no reader had seen."),
        _("No reader has seen this file. It is deleted: this cannot be undone."),
        files_beside, consequences.of_removed_file, danger=True,
    ),
)  # fmt: skip
BUTTONS = {Document: DOCUMENT_BUTTONS, DocumentFile: FILE_BUTTONS}


def document_url(document):
    return reverse("admin:documents_document_change", args=[document.pk])


def file_url(name, file, *args):
    """The address of something that is done to a file: it leads back also when the file is gone."""
    return (
        f"{reverse(f'admin:documents_{name}', args=[file.pk, *args])}?document={file.document_id}"
    )


def verb_url(row, verb):
    if isinstance(row, DocumentFile):
        return file_url("documentfile_verb", row, verb)
    return reverse("admin:documents_document_verb", args=[row.pk, verb])


def offered(row, user):
    """[(button, address)] of what a user may do to a document or a file now."""
    return [
        (button, verb_url(row, button.name))
        for button in BUTTONS[type(row)]
        if button.is_for(user) and button.fits(row)
    ]


def why_not(row):
    """Why a button does not fit a document or a file: what is the case with it instead."""
    if isinstance(row, DocumentFile):
        sentence = gettext("Its state is “%(state)s” now, so this cannot be done.")
        return sentence % {"state": row.readers_state.label}
    if row.is_withdrawn:
        return gettext("It is withdrawn already.")
    if row.withdrawn_at:
        sentence = gettext(
            "It is already scheduled to be withdrawn on %(when)s. Cancel that first."
        )
        return sentence % {"when": moment(row.withdrawn_at)}
    if row.files.public().exists():
        return gettext("It is not withdrawn.")
    return gettext("No reader sees it, so it cannot be withdrawn. Remove its files instead.")


class VerbView(AdminPageMixin, FormView):
    """The page of one button of a document or a file: what it means, is asked and was done."""

    template_name = "admin/documents/verb.html"
    model = None  # given to `as_view`: Document or DocumentFile

    def dispatch(self, request, pk, verb):
        self.button = next((b for b in BUTTONS[self.model] if b.name == verb), None)
        if self.button is None:
            raise Http404
        if not self.button.is_for(request.user):
            raise PermissionDenied
        self.row = self.model.objects.filter(pk=pk).first()
        if self.row is None:
            return self.model_admin.gone(request)
        self.document = getattr(self.row, "document", self.row)
        return super().dispatch(request)

    def get(self, request):
        if self.button.fits(self.row):
            return super().get(request)
        self.model_admin.message_user(request, why_not(self.row), messages.WARNING)
        return HttpResponseRedirect(self.get_success_url())

    def get_form_class(self):
        return self.button.form

    def get_success_url(self):
        return document_url(self.document)

    def form_valid(self, form):
        request, asked = self.request, form.cleaned_data
        sentence = str(self.button.done % {"what": full_name(self.row), **asked})
        try:
            with transaction.atomic():
                seen = request.POST.get("seen", "")
                self.button.do(self.row, by=request.user, seen=seen, **asked)
                self.model_admin.log_change(request, self.document, sentence)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        self.model_admin.message_user(request, sentence, messages.SUCCESS)
        return super().form_valid(form)

    def get_context_data(self, **kwargs):
        """With what is there now."""
        files = list(self.button.listed(self.row).select_related("document"))
        return super().get_context_data(
            title=self.button.action,
            subtitle=full_name(self.row),
            row=self.row,
            document=self.document,
            document_url=document_url(self.document),
            button=self.button,
            files=files,
            seen=state_of(files),
            warnings=self.button.warnings(self.row),
            **kwargs,
        )


class VerbPages:
    """Mixed into the admin of documents: the pages of the buttons, and the log of what was done."""

    def get_urls(self):
        wrap, pattern = self.admin_site.admin_view, "<int:pk>/<slug:verb>/do/"
        of_document = wrap(VerbView.as_view(model_admin=self, model=Document))
        of_file = wrap(VerbView.as_view(model_admin=self, model=DocumentFile))
        return [
            path(pattern, of_document, name="documents_document_verb"),
            path(f"files/{pattern}", of_file, name="documents_documentfile_verb"),
            *super().get_urls(),
        ]

    def gone(self, request):
        """Back to the document of a file that is no longer there, with a word; else to the list."""
        pk = whole_number(request.GET.get("document", ""))
        document = Document.objects.filter(pk=pk).first()
        if document:
            address = document_url(document)
            sentence = gettext("This file is no longer there: somebody removed it meanwhile.")
        else:
            address = reverse("admin:documents_document_changelist")
            sentence = gettext("This document is no longer there: somebody deleted it meanwhile.")
        self.message_user(request, sentence, messages.ERROR)
        return HttpResponseRedirect(address)

    def history_view(self, request, object_id, extra_context=None):
        """The changes of titles, and what was done to the document and its files."""
        context = {"log": log_of(self.model, object_id), **(extra_context or {})}
        return super().history_view(request, object_id, context)
