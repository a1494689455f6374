"""What a job writes beside the drafts it makes, noted so that it can be undone."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from culturecoop.editions import savings, snapshots

from ..models import ImportEffect


def keep_drafts(job, rows):
    """Note the drafts that were there before and are about to be changed, as they are."""
    targets = [row.record.target for row in rows if row.record]
    drafts = [target for target in targets if getattr(target, "is_draft", False)]
    earlier = {draft.pk: draft for draft in drafts if draft.origin != job.folder}
    if not earlier:
        return
    kind = ContentType.objects.get_for_model(drafts[0])
    effects = job.effects.filter(content_type=kind, object_id__in=earlier)
    noted = set(effects.values_list("object_id", flat=True))
    effects.update(version=F("version") + 1)
    snapshots_before = snapshots.take([earlier[pk] for pk in earlier if pk not in noted])
    ImportEffect.objects.bulk_create(
        ImportEffect(
            job=job,
            content_type=kind,
            object_id=pk,
            version=earlier[pk].version + 1,
            before={**before, "version": earlier[pk].version},
        )
        for pk, before in snapshots_before.items()
    )
    if snapshots_before:
        savings.keep([earlier[pk] for pk in snapshots_before], snapshots_before)


def changed_drafts(job, model, pks):
    """Return {(pk, version): version before} of earlier drafts that the job has changed."""
    kind = ContentType.objects.get_for_model(model)
    effects = job.effects.filter(content_type=kind, object_id__in=pks, before__isnull=False)
    versions = effects.values_list("object_id", "version", "before__version")
    return {(pk, version): before for pk, version, before in versions}


def keep_made(job, objects):
    """Note objects beside editions: amendments of reference data, files of documents."""
    kind_of = ContentType.objects.get_for_model
    made = [ImportEffect(job=job, content_type=kind_of(obj), object_id=obj.pk) for obj in objects]
    ImportEffect.objects.bulk_create(made, batch_size=500)
