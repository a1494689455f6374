"""What is done to documents: admin buttons, imports and commands call the same verbs."""

import re

from django.core.files import File

from .inspection import inspect
from .models import DocumentFile, storage_path

# What programs write as the title of a file when nobody has given it one.
NO_TITLE = re.compile(
    r"untitled.*|unbenannt.*|sans titre.*|(document|book|presentation|slide) ?\d*"
    r"|microsoft (word|excel|powerpoint) - .*|\S+\.(docx?|odt|xlsx?|ods|pptx?|rtf|pdf|indd|qxp)",
    re.IGNORECASE,
)


def add_file(document, language, *, upload=None, address="", title="", by=None):
    """A new language version of a document: an upload or an outside address.

    Readers do not see it before it is released; older files stay. Everything that can be read
    from the upload is read from it, its title only where the editor gives none and the document's
    is in another language. Raises ValidationError: Refused about the upload, else by field.
    """
    added_by = by if by and by.pk else None
    file = DocumentFile(
        document=document, language=language, address=address, title=title, added_by=added_by
    )
    if upload is not None:
        fill_in(file, upload)
    file.full_clean()
    file.save()
    return file


def fill_in(file, upload):
    """What the upload says of itself, and the upload."""
    facts = getattr(upload, "facts", None) or inspect(upload)
    file.original_name = basename(upload)[:255]
    for name in ("media_type", "extension", "size", "pages", "sha256", "note"):
        setattr(file, name, getattr(facts, name))
    if not file.title and file.language != file.document.source_language:
        file.title = "" if NO_TITLE.fullmatch(facts.title) else facts.title
    file.file = stored(file, upload)


def stored(file, upload):
    """The upload, or the name of the same content that is stored already."""
    storage, path = DocumentFile._meta.get_field("file").storage, storage_path(file, "")
    if storage.exists(path) and storage.size(path) == file.size:
        return path
    return File(upload, name=f"{file.sha256}.{file.extension}")


def basename(upload):
    """The name that the file had where it came from, without its folders."""
    name = getattr(upload, "name", None)
    return re.split(r"[/\\]", name)[-1] if isinstance(name, str) else ""
