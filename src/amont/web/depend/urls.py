"""Pages of what lines depend on."""

from django.urls import path

from amont.web.depend import exposing, views

app_name = "depend"
urlpatterns = [
    path("", views.sovereignty, name="sovereignty"),
    path("stops/", views.stops, name="stops"),
    path("scenario/", views.scenario, name="scenario"),
    path("exposure/", exposing.exposure, name="exposure"),
]
