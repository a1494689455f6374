"""What one import made or changed: the filters of lists, and the way back to its report."""

import uuid

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.reference.models import Amendment

from .models import ImportEffect, ImportJob


class ImportFilter(admin.SimpleListFilter):
    """`?import=<folder of the job>`; shown only while it is chosen."""

    title = _("import")
    parameter_name = "import"

    def lookups(self, request, model_admin):
        chosen = request.GET.get(self.parameter_name, "")
        folder = folder_of(chosen)
        if folder is None:
            return []
        job = ImportJob.objects.filter(folder=folder).first()
        return [(chosen, job.name if job else chosen)]

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.model = model

    def queryset(self, request, queryset):
        folder = folder_of(self.value())
        if folder is None:
            return queryset
        chosen = ImportJob.objects.filter(folder=folder, resource=ImportJob.CHOSEN).first()
        model = self.model
        return queryset.filter(drafts_of(chosen, model) if chosen else written_by(folder, model))

    @classmethod
    def list_tools(cls, request):
        """Return [(address, label)] of the way back from the list to the report of the import."""
        folder = folder_of(request.GET.get(cls.parameter_name))
        seen_by = admin.site.get_model_admin(ImportJob).get_queryset
        job = folder and seen_by(request).filter(folder=folder).first()
        if not job:
            return []
        return [(job.get_absolute_url(), gettext("Import “%(name)s”") % {"name": job.name})]


def drafts_of(job, model):
    """Return the condition for editions that a job made or changed, or that were chosen for it."""
    if job.is_chosen:
        return Q(pk__in=job.findings["chosen"].get(model._meta.label_lower, ()))
    return written_by(job.folder, model)


def written_by(folder, model):
    """Return the condition for editions that an import made, or changed and nobody since.

    It holds for the rows of the list of `model` as well.
    """
    changed = ImportEffect.objects.filter(
        job__folder=folder,
        content_type=ContentType.objects.get_for_model(model),
        before__isnull=False,
    )
    as_left = changed.filter(object_id=OuterRef("pk"), version=OuterRef("version"))
    return Q(origin=folder) | (Q(pk__in=changed.values("object_id")) & Exists(as_left))


class ReferenceImportFilter(ImportFilter):
    """The same for reference data, by the amendments of the import."""

    def queryset(self, request, queryset):
        folder = folder_of(self.value())
        if folder is None:
            return queryset
        kinds = ContentType.objects.get_for_models(Amendment, queryset.model)
        made = ImportEffect.objects.filter(job__folder=folder, content_type=kinds[Amendment])
        changed = Amendment.objects.filter(
            pk__in=made.values("object_id"), content_type=kinds[queryset.model]
        )
        return queryset.filter(pk__in=changed.values("object_id"))


def folder_of(value):
    """Return the folder of a job (a UUID) that an address or a cell names, else None."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None
