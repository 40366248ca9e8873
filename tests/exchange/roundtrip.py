"""Tables written here, opened and saved by LibreOffice as each of its formats, and read again: `make roundtrip`."""

import subprocess
from pathlib import Path

import pytest

from amont.exchange.reading import read_file
from amont.exchange.writing import Value, Written, as_xlsx, columns
from exchange.corpus_made import GOOD
from made_old import as_ods, as_xls

ROWS: list[tuple[Value, ...]] = [
    ("00123", "=1+1", "Beurre de karité – œuf", 1250.5, "a; b, c"),
    ("-7", "+33 1 02", "“guillemets” «\u202fà la française\u202f»", 12, 'il a dit "non"'),
    ("@x", "'=2", "乳木果油 زيت 🧴", 0.125, "deux\nlignes"),
]
TABLE = Written("Articles", columns("Référence", "Formule", "Désignation", "Volume", "Note"), ROWS)


def _converted(content: bytes, name: str, kind: str, where: Path) -> bytes:
    (where / name).write_bytes(content)
    office = f"-env:UserInstallation=file://{where}/office"
    subprocess.run(
        ["soffice", office, "--headless", "--convert-to", kind, "--outdir", str(where / "out"), str(where / name)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return (where / "out" / Path(name).with_suffix(f".{kind}")).read_bytes()


def _cells(content: bytes, name: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_file(content, name)[0].rows]


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saves_again_is_read_as_it_was_written(kind: str, tmp_path: Path) -> None:
    written = as_xlsx(TABLE)
    assert _cells(_converted(written, "table.xlsx", kind, tmp_path), f"table.{kind}") == _cells(written, "table.xlsx")


@pytest.mark.parametrize(("kind", "content"), [("xls", as_xls(GOOD)), ("ods", as_ods({"Lignes": GOOD}))])
def test_the_old_files_that_the_tests_make_are_such_that_libreoffice_opens_them(
    kind: str, content: bytes, tmp_path: Path
) -> None:
    assert _cells(_converted(content, f"made.{kind}", "xlsx", tmp_path), "made.xlsx") == [tuple(row) for row in GOOD]
