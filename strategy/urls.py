from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import views


class PathConverter(StringConverter):
    """The path of a page: its slugs, and nothing that no page could have."""

    regex = "[a-z0-9-]+(?:/[a-z0-9-]+)*"


register_converter(PathConverter, "page")

app_name = "strategy"
urlpatterns = [
    path("", views.PageView.as_view(), {"path": ""}, name="home"),
    path("editions/", views.EditionsView.as_view(), {"path": ""}, name="home-editions"),
    path("editions/<int:number>/", views.EditionView.as_view(), {"path": ""}, name="home-edition"),
    path("<page:path>/editions/", views.EditionsView.as_view(), name="editions"),
    path("<page:path>/editions/<int:number>/", views.EditionView.as_view(), name="edition"),
    path("<page:path>/", views.PageView.as_view(), name="page"),
]
