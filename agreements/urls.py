from django.urls import path

from . import views

app_name = "agreements"
urlpatterns = [
    path("", views.RegisterView.as_view(), name="register"),
    path("<slug:slug>/", views.AgreementView.as_view(), name="agreement"),
    path("<slug:slug>/editions/<int:number>/", views.EditionView.as_view(), name="edition"),
]
