"""Documents and files are taken from readers, with a public reason, and given back.

A withdrawal hides: the record, the bytes and what was published stay as they are. `seen` is the
`state_of` the files that the person had before him; `Conflict` is raised when they have moved on.
"""

import hashlib

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.verbs import Conflict, Refused

from . import searching
from .models import Document, DocumentFile, FileState

FREE = {"withdrawn_at": None, "withdrawn_by": None, "withdrawal_reason": ""}
ALONE = {"withdrawn_kind": None, "withdrawn_id": None}


@transaction.atomic
def withdraw_document(document, *, reason, by=None, at=None, seen=None):
    """Take a document from readers with all its files, now or from `at`; they read `reason`."""
    return _withdraw(document, reason, by, at or timezone.now(), seen, **ALONE)


@transaction.atomic
def withdraw_along(document, withdrawal):
    """Take a document from readers together with an edition, from the moment of `withdrawal`."""
    along = {
        "withdrawn_kind": ContentType.objects.get_for_model(withdrawal),
        "withdrawn_id": withdrawal.pk,
    }
    who, at = withdrawal.published_by, withdrawal.live_from
    return _withdraw(document, withdrawal.reason, who, at, None, **along)


def _withdraw(document, reason, by, at, seen, **along):
    stored = locked(document.pk)
    refuse_without_reason(reason)
    refuse_unseen(stored.files.all(), seen)
    if stored.is_withdrawn:
        raise Refused(_("It is withdrawn already."))
    if not stored.files.public(at).exists():
        raise Refused(_("No reader sees it, so it cannot be withdrawn. Remove its files instead."))
    return _write(
        stored, withdrawn_at=at, withdrawn_by=known(by), withdrawal_reason=reason, **along
    )


@transaction.atomic
def restore_document(document, *, by=None, seen=None):
    """Give a document back to readers, but for the files that are withdrawn by themselves.

    A withdrawal that is scheduled is cancelled.
    """
    stored = locked(document.pk)
    refuse_unseen(stored.files.all(), seen)
    if stored.withdrawn_at is None:
        raise Refused(_("It is not withdrawn."))
    return _write(stored, **FREE, **ALONE)


@transaction.atomic
def withdraw_file(file, *, reason, by=None, seen=None):
    """Take one file from readers. No older one takes its place; a newer one will."""
    stored = locked_file(file)
    refuse_without_reason(reason)
    refuse_unseen(files_beside(stored), seen)
    if stored.state in (FileState.WITHDRAWN, FileState.ERASED):
        raise Refused(_("It is withdrawn already."))
    if stored.state != FileState.PUBLIC:
        raise Refused(_("No reader has seen this file. Remove it instead."))
    now = timezone.now()
    return _write(stored, withdrawn_at=now, withdrawn_by=known(by), withdrawal_reason=reason)


@transaction.atomic
def restore_file(file, *, by=None, seen=None):
    """Give one file back to readers; never one whose bytes were erased."""
    stored = locked_file(file)
    refuse_unseen(files_beside(stored), seen)
    if stored.erased_at:
        raise Refused(_("Its content was deleted for good, so it cannot be restored."))
    if stored.withdrawn_at is None:
        raise Refused(_("It is not withdrawn."))
    return _write(stored, **FREE)


@transaction.atomic
def cancel_along(withdrawal):
    """Cancel what `withdraw_along` has set for a withdrawal that lies ahead; return it."""
    ahead = taken_along(withdrawal).filter(withdrawn_at__gt=timezone.now())
    return [restore_document(document) for document in ahead.order_by("pk")]


def taken_along(withdrawal):
    """The documents that a withdrawal took along, or will."""
    kind = ContentType.objects.get_for_model(withdrawal)
    return Document.objects.filter(withdrawn_kind=kind, withdrawn_id=withdrawal.pk)


# Steps ---------------------------------------------------------------------------------------


def locked(pk):
    """The document, locked until the transaction ends. (On SQLite the transaction itself is.)"""
    stored = Document.objects.select_for_update().filter(pk=pk).first()
    if stored is None:
        raise Refused(_("This document is no longer there: somebody deleted it meanwhile."))
    return stored


def lock_all(pks):
    """Lock documents (ids) in the order of their keys, as everybody does who locks several."""
    list(Document.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def locked_file(file):
    """The file as it is stored, its document locked."""
    document = locked(file.document_id)
    stored = document.files.filter(pk=file.pk).first()
    if stored is None:
        raise Refused(_("This file is no longer there: somebody removed it meanwhile."))
    stored.document = document
    return stored


def files_beside(file):
    """All files of its document in its language, this one included."""
    return DocumentFile.objects.filter(document=file.document_id, language=file.language)


def state_of(files):
    """What a page shows of files, in a few letters that change when any of it does."""
    states = sorted((file.pk, file.state.value) for file in files)
    return hashlib.sha256(repr(states).encode()).hexdigest()[:16]


def refuse_unseen(files, seen):
    if seen is not None and seen != state_of(files):
        raise Conflict(
            _("Its files have changed since you opened this page. Look at them as they are now.")
        )


def refuse_without_reason(reason):
    if not reason.strip():
        raise Refused(_("Say why it is withdrawn: readers who open the address see the reason."))


def known(by):
    """The user to be kept with the row; None for a command."""
    return by if by and by.pk else None


def _write(row, **columns):
    type(row).objects.filter(pk=row.pk).update(**columns)
    for name, value in columns.items():
        setattr(row, name, value)
    searching.refresh(row.pk if isinstance(row, Document) else row.document_id)
    return row
