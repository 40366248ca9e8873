"""Wiring of evidence."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """The place of evidence in Django."""

    name = "amont.evidence"
    default_auto_field = "django.db.models.BigAutoField"
