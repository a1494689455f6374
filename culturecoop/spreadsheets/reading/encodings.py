"""Which character encoding a text file has."""

import codecs
import re

from charset_normalizer import from_bytes

from . import errors

# UTF-32 stands before UTF-16: its little-endian mark begins with the one of UTF-16.
MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
SAMPLE = 20_000
CHUNK = 2**20
# From which likeness to a known language (0 to 1) a guess of another script is believed.
COHERENT = 0.55
WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒŠŽ«»“”‘’„‚–—…•€£§°ºª·®©½¼\xa0"
)
# Three and more such bytes in a row are words of another script than the Latin one.
_OTHER_SCRIPT = re.compile(rb"[\x80-\xff]{3,}")


def detect(path):
    """The encoding of the text file, and whether that is a guess.

    Certain are a byte order mark, UTF-8 and plain ASCII; raises Unreadable where even a guess
    would be rash.
    """
    with open(path, "rb") as file:
        head = file.read(4096)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _proved(path, encoding), False
    if b"\0" in head:
        return _proved(path, _without_mark(head)), True
    if _decodes(path, "utf-8"):
        return "utf-8", False
    return _guess(path), True


def _proved(path, encoding):
    if not _decodes(path, encoding):
        raise errors.damaged(encoding)
    return encoding


def _decodes(path, encoding):
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _without_mark(head):
    """UTF-16 without a mark shows its zero bytes on one side only."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) / 5 or min(even, odd) > max(even, odd) / 10:
        raise errors.damaged()
    return "utf-16-be" if even > odd else "utf-16-le"


def _guess(path):
    sample = _sample(path)
    if _mostly_other_script(sample):
        return _other_script(sample)
    # cp1252 first: where both read equally well, it is by far the more frequent.
    fitting = [name for name in ("cp1252", "mac_roman") if _decodes(path, name)]
    best = max(fitting, key=lambda name: _western_share(sample.decode(name)))
    if _western_share(sample.decode(best)) < 0.5:
        return _other_script(sample)
    return best


def _sample(path):
    """The first lines that hold bytes outside ASCII, which alone can tell encodings apart."""
    sample = b""
    with open(path, "rb") as file:
        while len(sample) < SAMPLE and (chunk := file.read(CHUNK)):
            lines = (line for line in chunk.splitlines() if not line.isascii())
            sample += b"\n".join(lines)[:SAMPLE]
    return sample


def _mostly_other_script(sample):
    inside = sum(len(run) for run in _OTHER_SCRIPT.findall(sample))
    return inside > sum(byte > 127 for byte in sample) / 2


def _western_share(text):
    high = [char for char in text if ord(char) > 127]
    return sum(char in WESTERN for char in high) / max(len(high), 1)


def _other_script(sample):
    match = from_bytes(sample).best()
    if match is None or match.coherence < COHERENT:
        raise errors.undecided_encoding()
    return match.encoding
