"""`amont serve`: the web server, and the worker beside it where asked."""

import argparse
import subprocess
import sys
from typing import Any

import environ
from django.conf import settings
from django.utils.module_loading import import_string
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config

from amont.disclosure.wall.checking import troubles
from amont.keeping.backup.checking import behind


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps its type private
    """Add the words of this command."""
    words = commands.add_parser("serve", help="answer on HOST and PORT")
    words.add_argument("--with-worker", action="store_true", help="run the worker too; both end on Ctrl-C")
    words.set_defaults(run=run)


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our application and a few settings."""

    cfg: Config

    def __init__(self, **options: object) -> None:
        """Keep the settings until gunicorn asks for them."""
        self.chosen = options
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings over."""
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Return the application."""
        return import_string(settings.WSGI_APPLICATION)


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped; exit 1 with the reasons where the settings are unsafe."""
    if settings.TROUBLES:
        print("Amont does not start:", *settings.TROUBLES, sep="\n  ", file=sys.stderr)
        return 1
    if reasons := (*troubles(), *behind()):
        print("Amont does not start:", *reasons, sep="\n  ", file=sys.stderr)
        return 1
    env = environ.Env()
    host, port = env.str("HOST", default="127.0.0.1"), env.int("PORT", default=8000)
    embedded = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    server = Server(
        bind=f"{host}:{port}",
        workers=env.int("WEB_CONCURRENCY", default=1 if embedded else 2),
        threads=4,
        timeout=60,
        limit_request_line=8190,
        accesslog=None,
        loglevel="warning",
        control_socket_disable=True,
    )
    worker = subprocess.Popen([sys.executable, "-m", "amont.commands.main", "worker"]) if chosen.with_worker else None
    print(f"Amont answers on http://{host}:{port} (stop with Ctrl-C)", flush=True)
    try:
        server.run()
    finally:
        if worker:
            worker.terminate()
            worker.wait(timeout=20)
    return 0
