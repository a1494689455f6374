"""A report that was corrected and is uploaded again: what its editor answered still holds.

The last sheet of a report names the import that it is of (see error_report).
"""

from itertools import islice

from django.conf import settings
from django.utils.translation import override

from culturecoop.tabular.annotated_cells import NAME

from ..models import ImportJob
from ..origin import folder_of

#: The number stands in the second column of one of the first rows.
ROWS = 20


def import_of(job, spreadsheet):
    """Return the ImportJob of the same person whose report the file is, else None."""
    visible = [name for name in spreadsheet.sheets if name not in spreadsheet.hidden]
    if len(spreadsheet.sheets) < 2 or not visible or not _is_called_report(visible[-1]):
        return None
    for _number, cells in islice(spreadsheet.rows(visible[-1]), ROWS):
        if len(cells) > 1 and (folder := folder_of(cells[1])):
            return ImportJob.objects.filter(folder=folder, created_by=job.created_by).first()
    return None


def take_answers(job, spreadsheet):
    """Let the names that were answered in the first import be answered in this one too."""
    earlier = import_of(job, spreadsheet)
    for part in ("names", "row_names", "new_names"):
        answers = earlier.mapping.get(part, {}) if earlier else {}
        if answers:
            job.mapping[part] = answers | job.mapping.get(part, {})


def _is_called_report(sheet):
    names = set()
    for code, _label in settings.LANGUAGES:
        with override(code):
            names.add(str(NAME))
    return sheet.startswith(tuple(names))
