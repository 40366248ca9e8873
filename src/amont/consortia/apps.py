"""Wiring of consortia."""

from django.apps import AppConfig


class ConsortiaConfig(AppConfig):
    """The place of consortia in Django."""

    name = "amont.consortia"
    default_auto_field = "django.db.models.BigAutoField"
