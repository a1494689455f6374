"""What readers get of the photos and drawings that editors upload."""

import hashlib
import random
import re

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from strategy.models import Picture

from .photos import SECRETS, XMP, exif, of_a_phone, offered, old_address, opened, photo, written

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_as_browsers_turn_it(illustrate, get, body, orientation):
    image = illustrate(photo(orientation))
    size = (400, 100) if orientation < 5 else (100, 400)

    html = get("/")
    assert f'width="{size[0]}" height="{size[1]}"' in html
    [(address, width)] = offered(html)
    assert width == size[0]
    colours = ("red", "lime", "blue")
    places = {  # where the left above, the right above and what was below are
        1: ("nw", "ne", "s"), 2: ("ne", "nw", "s"), 3: ("se", "sw", "n"), 4: ("sw", "se", "n"),
        5: ("nw", "sw", "e"), 6: ("ne", "se", "w"), 7: ("se", "ne", "w"), 8: ("sw", "nw", "e"),
    }  # fmt: skip
    for content in (body(address), body(old_address(image))):
        shown = opened(content).convert("RGB")
        assert shown.size == size
        for colour, place in zip(colours, places[orientation], strict=True):
            assert _colour_at(shown, place) == colour, place


def _colour_at(image, place):
    x = 0.1 if "w" in place else 0.9 if "e" in place else 0.5
    y = 0.1 if "n" in place else 0.9 if "s" in place else 0.5
    bands = image.getpixel((int(image.width * x), int(image.height * y)))
    return ("red", "lime", "blue")[bands.index(max(bands))]


def test_a_photo_is_not_turned_by_what_browsers_do_not_read(illustrate, get):
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" tiff:Orientation="6"></x:xmpmeta>'
    illustrate(photo(exif=b"", xmp=xmp))

    assert 'width="400" height="100"' in get("/")


def test_no_metadata_is_public_and_the_original_is_kept(illustrate, get, body):
    content = photo(6)
    image = illustrate(content)
    assert all(secret in content for secret in (b"SECRETCAMERA", b"SECRETXMP", b"SECRETCOMMENT"))

    for address in (old_address(image), *(address for address, _w in offered(get("/")))):
        public = body(address)
        assert [secret for secret in SECRETS if secret in public] == []
        assert not opened(public).getexif()
    assert default_storage.open(image.file.name).read() == content
    [picture] = Picture.objects.all()
    assert picture.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_no_metadata_of_png_and_webp_is_public(illustrate, get, body, kind):
    info = PngInfo()
    info.add_text("Comment", "SECRETCOMMENT")
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    options = {"pnginfo": info} if kind == "PNG" else {"xmp": XMP}
    content = written(Pillow.new("RGB", (40, 30), "red"), kind, exif=exif(1), **options)
    assert b"SECRETCAMERA" in content
    image = illustrate(content, f"a.{kind.lower()}")

    for address in (old_address(image), *(address for address, _w in offered(get("/")))):
        assert [secret for secret in SECRETS if secret in body(address)] == []


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000)])
def test_twelve_megapixels_cost_a_phone_less_than_200_kb(illustrate, get, body, size):
    content = of_a_phone(size)
    assert len(content) > 4_000_000
    illustrate(content)

    html = get("/")
    assert 'sizes="(min-width: 54rem) 49.5rem, calc(100vw - 2.5rem)"' in html
    files = offered(html)
    assert [width for _a, width in files] == [480, 800, 1080, 1600]
    [taken] = [address for address, width in files if width == 1080]  # for 320 by 3, or 360 by 3
    assert len(body(taken)) < 200_000


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000)])
def test_soft_noise_costs_a_phone_less_than_200_kb_too(illustrate, get, body, size):
    """Nothing is busier in the width that a phone takes."""
    small = size[0] // 4, size[1] // 4
    noise = Pillow.frombytes("RGB", small, random.Random(1).randbytes(small[0] * small[1] * 3))
    image = illustrate(photo(image=noise.resize(size, Pillow.Resampling.BICUBIC)))

    phones = [body(address) for address, width in offered(get("/")) if width <= 1080]
    assert max(map(len, [*phones, body(old_address(image))])) < 200_000


def test_a_small_picture_is_not_enlarged(illustrate, get, body):
    illustrate(photo(size=(90, 60)))

    [(address, width)] = offered(get("/"))
    assert (width, opened(body(address)).size) == (90, (90, 60))


def test_what_shines_through_goes_on_to(illustrate, get, body):
    drawing = Pillow.new("RGBA", (60, 40), (255, 0, 0, 0))
    drawing.paste((0, 0, 255, 128), (30, 0, 60, 40))
    image = illustrate(written(drawing, "PNG"), "a.png")

    [(address, _w)] = offered(get("/"))
    for content in (body(address), body(old_address(image))):
        shown = opened(content).convert("RGBA")
        assert shown.getpixel((10, 20))[3] == 0
        assert shown.getpixel((50, 20)) == (0, 0, 255, 128)


def test_a_drawing_that_is_made_smaller_loses_no_more(illustrate, get, body):
    drawing = Pillow.new("RGB", (2000, 800), "white")
    for x in range(0, 2000, 70):
        drawing.paste("navy", (x, 800 - x // 3, x + 50, 800))
    illustrate(written(drawing, "PNG"), "a.png")

    files = offered(get("/"))
    assert [width for _a, width in files] == [480, 800, 1080, 1600]
    assert {body(address)[12:16] for address, _w in files} == {b"VP8L"}  # without loss


def test_a_drawing_stays_as_sharp_as_it_was(illustrate, get, body):
    drawing = Pillow.new("RGB", (300, 200), "white")
    for x in range(0, 300, 7):
        drawing.paste("red", (x, 0, x + 1, 200))
    image = illustrate(written(drawing, "PNG"), "a.png")

    [(address, _w)] = offered(get("/"))
    for content in (body(address), body(old_address(image))):
        assert ImageChops.difference(opened(content).convert("RGB"), drawing).getbbox() is None


GREY16 = Pillow.new("I;16", (40, 30), 0x8080)
PALETTE = Pillow.new("RGB", (40, 30), (200, 30, 30)).quantize(4)
MOVING = {"save_all": True, "append_images": [Pillow.new("RGB", (40, 30), "blue")]}
ODD = {
    "cmyk": (Pillow.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG", {}, (255, 0, 0)),
    "16 bits": (GREY16, "PNG", {}, (128, 128, 128)),
    "palette": (PALETTE, "PNG", {}, (200, 30, 30)),
    "one colour of a palette shines through": (PALETTE, "PNG", {"transparency": 3}, (200, 30, 30)),
    "one bit": (Pillow.new("1", (40, 30), 1), "PNG", {}, (255, 255, 255)),
    "grey and transparent": (Pillow.new("LA", (40, 30), (90, 255)), "PNG", {}, (90, 90, 90)),
    "moving PNG": (Pillow.new("RGB", (40, 30), "red"), "PNG", MOVING, (255, 0, 0)),
    "moving WebP": (Pillow.new("RGB", (40, 30), "red"), "WEBP", MOVING, (255, 0, 0)),
    "a profile that is none": (
        Pillow.new("RGB", (40, 30), "red"), "JPEG", {"icc_profile": b"x" * 200}, (255, 0, 0)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_pictures_are_shown_in_their_colours(illustrate, get, body, name):
    image, kind, options, colour = ODD[name]
    illustrate(written(image, kind, **options), f"a.{kind.lower()}")

    [(address, _w)] = offered(get("/"))
    found = opened(body(address)).convert("RGB").getpixel((20, 15))
    assert max(abs(a - b) for a, b in zip(found, colour, strict=True)) <= 6


def test_the_colours_are_those_of_the_profile(illustrate, get, body):
    """A profile that calls green what others call red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = {b"rXYZ": b"gXYZ", b"gXYZ": b"rXYZ"}
    profile = re.sub(b"[rg]XYZ", lambda found: swapped[found[0]], profile)
    image = illustrate(photo(image=Pillow.new("RGB", (40, 30), "red"), icc_profile=profile))

    [(address, _w)] = offered(get("/"))
    for content in (body(address), body(old_address(image))):
        shown = opened(content)
        assert "icc_profile" not in shown.info
        assert _colour_at(shown.convert("RGB"), "n") == "lime"


def test_a_very_tall_picture_is_shown(illustrate, get, body):
    illustrate(written(Pillow.new("RGB", (30, 19_000), "red"), "PNG"), "a.png")

    [(address, _w)] = offered(get("/"))
    assert opened(body(address)).height == 16_000
