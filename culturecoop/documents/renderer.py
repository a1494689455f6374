"""What readers get of an image: the program that `rendering.py` runs on an upload.

The picture is turned upright, brought to eight bits and to the colours of sRGB, and written in
several widths as WebP, and once as JPEG or PNG. Only its pixels are taken over. The answer is one
line of JSON, `{"width", "height", "files": [[name, size], …]}`, and after it the files; or
`{"kind", "refused"}` as in `probe.py`. Arguments: processor seconds and megabytes of memory.
"""

import json
import logging
import sys
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # it runs in isolation, without its own folder

import probe
from PIL import Image, ImageCms, ImageOps

#: Of the files, in pixels: a phone of 360 by 3 takes 1080, a large screen with two each 1600.
WIDTHS = (480, 800, 1080, 1600)
FALLBACK = 1080
HEIGHT = 16_000  # WebP knows no more than 16,383
#: So many for each pixel of the width: 184 KB at 1080, however busy the picture is.
BYTES = 170
#: What has no more is perhaps a drawing.
COLOURS = 1 << 16
#: So many times as large a sharp picture may be, as long as it is small.
SHARPER = 2
QUALITIES = (80, 68, 55, 40, 25)
#: What is left of a very busy one, as soft noise, of the widths that a phone takes. A tall one is
#: taken for a drawing with words, which would be lost.
LEAST = (12, 5, 1)
TALL = 2
#: What Pillow reads an orientation from and browsers do not.
NOT_READ = ("xmp", "XML:com.adobe.xmp")
PROFILE = "icc_profile"


def rendered(kind, file):
    """Return the answer about a picture, and the bytes of its files."""
    largest = upright(probe.opened_image(kind, file))
    # Trying it with a photo would take as long as all else.
    exact = kind != "jpeg" and largest.getcolors(COLOURS) is not None
    width, height = largest.size
    files = []
    for to in [*(each for each in WIDTHS if each < width), width]:
        shown = scaled(largest, to)
        content, lossless = webp(shown, exact)
        files.append((f"{to}.webp", content))
        if to == min(FALLBACK, width):
            files.append(fallback(shown, lossless))
    answer = {"width": width, "height": height, "files": [(n, len(c)) for n, c in files]}
    return answer, [content for _name, content in files]


def upright(image):
    """Return the largest picture that is written of it: its pixels alone, as RGB or RGBA."""
    for name in NOT_READ:
        image.info.pop(name, None)
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    width, height = reversed(image.size) if turned else image.size
    share = min(1, WIDTHS[-1] / width, HEIGHT / height)
    size = [max(1, round(side * share)) for side in image.size]
    info = image.info
    image = in_eight_bits(image).resize(size, Image.Resampling.LANCZOS)
    image.info = info
    image = ImageOps.exif_transpose(in_srgb(image))
    image.info = {}
    return image


def in_eight_bits(image):
    """Return it as L, RGB, CMYK or, where something shines through, RGBA."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        if image.getchannel("A").getextrema()[0] < 255:
            return image
        return image.convert("RGB")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def in_srgb(image):
    """Return it as RGB or RGBA in the colours that browsers take pixels for."""
    info, profile = image.info, image.info.get(PROFILE)
    colours = image.convert("RGB") if image.mode == "RGBA" else image
    converted = profile and converted_from(profile, colours)
    converted = converted or colours.convert("RGB")
    if image.mode == "RGBA":
        converted.putalpha(image.getchannel("A"))
    converted.info = info
    return converted


def converted_from(profile, image):
    """Return it in sRGB, or None where the profile is none, or one of other colours."""
    try:
        of = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(
            image, of, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def scaled(image, width):
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def webp(image, exact):
    """Return it as WebP, and whether nothing was lost: a drawing, of which that is small too."""
    lossy = in_few_bytes(image, "WEBP")
    if exact:
        lossless = written(image, "WEBP", lossless=True)
        dearer = SHARPER if len(lossless) <= BYTES * image.width else 1
        if len(lossless) <= dearer * len(lossy):
            return lossless, True
    return lossy, False


def fallback(image, lossless):
    """Return (name, content) of what browsers without WebP show."""
    if lossless or image.mode == "RGBA":
        return f"{image.width}.png", written(image, "PNG", optimize=True)
    return f"{image.width}.jpg", in_few_bytes(image, "JPEG", optimize=True, progressive=True)


def in_few_bytes(image, kind, **options):
    """Return it in the best quality that is small enough, or in the last one."""
    busy = image.width <= FALLBACK and image.height <= TALL * image.width
    for quality in QUALITIES + LEAST if busy else QUALITIES:
        content = written(image, kind, quality=quality, **options)
        if len(content) <= BYTES * image.width:
            break
    return content


def written(image, kind, **options):
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def main():
    probe.confine(*map(int, sys.argv[1:3]))
    logging.disable()
    file, contents = sys.stdin.buffer, []
    try:
        kind = probe.kind_of(file)
        if kind not in probe.PICTURES:
            raise probe.Reason(kind, "type")
        answer, contents = rendered(kind, file)
    except probe.Reason as reason:
        answer = reason.answer
    print(json.dumps(answer), flush=True)
    for content in contents:
        sys.stdout.buffer.write(content)


if __name__ == "__main__":
    main()
