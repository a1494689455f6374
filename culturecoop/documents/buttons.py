"""The buttons of documents and of their files: each one verb, on a page that says what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import get_content_type_for_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin.forms import ReasonForm
from culturecoop.editions.admin.lists import moment
from culturecoop.editions.verbs import Refused
from culturecoop.texts import whole_number

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


class ErasureForm(ReasonForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Kept with the record. Readers do not see it.")


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
    warnings: Callable = consequences.none
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


def _is_withdrawn_itself(file):
    return file.state == FileState.WITHDRAWN


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
        "restore", _("Restore…"), "publish_document", _is_withdrawn_itself, restore_file,
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


def offered(buttons, row, user):
    """[(button, address)] of what a user may do to a document or a file now."""
    return [
        (button, verb_url(row, button.name))
        for button in buttons
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


class VerbPages:
    """Mixed into the admin of documents: the pages of the buttons, and the log of what was done."""

    verb_template = "admin/documents/verb.html"

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/<slug:verb>/do/", wrap(self.verb_view), name="documents_document_verb"),
            path(
                "files/<int:pk>/<slug:verb>/do/",
                wrap(self.file_verb_view),
                name="documents_documentfile_verb",
            ),
            *super().get_urls(),
        ]

    def verb_view(self, request, pk, verb):
        return self._verb(request, DOCUMENT_BUTTONS, verb, Document.objects.filter(pk=pk))

    def file_verb_view(self, request, pk, verb):
        files = DocumentFile.objects.filter(pk=pk).select_related("document")
        return self._verb(request, FILE_BUTTONS, verb, files)

    def _verb(self, request, buttons, name, rows):
        button = next((button for button in buttons if button.name == name), None)
        if button is None:
            raise Http404
        if not button.is_for(request.user):
            raise PermissionDenied
        row = rows.first()
        if row is None:
            return self.gone(request)
        document = getattr(row, "document", row)
        form = button.form(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._done(request, button, row, document, form):
            return HttpResponseRedirect(document_url(document))
        if not form.is_bound and not button.fits(row):
            self.message_user(request, why_not(row), messages.WARNING)
            return HttpResponseRedirect(document_url(document))
        return self._ask(request, button, row, document, form)

    def gone(self, request):
        """Back to the document of a file that is no longer there, with a word; else to the list."""
        pk = whole_number(request.GET.get("document", ""))
        document = Document.objects.filter(pk=pk).first()
        if document:
            sentence = gettext("This file is no longer there: somebody removed it meanwhile.")
        else:
            sentence = gettext("This document is no longer there: somebody deleted it meanwhile.")
        self.message_user(request, sentence, messages.ERROR)
        there = (
            document_url(document) if document else reverse("admin:documents_document_changelist")
        )
        return HttpResponseRedirect(there)

    def _done(self, request, button, row, document, form):
        """Whether it was done; else the form says why not."""
        asked, seen = form.cleaned_data, request.POST.get("seen", "")
        sentence = str(button.done % {"what": full_name(row), **asked})
        try:
            with transaction.atomic():
                button.do(row, by=request.user, seen=seen, **asked)
                self.log_change(request, document, sentence)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return False
        self.message_user(request, sentence, messages.SUCCESS)
        return True

    def _ask(self, request, button, row, document, form):
        """The page between the button and the verb, with what is there now."""
        files = list(button.listed(row).select_related("document"))
        context = {
            **self.admin_site.each_context(request),
            "title": button.action,
            "subtitle": full_name(row),
            "row": row,
            "opts": self.opts,
            "document": document,
            "document_url": document_url(document),
            "button": button,
            "form": form,
            "files": files,
            "seen": state_of(files),
            "warnings": button.warnings(row),
            "media": self.media,
        }
        return TemplateResponse(request, self.verb_template, context)

    def history_view(self, request, object_id, extra_context=None):
        """The changes of titles, and what was done to the document and its files."""
        kind = get_content_type_for_model(self.model)
        log = LogEntry.objects.filter(content_type=kind, object_id=object_id)
        context = {"log": log.select_related("user").order_by("-action_time")[:100]}
        return super().history_view(request, object_id, {**context, **(extra_context or {})})
