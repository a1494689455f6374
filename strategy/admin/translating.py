"""Another language of a page: a draft that begins as a copy of the text it translates."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.editions import verbs
from culturecoop.editions.cloning import content_fields, copy_parts
from culturecoop.languages import LANGUAGE_CHOICES

from ..models import PageEdition


class TranslateForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        there = set(page.editions.values_list("language", flat=True))
        choices = [pair for pair in LANGUAGE_CHOICES if pair[0] not in there]
        self.fields["language"].choices = choices


class Translating:
    def get_urls(self):
        name = f"{self.address_prefix}_translate"
        view = self.admin_site.admin_view(self.translate_view)
        return [path("<int:pk>/translate/", view, name=name), *super().get_urls()]

    def translate_tool(self, request, edition):
        if edition.withdrawal or not self.has_add_permission(request):
            return []
        address = reverse(f"admin:{self.address_prefix}_translate", args=[edition.pk])
        return [(address, gettext("Translate into…"))]

    def translate_view(self, request, pk):
        source = self.get_queryset(request).filter(pk=pk, withdrawal=False).first()
        if source is None:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = TranslateForm(request.POST or None, page=source.page)
        if form.is_valid():
            try:
                draft = translate(source, form.cleaned_data["language"], by=request.user)
            except verbs.Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return self._translated(request, draft)
        return self._ask_language(request, source, form)

    def _translated(self, request, draft):
        self.log_addition(request, draft, [{"added": {}}])
        sentence = gettext("This draft begins as a copy: write the translation over it.")
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(self.edition_url(draft))

    def _ask_language(self, request, source, form):
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Translate into…"),
            "subtitle": self.title_of(source),
            "opts": self.opts,
            "edition": source,
            "edition_url": self.edition_url(source),
            "submit_label": gettext("Make the draft"),
            "form": form,
            "media": self.media,
        }
        return TemplateResponse(request, self.verb_template, context)


@transaction.atomic
def translate(source, language, *, by=None):
    """A draft in another language with the content of `source`, for the translator to replace."""
    values = {field.name: getattr(source, field.name) for field in content_fields(PageEdition)}
    draft = verbs.start(source.page, PageEdition, by=by, language=language, **values)
    copy_parts({source.pk: draft})
    return draft
