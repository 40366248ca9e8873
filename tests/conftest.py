"""What all tests share."""

import os

import django
import pytest

os.environ["AMONT_MODE"] = "test"  # settings are read once: before any test, and before pytest-django would
os.environ["DJANGO_SETTINGS_MODULE"] = "amont.config.settings"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
django.setup()


def pytest_configure() -> None:
    """Compile the French, without which pages would be told in English."""
    from amont.commands.messages import compile_messages  # noqa: PLC0415 - after the mode is set

    compile_messages()


@pytest.fixture(scope="session", autouse=True)
def _strict() -> None:
    from strictness import be_strict  # noqa: PLC0415 - after Django is set up

    be_strict()
