"""Pages that exist in demo mode only."""

from django.urls import path

from amont.web.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.start, name="start"),
    path("enter/", views.enter, name="enter"),
    path("outbox/", views.outbox, name="outbox"),
]
