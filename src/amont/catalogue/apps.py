"""Wiring of catalogue."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The place of catalogue in Django."""

    name = "amont.catalogue"
    default_auto_field = "django.db.models.BigAutoField"
