"""Wiring of chain."""

from django.apps import AppConfig


class ChainConfig(AppConfig):
    """The place of chain in Django."""

    name = "amont.chain"
    default_auto_field = "django.db.models.BigAutoField"
