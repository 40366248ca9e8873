"""Wiring of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The ledger's place in Django."""

    name = "amont.ledger"
    default_auto_field = "django.db.models.BigAutoField"
