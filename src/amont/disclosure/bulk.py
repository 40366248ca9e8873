"""Putting many rows of a table in at once: executemany on SQLite, COPY on PostgreSQL. The one home of both."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, JSONField, Model

Plain = Any
"""A value as the database takes it: text, number, truth, moment or None."""


def reserve(model: type[Model], count: int) -> list[int]:
    """Return so many fresh primary keys of a table, inside the transaction that will use them."""
    if not count:
        return []
    table = model._meta.db_table  # noqa: SLF001 - Django's public name for it
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()
            first = (last[0] if last else 0) + 1
            return list(range(first, first + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count]
        )
        return [row[0] for row in cursor.fetchall()]


def insert(model: type[Model], names: Sequence[str], rows: Iterable[tuple[Plain, ...]]) -> None:
    """Insert rows of these fields (by attribute: "owner_id"); the others have their defaults, the same in all rows.

    Values are plain and fit: nothing is validated here, and a default that differs by row (a public id) is to be given.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    rest = [field for name, field in fields.items() if name not in names]
    constants = tuple(_default(field) for field in rest)
    columns = ", ".join(connection.ops.quote_name(field.column) for field in [*(fields[name] for name in names), *rest])
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    fit = [fields[name].get_db_prep_save if isinstance(fields[name], JSONField) else None for name in names]
    whole = (row + constants for row in _fit(rows, fit))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not _behind_the_wall(cursor, table):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in whole:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * (len(names) + len(rest)))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(whole))  # noqa: S608 - names are ours


def _behind_the_wall(cursor: CursorWrapper, table: str) -> bool:
    """Tell whether row security holds for this table and role: PostgreSQL then takes no COPY."""
    cursor.execute("SELECT pg_catalog.row_security_active(%s)", [table])
    return bool(cursor.fetchone()[0])


def update(model: type[Model], names: Sequence[str], rows: Iterable[tuple[Plain, ...]]) -> None:
    """Set these fields of many rows, each given as (primary key, values in this order). Values are plain and fit."""
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001
    said = ", ".join(f"{connection.ops.quote_name(fields[name].column)} = %s" for name in names)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    fit = [fields[name].get_db_prep_save if isinstance(fields[name], JSONField) else None for name in names]
    whole = [(*values[1:], values[0]) for values in _fit(rows, [None, *fit])]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {said} WHERE id = %s", whole)  # noqa: S608 - names are ours


def delete(model: type[Model], keys: Sequence[int], *, column: str = "id") -> None:
    """Delete the rows that hold one of these keys in this column; what leans on them is deleted before."""
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.executemany(
            f"DELETE FROM {table} WHERE {connection.ops.quote_name(column)} = %s",  # noqa: S608 - names are ours
            [(key,) for key in keys],
        )


def _fit(rows: Iterable[tuple[Plain, ...]], fit: Sequence[Callable[..., Plain] | None]) -> Iterable[tuple[Plain, ...]]:
    """Make JSON of what is to be JSON; most tables have none, and their rows pass as they are."""
    if not any(fit):
        return rows
    return (
        tuple(value if each is None else each(value, connection) for value, each in zip(row, fit, strict=True))
        for row in rows
    )


def _default(field: "Field[Any, Any]") -> Plain:
    return field.get_db_prep_save(field.get_default(), connection)
