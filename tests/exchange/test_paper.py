"""Pages as PDF: tagged, in their language, the same bytes from the same page, closed to all else."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from amont.exchange.paper import as_pdf

PAGE = """<!doctype html><html lang="fr"><head><title>Dossier de preuve</title>
<meta name="dcterms.created" content="2026-03-02T09:00:00Z"></head>
<body><h1>Œuvre d’été</h1><p>De quoi, où, par qui.</p>{more}</body></html>"""


def _read(more: str = "") -> PdfReader:
    return PdfReader(BytesIO(as_pdf(PAGE.format(more=more))))


def test_a_page_becomes_a_tagged_pdf_in_its_language_with_its_title() -> None:
    found = _read()
    root = found.trailer["/Root"].get_object()
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert found.metadata is not None
    assert found.metadata.title == "Dossier de preuve"
    assert "Œuvre d’été" in found.pages[0].extract_text()


def test_the_same_page_is_the_same_bytes_in_another_process_and_says_its_own_date() -> None:
    here = as_pdf(PAGE.format(more=""))
    told = "import sys; from amont.exchange.paper import as_pdf; import django; django.setup(); "
    told += "sys.stdout.buffer.write(as_pdf(sys.stdin.read()))"
    there = subprocess.run(
        [sys.executable, "-c", told], input=PAGE.format(more="").encode(), capture_output=True, check=True
    )
    assert there.stdout == here
    metadata = _read().metadata
    assert metadata is not None
    assert metadata.creation_date_raw == "D:20260302090000Z"


def test_the_fonts_that_ship_are_in_the_file() -> None:
    fonts = _read().pages[0]["/Resources"]["/Font"].values()
    names = {str(each.get_object()["/BaseFont"]) for each in fonts}
    assert any("Source-Serif" in name or "SourceSerif" in name for name in names), names
    assert any("Source-Sans" in name or "SourceSans" in name for name in names), names


def test_no_address_in_a_page_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("quince-marmalade", encoding="utf-8")
    more = f'<img src="file://{secret}" alt="a"><img src="http://127.0.0.1:9/x.png" alt="b">'
    more += f'<link rel="attachment" href="file://{secret}">'
    found = _read(more)
    assert "quince-marmalade" not in found.pages[0].extract_text()
    assert not found.attachments
