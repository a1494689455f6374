"""The headings of the file of a job, and what stands under them.

The page of the columns is opened again and again, and a large workbook takes seconds: the samples
are kept for a while. The file of a job never changes; what of it is read, and how, is in the key.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from django.core.cache import cache

from culturecoop.mapping import headings
from culturecoop.tabular.reading import as_text, storable

from ..jobs.sources import opened

READ = 200
SHOWN = 3
KEPT = 3600  # seconds
MOST_KEPT = 2**20  # characters


@dataclass
class Sampled:
    """One column of the file: its heading, and the texts of the first rows with their counts.

    `seen` is what else the cells of these rows show: "merged", "hidden", "struck".
    """

    index: int
    heading: str
    texts: Counter = field(default_factory=Counter)
    seen: set = field(default_factory=set)

    @property
    def shown(self):
        """Some texts that differ."""
        return list(self.texts)[:SHOWN]


def sampled(job):
    """Return [Sampled] of the columns of the sheet; raises Unreadable."""
    key = _key(job)
    columns = cache.get(key)
    if columns is None:
        columns = _read(job)
        if sum(len(text) for column in columns for text in column.texts) <= MOST_KEPT:
            cache.set(key, columns, KEPT)
    return columns


def _seen(cells, index):
    marks = {
        "merged": index in cells.merged,
        "hidden": bool(cells.hidden),
        "struck": index in cells.struck,
    }
    return {what for what, is_so in marks.items() if is_so}


def _key(job):
    options = [job.sheet, _heading_rows(job), job.encoding, job.encoding_guessed, job.delimiter]
    digest = hashlib.sha256(json.dumps(options).encode()).hexdigest()
    return f"import-samples-2:{job.folder}:{digest}"


def _heading_rows(job):
    return job.mapping.get("heading_rows", (1, 1))


def _read(job):
    with opened(job) as source:
        names, rows = headings.table_at(source.spreadsheet, job.sheet, _heading_rows(job))
        columns = [Sampled(index, name) for index, name in enumerate(names)]
        for _number, cells in islice(rows, READ):
            for column, cell in zip(columns, cells, strict=False):
                text = storable(as_text(cell)).strip()
                if text:
                    column.texts[text] += 1
                column.seen |= _seen(cells, column.index)
    return columns
