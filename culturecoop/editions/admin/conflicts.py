"""Somebody saved the draft meanwhile: what each of the two changed is shown, and chosen from."""

from django.db import transaction
from django.forms.formsets import all_valid
from django.utils.translation import gettext

from culturecoop.texts import whole_number
from culturecoop.unsaved.copies import is_shown
from culturecoop.unsaved.files import take_kept

from ..models import EditionPart
from .merging.cells import Who
from .merging.merge import Choices, Merge
from .merging.posting import write
from .merging.sides import savers_since
from .merging.telling import Telling

SEEN = "_theirs"  # a field: the version of theirs that the choices were made between
OVER = "_over"  # the button that saves mine over theirs


class Conflicts:
    """Mixed into the admin of editions: the draft of two people is put together as they choose."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id and not is_shown(request):
            with transaction.atomic():
                self._put_together(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _put_together(self, request, object_id):
        """Write into the posted form what was chosen; nothing when that is not all, or outdated."""
        over = OVER in request.POST
        version = whole_number(request.POST.get(OVER if over else SEEN, ""))
        draft = version and self.get_object(request, object_id)
        if not draft or not draft.is_draft or draft.version != version:
            return
        if not self.has_change_permission(request, draft):
            return
        take_kept(request)
        form, formsets = self._typed(request, draft)
        if any(not formset.management_form.is_valid() for formset in formsets):
            return
        merge = Merge(form, formsets)
        choices = Choices(request.POST, over)
        if choices.open(merge):
            request.left_open = True
            return
        posted, files = request.POST.copy(), request.FILES.copy()
        write(merge, choices, posted, files)
        posted["draft_version"] = str(draft.version)
        posted.pop("opened_edition", None)
        request.POST = posted
        request.FILES.clear()
        request.FILES.update(files)

    def _typed(self, request, draft):
        """Return the posted form with its formsets; nothing is saved."""
        form_class = self.get_form(request, draft, change=True)
        form = form_class(request.POST, request.FILES, instance=draft)
        formsets, _inlines = self._create_formsets(request, draft, change=True)
        form.is_valid()
        all_valid(formsets)
        return form, _of_parts(formsets)

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        if getattr(form, "conflict", None):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["conflict"] = form.conflict | self._told(request, form, _of_parts(formsets))
        return super().render_change_form(request, context, *args, **kwargs)

    def _told(self, request, form, formsets):
        """Return what the page says of a conflict."""
        merge = Merge(form, formsets)
        stored = merge.theirs.edition
        seen = whole_number(request.POST.get(SEEN, ""))
        choices = Choices(request.POST if seen == stored.version else {})
        telling = Telling(merge, choices)
        return {
            "who": ", ".join(savers_since(stored, form.version)) or gettext("a command"),
            "version": stored.version,
            "has_base": merge.has_base,
            "both": telling.told(Who.BOTH),
            "theirs": telling.told(Who.THEIRS),
            "mine": telling.told(Who.MINE),
            "dropped": telling.dropped(),
            "left_open": getattr(request, "left_open", False),
        }


def _of_parts(formsets):
    return [formset for formset in formsets if issubclass(formset.model, EditionPart)]
