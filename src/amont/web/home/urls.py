"""Urls of home and coverage."""

from django.urls import path

from amont.web.home import views

app_name = "home"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("coverage/", views.coverage, name="coverage"),
    path("coverage/lines/", views.behind, name="behind"),
]
