"""What an editor should read before a document or a file is withdrawn, erased or removed."""

from django.contrib.admin import site
from django.utils.translation import gettext as _

from culturecoop.editions.admin.lists import moment, state_label

from .lines import size_text
from .models import DocumentFile
from .removals import files_alike, place
from .usage import editions_using

SHOWN = 20


def full_name(row):
    """What something is done to; of a file also its name and size, since it is one of several."""
    if not isinstance(row, DocumentFile):
        return str(row)
    size = size_text(row.size) if row.size else ""
    return ", ".join(filter(None, [str(row), row.original_name or row.address, size]))


def of_withdrawn_document(document):
    """Where it is used, and where else its content is public."""
    uses = [use(edition) for edition in editions_using(document)]
    own = DocumentFile.objects.filter(document=document).exclude(sha256="")
    same = DocumentFile.objects.filter(sha256__in=own.values("sha256")).exclude(document=document)
    return [*_sentence(_("It is used in: %(where)s."), uses), *_also_public(same)]


def of_same_content(file):
    return _also_public(files_alike(file).exclude(pk=file.pk)) if file.sha256 else []


def of_erased_content(file):
    others = files_alike(file).exclude(pk=file.pk).select_related("document")
    losing = [place(other) for other in others if other.withdrawal]
    using = [place(other) for other in others if not other.withdrawal]
    lost = _("These files have the same content and lose it too: %(where)s.")
    used = _("The same content is in use: %(where)s. Withdraw or remove these files first.")
    return [*_sentence(lost, losing), *_sentence(used, using)]


def of_removed_file(file):
    """Which file comes out instead of it."""
    waiting = file.document.files.pending().filter(language=file.language).exclude(pk=file.pk)
    older = waiting.filter(pk__lt=file.pk).order_by("-pk").first()
    newer_is_there = file.document.files.filter(language=file.language, pk__gt=file.pk).exists()
    if newer_is_there or older is None:
        return []
    sentence = _("The file that was added on %(when)s will come out instead: %(what)s.")
    return [sentence % {"when": moment(older.added_at), "what": full_name(older)}]


def _also_public(files):
    public = files.public().select_related("document")
    places = [place(file) for file in public if not file.withdrawal]
    return _sentence(_("The same content stays public here: %(where)s."), places)


def _sentence(text, places):
    """Return [the sentence that names the places], the first of many; nothing without any."""
    more = ["…"] if len(places) > SHOWN else []
    return [text % {"where": "; ".join([*places[:SHOWN], *more])}] if places else []


def use(edition):
    title = site.get_model_admin(type(edition)).title_of(edition)
    return f"{edition._meta.verbose_name}: {title} ({state_label(edition)})"
