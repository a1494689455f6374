"""Another language of a page: a draft that begins as a copy of the text it translates."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from culturecoop.adminpages import AdminPageMixin
from culturecoop.editions import verbs
from culturecoop.editions.cloning import content_fields, copy_parts
from culturecoop.languages import LANGUAGE_CHOICES
from culturecoop.unsaved.copies import forget_copy

from ..models import PageEdition


class TranslateForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        there = set(page.editions.values_list("language", flat=True))
        choices = [pair for pair in LANGUAGE_CHOICES if pair[0] not in there]
        self.fields["language"].choices = choices


class TranslateView(AdminPageMixin, FormView):
    """The page that asks for the language of a translation, and makes its draft."""

    form_class = TranslateForm
    template_name = "admin/editions/verb.html"

    def dispatch(self, request, pk):
        editions = self.model_admin.get_queryset(request)
        self.source = get_object_or_404(editions, pk=pk, withdrawal=False)
        if not self.model_admin.has_add_permission(request):
            raise PermissionDenied
        return super().dispatch(request)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"page": self.source.page}

    def form_valid(self, form):
        request, admin = self.request, self.model_admin
        try:
            draft = translate(self.source, form.cleaned_data["language"], by=request.user)
        except verbs.Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        admin.log_addition(request, draft, [{"added": {}}])
        sentence = gettext("This draft begins as a copy: write the translation over it.")
        admin.message_user(request, sentence, messages.SUCCESS)
        response = HttpResponseRedirect(admin.edition_url(draft))
        forget_copy(request, response)
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=gettext("Translate into…"),
            subtitle=self.model_admin.title_of(self.source),
            edition=self.source,
            edition_url=self.model_admin.edition_url(self.source),
            submit_label=gettext("Make the draft"),
            **kwargs,
        )


class Translating:
    """Mixed into the admin of pages: the way to a translation, and its address."""

    def get_urls(self):
        name = f"{self.address_prefix}_translate"
        view = self.admin_site.admin_view(TranslateView.as_view(model_admin=self))
        return [path("<int:pk>/translate/", view, name=name), *super().get_urls()]

    def translate_tool(self, request, edition):
        if edition.withdrawal or not self.has_add_permission(request):
            return []
        address = reverse(f"admin:{self.address_prefix}_translate", args=[edition.pk])
        return [(address, gettext("Translate into…"))]


@transaction.atomic
def translate(source, language, *, by=None):
    """A draft in another language with the content of `source`, for the translator to replace."""
    values = {field.name: getattr(source, field.name) for field in content_fields(PageEdition)}
    draft = verbs.start(source.page, PageEdition, by=by, language=language, **values)
    copy_parts({source.pk: draft})
    return draft
