"""Raising the second wall on PostgreSQL: policies made from the very declaration that the guard uses."""

from collections.abc import Iterator
from importlib import resources

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.sql import Query

from amont.disclosure.guard import Guarded
from amont.disclosure.wall.passes import key
from amont.kernel.viewer import Viewer

_SOMEBODY = -77
"""Stands for the viewer while a condition is written out: no organization has this key."""


def guarded() -> list[type[Guarded]]:
    """Return every guarded model, by the name of its table."""
    found = [model for model in apps.get_models() if issubclass(model, Guarded)]
    return sorted(found, key=lambda model: model._meta.db_table)  # noqa: SLF001


def raise_wall(role: str) -> None:
    """Let the web role read and write what the guard would let it, and no more; the role is made if it is not there.

    Run by the owner of the tables. Whatever stood before is replaced: it may run as often as one likes.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {_quoted(role)} LOGIN NOINHERIT")
        functions = resources.files(__package__).joinpath("functions.sql").read_text()
        cursor.execute(functions.replace("ROLE_OF_THE_WEB", _quoted(role)))
        cursor.execute("DELETE FROM amont_wall.key")
        cursor.execute("INSERT INTO amont_wall.key (bytes) VALUES (%s)", [key()])
        for statement in policies():
            cursor.execute(statement)


def policies() -> Iterator[str]:
    """Give the statements that put every guarded table behind the wall."""
    for model in guarded():
        table = _quoted(model._meta.db_table)  # noqa: SLF001
        own = f"({condition(model)}) OR (SELECT amont_wall.is_open())"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"
        for act, clause in (
            ("SELECT", f"USING ({own}{_lent(model)})"),
            ("INSERT", f"WITH CHECK ({own})"),
            ("UPDATE", f"USING ({own}) WITH CHECK ({own})"),
            ("DELETE", f"USING ({own})"),
        ):
            yield f"DROP POLICY IF EXISTS amont_{act.lower()} ON {table}"
            yield f"CREATE POLICY amont_{act.lower()} ON {table} FOR {act} {clause}"


def condition(model: type[Guarded]) -> str:
    """Return the guard's condition as the database says it: `visible_to`, with whoever carries the pass as viewer."""
    query = Query(model)
    query.add_q(model.visible_to(Viewer(_SOMEBODY)))
    sql, params = query.where.as_sql(query.get_compiler(connection=connection), connection)
    if not params or set(params) != {_SOMEBODY}:
        message = f"the condition of {model.__name__} speaks of more than the viewer"
        raise ValueError(message)
    return str(sql).replace("%s", "(SELECT amont_wall.viewer())")


def _lent(model: type[Guarded]) -> str:
    """Return what shows beside one's own: rows about the items that the walk put into the pass."""
    ways = (model.LENT_BY, getattr(model, "LENT_ALSO_BY", None))
    return "".join(_lent_by(model, *way) for way in ways if way is not None)


def _lent_by(model: type[Guarded], field: str, through: str) -> str:
    column = _column(model, field)
    if not through:
        return f" OR {column} = ANY ((SELECT amont_wall.items())::bigint[])"
    other = apps.get_model(through.rpartition(".")[0])
    found = f"SELECT {_column(other, through.rpartition('.')[2])} FROM {_quoted(other._meta.db_table)}"  # noqa: SLF001, S608
    return f" OR ((SELECT amont_wall.items()) IS NOT NULL AND {column} IN ({found}))"


def _column(model: type[models.Model], field: str) -> str:
    return _quoted(str(model._meta.get_field(field).column))  # type: ignore[union-attr]  # noqa: SLF001


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
