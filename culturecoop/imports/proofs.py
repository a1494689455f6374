"""What must hold of uploaded spreadsheets, told apart from how the steps bring it about."""

from culturecoop.storage import fault_of, strangers

from .models import ImportJob

FOLDER = "imports"


def faults():
    """Yield sentences about imports whose uploaded file cannot be read."""
    for job in ImportJob.objects.exclude(file="").order_by("pk").iterator(500):
        if fault := fault_of(job.file):
            yield f"import {job.pk}, “{job.name}”: its uploaded file {fault}"


def notes():
    """Yield sentences about work that is not done yet, and about uploads that no import knows."""
    for job in ImportJob.objects.filter(state=ImportJob.State.FOLLOWING).order_by("pk"):
        left = len(job.findings["following"]["left"])
        yield f"import {job.pk}, “{job.name}”: {left} are not worked out anew yet"
    known = set(ImportJob.objects.values_list("file", flat=True))
    why = "in the private storage, but of no import; it can be deleted"
    yield from strangers(ImportJob._meta.get_field("file").storage, FOLDER, known, why)
