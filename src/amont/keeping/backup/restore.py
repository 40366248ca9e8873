"""Restoring: a whole backup into an empty database, with what was ended since done again, or nothing at all."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, cast
from zipfile import BadZipFile, ZipFile

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Document, OwnerKey
from amont.keeping.backup import tables
from amont.keeping.backup.write import FORMAT, KEYS_FORMAT, MANIFEST
from amont.keeping.replaying import replay
from amont.kernel.errors import Refused
from amont.ledger import journal
from amont.ledger import read as ledger
from amont.ledger.models import Entry
from amont.parties.models import Organization

MARGIN = timedelta(hours=1)
"""Acts of the last hour before the backup are done again as well: doing them twice changes nothing."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Restored:
    """So many rows, and so many acts done again, of which these could not be (their kinds)."""

    rows: int
    replayed: int
    at: datetime


def restore(file: Path, *, keys: Path | None, journals: Sequence[Path] | None) -> Restored:
    """Put a backup into an empty, migrated database, in one transaction with what was ended since it was made.

    `journals`: of every machine; None says that there is none, and that what was ended since may come back.
    Raises `Refused` with nothing kept: no backup, of another version, changed since, not empty, keys missing.
    """
    with unsealed("an operator restores a backup"):
        try:
            with ZipFile(file) as parts, transaction.atomic():
                manifest = _checked(json.loads(parts.read(MANIFEST)))
                rows = _put(parts, manifest)
                _put_keys(keys)
                _reset_sequences()
                _check_ledger(manifest)
                at = datetime.fromisoformat(manifest["at"])
                done = replay(_since(journals or (), at - MARGIN), restored=True)
        except (BadZipFile, OSError, KeyError, ValueError) as trouble:
            message = f"this is no whole backup: {trouble}"
            raise Refused(message) from trouble
    return Restored(rows, done, at)


def replay_here(journals: Sequence[Path]) -> int:
    """Do again, in the database as it stands, all that journals hold. Twice changes nothing."""
    with unsealed("an operator does again what was ended"), transaction.atomic():
        return replay(_since(journals, datetime.fromisoformat("2000-01-01T00:00:00+00:00")), restored=True)


def is_behind(path: str) -> bool:
    """Tell whether the database lacks the last act of the journal: it was put back from a copy made before."""
    line = journal.last(path)
    return line is not None and not Entry.objects.filter(digest=line.get("digest")).exists()


def _checked(manifest: dict[str, Any]) -> dict[str, Any]:
    if (manifest.get("format"), manifest.get("version")) != (FORMAT, 1):
        message = "this is no backup of Amont"
        raise Refused(message)
    if manifest["migrations"] != tables.migrations():
        message = "another version of Amont wrote this backup: install that one, restore, then upgrade"
        raise Refused(message)
    if Organization.objects.exists() or Entry.objects.exists():
        message = "the database is not empty: restore into a fresh one"
        raise Refused(message)
    return manifest


def _put(parts: ZipFile, manifest: Mapping[str, Any]) -> int:
    total = 0
    for model in tables.kept():
        label = model._meta.label  # noqa: SLF001
        told = manifest["tables"][label]
        if told["columns"] != [field.attname for field in tables.columns(model)]:
            message = f"{label} has other columns than the backup"
            raise Refused(message)
        digest = sha256()
        with parts.open(f"{label}.jsonl") as part:
            total += _insert(model, _read(part, digest))
        if digest.hexdigest() != told["sha256"]:
            message = f"{label} was changed since the backup was made"
            raise Refused(message)
    return total


def _read(part: Iterable[bytes], digest: Any) -> Iterator[list[object]]:  # noqa: ANN401 - hashlib keeps its type private
    for line in part:
        digest.update(line)
        yield json.loads(line)


def _insert(model: type[Model], found: Iterator[list[object]]) -> int:
    fields, total = tables.columns(model), 0
    while several := list(islice(found, _AT_ONCE)):
        made = (
            model(**{field.attname: tables.read(field, value) for field, value in zip(fields, row, strict=True)})
            for row in several
        )
        model._default_manager.bulk_create(list(made))  # noqa: SLF001
        total += len(several)
    return total


def _put_keys(keys: Path | None) -> None:
    if keys is None:
        if Document.objects.exists():
            message = "the backup holds documents: give the file of their keys with --keys"
            raise Refused(message)
        return
    held = json.loads(keys.read_text(encoding="utf-8"))
    if held.get("format") != KEYS_FORMAT:
        message = f"{keys} is no file of keys"
        raise Refused(message)
    there = set(Organization.objects.values_list("pk", flat=True))
    owner = held["columns"].index("owner_id")
    _insert(OwnerKey, (row for row in held["rows"] if row[owner] in there))


def _reset_sequences() -> None:
    models: list[type[Model]] = [*tables.kept(), OwnerKey]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _check_ledger(manifest: Mapping[str, Any]) -> None:
    number, head = manifest["head"]
    found = ledger.verdict({number: head} if number else None)
    if found.broken is not None or (found.lines, found.hash) != (number, head):
        message = f"the ledger of the backup does not hold from line {found.broken} on"
        raise Refused(message)


def _since(journals: Sequence[Path], at: datetime) -> list[dict[str, object]]:
    """Return the lines of all journals from a moment on, oldest first."""
    found = [line for path in journals for line in journal.lines(path)]
    wanted = [line for line in found if datetime.fromisoformat(cast("str", line["at"])) >= at]
    return sorted(wanted, key=lambda line: str(line["at"]))
