"""Times imports of long files, from their bytes to the commit, against openpyxl or csv with executemany.

`python benchmarks/imports.py` prints, for each case, seconds by the clock and of processors, the rival's in the same
run, and how much memory was used at most; with RECORD=1 it appends them to benchmarks/RESULTS.md. ROWS and MILLION set
the sizes; the first file has the most rows that are let in. The rival reads the cells, checks each as the product does
(lengths, kinds, customs codes, families, volumes in their unit, countries, addresses, references that stand twice),
row by row and with the product's own rules for a cell, and puts the rows into the same tables in one transaction. It
finds no columns, compares nothing with what stands, keeps nothing for taking it back, matches no firms and reports
nothing. "bare" is the same rival without any check.
"""

import csv
import io
import json
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amont.config.settings")
os.environ["AMONT_MODE"] = "test"

ROWS = int(os.environ.get("ROWS", "100000"))
MILLION = int(os.environ.get("MILLION", "1000000"))
RESULTS = Path(__file__).with_name("RESULTS.md")
HEADER = ["Réf. article", "Désignation", "Type", "INCI", "Code douanier", "Famille", "Volume annuel", "Unité"]
SUPPLIER = ["Fournisseur", "Pays", "E-mail", "Réf. fournisseur"]
KINDS = ("Matière première", "Packaging", "Ingrédient", "Service")
FAMILIES = ("palm", "Verre", "glass", "Parfum", "")
COUNTRIES = ("France", "DE", "Italie", "Namibia")
CASES = {
    "import-xlsx, lines alone": ("xlsx", False),
    "import-xlsx, lines with suppliers": ("xlsx", True),
    "import-csv, lines alone": ("csv", False),
}
ITEM = ("reference", "name", "kind", "inci", "hs_code", "family", "volume_band", "unit")


def rows_of(number: int, *, suppliers: bool) -> Iterator[list[object]]:
    """Give a header and good lines."""
    yield HEADER + SUPPLIER if suppliers else HEADER
    for each in range(number):
        firm = each % 400
        row = [
            f"A{each:07}",
            f"Article {each}",
            KINDS[each % 4],
            f"INCI NAME {each % 5000}",
            "3301.29",
            FAMILIES[each % 5],
            (each % 9000) + 0.5,
            "kg",
        ]
        beside = [f"Maison {firm}", COUNTRIES[firm % 4], f"q{firm}@maison{firm}.example", f"F{each}"]
        yield row + beside if suppliers else row


def made(kind: str, number: int, *, suppliers: bool) -> bytes:
    """Return the file's bytes."""
    if kind == "csv":
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=";").writerows(rows_of(number, suppliers=suppliers))
        return text.getvalue().encode()
    import xlsxwriter  # noqa: PLC0415 - only where it is needed

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet()
    for at, row in enumerate(rows_of(number, suppliers=suppliers)):
        sheet.write_row(at, 0, row)
    book.close()
    return held.getvalue()


def ours(content: bytes, kind: str) -> tuple[float, float]:
    """Return the seconds that the product takes to read, check and commit a file that was kept."""
    from amont.catalogue.models import Import, Item  # noqa: PLC0415 - after the settings
    from amont.disclosure.guard import looking_as  # noqa: PLC0415
    from amont.exchange import importing, reading  # noqa: PLC0415
    from amont.kernel.viewer import Viewer  # noqa: PLC0415
    from amont.parties.models import Organization  # noqa: PLC0415

    reading.MOST_ROWS, reading.MOST_BYTES = 2_000_000, 1 << 30  # lifted here, never for users
    viewer = Viewer(Organization.objects.create(name="Maison").pk)
    with looking_as(viewer):
        public_id = importing.bring_file(viewer, content, file_name=f"x.{kind}", shape="lines").public_id
        started = moment()
        report = importing.run(viewer, public_id).report
        took = since(started)
        assert report["read"] == report["added"] == Item.objects.count(), report
        assert Import.objects.get().content is None
    return took


def rival(content: bytes, kind: str, *, suppliers: bool, checked: bool) -> tuple[float, float]:
    """Return the seconds that a plain reader with executemany takes for the same rows in the same tables."""
    from django.db import transaction  # noqa: PLC0415 - after the settings

    from amont.catalogue.models import Item  # noqa: PLC0415
    from amont.disclosure import bulk  # noqa: PLC0415
    from amont.kernel import ids  # noqa: PLC0415
    from amont.parties.models import Organization  # noqa: PLC0415

    owner = Organization.objects.create(name="Maison").pk
    started = moment()
    rows = [tuple("" if cell is None else cell for cell in row) for row in _cells(content, kind)][1:]
    if checked:
        rows = list(_checked(rows))
    with transaction.atomic():
        keys, named = bulk.reserve(Item, len(rows)), ids.new_public_ids(len(rows))
        whole = ((key, name, owner, True, *row[:8]) for key, name, row in zip(keys, named, rows, strict=True))
        bulk.insert(Item, ("id", "public_id", "owner_id", "is_bought", *ITEM), whole)
        if suppliers:
            _put_suppliers(owner, keys, rows)
    return since(started)


def _checked(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Give each row as it is kept, cell by cell; a cell that does not do, or a reference met before, ends the run."""
    from amont.catalogue.lists import Code  # noqa: PLC0415 - after the settings
    from amont.chain.actions.contacts import is_mail  # noqa: PLC0415
    from amont.exchange import cells  # noqa: PLC0415

    families = tuple(
        Code(*each)
        for each in (("palm", "Palme", "Palm"), ("glass", "Verre", "Glass"), ("fragrance", "Parfum", "Fragrance"))
    )
    readers = (
        cells.text(80),
        cells.name(200),
        cells.kind,
        cells.text(400),
        cells.hs_code,
        cells.family(families),
        lambda written: cells.volume_band(written, "kg"),
        cells.unit,
        cells.name(200),
        cells.country,
        cells.mail(is_mail),
        cells.text(120),
    )
    met = set()
    for row in rows:
        found = tuple(read(str(cell)) if cell != "" else "" for read, cell in zip(readers, row, strict=False))
        if not found[1] or found[0] in met:
            raise ValueError(found)
        met.add(found[0])
        yield found


def _put_suppliers(owner: int, items: list[int], rows: list[tuple[object, ...]]) -> None:
    from amont.chain.models import Contact, Input, Source  # noqa: PLC0415 - after the settings
    from amont.disclosure import bulk  # noqa: PLC0415
    from amont.kernel import ids  # noqa: PLC0415

    firms = list(dict.fromkeys((row[8], "FR", row[10]) for row in rows))
    contacts = dict(zip(firms, bulk.reserve(Contact, len(firms)), strict=True))
    named = ids.new_public_ids(len(firms))
    values = ((contacts[firm], name, owner, firm[0], *firm) for firm, name in zip(firms, named, strict=True))
    bulk.insert(Contact, ("id", "public_id", "owner_id", "folded", "name", "country", "email"), values)
    inputs, named = bulk.reserve(Input, len(rows)), ids.new_public_ids(len(rows))
    values = ((key, name, owner, item) for key, name, item in zip(inputs, named, items, strict=True))
    bulk.insert(Input, ("id", "public_id", "owner_id", "item_id"), values)
    named = ids.new_public_ids(len(rows))
    found = (
        (name, owner, entry, contacts[row[8], "FR", row[10]], "FR", row[11])
        for name, entry, row in zip(named, inputs, rows, strict=True)
    )
    bulk.insert(Source, ("public_id", "owner_id", "input_id", "contact_id", "country", "supplier_reference"), found)


def _cells(content: bytes, kind: str) -> Iterable[tuple[object, ...]]:
    if kind == "csv":
        return (tuple(row) for row in csv.reader(io.StringIO(content.decode(), newline=""), delimiter=";"))
    import openpyxl  # noqa: PLC0415 - the rival's own

    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return sheet.iter_rows(values_only=True)


def one(who: str, name: str) -> None:
    """Run one case in this process, on a database of its own, and print seconds and megabytes."""
    import django  # noqa: PLC0415 - the database's address comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    kind, suppliers = CASES[name]
    content = made(kind, MILLION if kind == "csv" else ROWS, suppliers=suppliers)
    took, work = (
        ours(content, kind) if who == "amont" else rival(content, kind, suppliers=suppliers, checked=who == "rival")
    )
    most = max(resource.getrusage(each).ru_maxrss for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(json.dumps({"seconds": took, "work": work, "most": most}))


def moment() -> tuple[float, float]:
    """Return the seconds by the clock and of processors, those of processes that ended included."""
    used = [resource.getrusage(each) for each in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(each.ru_utime + each.ru_stime for each in used)


def since(start: tuple[float, float]) -> tuple[float, float]:
    """Return the seconds of both kinds since then."""
    now = moment()
    return now[0] - start[0], now[1] - start[1]


def timed(who: str, name: str) -> dict[str, float]:
    """Return what one case took, in a process and a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        found = subprocess.run(  # noqa: S603 - this very file
            [sys.executable, __file__, who, name],
            env={**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"},
            stdout=subprocess.PIPE,
            check=True,
        )
    return dict(json.loads(found.stdout.splitlines()[-1]))


def main() -> int:
    """Time each case beside its rival, print, and record where asked."""
    lines = []
    for name, (kind, _suppliers) in CASES.items():
        mine, theirs, bare = timed("amont", name), timed("rival", name), timed("bare", name)
        count = MILLION if kind == "csv" else ROWS
        parts = [name, f"{count:,}"]
        for what in ("seconds", "work"):
            parts += [f"{mine[what]:.1f}", f"{theirs[what]:.1f}", f"{theirs[what] / mine[what]:.1f}"]
            parts.append(f"{bare[what] / mine[what]:.1f}")
        lines.append(f"| {' | '.join([*parts, str(mine['most'])])} |")
        print(lines[-1], flush=True)
    if os.environ.get("RECORD") == "1":
        on = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} CPUs"
        head = [
            "case",
            "rows",
            "s",
            "rival, s",
            "times",
            "times, bare",
            "s of processors",
            "rival, s",
            "times",
            "times, bare",
        ]
        head.append("MB at most")
        with RESULTS.open("a", encoding="utf-8") as results:
            results.write(f"\n## Imports, {time.strftime('%Y-%m-%d')}\n\n{on} (load {os.getloadavg()[0]:.1f}).\n\n")
            results.write(f"| {' | '.join(head)} |\n{'|---' * len(head)}|\n" + "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(one(*sys.argv[1:]) if sys.argv[1:] else main())
