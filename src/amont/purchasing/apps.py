"""Wiring of purchasing."""

from django.apps import AppConfig


class PurchasingConfig(AppConfig):
    """The place of purchasing in Django."""

    name = "amont.purchasing"
    default_auto_field = "django.db.models.BigAutoField"
