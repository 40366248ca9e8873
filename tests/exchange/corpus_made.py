"""What the corpus of odd and hostile files is made with: its cases, and the ways to make a file."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from made_files import as_xlsx

SAMPLES = Path(__file__).with_name("samples")
HEAD = ["Réf. article", "Désignation", "Fournisseur", "Pays"]
ROWS = [
    ["00123", "Beurre de karité", "Oléane", "France"],
    ["00124", "Huile d’œillette", "Béton & Cie", "DE"],
    ["00125", "Verre ambré 30 ml", "Verrerie du Perche", "Namibie"],
]
MB = 1024 * 1024
CASES: list["Case"] = []
Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Case:
    """One file: how it is made, its name, and what must come of it.

    `rows` are read, `refused` of them do not do; `first` begins the first row as read. Or `why` stands in the reason
    for which the whole file is refused. `big` ones are left to `make corpus`.
    """

    name: str
    make: Callable[[], bytes]
    file_name: str = "lines.csv"
    shape: str = "lines"
    rows: int = 3
    refused: int = 0
    first: tuple[str, ...] = ("00123", "Beurre de karité")
    header: tuple[int, int] | None = None
    why: str = ""
    big: bool = False

    def __str__(self) -> str:
        return self.name


def reads(name: str, make: Callable[[], bytes], **told: object) -> None:
    """Add a file that is read."""
    CASES.append(Case(name, make, **told))  # type: ignore[arg-type]


def refuses(name: str, why: str, make: Callable[[], bytes], **told: object) -> None:
    """Add a file that is refused for this reason."""
    CASES.append(Case(name, make, why=why, **told))  # type: ignore[arg-type]


def text(rows: Cells, *, sign: str = ";", end: str = "\r\n") -> str:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=sign, lineterminator=end).writerows(rows)
    return held.getvalue()


def book(write: Callable[["xlsxwriter.Workbook"], None], **options: object) -> bytes:
    held = io.BytesIO()
    made = xlsxwriter.Workbook(held, {"in_memory": True, **options})
    write(made)
    made.close()
    return held.getvalue()


def repacked(content: bytes, parts: dict[str, bytes | None]) -> bytes:
    """Return an archive with these parts put in (None: left out)."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            if each.filename not in parts:
                new.writestr(each.filename, old.read(each))
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return held.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return held.getvalue()


GOOD: list[list[str]] = [HEAD, *ROWS]
GOOD_BOOK = as_xlsx({"Lignes": GOOD})
SHEET = "xl/worksheets/sheet1.xml"


def sheet_with(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD_BOOK)) as parts:
        said = parts.read(SHEET)
    assert old in said
    return repacked(GOOD_BOOK, {SHEET: said.replace(old, new, 1)})


def many(count: int, *, width: int = 4) -> Iterable[list[str]]:
    yield HEAD + [f"Col {each}" for each in range(width - 4)]
    for each in range(count):
        yield [f"{each:06}", f"Article numéro {each}", f"Maison {each % 40}", "France", *["x"] * (width - 4)]
