"""The second wall where the database is a file: what SQL is refused there, whoever wrote it, and what is not held."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import lending, unsealed
from amont.disclosure.wall.raising import guarded
from amont.parties.models import Organization
from small_world import SmallWorld

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> SmallWorld:
    """Give two firms with an item and a contact each; only SQLite is meant here."""
    if connection.vendor != "sqlite":
        pytest.skip("the wall of a database in a file")
    world = SmallWorld()
    for firm in ("Claire", "Victor"):
        world.item(f"Line of {firm}", firm)
        world.contact(firm, f"Known to {firm}")
    return world


def said(sql: str) -> str:
    """Return what comes of a statement, a refusal by its words."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            return str(cursor.fetchall())
    except DatabaseError as refusal:
        return f"refused: {refusal}"


BY_NOBODY = (
    "SELECT name FROM chain_contact",
    "SELECT count(*) FROM chain_contact",
    'SELECT "NAME" FROM main."CHAIN_CONTACT"',
    "SELECT [name] FROM [chain_contact]",
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM chain_contact WHERE name LIKE 'Known%')",
    "SELECT o.name FROM parties_organization o JOIN chain_contact c ON c.owner_id = o.id",
    "SELECT o.name, (SELECT max(name) FROM catalogue_item i WHERE i.owner_id = o.id) FROM parties_organization o",
    "WITH found AS (SELECT * FROM chain_contact) SELECT name FROM found",
    "SELECT name FROM parties_organization UNION ALL SELECT name FROM chain_contact",
    "UPDATE parties_organization SET name = (SELECT name FROM chain_contact LIMIT 1)",
    "INSERT INTO parties_organization (name) SELECT name FROM chain_contact",
    "DELETE FROM parties_organization WHERE id IN (SELECT owner_id FROM chain_contact)",
    "UPDATE chain_contact SET name = 'x'",
    "DELETE FROM catalogue_item",
    "REPLACE INTO chain_contact SELECT * FROM chain_contact",
)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("sql", BY_NOBODY)
def test_without_somebody_who_looks_no_statement_touches_a_guarded_table(sql: str) -> None:
    answer = said(sql)
    assert answer.startswith("refused: "), answer
    assert "prohibited" in answer or "not authorized" in answer
    with unsealed("a test looks on"):
        assert "Known to Claire" in said("SELECT name FROM chain_contact")


@pytest.mark.usefixtures("world")
def test_no_guarded_table_is_read_or_emptied_by_nobody() -> None:
    for model in guarded():
        table = model._meta.db_table
        for sql in (f"SELECT * FROM {table}", f"DELETE FROM {table}"):  # noqa: S608 - tables of one's own
            assert said(sql).startswith("refused"), table
        with unsealed("a test looks on"):
            assert not said(f"SELECT * FROM {table}").startswith("refused"), table  # noqa: S608


BY_ANYBODY = (
    "ATTACH DATABASE ':memory:' AS other",
    "ATTACH DATABASE 'other.sqlite3' AS other",
    "CREATE VIEW seen AS SELECT * FROM chain_contact",
    "CREATE TEMP VIEW seen AS SELECT * FROM chain_contact",
    "CREATE TABLE copied AS SELECT * FROM chain_contact",
    "CREATE TRIGGER seen AFTER INSERT ON parties_organization BEGIN DELETE FROM chain_contact; END",
    "CREATE TEMP TRIGGER seen AFTER INSERT ON parties_organization BEGIN DELETE FROM chain_contact; END",
    "CREATE VIRTUAL TABLE seen USING fts5(name)",
    "DROP TABLE chain_contact",
    "ALTER TABLE chain_contact RENAME TO seen",
    "ALTER TABLE chain_contact ADD COLUMN more TEXT",
    "CREATE INDEX seen ON chain_contact(name)",
    "DROP INDEX chain_contact_owner",
    "PRAGMA writable_schema = 1",
    "PRAGMA trusted_schema = 1",
    "SELECT load_extension('x.so')",
)


@pytest.mark.parametrize("sql", BY_ANYBODY)
def test_what_the_web_never_does_is_refused_to_whoever_looks_and_in_unsealed_acts(world: SmallWorld, sql: str) -> None:
    with looking_as(world.viewer("Victor")):
        assert said(sql).startswith("refused: ")
    with unsealed("a test tries"):
        assert said(sql).startswith("refused: ")
        assert "Known to Claire" in said("SELECT name FROM chain_contact")
        assert said("SELECT name FROM sqlite_master WHERE name = 'seen'") == "[]"


def test_a_statement_said_before_by_somebody_is_asked_about_again(world: SmallWorld) -> None:
    sql = "SELECT name FROM chain_contact"
    with looking_as(world.viewer("Victor")):
        assert "Known to Victor" in said(sql)
    assert said(sql).startswith("refused")
    with lending("a test", [1]):
        assert not said(sql).startswith("refused")


def test_a_firm_is_written_by_nobody_though_guarded_rows_refer_to_it(world: SmallWorld) -> None:
    made = Organization.objects.create(name="New", country="FR")
    Organization.objects.filter(pk=made.pk).update(name="Newer")
    assert said(f"DELETE FROM parties_organization WHERE id = {made.pk}") == "[]"  # noqa: S608 - a number
    assert world.firm("Claire").name == "Claire"


def test_rows_are_not_told_apart_in_a_file(world: SmallWorld) -> None:
    """The limit: raw SQL said while anybody looks reads every owner's rows; the first wall alone stands there."""
    with looking_as(world.viewer("Victor")):
        assert "Known to Claire" in said("SELECT name FROM chain_contact")


@pytest.mark.usefixtures("world")
def test_a_connection_that_opens_inside_a_wrapper_loses_that_wrapper_alone() -> None:
    """Django takes off the wrapper that was added last, which may not be its own."""

    def wrapper(execute: Callable[..., Any], *args: object) -> Any:
        return execute(*args)

    def open_one() -> None:
        with connection.execute_wrapper(wrapper):
            connection.ensure_connection()
        left.extend(each.__name__ for each in connection.execute_wrappers)
        connection.close()

    left: list[str] = []
    thread = Thread(target=open_one)
    thread.start()
    thread.join()
    assert left == ["_hear"]
