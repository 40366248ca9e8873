"""The pass that each statement carries to PostgreSQL: who looks, and what is opened or lent to it. Nobody forges it.

A pass is sealed with a key that the database holds where the web role cannot read it, and holds in one connection
alone. It is set for the transaction of its own statement: nothing is left in a connection for whoever has it next.
"""

import hmac
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg import ClientCursor

from amont.disclosure.guard import lent, looking, opened
from amont.disclosure.wall import authorizing

_CARRYING = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "EXPLAIN", "TABLE", "VALUES", "(")


def key() -> bytes:
    """Return the key that seals passes: made from the installation's secret, the same in all its processes."""
    return hmac.new(settings.SECRET_KEY.encode(), b"second wall", sha256).digest()


def sealed(body: str, *, backend: int) -> str:
    """Return a pass for one connection to the database, by the number of the process that serves it there."""
    said = f"{backend}|{body}".encode()
    return sha256(key() + sha256(key() + said).digest()).hexdigest() + ":" + body


def body() -> str:
    """Return what whoever runs now may be given: "viewer|open|items", each part empty where there is none."""
    viewer, items = looking.get(), lent.get()
    who = "" if viewer is None else str(viewer.organization_id)
    if items is not None:
        return f"{who}||{items}"
    return f"{who}|1|" if opened.get() else f"{who}||"


class Carrying(ClientCursor[Any]):
    """A cursor that sends the pass in the same message as the statement: both are one transaction, at no way more."""

    def execute(self, query: Any, params: Any = None, **kept: Any) -> Self:  # noqa: ANN401 - psycopg's own signature
        """Execute a statement under the pass of whoever looks now."""
        if not str(query).lstrip().upper().startswith(_CARRYING):
            return super().execute(query, params, **kept)
        super().execute(f"{self._set_pass()}; {query}", params, **kept)
        self.nextset()
        return self

    def executemany(self, query: Any, params_seq: Any, **kept: Any) -> None:  # noqa: ANN401
        """Execute a statement for many rows, all under one pass."""
        with self.connection.transaction():
            super().execute(self._set_pass())
            super().executemany(query, params_seq, **kept)

    def _set_pass(self) -> str:
        carried = sealed(body(), backend=self.connection.info.backend_pid)
        return f"SELECT pg_catalog.set_config('amont.pass', '{carried}', true)"


def stand_before(connection: BaseDatabaseWrapper) -> None:
    """Let every statement of a connection carry its pass, where the database has the second wall."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('amont_wall.key') IS NOT NULL")
        stands = cursor.fetchone()[0]
    if stands:
        connection.connection.cursor_factory = Carrying


def _connected(*, connection: BaseDatabaseWrapper, **_: object) -> None:
    stand_before(connection)
    authorizing.stand_before(connection)


def watch() -> None:
    """Stand before every connection from now on."""
    connection_created.connect(_connected, dispatch_uid="amont second wall")
