from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views
from .downloads import views as downloads
from .register import DOWNLOADS


class CodeConverter(StringConverter):
    """The code of a party: never the path of a page, which is in small letters."""

    regex = "[A-Z0-9-]*[A-Z][A-Z0-9-]*"


class FormatConverter(StringConverter):
    """The ending of a file that a list is downloaded as."""

    regex = "|".join(DOWNLOADS)


register_converter(CodeConverter, "code")
register_converter(FormatConverter, "format")

app_name = "agreements"
urlpatterns = [
    path("parties/<code:code>/", views.PartyView.as_view(), name="party"),
    path("data/", downloads.DataView.as_view(), name="data"),
    path("agreements/agreements.<format:kind>", downloads.register, name="download"),
    path(
        "agreements/<slug:slug>/data.json",
        downloads.AgreementDataView.as_view(),
        name="agreement-data",
    ),
    path("agreements/", views.RegisterView.as_view(), name="register"),
    path("agreements/<slug:slug>/", views.AgreementView.as_view(), name="agreement"),
    path("agreements/<slug:slug>/editions/", views.EditionsView.as_view(), name="editions"),
    path(
        "agreements/<slug:slug>/editions/<int:number>/",
        views.EditionView.as_view(),
        name="edition",
    ),
]
