"""What a file is, and then its text: the program that `inspection.py` runs on an upload.

It writes what `probe.py` says, one line of JSON, and after it the text of a PDF, DOCX or ODT
document, as much of it as can be read soon: whatever stops the program then, the line is there.
Arguments: processor seconds and megabytes of memory.
"""

import json
import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # it runs in isolation, without its own folder

import probe

LETTERS = 200_000
SECONDS = 4  # of the processor
PART_BYTES = 20 << 20  # the most that is read of the text of an office file
OFFICE_TEXTS = {
    "docx": ("word/document.xml", ("{*}p",)),
    "odt": ("content.xml", ("{*}p", "{*}h")),
}


def texts(kind, file):
    """Yield the text of a document in pieces: pages or paragraphs."""
    if kind == "pdf":
        from pypdf import PdfReader

        for page in PdfReader(file).pages:
            yield page.extract_text()
    elif kind in OFFICE_TEXTS:
        name, paragraphs = OFFICE_TEXTS[kind]
        with probe.opened(file, kind) as archive, archive.open(name) as part:
            root = xml(part.read(PART_BYTES))
            for paragraph in root.iter(*paragraphs):
                yield "".join(paragraph.itertext())


def xml(source):
    """Return the root of XML that may be cut off."""
    from lxml import etree

    options = {"resolve_entities": False, "no_network": True, "recover": True}
    return etree.fromstring(source, etree.XMLParser(**options))


def write_text(kind, file):
    """Write the text until there is enough of it, or it has taken long enough."""
    written, end = 0, time.process_time() + SECONDS
    for text in texts(kind, file):
        line = " ".join(probe.NOT_TEXT.sub(" ", text).split())[: LETTERS - written]
        if line:
            print(line, flush=True)
        written += len(line)
        if written >= LETTERS or time.process_time() > end:
            break


def main():
    probe.confine(*map(int, sys.argv[1:3]))
    logging.disable()
    sys.stdout.reconfigure(encoding="utf-8")
    answer = probe.probe(sys.stdin.buffer)
    print(json.dumps(answer), flush=True)
    if "refused" not in answer and answer["note"] != "encrypted":
        write_text(answer["kind"], sys.stdin.buffer)


if __name__ == "__main__":
    main()
