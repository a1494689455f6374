"""Forms of the admin whose words the browser keeps until they are saved."""

from django.contrib import messages
from django.utils.translation import gettext

from . import files
from .copies import COPY, SHOWN, copy_of, forget_copy, is_saved, is_shown, mark_saved


class ShownCopy:
    """Mixed into a form that is filled from a copy: it shows what was typed, and saves nothing."""

    def is_valid(self):
        super().is_valid()
        return False


class UnsavedMixin:
    """Mixed into a ModelAdmin, before it: nothing that is typed into its form is lost."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if not is_shown(request):
            return form
        return type(form)(form.__name__, (ShownCopy, form), {})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show or save the form, with the files that were chosen for it before."""
        own = {"unsaved_copy": copy_of(request), "copy_field": COPY}
        asked = request, object_id, form_url, own | (extra_context or {})
        if request.method != "POST":
            return super().changeform_view(*asked)
        files.take_kept(request)
        if SHOWN in request.POST:
            sentence = gettext("This is what you had typed. It is not saved yet.")
            self.message_user(request, sentence, messages.WARNING)
        response = super().changeform_view(*asked)
        if is_saved(request):
            forget_copy(request, response)
            files.forget(request)
        else:
            files.keep(request)
        return response

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        mark_saved(request)
