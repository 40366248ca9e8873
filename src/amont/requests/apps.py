"""Wiring of requests."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """The place of requests in Django."""

    name = "amont.requests"
    default_auto_field = "django.db.models.BigAutoField"
