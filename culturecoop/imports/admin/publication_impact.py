"""What readers see of an import once its rows are taken over, and what waits for publishing."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from culturecoop.reference.models import Amendment
from culturecoop.sheets import registry


@dataclass
class PublicationImpact:
    """Numbers of rows: those of `drafts`, of `files`, and [(label, number)] of what is public.

    `parties` are the new ones, which readers see with the first agreement that names them.
    """

    drafts: int = 0
    files: int = 0
    parties: int = 0
    at_once: list = field(default_factory=list)

    @property
    def in_words(self):
        """What is public at once: "themes (1), names of parties (3)"; "" when nothing is."""
        named = [f"{label} ({grouped(number)})" for label, number in self.at_once]
        return ", ".join(named)


def foreseen(job):
    """Return the PublicationImpact of the rows that would be taken over."""
    found = PublicationImpact()
    for part in job.sheets:
        known = registry.find(part["resource"])
        number = part["counts"].get("new", 0) + part["counts"].get("changed", 0)
        if known is None or not number:
            continue
        if known.at_once:
            found.at_once.append((known.label, number))
        elif hasattr(known, "edition_model"):
            found.drafts += number
        else:
            found.files += number
    found.parties = len(_new_names(job))
    return found


def _new_names(job):
    """The parties that the import adds before its rows; an author adds none."""
    new, known, by = job.findings.get("new"), job.resource_class, job.created_by
    may_add = new and known and (by is None or known.can_add_names(by))
    return new if may_add else {}


def amended(job, user):
    """[(text, address of the list or "")] of the reference data that the import has changed."""
    kind = ContentType.objects.get_for_model(Amendment)
    pks = job.effects.filter(content_type=kind).values("object_id")
    counted = Amendment.objects.filter(pk__in=pks).order_by().values_list("content_type")
    counted = counted.annotate(
        all=Count("object_id", distinct=True),
        added=Count("object_id", distinct=True, filter=Q(before__isnull=True)),
    )
    found = []
    for pk, number, added in sorted(counted):
        model = ContentType.objects.get_for_id(pk).model_class()
        named = {"what": capfirst(model._meta.verbose_name_plural)}
        address = _list_of(model, job, user)
        if added:
            named["number"] = grouped(added)
            found.append((_("%(what)s added: %(number)s") % named, address))
        if number > added:
            named["number"] = grouped(number - added)
            found.append((_("%(what)s changed: %(number)s") % named, address))
    return found


def _list_of(model, job, user):
    opts = model._meta
    may_view = user.has_perm(f"{opts.app_label}.view_{opts.model_name}")
    if not (may_view and admin.site.is_registered(model)):
        return ""
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    return f"{address}?import={job.folder}"


def grouped(number):
    """A whole number as pages show it, 4,033."""
    return number_format(number, force_grouping=True)
