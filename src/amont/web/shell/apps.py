"""Wiring of the shell: the one web package that Django knows as an app, for its static files and components."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in

from amont.web.shell.stepping import on_sign_in


class ShellConfig(AppConfig):
    """The shell's place in Django."""

    name = "amont.web.shell"
    label = "shell"

    def ready(self) -> None:
        """Hear of every sign-in."""
        user_logged_in.connect(on_sign_in)
