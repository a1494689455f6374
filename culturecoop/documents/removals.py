"""Bytes leave the storage: those of files that no reader has seen, and those that are erased."""

import logging
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.verbs import Refused

from .filetexts import FileText
from .models import DocumentFile, FileState
from .withdrawals import files_beside, known, locked_file, refuse_unseen

logger = logging.getLogger(__name__)


@transaction.atomic
def remove_waiting_file(file, *, by=None, seen=None):
    """Delete a file that no reader has seen and no edition ahead counts on.

    Its bytes go when no other file has the same.
    """
    stored = locked_file(file)
    refuse_unseen(files_beside(stored), seen)
    if stored.state == FileState.SCHEDULED:
        raise Refused(
            _("This file comes out with an edition that is scheduled. Cancel that schedule first.")
        )
    if stored.state != FileState.WAITING:
        raise Refused(_("Readers have seen this file. Withdraw it instead."))
    stored.delete()
    if stored.file:
        drop = partial(_drop_unused, stored.file.storage, stored.file.name)
        transaction.on_commit(drop, robust=True)


@transaction.atomic
def erase_bytes(file, *, reason, by=None, seen=None):
    """Delete the content of a withdrawn file for good; the record and its checksum stay.

    Content is stored once, so every file that has the same must be withdrawn, and loses it too.
    """
    stored = locked_file(file)
    if not stored.file:
        raise Refused(_("It is an outside address: there is no content here."))
    list(files_alike(stored).select_for_update(of=("self",)))
    alike = list(files_alike(stored).select_related("document"))
    refuse_unseen(alike, seen)
    _refuse_to_erase(stored, alike, reason)
    for row in alike:
        _mark_erased(row, reason, known(by))
    _delete_content(alike)
    return stored


def files_alike(file):
    """All files with the content of `file`, this one included, that are not yet erased."""
    same = DocumentFile.objects.filter(sha256=file.sha256, erased_at=None)
    return same.exclude(file="").order_by("pk")


def place(file):
    """A file with its document, where it has a title of its own."""
    return f"{file.document}, {file}" if file.title else str(file)


# Steps ---------------------------------------------------------------------------------------


def _refuse_to_erase(file, alike, reason):
    if file.erased_at:
        raise Refused(_("Its content is deleted already."))
    if not reason.strip():
        raise Refused(_("Say why the content is deleted: the reason is kept with the record."))
    if file.withdrawal is None:
        raise Refused(_("Withdraw the file first: only what no reader can open is deleted."))
    others = [place(row) for row in alike if row.withdrawal is None]
    if others:
        raise Refused(
            _("The same content is in use: %(where)s. Withdraw or remove these files first.")
            % {"where": "; ".join(others)}
        )


def _mark_erased(row, reason, by):
    """What was withdrawn with its document is withdrawn by itself from now on."""
    why = row.withdrawal
    DocumentFile.objects.filter(pk=row.pk).update(
        withdrawn_at=why.withdrawn_at,
        withdrawn_by=why.withdrawn_by,
        withdrawal_reason=why.withdrawal_reason,
        erased_at=timezone.now(),
        erased_by=by,
        erasure_reason=reason,
    )
    FileText.objects.filter(file=row).delete()


def _delete_content(files):
    """The last step: what fails here takes back the marks before it."""
    storage = files[0].file.storage
    try:
        for name in {file.file.name for file in files}:
            storage.delete(name)
    except OSError as error:
        logger.exception("The bytes of a file could not be deleted")
        raise Refused(_("The storage could not delete the bytes. Nothing was changed.")) from error


def _drop_unused(storage, name):
    if not DocumentFile.objects.filter(file=name, erased_at=None).exists():
        storage.delete(name)
