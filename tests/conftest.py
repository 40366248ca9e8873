"""What all tests share."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import pytest
from django.db import connections

os.environ["AMONT_MODE"] = "test"  # settings are read once: before any test, and before pytest-django would
os.environ["DJANGO_SETTINGS_MODULE"] = "amont.config.settings"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
django.setup()


def _keep_sqlite_in_a_file() -> None:
    """Let threads meet as they do in production: SQLite in memory locks whole tables, where a file waits its turn."""
    base = connections["default"]
    if base.vendor == "sqlite" and not os.environ.get("IN_MEMORY"):
        folder = Path("/dev/shm") if Path("/dev/shm").is_dir() else Path(tempfile.gettempdir())  # noqa: S108 - tests
        base.settings_dict["TEST"]["NAME"] = str(folder / f"amont-test-{os.getpid()}.sqlite3")


_keep_sqlite_in_a_file()


def _migrated() -> Path:
    """Return where a database as these migrations leave it is kept: made once, copied by each run after."""
    source = Path(__file__).resolve().parents[1]
    parts = [source / "requirements-dev.txt", *sorted(source.glob("src/amont/*/migrations/*.py"))]
    digest = sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()[:16]
    return Path(connections["default"].settings_dict["TEST"]["NAME"]).parent / f"amont-migrated-{digest}.sqlite3"


def pytest_configure() -> None:
    """Compile the French, without which pages would be told in English."""
    from amont.commands.messages import compile_messages  # noqa: PLC0415 - after the mode is set

    compile_messages()


SLOWEST = (
    "test_canaries.py",
    "test_noninterference.py",
    "test_planted.py",
    "test_matrix.py",
    "test_traces.py",
    "test_corpus.py",
    "test_kills.py",
    "test_timing.py",
)
"""Files that take minutes: begun first, so that no worker is left alone with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest files first; all else stays in its order."""
    rank = {name: at for at, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(rank)))


def _keep_migrated() -> None:
    """Set a copy of the tables aside for the next run, unless one is there."""
    base = connections["default"]
    if not _migrated().exists():
        made = Path(f"{base.settings_dict['NAME']}-whole")
        with base.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(made)])
        made.replace(_migrated())


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None) -> bool:  # noqa: ARG001 - the file's name is settled by then
    """Begin on SQLite from a copy of what the migrations left the first time, if they are still the same."""
    base = connections["default"]
    if base.vendor != "sqlite" or os.environ.get("IN_MEMORY"):
        return False
    if _migrated().exists():
        shutil.copyfile(_migrated(), base.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: Any, django_db_blocker: Any) -> Iterator[str]:  # noqa: ARG001
    """Make the tables as their owner; where the second wall is asked for (WALL=1), go on as the role of the web.

    Gives the owner's name.
    """
    base = connections["default"]
    if django_db_keepdb:
        with django_db_blocker.unblock():
            _keep_migrated()
    if base.vendor == "sqlite":
        _let_sqlite_ask()
        yield ""
        base.close()
        for part in Path(base.settings_dict["NAME"]).parent.glob(f"{Path(base.settings_dict['NAME']).name}*"):
            part.unlink()
        return
    if not os.environ.get("WALL") or base.vendor != "postgresql":
        yield base.settings_dict["USER"]
        return
    from amont.disclosure.wall.raising import raise_wall  # noqa: PLC0415 - after Django is set up

    owner, role = base.settings_dict["USER"], f"amont_web_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        raise_wall(role)
        with base.cursor() as cursor:  # tests empty tables; the web never does
            cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}")
        base.close()
        base.settings_dict["USER"] = role
    yield owner
    with django_db_blocker.unblock():
        base.close()
        base.settings_dict["USER"] = owner


def _let_sqlite_ask() -> None:
    """Go on as the web does; only tests empty tables."""
    from django.test import TransactionTestCase  # noqa: PLC0415 - after Django is set up

    from amont.disclosure.unsealed import unsealed  # noqa: PLC0415
    from amont.disclosure.wall.authorizing import stand  # noqa: PLC0415

    emptied = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def unsealed_teardown(self: TransactionTestCase) -> None:
        with unsealed("a test empties the tables"):
            emptied(self)

    TransactionTestCase._fixture_teardown = unsealed_teardown  # type: ignore[attr-defined]
    stand()


@pytest.fixture
def as_owner(db: None, django_db_setup: str) -> Iterator[None]:  # noqa: ARG001 - the tables come first
    """Go on as the owner of the tables: an operator's commands connect so, the web never does."""
    from amont.disclosure.wall.authorizing import stand_before  # noqa: PLC0415 - after Django is set up

    base = connections["default"]
    if base.vendor == "sqlite":
        base.ensure_connection()
        base.connection.set_authorizer(None)
        yield
        stand_before(base)
        return
    role = base.settings_dict["USER"]
    base.close()
    base.settings_dict["USER"] = django_db_setup
    yield
    base.close()
    base.settings_dict["USER"] = role


@pytest.fixture(scope="session", autouse=True)
def _strict() -> None:
    from strictness import be_strict  # noqa: PLC0415 - after Django is set up

    be_strict()


@pytest.fixture(scope="session", autouse=True)
def _somebody_notes() -> Iterator[None]:
    """Let tests ask sight outside a page, where nothing is written of what was told."""
    from amont.disclosure.reading import noting  # noqa: PLC0415 - after Django is set up

    with noting():
        yield


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Begin each test in English, whatever language the page that was asked last left behind."""
    from django.utils.translation import override  # noqa: PLC0415 - after Django is set up

    with override("en"):
        yield
