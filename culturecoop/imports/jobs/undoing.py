"""Undoing: what a job wrote goes back, in steps, but for what was edited since."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.documents.models import DocumentFile
from culturecoop.documents.removals import remove_waiting_file
from culturecoop.editions import bulk, reviews, savings, snapshots
from culturecoop.editions.cloning import part_models
from culturecoop.editions.signals import drafts_changed
from culturecoop.editions.verbs import Refused
from culturecoop.reference.models import Amendment
from culturecoop.reference.verbs import NotPossible
from culturecoop.reference.verbs import undo as undo_amendment
from culturecoop.sheets import registry

from ..models import ImportJob
from .states import NotApplied, claim
from .steps import Overtaken, step

State = ImportJob.State
BATCH = 500


def undo(job, *, progress=None):
    """Undo what the job wrote, in steps. Returns what was kept: [(what, why), …].

    Raises NotApplied when there is nothing to undo, or it is at work on something else. `progress`
    is called with the number of drafts done.
    """
    if not job.is_import:
        raise NotApplied(_("Only an import that was taken over can be undone."))
    of = (State.APPLIED, State.RUNNING, State.UNDOING)
    claim(job, State.UNDOING, of=of, done=0, started_at=timezone.now())
    kept = []
    with suppress(Overtaken):
        # What others point to goes last: later resources first, and again for what was in use.
        for model in reversed(edition_models()):
            kept += _discard_drafts(job, model, progress)
        for pk in list(job.effects.order_by("-pk").values_list("pk", flat=True)):
            with step(job, state=State.UNDOING):
                kept += _undo_effect(job, pk)
        with step(job, "state", "cursor", "findings", state=State.UNDOING) as held:
            _finish(held, kept)
    job.refresh_from_db()
    return kept


def _finish(held, kept):
    # What was undone because it could not be written can be corrected and written again.
    refused = held.message and held.applied_at is None
    held.state, held.cursor = State.PREVIEWED if refused else State.UNDONE, []
    held.findings = {**held.findings, "kept": kept}


def edition_models():
    """Return the models of editions that sheets make drafts of."""
    models = [getattr(resource, "edition_model", None) for resource in registry.resources()]
    return list(dict.fromkeys(model for model in models if model))


def _discard_drafts(job, model, progress):
    """Delete the drafts that the job made, but for those edited since; these are returned."""
    while drafts := list(_as_made(model, job).order_by("pk")[:BATCH]):
        with step(job, state=State.UNDOING, progress=progress) as held:
            _discard(model, job, drafts)
            held.done += len(drafts)
    kept = model.objects.filter(origin=job.folder).select_related(*model.track_fields[:1])
    return [(str(edition.identity), _why_kept(edition)) for edition in kept]


def _as_made(model, job):
    return model.objects.drafts().filter(origin=job.folder, origin_version=F("version"))


def _discard(model, job, drafts):
    """Delete drafts, and identities that have nothing else."""
    field = model._meta.get_field(model.track_fields[0])
    identities = {getattr(draft, field.attname) for draft in drafts}
    bulk.lock(field.related_model, identities)
    # Read again under the lock: one may have been published or edited meanwhile.
    gone = _as_made(model, job).filter(pk__in=[draft.pk for draft in drafts])
    savings.forget(model, gone.values("pk"))
    reviews.forget(model, gone.values("pk"))
    gone.delete()
    others = model._base_manager.filter(**{f"{field.name}__in": identities})
    used = set(others.values_list(field.attname, flat=True))
    _delete_unused(field.related_model, identities - used)
    drafts_changed.send(model, identities=used, later=True)


def _delete_unused(model, pks):
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=pks).delete()
    except ProtectedError:
        # What was made last first: a page stands below one that was made before it.
        for row in model._base_manager.filter(pk__in=pks).order_by("-pk"):
            # What is still in use stays, without content; it goes with the last that uses it.
            with suppress(ProtectedError), transaction.atomic():
                row.delete()


def _why_kept(edition):
    if edition.live_from:
        return _("It was published since.")
    return _("The draft was edited since.")


def _undo_effect(job, pk):
    """Undo an effect, once. Returns [(what, why)] when it is kept, else []."""
    effect = job.effects.filter(pk=pk).first()
    if effect is None:
        return []  # another one was faster
    model = effect.content_type.model_class()
    obj = model and model._base_manager.filter(pk=effect.object_id).first()
    why = _undo_or_say_why_not(job, effect, obj) if obj else ""
    if why:
        what = obj.object_text if model is Amendment else str(getattr(obj, "identity", obj))
        return [(what, why)]
    effect.delete()
    return []


def _undo_or_say_why_not(job, effect, obj):
    """Undo what happened to `obj`. Returns "" when that was done, else why it cannot be."""
    if isinstance(obj, Amendment):
        return _undo_amendment(job, obj)
    if effect.before is not None:
        return _put_back(job, effect, obj)
    if getattr(obj, "live_from", None):
        return _("It was published since.")
    return _delete_made(obj)


def _delete_made(obj):
    """Delete what the job made, a file of a document with its bytes."""
    if not isinstance(obj, DocumentFile):
        obj.delete()
        return ""
    try:
        remove_waiting_file(obj)
    except Refused as refusal:
        return str(refusal)
    return ""


def _undo_amendment(job, amendment):
    try:
        with transaction.atomic():
            undo_amendment(amendment, by=job.created_by)
    except (NotPossible, Refused) as refusal:
        return _("It is in use by others.") if amendment.before is None else str(refusal)
    except ValidationError:
        return _("Something else stands in its place by now.")
    return ""


def _tables_of(model):
    """Return the tables of an edition, its parts and its many-to-many rows."""
    throughs = [field.remote_field.through for field in model._meta.many_to_many]
    return [m._meta.db_table for m in (model, *part_models(model), *throughs)]


def _put_back(job, effect, draft):
    bulk.lock(type(draft.identity), [draft.identity.pk])
    draft.refresh_from_db()
    if not draft.is_draft:
        return _("It was published since.")
    if draft.version != effect.version:
        return _("The draft was edited since.")
    as_made = draft.origin_version == effect.before.get("version")
    try:
        with transaction.atomic():
            savings.keep([draft], snapshots.take([draft]))
            bulk.record_changes([draft], by=job.created_by)
            reviews.distrust([draft])
            snapshots.put_back(draft, effect.before)
            connection.check_constraints(_tables_of(type(draft)))
    except IntegrityError:
        return _("What it pointed to before is no longer there.")
    if as_made:  # so that the import which made it can be undone too
        draft.refresh_from_db()
        type(draft).objects.filter(pk=draft.pk).update(origin_version=draft.version)
    drafts_changed.send(type(draft), identities=[draft.identity.pk])
    return ""
