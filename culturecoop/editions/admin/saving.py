"""Saving a draft: nobody's words are overwritten silently, and nothing typed is lost."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.models import fields_for_model
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from culturecoop.links import completion_notes
from culturecoop.unsaved.admin import UnsavedMixin
from culturecoop.unsaved.copies import mark_saved

from .. import verbs
from ..cloning import content_fields
from ..signals import drafts_changed
from .conflicts import Conflicts
from .opening import is_open


class VersionField(forms.IntegerField):
    """What the editor had before him, such as a version: never a change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class EditionForm(forms.ModelForm):
    """The form of a draft. It holds the draft while it looks whether it is still the same one."""

    draft_version = VersionField(required=False)
    opened_edition = VersionField(required=False)  # whose form it was, if its draft came after it

    holds_draft = True  # but for the form of what is no draft yet
    conflict = None  # the version that was stored meanwhile, when it is another one

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["draft_version"] = self.instance.version

    def clean(self):
        super().clean()
        if self.instance.pk and self.holds_draft:
            self._hold_draft()

    @property
    def version(self):
        """What the editor saw last, or has chosen from."""
        return self.cleaned_data.get("draft_version")

    @property
    def opened(self):
        return self.cleaned_data.get("opened_edition")

    def _hold_draft(self):
        if self.version is None:
            raise ValidationError(_("The form came back incomplete. Open the draft again."))
        try:
            verbs.hold(self.instance, version=self.version)
        except verbs.Conflict as conflict:
            stored = type(self.instance).objects.get(pk=self.instance.pk)
            self.conflict = {"message": conflict, "version": stored.version}
            raise ValidationError(_("Nothing was saved. Your text is still in the form.")) from None
        except verbs.Refused as refusal:
            raise ValidationError(
                [str(refusal), _("Nothing was saved. Your text is below: copy what you need.")]
            ) from None


class FirstDraft:
    """Mixed into the form that adds: the fields of the identity, on the form of its first draft."""

    identity_model = None
    identity_fields = ()

    def clean(self):
        super().clean()
        values = {name: self.cleaned_data.get(name) for name in self.identity_fields}
        self.identity = self.identity_model(**values)
        try:
            self.identity.full_clean(exclude=self.errors)
        except ValidationError as error:
            known = {**self.fields, forms.forms.NON_FIELD_ERRORS: None}
            for field, messages_ in error.message_dict.items():
                self.add_error(field if field in known else None, messages_)


def first_draft_form(base, identity_model, identity_fields, formfield_callback):
    """The class of the form that adds an identity with its first draft."""
    fields = fields_for_model(
        identity_model, identity_fields, formfield_callback=formfield_callback
    )
    attributes = {"identity_model": identity_model, "identity_fields": identity_fields}
    return type(base)("FirstDraftForm", (FirstDraft, base), {**fields, **attributes})


class Saving(Conflicts, UnsavedMixin):
    """What an edition's admin does with a valid form."""

    form = EditionForm
    identity_fields = ()  # the fields of the identity on the form that adds
    track_values = staticmethod(lambda identity: {})  # the rest of the track, from the identity

    @property
    def identity_model(self):
        return self.model._meta.get_field(self.model.track_fields[0]).related_model

    def get_form(self, request, obj=None, change=False, **kwargs):
        if is_open(request, obj):
            kwargs.setdefault("form", type("OpenedForm", (self.form,), {"holds_draft": False}))
        if obj is None:
            kwargs["form"] = first_draft_form(
                self.form,
                self.identity_model,
                self.identity_fields,
                lambda field, **options: self.formfield_for_identity(field, request, **options),
            )
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_identity(self, field, request, **kwargs):
        return self.formfield_for_dbfield(field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """An existing draft is saved with its parts, in `save_related`."""
        if not change:
            self._start(request.user, obj, form)

    def _start(self, user, obj, form):
        form.identity.save()
        values = {field.name: getattr(obj, field.name) for field in content_fields(self.model)}
        values |= self.track_values(form.identity)
        draft = verbs.start(form.identity, self.model, by=user, **values)
        obj.pk = draft.pk
        obj.refresh_from_db()

    def save_related(self, request, form, formsets, change):
        mark_saved(request)
        request.form_has_changed = not change or has_changed(form, formsets)
        if not request.form_has_changed:
            return
        if change:
            verbs.record_change(form.instance, by=request.user, version=form.version)
            form.instance.save(update_fields=[f.name for f in content_fields(self.model)])
        self.save_parts(request, form, formsets, change)
        drafts_changed.send(self.model, identities=[form.instance.identity.pk])
        for sentence in completion_notes([form, *(f for formset in formsets for f in formset)]):
            self.message_user(request, sentence, messages.INFO)

    def save_parts(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)

    # The log is written on the identity, and follows it through all its editions.

    def log_addition(self, request, obj, message):
        return self._titled(super().log_addition(request, obj.identity, message), obj)

    def construct_change_message(self, request, form, formsets, add=False):
        """Nothing, when nothing was changed and so nothing saved."""
        if add or has_changed(form, formsets):
            return super().construct_change_message(request, form, formsets, add)
        return []

    def log_change(self, request, obj, message):
        if not message:
            return None
        return self._titled(super().log_change(request, obj.identity, message), obj)

    def _titled(self, entry, edition):
        """An entry under the title that editors know, not under the slug or the path."""
        if edition.pk:
            entry.object_repr = self.title_of(edition)[:200]
            entry.save(update_fields=["object_repr"])
        return entry

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj, _("“%(what)s” was added as a draft."))

    def response_change(self, request, obj):
        return self._after_saving(request, obj, _("“%(what)s” was saved."))

    def _after_saving(self, request, obj, sentence):
        """Back to the form, or on to where the button said."""
        if request.form_has_changed:
            self.message_user(request, sentence % {"what": self.title_of(obj)}, messages.SUCCESS)
        else:
            self.message_user(request, _("Nothing was changed."), messages.INFO)
        for next_step in ("preview", "publish", "submit"):
            if f"_{next_step}" in request.POST:
                return HttpResponseRedirect(self.verb_url(next_step, obj))
        return HttpResponseRedirect(self.edition_url(obj))


def has_changed(form, formsets):
    return form.has_changed() or any(formset.has_changed() for formset in formsets)
