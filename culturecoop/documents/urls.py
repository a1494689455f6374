from django.urls import path

from . import views

app_name = "documents"
urlpatterns = [
    path("<slug:slug>/", views.document, name="document"),
    path("<slug:slug>/<slug:language>", views.file, name="file"),
    path("<slug:slug>/<slug:language>/<int:pk>", views.dated_file, name="dated-file"),
]
