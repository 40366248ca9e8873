"""The WSGI entry point; refuses to come up with unsafe settings."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")


def _application() -> WSGIHandler:
    if settings.TROUBLES:
        raise ImproperlyConfigured("; ".join(settings.TROUBLES))
    application = get_wsgi_application()
    from amont.disclosure.wall.authorizing import stand  # noqa: PLC0415 - the tables are known by now

    stand()
    return application


application = _application()
