from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class CodeConverter(StringConverter):
    """The code of a party: never the path of a page, which is in small letters."""

    regex = "[A-Z0-9-]*[A-Z][A-Z0-9-]*"


register_converter(CodeConverter, "code")

app_name = "agreements"
urlpatterns = [
    path("parties/<code:code>/", views.PartyView.as_view(), name="party"),
    path("agreements/", views.RegisterView.as_view(), name="register"),
    path("agreements/<slug:slug>/", views.AgreementView.as_view(), name="agreement"),
    path("agreements/<slug:slug>/editions/", views.EditionsView.as_view(), name="editions"),
    path(
        "agreements/<slug:slug>/editions/<int:number>/",
        views.EditionView.as_view(),
        name="edition",
    ),
]
