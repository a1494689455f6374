from django.urls import path

from . import views

app_name = "strategy"
urlpatterns = [
    path("", views.PageView.as_view(), {"path": ""}, name="home"),
    path("editions/<int:number>/", views.EditionView.as_view(), {"path": ""}, name="home-edition"),
    path("<path:path>/editions/<int:number>/", views.EditionView.as_view(), name="edition"),
    path("<path:path>/", views.PageView.as_view(), name="page"),
]
