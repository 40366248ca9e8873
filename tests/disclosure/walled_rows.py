"""A row of each of two firms in every guarded table, and what is tried against every one of them."""

from typing import Any

import psycopg

from amont.disclosure.guard import Guarded
from amont.disclosure.wall.raising import guarded
from amont.parties.models import Organization

OF_ONE_TABLE = (
    "SELECT * FROM {table} WHERE id = {claires}",
    "SELECT * FROM {table} WHERE {column} = 1 OR 1 = 1",
    "SELECT string_agg(id::text, ' ') FROM {table}",
    "SELECT t.* FROM parties_organization o JOIN {table} t ON t.{column} = o.id WHERE o.id = 1",
    "WITH everything AS MATERIALIZED (SELECT * FROM {table}) SELECT * FROM everything WHERE {column} = 1",
    "SELECT row_to_json(t)::text FROM {table} t WHERE id = {claires} FOR UPDATE",
    "UPDATE {table} SET {column} = {column} WHERE id = {claires} RETURNING id",
    "DELETE FROM {table} WHERE id = {claires} RETURNING id",
)
"""Said of every guarded table, of a row in which Claire's firm alone stands."""

BLANK = {
    "boolean": False,
    "jsonb": "{}",
    "timestamp with time zone": "2026-01-01",
    "date": "2026-01-01",
    "numeric": 1,
    "bytea": b"",
}
INTEGERS = ("bigint", "integer", "smallint")
COLUMNS = "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = %s"
CHECKS = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"


def readers_of(model: type[Guarded]) -> list[str]:
    """Return the columns of a table that say whose a row is, or for whom."""
    return [each.column for each in model._meta.concrete_fields if each.related_model is Organization]


def fill(connection: psycopg.Connection[Any], firms: tuple[int, ...]) -> dict[str, str]:
    """Put a row of each firm's into every guarded table, under its number and 900; return a column of its reader.

    What rows refer to is not there, and what they say is blank: neither matters to who may read them.
    """
    connection.execute("SET LOCAL session_replication_role = replica")
    found = {}
    for model in guarded():
        table = model._meta.db_table
        for (check,) in connection.execute(CHECKS, [table]).fetchall():
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{check}"')
        columns = connection.execute(COLUMNS, [table]).fetchall()
        for firm in firms:
            row = {
                name: firm if kind in INTEGERS else BLANK.get(kind, str(firm))
                for name, kind, empty in columns
                if empty == "NO"
            }
            row |= {each.column: firm + 900 for each in model._meta.concrete_fields if each.unique}
            row |= dict.fromkeys(readers_of(model), firm)
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608 - tables of one's own
        found[table] = readers_of(model)[0]
    return found
