"""What is done to documents: admin buttons, imports and commands call the same verbs."""

import re

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .filetexts import FileText
from .inspection import inspect
from .models import DocumentFile
from .removals import files_alike
from .withdrawals import known, locked

# What programs write as the title of a file when nobody has given it one.
NO_TITLE = re.compile(
    r"untitled.*|unbenannt.*|sans titre.*|(document|book|presentation|slide) ?\d*"
    r"|microsoft (word|excel|powerpoint) - .*|\S+\.(docx?|odt|xlsx?|ods|pptx?|rtf|pdf|indd|qxp)",
    re.IGNORECASE,
)


class WithdrawnBefore(ValidationError):
    """The content was withdrawn once: it comes back only if somebody says so."""

    def __init__(self, file):
        withdrawal = file.withdrawal
        message = _("This was withdrawn from “%(document)s” on %(day)s: “%(reason)s”.")
        params = {
            "document": file.document,
            "day": date_format(timezone.localtime(withdrawal.withdrawn_at), "DATE_FORMAT"),
            "reason": withdrawal.withdrawal_reason,
        }
        super().__init__(message, code="withdrawn", params=params)


def add_file(document, language, *, upload=None, address="", title="", by=None, again=False):
    """A new language version of a document: an upload or an outside address.

    Readers do not see it before it is released; older files stay. Everything that can be read
    from the upload is read from it, its title only where the editor gives none and the document's
    is in another language. Raises ValidationError: Refused about the upload, WithdrawnBefore
    unless `again`, else by field.
    """
    file = DocumentFile(
        document=document, language=language, address=address, title=title, added_by=known(by)
    )
    facts = fill_in(file, upload) if upload is not None else None
    with transaction.atomic():
        locked(document.pk)
        if not again:
            refuse_withdrawn(sha256=file.sha256, address=file.address)
        if upload is not None:
            file.file = stored(file, upload)
        file.full_clean()
        file.save()
        if facts is not None:
            FileText.objects.create(file=file, text=facts.text)
    return file


def refuse_withdrawn(*, sha256="", address=""):
    """Raise WithdrawnBefore when this content or address was withdrawn from any document."""
    same = Q(sha256=sha256) if sha256 else Q(address=address)
    if sha256 or address:
        found = DocumentFile.objects.withdrawn().filter(same).select_related("document")
        if file := found.order_by("-pk").first():
            raise WithdrawnBefore(file)


def fill_in(file, upload):
    """Set what the upload says of itself; return the facts."""
    facts = getattr(upload, "facts", None) or inspect(upload)
    file.original_name = basename(upload)[:255]
    for name in ("media_type", "extension", "size", "pages", "sha256", "note"):
        setattr(file, name, getattr(facts, name))
    if not file.title and file.language != file.document.source_language:
        file.title = "" if NO_TITLE.fullmatch(facts.title) else facts.title
    return facts


def stored(file, upload):
    """The upload, or the name of the same content that is stored already.

    A row that keeps that content is locked with it, so that nobody removes it meanwhile.
    """
    same = files_alike(file).filter(extension=file.extension).select_for_update(of=("self",))
    keeper = same.first()
    if keeper and _is_stored(keeper):
        return keeper.file.name
    return File(upload, name=f"{file.sha256}.{file.extension}")


def _is_stored(file):
    storage, name = file.file.storage, file.file.name
    return storage.exists(name) and storage.size(name) == file.size


def basename(upload):
    """The name that the file had where it came from, without its folders."""
    name = getattr(upload, "name", None)
    return re.split(r"[/\\]", name)[-1] if isinstance(name, str) else ""
