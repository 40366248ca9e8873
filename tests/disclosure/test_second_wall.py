"""The second wall on PostgreSQL: what a role that speaks raw SQL tries, and what it does not get.

Whoever attacks here is as strong as an injection into any statement of the web: it says any SQL as the role of the web,
in a connection where somebody looks, and knows every table, key and number. It does not hold the installation's secret.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from django.apps import apps

from amont.disclosure.guard import Guarded, lent, looking, looking_as, opened
from amont.disclosure.unsealed import lending, unsealed
from amont.disclosure.wall import passes
from amont.disclosure.wall.raising import guarded
from amont.kernel import sealing
from amont.kernel.viewer import Viewer
from cluster import cluster
from disclosure.attempts import NOTHING_OF_CLAIRES
from disclosure.walled_rows import OF_ONE_TABLE, fill, readers_of

CLAIRE, VICTOR = 1, 2
WEB = "amont_web"


def amont(url: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the product against a database."""
    told = {**os.environ, "DATABASE_URL": url, "AMONT_MODE": "test", **env}
    command = [sys.executable, "-m", "amont.commands.main", *words]
    return subprocess.run(command, env=told, capture_output=True, check=False, text=True)


@dataclass(frozen=True)
class Walled:
    """A database behind the second wall, with two firms in it: its addresses for the owner and for the web."""

    owner: str
    web: str
    watching: psycopg.Connection[Any]

    def connect(self) -> psycopg.Connection[Any]:
        """Speak as the role of the web."""
        return psycopg.connect(dsn(self.web), autocommit=True)


def dsn(url: str) -> str:
    parts = urlsplit(url)
    return f"host={parse_qs(parts.query)['host'][0]} dbname={parts.path.strip('/')} user={parts.username}"


@pytest.fixture(scope="module")
def walled() -> Iterator[Walled]:
    """Raise a database, its wall, and a stage: Claire and Victor, each with a contact, an item and an input."""
    with cluster() as url:
        assert amont(url, "migrate").returncode == 0
        raised = amont(url, "wall", WEB)
        assert raised.returncode == 0, raised.stderr
        assert amont(url, "wall", WEB).returncode == 0  # twice is once
        with psycopg.connect(dsn(url), autocommit=True) as connection:
            found = Walled(url, url.replace("postgres@", f"{WEB}@", 1), connection)
            for firm, name in ((CLAIRE, "Claire"), (VICTOR, "Victor")):
                put(connection, "parties_organization", id=firm, public_id=f"firm-{firm}", name=name, country="FR")
                put(connection, "chain_contact", id=firm, public_id=f"contact-{firm}", owner_id=firm, name=f"Of {name}")
                put(connection, "catalogue_site", id=firm, public_id=f"site-{firm}", owner_id=firm, name=f"At {name}")
                put(
                    connection,
                    "catalogue_item",
                    id=firm,
                    public_id=f"item-{firm}",
                    owner_id=firm,
                    name=f"Line {name}",
                    site_id=firm,
                )
                put(
                    connection, "chain_input", id=firm, public_id=f"in-{firm}", owner_id=firm, item_id=firm, name="base"
                )
            for table in ("chain_contact", "catalogue_item", "chain_input", "catalogue_site"):
                connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100)")
            connection.execute("ANALYZE")
            yield found


def put(connection: psycopg.Connection[Any], table: str, **row: object) -> None:
    """Insert a row; what is not said is blank, nought or empty, as its column has it."""
    asked = "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = %s"
    blank = {"boolean": False, "jsonb": "{}", "timestamp with time zone": "now", "bigint": 1}
    blank |= dict.fromkeys(("integer", "smallint"), 0)
    for name, kind, may_be_empty in connection.execute(asked, [table]).fetchall():
        if may_be_empty == "NO" and name not in row:
            row[name] = blank.get(kind, "")
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


@pytest.fixture
def victor(walled: Walled) -> Iterator[psycopg.Connection[Any]]:
    """Speak as the role of the web while Victor looks: its own pass stands for the whole session, as one would wish."""
    with walled.connect() as connection:
        with looking_as(Viewer(VICTOR)):
            carried = passes.sealed(passes.body(), backend=connection.info.backend_pid)
        connection.execute("SELECT set_config('amont.pass', %s, false)", [carried])
        assert connection.execute("SELECT name FROM chain_contact").fetchall() == [("Of Victor",)]
        yield connection


def said(connection: psycopg.Connection[Any], sql: str) -> str:
    """Return all that the database answers to one message: rows, notices, refusals."""
    heard: list[str] = []
    connection.add_notice_handler(lambda notice: heard.append(str(notice.message_primary)))
    with connection.cursor() as cursor:
        try:
            cursor.execute(sql)  # type: ignore[call-overload]
            while True:
                heard += [str(row) for row in cursor.fetchall()] if cursor.description else []
                if not cursor.nextset():
                    break
        except psycopg.Error as refusal:
            heard.append(f"{refusal} {refusal.diag.message_detail or ''}")
    return "\n".join(heard)


@pytest.mark.parametrize("attempt", NOTHING_OF_CLAIRES)
def test_an_attempt_tells_nothing_and_changes_nothing(
    walled: Walled, victor: psycopg.Connection[Any], attempt: str
) -> None:
    before = state(walled)
    answer = said(victor, NOTHING_OF_CLAIRES[attempt])
    assert "Of Claire" not in answer
    assert "Line Claire" not in answer
    assert "At Claire" not in answer
    assert "division by zero" not in answer
    victor.execute("ROLLBACK")
    assert state(walled) == before


def state(walled: Walled) -> list[tuple[Any, ...]]:
    """Return what there is of Claire's, and how the wall stands."""
    return [
        row
        for asked in (
            "SELECT id, owner_id, name FROM chain_contact WHERE owner_id = 1",
            "SELECT id, owner_id, name FROM catalogue_item WHERE owner_id = 1",
            "SELECT polrelid, polname, polcmd, pg_get_expr(polqual, polrelid) FROM pg_policy",
            "SELECT oid, rolsuper, rolbypassrls FROM pg_roles",
        )
        for row in walled.watching.execute(asked).fetchall()
    ]


def test_there_are_enough_attempts_and_without_the_wall_most_of_them_tell(walled: Walled) -> None:
    told = 0
    with psycopg.connect(dsn(walled.owner), autocommit=True) as connection:
        for sql in NOTHING_OF_CLAIRES.values():
            connection.execute("BEGIN")
            answer = said(connection, sql)
            connection.execute("ROLLBACK")
            told += any(word in answer for word in ("Of Claire", "Line Claire", "At Claire", "division by zero"))
    assert len(NOTHING_OF_CLAIRES) > 60
    assert told > 40


def test_each_guarded_table_gives_a_firm_its_own_rows_alone_and_lets_it_change_no_other(walled: Walled) -> None:
    tried = 0
    with psycopg.connect(dsn(walled.owner)) as connection:
        tables = fill(connection, (CLAIRE, VICTOR))
        assert set(tables) == {model._meta.db_table for model in guarded()}
        with looking_as(Viewer(VICTOR)):
            carried = passes.sealed(passes.body(), backend=connection.info.backend_pid)
        connection.execute("SELECT set_config('amont.pass', %s, true)", [carried])
        connection.execute(f"SET LOCAL ROLE {WEB}")
        for table, column in tables.items():
            seen = connection.execute(f"SELECT id FROM {table} WHERE id > 900").fetchall()
            assert seen == [(900 + VICTOR,)], table
            for sql in OF_ONE_TABLE:
                told = sql.format(table=table, column=column, claires=900 + CLAIRE)
                assert str(900 + CLAIRE) not in str(connection.execute(told).fetchall()), told
                tried += 1
        connection.rollback()
    assert tried == len(OF_ONE_TABLE) * len(guarded())


def test_a_row_of_each_guarded_table_that_is_written_for_another_is_refused(walled: Walled) -> None:
    with psycopg.connect(dsn(walled.owner)) as connection:
        tables = fill(connection, (CLAIRE, VICTOR))
        with looking_as(Viewer(VICTOR)):
            carried = passes.sealed(passes.body(), backend=connection.info.backend_pid)
        connection.execute("SELECT set_config('amont.pass', %s, true)", [carried])
        connection.execute(f"SET LOCAL ROLE {WEB}")
        for model in guarded():
            table, given = model._meta.db_table, ", ".join(f"{column} = 1" for column in readers_of(model))
            connection.execute("SAVEPOINT before")
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
                connection.execute(f"UPDATE {table} SET {given} WHERE id = {900 + VICTOR}")
            connection.execute("ROLLBACK TO before")
        connection.rollback()
    assert len(tables) > 40


WRITTEN_FOR_ANOTHER = {
    "a row for another owner": "INSERT INTO catalogue_columnschosen (owner_id) VALUES (1)",
    "an own row given away": "UPDATE chain_contact SET owner_id = 1",
    "a row of an own item for another": "UPDATE chain_input SET owner_id = 1",
}


@pytest.mark.parametrize("act", WRITTEN_FOR_ANOTHER)
def test_what_is_written_for_another_is_refused(victor: psycopg.Connection[Any], act: str) -> None:
    assert "row-level security" in said(victor, WRITTEN_FOR_ANOTHER[act]) or "null value" in said(
        victor, WRITTEN_FOR_ANOTHER[act]
    )


def test_without_a_pass_no_guarded_table_has_a_row(walled: Walled) -> None:
    with walled.connect() as connection:
        for model in guarded():
            assert connection.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone() == (0,)


def test_a_pass_holds_in_its_own_connection_alone(walled: Walled) -> None:
    with walled.connect() as first, walled.connect() as second:
        with unsealed("a test"):
            carried = passes.sealed(passes.body(), backend=first.info.backend_pid)
        for connection, many in ((first, 2), (second, 0)):
            connection.execute("SELECT set_config('amont.pass', %s, false)", [carried])
            assert connection.execute("SELECT count(*) FROM chain_contact").fetchone() == (many,)


def test_what_the_walk_lends_shows_with_what_hangs_on_it_and_cannot_be_written(walled: Walled) -> None:
    with walled.connect() as connection:
        with looking_as(Viewer(VICTOR)), lending("a test", [CLAIRE]):
            carried = passes.sealed(passes.body(), backend=connection.info.backend_pid)
        connection.execute("SELECT set_config('amont.pass', %s, false)", [carried])

        def names(table: str) -> set[str]:
            return {name for (name,) in connection.execute(f"SELECT name FROM {table}").fetchall()}

        assert names("catalogue_item") == {"Line Claire", "Line Victor"}
        assert names("catalogue_site") == {"At Claire", "At Victor"}
        assert connection.execute("SELECT count(*) FROM chain_input").fetchone() == (2,)
        assert names("chain_contact") == {"Of Victor"}
        for act in ("UPDATE catalogue_item SET name = 'x' WHERE id = 1", "DELETE FROM chain_input WHERE id = 1"):
            assert connection.execute(act).rowcount == 0


def test_nothing_lent_is_nothing_opened() -> None:
    with lending("a test", []):
        assert passes.body() == "||"
    with looking_as(Viewer(7)):
        assert passes.body() == "7||"
        with unsealed("a test"):
            assert passes.body() == "7|1|"
            with lending("a test", [3, 4]):
                assert passes.body() == "7||3,4"
                with unsealed("a test"):
                    assert passes.body() == "7|1|"
            assert passes.body() == "7|1|"
    assert (looking.get(), opened.get(), lent.get()) == (None, "", None)


def test_every_guarded_table_stands_behind_the_wall_and_nothing_in_the_database_leads_past_it(walled: Walled) -> None:
    standing = walled.watching.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert {name for (name,) in standing.fetchall()} == {
        model._meta.db_table for model in apps.get_models() if issubclass(model, Guarded)
    }
    definers = walled.watching.execute(
        "SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace"
        " WHERE prosecdef AND nspname NOT LIKE 'pg_%' AND nspname <> 'information_schema'"
    )
    assert definers.fetchall() == [("checked",)]
    assert walled.watching.execute("SELECT viewname FROM pg_views WHERE schemaname = 'public'").fetchall() == []
    assert walled.watching.execute("SELECT matviewname FROM pg_matviews").fetchall() == []


PRODUCTION = {
    "AMONT_MODE": "production",
    "AMONT_SECRET_KEY": "insecure-key-for-demo-and-tests-only-x" * 2,
    "AMONT_MAIL_URL": "smtp://localhost:1",
    "AMONT_BASE_URL": "https://amont.example",
    "AMONT_MASTER_KEY": sealing.written(sealing.new_key()),
}


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_neither_server_nor_worker_starts_as_a_role_that_passes_the_wall(walled: Walled, command: str) -> None:
    refused = amont(walled.owner, command, **PRODUCTION)
    assert refused.returncode == 1
    assert "passes all row security" in refused.stderr


def test_a_server_whose_secret_has_changed_does_not_start(walled: Walled) -> None:
    refused = amont(walled.web, "serve", **PRODUCTION)
    assert refused.returncode == 1
    assert "run amont wall again" in refused.stderr


def test_the_web_role_cannot_raise_the_wall_itself(walled: Walled) -> None:
    refused = amont(walled.web, "wall", WEB)
    assert refused.returncode == 1
    assert "The database refuses" in refused.stderr


def test_a_database_in_a_file_has_no_second_wall(tmp_path: Any) -> None:
    refused = amont(f"sqlite:///{tmp_path}/small.sqlite3", "wall", WEB)
    assert refused.returncode == 1
    assert "has no roles" in refused.stderr
