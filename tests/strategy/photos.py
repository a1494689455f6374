"""Photos as a phone takes them, drawings, and what a page offers of them."""

import io
import re

from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageChops

from strategy.models import Picture

SECRETS = (b"Exif", b"SECRETCAMERA", b"SECRETXMP", b"SECRETCOMMENT", b"8BIM", b"<x:xmpmeta")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRETXMP</x:xmpmeta>'


def exif(orientation):
    """What a camera writes: how it was held, its name, where it was."""
    found = Pillow.Exif()
    found[0x0112], found[0x010F] = orientation, "SECRETCAMERA"
    found.get_ifd(0x8825).update({1: "N", 2: (50.0, 51.0, 0.0), 3: "E", 4: (4.0, 21.0, 0.0)})
    return found


def photo(orientation=1, size=(400, 100), image=None, **options):
    """A JPEG with metadata, red on the left, green on the right, blue below."""
    width, height = size
    if image is None:
        image = Pillow.new("RGB", size, "red")
        image.paste("lime", (width // 2, 0, width, height))
        image.paste("blue", (0, height // 2, width, height))
    buffer = io.BytesIO()
    options = {"exif": exif(orientation), "xmp": XMP, "comment": b"SECRETCOMMENT"} | options
    image.save(buffer, "JPEG", quality=90, **options)
    return buffer.getvalue()


def written(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def of_a_phone(size):
    """A JPEG as busy as a photo of grass: gradients below strong noise."""
    noise = Pillow.effect_noise(size, 60)
    slope, disc = (make("L").resize(size) for make in (Pillow.linear_gradient,
                                                       Pillow.radial_gradient))  # fmt: skip
    bands = [
        ImageChops.add(each, noise, scale=2) for each in (slope, disc, ImageChops.invert(slope))
    ]
    return photo(image=Pillow.merge("RGB", bands))


def old_address(image):
    return f"/{image.file.url.removeprefix('/')}"


def offered(html):
    """[(address, width)] of the WebP files of the only picture of a page."""
    [srcset] = re.findall(r'<source type="image/webp" srcset="([^"]+)"', html)
    return [(a, int(w.removesuffix("w"))) for a, w in (c.split() for c in srcset.split(", "))]


def opened(content):
    image = Pillow.open(io.BytesIO(content))
    image.load()
    return image


def before_the_upgrade(image):
    """Leave an image as the version before has left it."""
    for name in Picture.objects.get(pk=image.file.name).files.values():
        default_storage.delete(name)
    Picture.objects.all().delete()
