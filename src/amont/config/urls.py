"""All urls: one include for each journey."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("", include("amont.web.shell.urls")),
]
if settings.DEMO:
    urlpatterns += []
