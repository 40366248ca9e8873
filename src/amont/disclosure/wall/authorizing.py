"""The second wall where the database is a file: SQLite asks about each thing that a statement would do.

Without somebody who looks, and outside of an unsealed act, no statement touches a guarded table, whoever wrote it. Rows
are not told apart: a file has no policies. See docs/decisions/0030.
"""

import re
import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from amont.disclosure.guard import Guarded, lent, looking, opened

ROWS = frozenset({sqlite3.SQLITE_READ, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
NEVER = frozenset(
    {
        *(sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH),  # other files would be read and written past every rule
        *(sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_ALTER_TABLE),
        *(sqlite3.SQLITE_CREATE_INDEX, sqlite3.SQLITE_DROP_INDEX),
        *(sqlite3.SQLITE_CREATE_VIEW, sqlite3.SQLITE_DROP_VIEW, sqlite3.SQLITE_CREATE_TEMP_VIEW),
        *(sqlite3.SQLITE_CREATE_TRIGGER, sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_CREATE_TEMP_TRIGGER),
        *(sqlite3.SQLITE_CREATE_VTABLE, sqlite3.SQLITE_DROP_VTABLE),
    }
)
"""What neither web nor worker ever does."""
READERS_OF_FILES = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
KEPT_PRAGMAS = frozenset({"writable_schema", "trusted_schema", "temp_store_directory", "data_store_directory"})


class _Wall:
    """Whether SQLite asks in this process."""

    stands = False


_statement: ContextVar[str | None] = ContextVar("statement", default=None)


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models() if issubclass(model, Guarded))  # noqa: SLF001


@cache
def _named() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_tables())), re.IGNORECASE)


def _may(action: int, first: str | None, second: str | None, _database: str | None, _inner: str | None) -> int:
    if action in ROWS:
        return sqlite3.SQLITE_DENY if first in _tables() and not _somebody(action) else sqlite3.SQLITE_OK
    if action in NEVER:
        return sqlite3.SQLITE_DENY
    named = (action == sqlite3.SQLITE_FUNCTION and second in READERS_OF_FILES) or (
        action == sqlite3.SQLITE_PRAGMA and first in KEPT_PRAGMAS and second is not None
    )
    return sqlite3.SQLITE_DENY if named else sqlite3.SQLITE_OK


def _somebody(action: int) -> bool:
    """Tell whether somebody looks, or an unsealed act runs; or SQLite itself looks for rows that refer to another's.

    It does when a row is written to which others may refer: then the statement names no guarded table. There are no
    views and no triggers, so that whoever means a table must name it.
    """
    if looking.get() is not None or opened.get() or lent.get() is not None:
        return True
    said = _statement.get()
    return action == sqlite3.SQLITE_READ and said is not None and not _named().search(said)


def _hear(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:  # noqa: ANN401 - Django's
    mark = _statement.set(sql)
    try:
        return execute(sql, params, many, context)
    finally:
        _statement.reset(mark)


def stand() -> None:
    """Let SQLite ask from now on, in this process and in those that come of it: the web and the worker do."""
    _Wall.stands = True
    if connection.connection is not None:
        stand_before(connection)


def stand_before(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite ask about every statement of a connection, where it asks at all."""
    if connection.vendor != "sqlite" or not _Wall.stands:
        return
    if _hear not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _hear)  # a connection may open inside a wrapper, which takes off the last
    connection.connection.set_authorizer(_may)
