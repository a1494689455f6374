"""What became of an import, in lines for a terminal and as data for other programs."""

import json

from django.core.management.base import CommandError
from django.utils import timezone

from .damage import damage_of
from .models import ImportJob, ImportRow

#: Of how many rows a terminal is shown the errors.
ERRORS_SHOWN = 50
IMPORTED = (ImportRow.Kind.NEW, ImportRow.Kind.CHANGED)
NOT_IMPORTED = (ImportRow.Kind.ERROR, ImportRow.Kind.CONFLICT)


def summary(job):
    """Return "3 new, 0 changed, …"."""
    return ", ".join(f"{job.counts.get(kind, 0)} {kind}" for kind in ImportRow.Kind.values)


def lines(job, most):
    """Return a line for each error of the first `most` rows: where, which value, what is wrong.

    As many lines follow for the files that did not come.
    """
    rows = job.rows.filter(kind__in=NOT_IMPORTED)
    found = [line for row in rows[:most] for line in _lines(job, row, row.errors)]
    if (number := rows.count()) > most:
        found.append(f"… and {number - most} rows more.")
    files = left_out(job)
    found += files[:most]
    if len(files) > most:
        found.append(f"… and {len(files) - most} files more.")
    return found


def left_out(job):
    """Return a line for each file that sheets of ours name and that did not come with them.

    Nothing else is noted in their column of files.
    """
    if job.needs_mapping:
        return []
    rows = job.rows.exclude(notes=[]).iterator(chunk_size=500)
    of_files = ((row, [note for note in row.notes if note[0] == "file"]) for row in rows)
    return [line for row, notes in of_files for line in _lines(job, row, notes)]


def _lines(job, row, errors):
    for column, value, message in errors:
        place = f"{_sheet(job, row)}, row {row.number}"
        if column:
            place += f", column {column}"
        if column and value and value not in message:
            place += f", “{value}”"
        yield f"{place}: {message}"


def result(job):
    """Return what became of the rows, and of the files that did not come."""
    files = len(left_out(job))
    noun = "file" if files == 1 else "files"
    return summary(job) + (f", {files} {noun} left out" if files else "")


def some_left_out(job):
    """Return whether something that the file says was left out."""
    return bool(job.stopping or left_out(job))


def parties_added(job):
    """Yield a line for the new parties, and one for the names that are remembered."""
    new = job.findings.get("new", {})
    if new:
        names = ", ".join(sorted(new))
        yield f"New parties, which readers see with the first agreement that names them: {names}."
    if job.answered:
        yield f"Other names of parties, remembered: {', '.join(job.answered)}."


def report(job, *, written=True):
    """Return the whole report as plain values, for --json."""
    rows = job.rows.exclude(errors=[], notes=[])
    told = [_row(job, row) for row in rows.iterator(chunk_size=500)]
    return {
        "import": job.pk if written else None,
        "file": job.name,
        "state": job.state,
        "sheets": [{"sheet": part["sheet"], "holds": part["resource"]} for part in job.sheets],
        "message": job.message,
        "rows": job.total,
        "counts": {kind: job.counts.get(kind, 0) for kind in ImportRow.Kind.values},
        "unknown_names": job.findings.get("unmatched", {}),
        "new_parties": job.findings.get("new", {}),
        "files_left_out": len(left_out(job)),
        "damage": [{"found": found, "advice": advice} for found, advice in damage_of(job)],
        **_by_gravity(told),
        "told": told,
    }


def _by_gravity(told):
    """Return the errors, the warnings about what is imported, the notes on the rest, by place."""
    found = {"errors": [], "warnings": [], "notes": []}
    for row in told:
        gravity = "warnings" if row["kind"] in IMPORTED else "notes"
        place = {"sheet": row["sheet"], "row": row["row"]}
        found["errors"] += [place | cell for cell in row["faults"]]
        found[gravity] += [place | cell for cell in row["notes"]]
    return found


def write(command, job, *, as_json, written=True, more=()):
    """Write the report of a job to the terminal: as JSON, or with a line for each error.

    The lines of `more` follow those of the errors.
    """
    if as_json:
        found = report(job, written=written)
        command.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
        return
    damage = (f"{found} {advice}" for found, advice in damage_of(job))
    for line in (*lines(job, ERRORS_SHOWN), *damage, *more):
        command.stderr.write(line)
    number = f"Import {job.pk}, " if written else "Nothing written, "
    command.stdout.write(f"{number}{job.name}: {result(job)}.")


def line_of(job):
    """Return one line for a list of jobs."""
    who = job.created_by or "–"
    at = f"{timezone.localtime(job.created_at):%Y-%m-%d %H:%M}"
    done = f"{job.done} of {job.to_write}" if job.is_busy else summary(job)
    return f"{job.pk:>6}  {at}  {job.state:<10} {who}  {job.name}: {done}"


def facts_of(job):
    """Return the same as plain values."""
    return {
        "import": job.pk,
        "file": job.name,
        "state": job.state,
        "by": str(job.created_by or ""),
        "uploaded": job.created_at.isoformat(),
        "applied": job.applied_at and job.applied_at.isoformat(),
        "counts": job.counts,
        "done": job.done,
    }


def find(pk):
    """Return the job of that number; raises CommandError."""
    job = ImportJob.objects.filter(pk=pk).first()
    if job is None:
        raise CommandError(f"There is no import {pk}.")
    return job


def _sheet(job, row):
    return job.sheets[row.sheet]["sheet"] if row.sheet < len(job.sheets) else job.sheet


def _cells(found):
    return [{"column": c, "value": v, "message": m} for c, v, m in found]


def _row(job, row):
    return {
        "sheet": _sheet(job, row),
        "row": row.number,
        "kind": row.kind,
        "faults": _cells(row.errors),
        "notes": _cells(row.notes),
    }
