"""Odd and hostile workbooks: XLSX, XLS, ODS."""

import datetime as dt

import xlsxwriter

from exchange.corpus_made import (
    GOOD,
    GOOD_BOOK,
    HEAD,
    MB,
    ROWS,
    SHEET,
    Cells,
    archive,
    book,
    many,
    reads,
    refuses,
    repacked,
    sheet_with,
)
from made_files import LINE_HEADER, as_xlsx, line_rows
from made_old import as_ods, as_xls, compound


def lying() -> bytes:
    made = archive({"xl/workbook.xml": b"<workbook/>", SHEET: b"0" * (40 * MB)})
    return made.replace((40 * MB).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def locked() -> bytes:
    made = bytearray(GOOD_BOOK)
    at = 0
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := made.find(mark, at)) >= 0:
            made[at + flags] |= 1
            at += 4
    return bytes(made)


def laughs() -> bytes:
    said = "".join(f'<!ENTITY l{each} "{f"&l{each - 1};" * 10}">' for each in range(1, 9))
    return f'<!DOCTYPE w [<!ENTITY l0 "{"ha" * 1000}">{said}]><worksheet a="&l8;"'.encode()


def repeated_text() -> bytes:
    def write(made: "xlsxwriter.Workbook") -> None:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for at in range(1, 50_000):
            sheet.write_row(at, 0, [str(at), "x" * 30_000, "x" * 30_000])

    return book(write)


# XLSX
reads("a plain workbook", lambda: GOOD_BOOK, file_name="x.xlsx")
reads("a workbook named csv", lambda: GOOD_BOOK)
reads("a workbook with bytes behind it", lambda: GOOD_BOOK + b"\0" * 30, file_name="x.xlsx")
reads(
    "a cover sheet first",
    lambda: as_xlsx({"Garde": [["Maison Claire"], ["Export"]], "Lignes": GOOD}),
    file_name="x.xlsx",
)
reads(
    "a hidden sheet that would fit better",
    lambda: as_xlsx({"Lignes": GOOD, "Vieux": [LINE_HEADER, *line_rows(9)[1:]]}, hidden="Vieux"),
    file_name="x.xlsx",
)
reads(
    "title rows in a workbook",
    lambda: as_xlsx({"L": [["Liste des articles"], ["Le 12/03/2026"], [], *GOOD]}),
    file_name="x.xlsx",
    header=(4, 1),
)
reads(
    "a table that begins at C5",
    lambda: as_xlsx({"L": [[], [], [], [], *[["", "", *row] for row in GOOD]]}),
    file_name="x.xlsx",
    first=("", "", "00123"),
    header=(5, 1),
)


def _merged(made: "xlsxwriter.Workbook") -> None:
    sheet = made.add_worksheet()
    sheet.merge_range("A1:D1", "Articles de la Maison Claire")
    sheet.merge_range("A2:B2", "Article")
    sheet.merge_range("C2:D2", "Fournisseur")
    for at, row in enumerate([["Référence", "Désignation", "Nom", "Pays"], *ROWS], 2):
        sheet.write_row(at, 0, row)


def _down(made: "xlsxwriter.Workbook") -> None:
    sheet = made.add_worksheet()
    sheet.merge_range("A1:A2", "Référence")
    sheet.merge_range("B1:B2", "Désignation")
    sheet.merge_range("C1:D1", "Fournisseur")
    sheet.write_row(1, 2, ["Nom", "Pays"])
    for at, row in enumerate(ROWS, 2):
        sheet.write_row(at, 0, row)


def _formulas(made: "xlsxwriter.Workbook") -> None:
    sheet = made.add_worksheet()
    for at, row in enumerate(GOOD):
        for column, cell in enumerate(row):
            sheet.write_formula(at, column, f'=CONCAT("{cell}","")', None, cell)


def _unreckoned(made: "xlsxwriter.Workbook") -> None:
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    for at in range(1, 4):
        sheet.write(at, 0, f"R{at}")
        sheet.write_formula(at, 1, "=A1", None, "")


def _kinds(made: "xlsxwriter.Workbook") -> None:
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["Référence", "Désignation", "Volume annuel (kg)", "Depuis", "Actif"])
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(1, 0, ["00123", "Beurre de karité", 1250.5])
    sheet.write_datetime(1, 3, dt.datetime(2015, 3, 4, tzinfo=dt.UTC).replace(tzinfo=None), day)
    sheet.write_boolean(1, 4, boolean=True)
    sheet.write_row(2, 0, [124, "Huile", 0.1])
    sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")


def _styled(made: "xlsxwriter.Workbook") -> None:
    sheet = made.add_worksheet()
    bold = made.add_format({"bold": True})
    for at, row in enumerate(GOOD):
        sheet.write_row(at, 0, row)
    for at in range(4, 60_000):
        sheet.write_blank(at, 0, None, bold)
    sheet.write_blank(1_048_575, 9, None, bold)


def _charts(made: "xlsxwriter.Workbook") -> None:
    made.add_worksheet()


reads("merged headings over groups", lambda: book(_merged), file_name="x.xlsx", header=(2, 2))
reads("headings merged downward", lambda: book(_down), file_name="x.xlsx", header=(1, 2))
reads("a formula in every cell of a workbook", lambda: book(_formulas), file_name="x.xlsx")
reads("formulas never reckoned", lambda: book(_unreckoned), file_name="x.xlsx", refused=3, first=("R1",))
reads(
    "numbers, days, booleans, errors",
    lambda: book(_kinds),
    file_name="x.xlsx",
    rows=2,
    first=("00123", "Beurre de karité", "1250.5", "2015-03-04", "TRUE"),
)
reads("a million styled empty rows", lambda: book(_styled), file_name="x.xlsx")
reads(
    "names that leave the archive",
    lambda: repacked(GOOD_BOOK, {"../../etc/passwd": b"x", "/abs": b"y"}),
    file_name="x.xlsx",
)
reads(
    "an entity from outside is not fetched",
    lambda: sheet_with(b"<worksheet", b'<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet'),
    file_name="x.xlsx",
)
refuses("an empty workbook", "holds no text", lambda: book(_charts), file_name="x.xlsx")
refuses(
    "a cell at the far end",
    "too far down",
    lambda: sheet_with(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    file_name="x.xlsx",
)
refuses(
    "an unpack bomb",
    "far too large",
    lambda: archive({"xl/workbook.xml": b"<workbook/>", SHEET: b"\0" * (40 * MB)}),
    file_name="x.xlsx",
)
refuses("a bomb that lies about its size", ".", lying, file_name="x.xlsx")
refuses(
    "a bomb within a bomb",
    "far too large",
    lambda: archive({"xl/workbook.xml": b"<w/>", "a.zip": archive({"b": b"\0" * (60 * MB)}) * 600}),
    file_name="x.xlsx",
)
refuses(
    "6,000 parts",
    "far too large",
    lambda: repacked(GOOD_BOOK, {f"x/{each}": b"" for each in range(6_000)}),
    file_name="x.xlsx",
)
reads(
    "entities that multiply in a sheet are not followed",
    lambda: sheet_with(b"<worksheet", laughs()),
    file_name="x.xlsx",
)
refuses("macros", "macros", lambda: repacked(GOOD_BOOK, {"xl/vbaProject.bin": b"\0" * 50}), file_name="x.xlsx")
refuses("a name for macros", "macros", lambda: GOOD_BOOK, file_name="x.xlsm")
refuses("a binary workbook", ".xlsb", lambda: archive({"xl/workbook.bin": b"\0" * 50}), file_name="x.xlsx")
refuses(
    "a workbook with a password",
    "password",
    lambda: compound({"EncryptionInfo": b"x" * 50, "EncryptedPackage": b"x" * 9000}),
    file_name="x.xlsx",
)
refuses("an archive with a password", "password", locked, file_name="x.xlsx")
refuses("half a workbook", "damaged", lambda: GOOD_BOOK[: len(GOOD_BOOK) // 2], file_name="x.xlsx")
refuses(
    "a workbook with bytes changed",
    "damaged",
    lambda: GOOD_BOOK[:60] + b"\xff" * 40 + GOOD_BOOK[100:],
    file_name="x.xlsx",
)
refuses("a workbook without its sheet", ".", lambda: repacked(GOOD_BOOK, {SHEET: None}), file_name="x.xlsx")
refuses("a sheet that breaks off", "damaged", lambda: sheet_with(b"</sheetData>", b"<row"), file_name="x.xlsx")
refuses(
    "100,001 rows in a workbook", "100,000 rows", lambda: as_xlsx({"L": many(100_001)}), file_name="x.xlsx", big=True
)
reads(
    "100,000 rows of 20 columns in a workbook",
    lambda: as_xlsx({"L": many(100_000, width=20)}),
    file_name="x.xlsx",
    big=True,
    rows=100_000,
    first=("000000",),
)
refuses("one text of 30 KB a million times", "holds too much", repeated_text, file_name="x.xlsx", big=True)


# XLS and ODS
FAR_XLS: Cells = [*GOOD, *[[]] * 65_531, [*[""] * 255, "x"]]
EMPTY_TAIL = (
    '<table:table-row table:number-rows-repeated="1048500">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)
FULL_TAIL = EMPTY_TAIL.replace('"16384"/>', '"16384" office:value-type="string"><text:p>x</text:p></table:table-cell>')
reads("an old workbook", lambda: as_xls(GOOD), file_name="x.xls")
reads(
    "an old workbook of 20,000 rows",
    lambda: as_xls(list(many(20_000))),
    file_name="x.xls",
    rows=20_000,
    first=("000000",),
)
refuses("an old workbook with a password", "password", lambda: as_xls(GOOD, locked=True), file_name="x.xls")
refuses("an old workbook with macros", "macros", lambda: as_xls(GOOD, also=["_VBA_PROJECT_CUR"]), file_name="x.xls")
refuses("an old workbook with a cell far away", "too far down", lambda: as_xls(FAR_XLS), file_name="x.xls")
refuses("half an old workbook", ".", lambda: as_xls(list(many(2_000)))[:30_000], file_name="x.xls")
refuses(
    "an old workbook full of zeros",
    "holds no spreadsheet",
    lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 6000,
    file_name="x.xls",
)
reads(
    "an ODS with a cover and a hidden sheet",
    lambda: as_ods({"Garde": [["Maison"]], "Vieux": line_rows(9), "Lignes": GOOD}, hidden="Vieux", tail=EMPTY_TAIL),
    file_name="x.ods",
)
refuses(
    "an ODS that repeats a cell 17 thousand million times",
    "too far down",
    lambda: as_ods({"L": GOOD}, tail=FULL_TAIL),
    file_name="x.ods",
)
refuses(
    "an ODS with macros",
    "macros",
    lambda: as_ods({"L": GOOD}, more={"Basic/Standard/Module1.xml": "<m/>"}),
    file_name="x.ods",
)
refuses(
    "an ODS with a password",
    "password",
    lambda: as_ods({"L": GOOD}, more={"META-INF/manifest.xml": "<m:encryption-data/>"}),
    file_name="x.ods",
)
refuses(
    "a text document of LibreOffice",
    "holds no spreadsheet",
    lambda: as_ods({"L": GOOD}, mime="application/vnd.oasis.opendocument.text"),
    file_name="x.ods",
)
