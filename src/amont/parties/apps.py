"""Wiring of parties."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """The place of parties in Django."""

    name = "amont.parties"
    default_auto_field = "django.db.models.BigAutoField"
