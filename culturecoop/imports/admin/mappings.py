"""The mappings to choose from: kept ones, and those that come with the software."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from culturecoop.mapping import Invalid, Mapping, files

from ..jobs import creation, reupload
from ..jobs.sources import opened
from ..models import ImportMapping


def choices():
    """Grouped choices of a select: "kept:NAME" and "shipped:NAME"."""
    kept = [(f"kept:{name}", name) for name in ImportMapping.objects.values_list("name", flat=True)]
    shipped = [(f"shipped:{name}", one.title or name) for name, one in files.loaded().items()]
    groups = [(_("Kept here"), kept), (_("Examples that come with the software"), shipped)]
    return [(label, options) for label, options in groups if options]


def chosen(choice):
    """Return the Mapping of a choice and its name, (None, "") for none; raises ValidationError."""
    where, _colon, name = choice.partition(":")
    try:
        if where == "kept":
            return Mapping.from_dict(ImportMapping.objects.get(name=name).content), name
        if where == "shipped":
            return files.load(files.shipped()[name].read_text(encoding="utf-8")), name
    except (ImportMapping.DoesNotExist, KeyError):
        raise ValidationError(_("There is no mapping of this name any more.")) from None
    except Invalid as error:
        raise ValidationError(str(error)) from error
    return None, ""


def use(job, mapping, name=""):
    """Let the job read its file with the mapping, on the sheet that the file has. Not saved.

    Raises Unreadable.
    """
    sheet = job.sheet
    creation.use(job, mapping)
    with opened(job) as source:
        found = source.spreadsheet
        if job.sheet not in found.sheets:
            job.sheet = sheet if sheet in found.sheets else found.sheet()
            job.mapping["sheet"] = job.sheet
        reupload.take_answers(job, found)
    job.mapping_name = name


def download(content, name):
    """Return the mapping (a dict) as a TOML file."""
    text = files.dumps(Mapping.from_dict(content))
    headers = {"Content-Disposition": f'attachment; filename="{slugify(name) or "mapping"}.toml"'}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)


def uploaded(file):
    """Return the Mapping in an uploaded TOML file; raises ValidationError."""
    if file is None:
        raise ValidationError(_("Choose a TOML file first."))
    if file.size > 2**20:
        raise ValidationError(_("A mapping is smaller than 1 MB."))
    try:
        return files.load(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValidationError(_("A mapping is a text in UTF-8.")) from None
    except Invalid as error:
        raise ValidationError(str(error)) from error


def keep(job, name, user, *, replace=False):
    """Keep the mapping of the job under a name; raises ValidationError."""
    name = name.strip()
    if not name or len(name) > 100:
        raise ValidationError(_("Give the mapping a name of at most 100 characters."))
    try:
        content = Mapping.from_dict(job.mapping).to_dict()
    except Invalid as error:
        message = _("The mapping cannot be kept yet. %(why)s") % {"why": error}
        raise ValidationError(message) from error
    kept = ImportMapping.objects.filter(name=name).first()
    if kept and kept.created_by != user:
        raise _of_somebody_else(name)
    if kept and not replace:
        raise ValidationError(
            _("You have a mapping “%(name)s” already. Tick “Replace mine” to replace it.")
            % {"name": name}
        )
    kept = kept or ImportMapping(name=name, created_by=user)
    kept.content = content
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:
        raise _of_somebody_else(name) from None
    job.mapping_name = name
    job.save(update_fields=["mapping_name"])


def _of_somebody_else(name):
    return ValidationError(
        _("“%(name)s” is a mapping of somebody else. Choose another name.") % {"name": name}
    )
