"""Wiring of the shell: the one web package that Django knows as an app, for its static files and components."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The shell's place in Django."""

    name = "amont.web.shell"
    label = "shell"
