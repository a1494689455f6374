"""What must hold of uploaded spreadsheets, told apart from how the steps bring it about."""

from culturecoop.storage import stored_names

from .models import ImportJob

FOLDER = "imports"


def faults():
    """Sentences about imports whose uploaded file is not there."""
    for job in ImportJob.objects.exclude(file="").order_by("pk").iterator(500):
        if not job.file.storage.exists(job.file.name):
            yield f"import {job.pk}, “{job.name}”: its uploaded file is missing"


def notes():
    """Sentences about uploads that no import knows any more: no reader sees them."""
    known = set(ImportJob.objects.values_list("file", flat=True))
    for name in stored_names(ImportJob._meta.get_field("file").storage, FOLDER):
        if name not in known:
            yield f"{name}: in the private storage, but of no import; it can be deleted"
