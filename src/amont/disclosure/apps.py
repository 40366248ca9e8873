"""Wiring of disclosure."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The place of disclosure in Django."""

    name = "amont.disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let statements carry their pass to a database that has the second wall."""
        from amont.disclosure.wall.passes import watch  # noqa: PLC0415 - settings are read by now

        watch()
