"""What readers get of an image, made by `renderer.py` in a process that may die."""

from dataclasses import dataclass
from pathlib import Path

from . import inspection

RENDERER = Path(__file__).with_name("renderer.py")
SECONDS = 60  # of the processor
MEGABYTES = 1024


@dataclass(frozen=True)
class Rendering:
    """The files that readers get of an image, by their names: “1080.webp”, “1080.jpg”."""

    sha256: str  # of the image, hexadecimal
    width: int  # of the largest file
    height: int
    files: dict[str, bytes]


def render(file):
    """Return the Rendering of a PNG, JPEG or WebP file. Raises Refused."""
    with inspection.copied(file) as (copy, _size, sha256):
        answer, content = inspection.answered(RENDERER, copy, SECONDS, MEGABYTES)
    if "refused" in answer:
        raise inspection.Refused(answer["refused"], found=inspection.words(answer["kind"]))
    files, start = {}, 0
    for name, size in answer["files"]:
        files[name] = content[start : start + size]
        start += size
    if start != len(content):  # it was stopped while it wrote
        raise inspection.Refused("limits")
    return Rendering(sha256, answer["width"], answer["height"], files)
