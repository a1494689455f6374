"""What readers get in place of the file of an image, which stays for editors alone.

It is made when an image is saved, or its page published. Of images that were there before,
`rebuild_pictures` makes it: until then readers get the file itself.
"""

import logging
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from culturecoop.documents.rendering import render
from culturecoop.editions.changes import kept_each, record
from culturecoop.storage import fault_of, measured

logger = logging.getLogger(__name__)
_FIELD = models.FileField()  # in the same storage as those of images
PORTION = 20
FOLDER, ORIGINALS = "pictures", "images/"
MENDED = "rebuild_pictures mends it"


class Picture(models.Model):
    """The files that are shown in place of an image; none when they could not be made."""

    original = models.CharField(_("image"), max_length=100, primary_key=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)  # of the original
    width = models.PositiveIntegerField(null=True)  # of the largest file
    height = models.PositiveIntegerField(null=True)
    #: {"480.webp": name in the storage}: each width as WebP, one as JPEG or PNG.
    files = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        default_permissions = ()

    def __str__(self):
        return self.original

    @property
    def srcset(self):
        """Return the WebP files with their widths, for browsers to choose from."""
        name = self.original.removeprefix(ORIGINALS)
        widths = sorted(int(key.removesuffix(".webp")) for key in self.files if _is_webp(key))
        addresses = (reverse("picture", kwargs={"name": name, "width": w}) for w in widths)
        return ", ".join(f"{a} {w}w" for a, w in zip(addresses, widths, strict=True))

    def file(self, width=None):
        """Return the WebP file of a width, without a width that for older browsers; or None."""
        if width is not None:
            name = self.files.get(f"{width}.webp")
        else:
            name = next((name for key, name in self.files.items() if not _is_webp(key)), None)
        return name and stored(name)


def _is_webp(key):
    return key.endswith(".webp")


def pictures_of(images):
    """Return {name of the file: Picture} of images, as far as they are made."""
    names = {image.file.name for image in images}
    return kept_each("pictures", names, _read) if names else {}


def _read(names):
    return Picture.objects.in_bulk(names)  # one that is not there yet is not kept


def stored(name):
    """Return the file of that name in the storage."""
    return FieldFile(None, _FIELD, name)


# Making them -----------------------------------------------------------------------------------


def make(name, rendering=None):
    """Make the Picture of a stored image, anew if there is one; return it, None if it cannot be.

    One without files then tells that: readers do not get the image itself either.
    """
    try:
        rendering = rendering or _rendered(name)
    except (FileNotFoundError, ValidationError) as error:
        why = " ".join(getattr(error, "messages", [str(error)]))
        logger.warning("No picture could be made of %s: %s", name, why)
        if getattr(error, "code", "") != "limits":  # which another time may not be reached
            Picture.objects.get_or_create(original=name)
        return None
    folder = f"{FOLDER}/{name.removeprefix(ORIGINALS)}"
    values = {
        "sha256": rendering.sha256,
        "width": rendering.width,
        "height": rendering.height,
        "files": {k: _stored(f"{folder}/{k}", c) for k, c in rendering.files.items()},
    }
    return Picture.objects.update_or_create(original=name, defaults=values)[0]


def _rendered(name):
    with default_storage.open(name) as original:
        return render(original)


def _stored(name, content):
    """Return the name of the content in the storage: this one, unless other content has it."""
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if there.read() == content:
                return name
    return default_storage.save(name, ContentFile(content))


def rendering_of(file):
    """Return what was made of an upload when it was looked into; None where it was not."""
    return getattr(getattr(file, "_file", None), "rendering", None)


def keep(name, rendering=None):
    """Make the picture of an image that was just saved: of an upload, or where there is none."""
    if name and (rendering or not Picture.objects.filter(pk=name).exists()):
        make(name, rendering)


def forget(name):
    """Forget what was made of an image: another one, or one that was lost, is stored there now."""
    Picture.objects.filter(pk=name).delete()


def make_missing(names):
    """Make the pictures of those of the stored images that have none."""
    there = Picture.objects.filter(pk__in=names).values_list("pk", flat=True)
    for name in sorted(set(names) - set(there)):
        make(name)


def make_afterwards(names):
    """Make those that are missing when the transaction is over, so that nobody waits for it."""
    if names:
        transaction.on_commit(partial(make_missing, names), robust=True)


def rebuild(names, again=False):
    """Make the pictures of stored images, or of all `again`; yield (name, what `make` returned)."""
    names = sorted(set(names))
    for start in range(0, len(names), PORTION):
        before = Picture.objects.in_bulk(names[start : start + PORTION])
        wanted = [n for n in names[start : start + PORTION] if again or not _whole(before.get(n))]
        for name in wanted:
            picture = make(name)
            if picture and name in before:
                _delete_left(before[name], picture)
            yield name, picture
        if wanted:
            record()  # pages are kept that show them as they were


def _whole(picture):
    """Return whether all files of a picture are there."""
    files = picture and picture.files.values()
    return bool(files) and not any(map(fault_of, map(stored, files)))


def _delete_left(before, now):
    """Delete the files of a picture that have not become those of the new one."""
    for name in set(before.files.values()) - set(now.files.values()):
        default_storage.delete(name)


# Proving them ----------------------------------------------------------------------------------


def faults(image, picture):
    """Yield sentences about the file of an image, and about what readers get of it."""
    name = image.file.name
    if fault := fault_of(image.file):
        yield f"the picture {name} {fault}"
    elif picture is None:
        yield f"the picture {name} is shown as it was uploaded; {MENDED}"
    elif not picture.files:
        yield f"the picture {name} is not shown: it could not be read; {MENDED}, where it can be"
    else:
        for each in map(stored, picture.files.values()):
            if fault := fault_of(each):
                yield f"the picture {each.name} {fault}; {MENDED}"
        if measured(image.file)[1] != picture.sha256:
            yield f"the picture {name}: its checksum is not {picture.sha256}"
