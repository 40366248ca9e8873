"""Writing a backup: all rows at one moment into one file, the keys of documents into another."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection, transaction

from amont.disclosure.unsealed import unsealed
from amont.evidence.models import OwnerKey
from amont.keeping.backup import tables
from amont.kernel import clock
from amont.ledger import read as ledger

FORMAT = "amont-backup"
MANIFEST = "manifest.json"
KEYS_FORMAT = "amont-keys"


def backup(file: Path, keys: Path) -> dict[str, int]:
    """Write a backup and, in a file of its own, the keys of documents; return how many rows of each table.

    Both are made beside their places and put there whole. Servers go on meanwhile: what is written is one moment.
    """
    with unsealed("an operator makes a backup"), _one_moment():
        counts = _write(_beside(file))
        _write_keys(_beside(keys))
    _beside(keys).replace(keys)
    _beside(file).replace(file)
    return counts


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it stands at one moment, holding up nobody who writes."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _write(file: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    told: dict[str, object] = {}
    number, head = ledger.head()
    with _private(file), ZipFile(file, "w", ZIP_DEFLATED, compresslevel=3) as parts:
        for model in tables.kept():
            label = model._meta.label  # noqa: SLF001
            digest = sha256()
            with parts.open(f"{label}.jsonl", "w", force_zip64=True) as part:
                for row in tables.rows(model):
                    line = f"{json.dumps(row, separators=(',', ':'))}\n".encode()
                    digest.update(line)
                    part.write(line)
                    counts[label] = counts.get(label, 0) + 1
            names = [field.attname for field in tables.columns(model)]
            told[label] = {"rows": counts.get(label, 0), "sha256": digest.hexdigest(), "columns": names}
        manifest = {"format": FORMAT, "version": 1, "at": clock.now().isoformat(), "head": [number, head]}
        manifest |= {"migrations": tables.migrations(), "tables": told}
        parts.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return counts


def _write_keys(file: Path) -> None:
    names = [field.attname for field in tables.columns(OwnerKey)]
    held = {"format": KEYS_FORMAT, "version": 1, "columns": names, "rows": list(tables.rows(OwnerKey))}
    with _private(file):
        file.write_text(json.dumps(held), encoding="utf-8")


@contextmanager
def _private(file: Path) -> Iterator[None]:
    """Let nobody else read what is written."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    yield


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.part")
