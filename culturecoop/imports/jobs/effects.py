"""What a job writes beside the drafts it makes, noted so that it can be undone."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from culturecoop.editions import snapshots

from ..models import ImportEffect


def keep_drafts(job, rows):
    """Note the drafts that were there before and are about to be changed, as they are."""
    targets = {
        row.record.target.pk: row.record.target
        for row in rows
        if row.record and getattr(row.record.target, "is_draft", False)
    }
    earlier = [draft for draft in targets.values() if draft.origin != job.folder]
    if not earlier:
        return
    kind = ContentType.objects.get_for_model(earlier[0])
    pks = [draft.pk for draft in earlier]
    effects = job.effects.filter(content_type=kind, object_id__in=pks)
    noted = set(effects.values_list("object_id", flat=True))
    effects.update(version=F("version") + 1)
    snapshots_before = snapshots.take([draft for draft in earlier if draft.pk not in noted])
    versions = {draft.pk: draft.version for draft in earlier}
    ImportEffect.objects.bulk_create(
        ImportEffect(
            job=job,
            content_type=kind,
            object_id=pk,
            version=versions[pk] + 1,
            before={**before, "version": versions[pk]},
        )
        for pk, before in snapshots_before.items()
    )


def changed_drafts(job, model, pks):
    """Return {(pk, version): version before} of earlier drafts that the job has changed."""
    kind = ContentType.objects.get_for_model(model)
    effects = job.effects.filter(content_type=kind, object_id__in=pks, before__isnull=False)
    versions = effects.values_list("object_id", "version", "before__version")
    return {(pk, version): before for pk, version, before in versions}


def keep_made(job, objects):
    """Note objects beside editions: amendments of reference data, files of documents."""
    ImportEffect.objects.bulk_create(
        [
            ImportEffect(
                job=job, content_type=ContentType.objects.get_for_model(obj), object_id=obj.pk
            )
            for obj in objects
        ],
        batch_size=500,
    )
