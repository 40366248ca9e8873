"""Wiring of insight."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """The place of insight in Django."""

    name = "amont.insight"
    default_auto_field = "django.db.models.BigAutoField"
