"""Wiring of disclosure."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The place of disclosure in Django."""

    name = "amont.disclosure"
    default_auto_field = "django.db.models.BigAutoField"
