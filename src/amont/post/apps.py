"""Wiring of the post."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """The post's place in Django."""

    name = "amont.post"
    default_auto_field = "django.db.models.BigAutoField"
