"""Which drafts of an import somebody else approves as a whole: those that are as it left them."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from culturecoop.editions.reviews import Contribution, Step, in_step, unapproved_in

from ..models import ImportJob


def approvable(job: ImportJob, drafts: QuerySet) -> QuerySet:
    """Return those drafts of a job, all of one model, that are approved with the whole.

    Nobody has approved them, sent them back or changed them by hand, and nobody but who ran the
    import has written in them. Drafts that were chosen in a list are approved one by one.
    """
    if job.is_chosen:
        return drafts.none()
    others = Contribution.objects.exclude(person=job.created_by)
    others = others.filter(content_type=ContentType.objects.get_for_model(drafts.model))
    found = unapproved_in(drafts).filter(_as_left(job, drafts.model))
    found = found.exclude(pk__in=others.values("draft"))
    return found.exclude(pk__in=in_step(drafts.model.objects.drafts(), Step.SENT_BACK).values("pk"))


def _as_left(job, model):
    """Return the condition for drafts that nobody has saved since the job did."""
    kind = ContentType.objects.get_for_model(model)
    changed = job.effects.filter(content_type=kind, before__isnull=False)
    as_left = changed.filter(object_id=OuterRef("pk"), version=OuterRef("version"))
    return Q(origin=job.folder, origin_version=F("version")) | Exists(as_left)
