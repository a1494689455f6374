"""The pictures of blocks: in the ZIP under `files/`, in the storage under the same path."""

import re
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.images import get_image_dimensions
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.documents.inspection import inspect
from culturecoop.documents.probe import PICTURES
from culturecoop.tabular.reading import Unreadable
from strategy import pictures
from strategy.blocks import Image

_OURS = re.compile(r"images/\d{4}/[\w-][\w.-]*", re.ASCII)


def path_of(name):
    """Return where the stored file called so is in the ZIP."""
    return f"files/{name}"


def attachments(editions):
    """Yield (path in the ZIP, stored file, "") of the pictures of the editions."""
    for image in Image.objects.filter(parent__in=[edition.pk for edition in editions]):
        yield path_of(image.file.name), image.file, ""


def check(row, files):
    """Note what is wrong with the picture of a row, or that it is missing."""
    path = row.new_values.get("file")
    if path is None:
        return
    if not path:
        row.refuse("file", _("An image needs a file."))
    elif files is None or path not in files:
        _note_missing(row)
    else:
        _check_picture(row, files[path])


def _note_missing(row):
    message = _("Missing file: it is not in the ZIP. It is left out.")
    if row.record.now is None:
        row.skip("file", message)
    else:
        row.note("file", message)
        row.changes = [change for change in row.changes if change[0] != "file"]


def _check_picture(row, open_):
    try:
        inspect(File(open_()), PICTURES)
    except Unreadable as error:
        row.refuse("file", str(error))
    except ValidationError as error:
        row.refuse("file", " ".join(error.messages))


def store(rows, files):
    """Store the new pictures of the rows; their cells become the names in the storage."""
    changes = [change for row in rows for change in row.changes if change[0] == "file"]
    for change in changes:
        change[2] = _stored(change[2], files[change[2]]())
    pictures.make_afterwards([change[2] for change in changes])


def _stored(path, content):
    """Return the name of the content in the storage: that in the ZIP, unless another one has it."""
    storage = Image._meta.get_field("file").storage
    name = path.removeprefix("files/")
    if not _OURS.fullmatch(name):
        name = f"images/{timezone.now():%Y}/{storage.get_valid_name(PurePosixPath(path).name)}"
    if storage.exists(name):
        with storage.open(name) as there:
            if there.read() == content.read():
                return name
    content.seek(0)
    name = storage.save(name, File(content))
    pictures.forget(name)
    return name


def assign(part, name):
    """Let the block have the stored picture called so."""
    part.file = name
    with part.file.storage.open(name) as opened:
        part.width, part.height = get_image_dimensions(opened)
