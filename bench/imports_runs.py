"""The measurements of bench/imports.py; each runs in a process of its own, on an empty site.

`python -m bench.imports_runs csv|xlsx|mapped|export|publish ROWS` prints its figures as JSON.
"""

import gc
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from .measuring import peak_mb, reset_peak
from .scratch import scratch_site

ROUNDS = 3
LIBRARY_ROWS = 5000
WARM_UP = 200


def measure_import(kind, rows):
    """Seconds of ours, of bulk_create and of the library; interleaved, medians of the small."""
    few = rows // 10
    small, plain_small = [], []
    _ours(kind, WARM_UP), _plain(WARM_UP)
    for _round in range(ROUNDS):
        small.append(_ours(kind, few)[0])
        plain_small.append(_plain(few))
    seconds, preview, peak = _ours(kind, rows)
    plain = _plain(rows)
    small.append(_ours(kind, few)[0])
    sample = min(LIBRARY_ROWS, rows)
    library = _library(kind, sample) * rows / sample if kind != "mapped" else None
    return {
        "seconds": seconds, "preview": preview, "peak_mb": peak, "plain": plain,
        "small": statistics.median(small), "plain_small": statistics.median(plain_small),
        "library": library,
    }  # fmt: skip


def _ours(kind, rows):
    """(seconds, those until the preview, peak of memory in MB) of an import, with its pages."""
    from django.core.files import File

    from agreements.models import AgreementEdition, Event
    from culturecoop.imports import jobs

    from . import imports_content as content

    mapping = content.foreign_mapping() if kind == "mapped" else None
    client = _editor()
    with tempfile.TemporaryDirectory() as folder:
        path = _file(Path(folder), kind, rows)
        _clean()
        reset_peak()
        began = _clock()
        with path.open("rb") as file:
            job = jobs.create(File(file), name=path.name, resource="agreements", mapping=mapping)
        jobs.plan(job)
        assert client.get(job.get_absolute_url()).status_code == 200
        preview = _clock() - began
        job = jobs.run(jobs.start(job))
        assert client.get(job.get_absolute_url()).status_code == 200
        seconds, peak = _clock() - began, peak_mb() + _child_peak_mb()
    assert AgreementEdition.objects.count() == rows
    assert Event.objects.count() == 2 * rows
    jobs.discard(job)
    return seconds, preview, peak


def measure_publication(rows):
    """Seconds of importing rows, and of publishing the drafts of these together."""
    imported, published = [], []
    for number in (WARM_UP, *[rows] * ROUNDS):
        _clean()
        began = _clock()
        job = _taken_over(number)
        between = _clock()
        _publish(job)
        imported.append(between - began)
        published.append(_clock() - between)
    return {"import": min(imported[1:]), "publish": min(published[1:])}


def _taken_over(rows):
    from django.core.files import File

    from culturecoop.imports import jobs

    _editor()
    with (
        tempfile.TemporaryDirectory() as folder,
        _file(Path(folder), "csv", rows).open("rb") as file,
    ):
        job = jobs.create(File(file), name="agreements.csv", resource="agreements")
    jobs.plan(job)
    return jobs.run(jobs.start(job))


def _publish(job):
    from django.contrib.auth import get_user_model

    from agreements.models import AgreementEdition
    from culturecoop.imports import jobs

    editor = get_user_model().objects.get(username="editor")
    jobs.ask_to_publish(job, by=editor, agreed=["no_source"])
    jobs.publish(job)
    assert AgreementEdition.objects.live().count() == job.total, job.findings["unpublished"]


def _plain(rows):
    from . import imports_content as content

    _clean()
    began = _clock()
    content.plain_import(rows)
    return _clock() - began


def _library(kind, rows):
    """Seconds of django-import-export for the file, through the pages of its admin."""
    from agreements.models import Event

    from . import library

    client = _editor()
    with tempfile.TemporaryDirectory() as folder:
        path = _file(Path(folder), kind, rows)
        _clean()
        began = _clock()
        library.import_through_admin(client, path)
        seconds = _clock() - began
    assert Event.objects.count() == 2 * rows
    return seconds


def _editor():
    """A client that is signed in to the admin."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    users = get_user_model().objects
    user = users.filter(username="editor").first() or users.create_superuser("editor")
    client = Client()
    client.force_login(user)
    return client


def _file(folder, kind, rows):
    from culturecoop.tabular import writing

    from . import imports_content as content

    ending = "xlsx" if kind == "xlsx" else "csv"
    path = folder / f"agreements.{ending}"
    headings, cells = content.HEADINGS, content.sheet(rows)
    if kind == "mapped":
        headings, cells = content.FOREIGN, content.foreign_sheet(rows)
    with path.open("wb") as file:
        writing.write(file, ending, "Agreements", headings, cells)
    return path


def _clean():
    """Take away all agreements and imports, and what memory they have left."""
    from django.core.management.color import no_style
    from django.db import connection

    from agreements.models import Agreement
    from culturecoop.imports.models import ImportJob

    tables = [Agreement._meta.db_table, ImportJob._meta.db_table]
    statements = connection.ops.sql_flush(no_style(), tables, allow_cascade=True)
    connection.ops.execute_sql_flush(statements)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    gc.collect()


def measure_export(rows):
    """Seconds of ours and of the plainest code for the same file, and the peak of ours."""
    from . import imports_content as content

    content.plain_import(rows)
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        mine, theirs = Path(folder, "ours.csv"), Path(folder, "plain.csv")
        # First, while the process is small.
        gc.collect()
        reset_peak()
        ours.append(_timed(_export, mine))
        peak = peak_mb()
        for _round in range(ROUNDS):
            plain.append(_timed(content.plain_export, theirs))
            ours.append(_timed(_export, mine))
        heading, _line, ours_cells = mine.read_text("utf-8-sig").partition("\n")
        assert ours_cells == theirs.read_text("utf-8-sig"), heading
    ours = ours[1:]
    return {"seconds": min(ours), "plain": min(plain), "peak_mb": peak}


def _export(path):
    from culturecoop.sheets import registry
    from culturecoop.tabular import writing

    sheet = registry.find("agreements")()
    objects = sheet.objects()
    headings = sheet.headings(objects)
    with path.open("wb") as file:
        writing.write(file, "csv", "Agreements", headings, sheet.rows(objects, headings))


def _timed(function, *arguments):
    gc.collect()
    began = _clock()
    function(*arguments)
    return _clock() - began


def _clock():
    """Seconds. On SQLite those of this process and its children at work, not of its neighbours."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return time.perf_counter()
    return sum(os.times()[:4])


def _child_peak_mb():
    """The most memory of the greatest child: of the process that reads workbooks."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main(what, rows):
    with scratch_site():
        from .imports_content import make_parties

        make_parties()
        measures = {"export": measure_export, "publish": measure_publication}
        measure = measures.get(what, partial(measure_import, what))
        figures = measure(rows)
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
