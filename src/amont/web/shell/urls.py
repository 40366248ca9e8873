"""Urls that all pages share."""

from django.urls import path

from amont.web.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.first, name="first"),
    path("language/", views.language, name="language"),
]
