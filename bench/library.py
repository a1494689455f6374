"""django-import-export's own import of a file: its resource, its admin, its defaults.

Parties, texts and events are stored as its documentation shows it, after each instance. Used as
URLconf while it is measured, so that its views are served as in any project.
"""

from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import path, reverse
from import_export.admin import ImportMixin
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from agreements.models import Agreement, AgreementEdition, Party
from culturecoop.urls import urlpatterns as site_urls

from .imports_content import HEADINGS, parts_of


class PlainResource(ModelResource):
    """The columns of the file, each shown in the library's preview.

    Parties are looked up by the library's own widget, as it does for every foreign key.
    """

    title_en = Field()
    parties = Field()
    signature = Field()
    entry_into_force = Field()

    class Meta:
        model = Agreement
        fields = HEADINGS
        import_id_fields = ("slug",)

    party = ForeignKeyWidget(Party, "code")

    def after_save_instance(self, instance, row, **kwargs):
        edition = AgreementEdition(agreement=instance)
        edition.save()
        codes = row["parties"].split("; ")
        parties = {code: self.party.clean(code, row).pk for code in codes}
        for part in parts_of(edition, row, parties):
            part.save()

    def dehydrate_title_en(self, agreement):
        return "".join(self._part(agreement, "texts__title"))

    def dehydrate_parties(self, agreement):
        return "; ".join(self._part(agreement, "parties__party__code"))

    def dehydrate_signature(self, agreement):
        return self._date(agreement, "signature")

    def dehydrate_entry_into_force(self, agreement):
        return self._date(agreement, "entry_into_force")

    def _part(self, agreement, name):
        return agreement.editions.values_list(name, flat=True)

    def _date(self, agreement, kind):
        events = agreement.editions.filter(events__kind=kind)
        return ", ".join(str(date) for date in events.values_list("events__date", flat=True))


class PlainAdmin(ImportMixin, admin.ModelAdmin):
    resource_classes = [PlainResource]
    formats = [CSV, XLSX]


site = admin.AdminSite("library")
site.register(Agreement, PlainAdmin)
urlpatterns = [path("library/", site.urls), *site_urls]


def import_through_admin(client, path):
    """Upload the file, look at the preview, confirm it: what its editor does."""
    uploaded = SimpleUploadedFile(path.name, path.read_bytes())
    which = 1 if path.suffix == ".xlsx" else 0
    with override_settings(ROOT_URLCONF=__name__):
        address = reverse("admin:agreements_agreement_import", current_app=site.name)
        preview = client.post(address, {"import_file": uploaded, "format": which, "resource": "0"})
        confirmed = preview.context_data["confirm_form"].initial
        address = reverse("admin:agreements_agreement_process_import", current_app=site.name)
        done = client.post(address, confirmed)
    assert done.status_code == 302, done.status_code
