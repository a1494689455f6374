"""A job without a file: drafts that somebody chose in a list, to be published together.

It begins where an import ends, so that they are published in the same steps.
"""

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import ImportJob

State = ImportJob.State


@transaction.atomic
def choose(model, pks, *, by):
    """Return a job with the drafts (ids) of a model.

    What the user chose before and never asked to be published goes.
    """
    former = ImportJob.objects.filter(created_by=by, resource=ImportJob.CHOSEN)
    former.filter(state=State.APPLIED).exclude(findings__has_key="publishing").delete()
    what = capfirst(model._meta.verbose_name_plural)
    return ImportJob.objects.create(
        name=_("Chosen drafts: %(what)s") % {"what": what},
        resource=ImportJob.CHOSEN,
        state=State.APPLIED,
        findings={"chosen": {model._meta.label_lower: list(pks)}},
        created_by=by,
    )
