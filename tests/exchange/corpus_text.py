"""Odd and hostile text files, and other things in disguise."""

import csv
import io

from exchange.corpus_made import GOOD, GOOD_BOOK, HEAD, MB, ROWS, Cells, archive, many, reads, refuses, text
from made_old import compound


def as_csv_quoted(rows: Cells) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    return held.getvalue().encode("utf-8-sig")


# text files: encodings
reads("UTF-8 with a mark", lambda: text(GOOD).encode("utf-8-sig"))
reads("UTF-8 without a mark, commas", lambda: text(GOOD, sign=",").encode())
reads("UTF-8 with a mark, all in quotes", lambda: as_csv_quoted(GOOD))
reads("UTF-16 as Excel writes Unicode text", lambda: text(GOOD, sign="\t").encode("utf-16"))
reads("UTF-16 big-endian with a mark", lambda: b"\xfe\xff" + text(GOOD, sign="\t").encode("utf-16-be"))
reads("UTF-16 without a mark", lambda: text(GOOD).encode("utf-16-le"))
reads("UTF-32 with a mark", lambda: text(GOOD).encode("utf-32"))
reads("Windows-1252", lambda: text(GOOD).encode("cp1252"))
reads("Mac Roman with lone returns", lambda: text(GOOD, end="\r").encode("mac_roman"))
reads("DOS 850", lambda: text(GOOD).replace("’", "'").replace("œ", "oe").encode("cp850"))
reads(
    "accents only after 300 KB",
    lambda: (
        text([HEAD, *[["1", "x" * 80, "y", "FR"]] * 4000, *ROWS[:1]]).replace("é", "e").encode()
        + "9;Gélifiant;Société générale;FR\r\n".encode("cp1252")
    ),
    rows=4002,
    first=("1",),
)
reads(
    "UTF-8 with one broken byte",
    lambda: text([*GOOD, *[["9", "Gélifiant à l’algue", "É", "FR"]] * 9]).encode() + b"8;\xff;x;FR\r\n",
    rows=13,
    refused=1,
)
reads("a mark and blanks around headings", ("\ufeff" + text([[f" {each} " for each in HEAD], *ROWS])).encode)
reads(
    "Cyrillic in Windows-1251",
    lambda: (
        text([HEAD, ["1", "Масло подсолнечное рафинированное", "Завод", "FR"]])
        .replace("é", "e")
        .replace("’", "'")
        .encode("cp1251")
    ),
    rows=1,
    first=("1",),
)


# text files: signs and shapes of rows
reads("bars", lambda: text(GOOD, sign="|").encode())
reads("tabs", lambda: text(GOOD, sign="\t").encode())
reads("a sep= line before the headings", lambda: b"sep=;\r\n" + text(GOOD).encode())
reads("Unix line ends and none at the end", lambda: text(GOOD, end="\n").rstrip().encode())
reads(
    "line ends inside quotes",
    lambda: text([HEAD, ["1", "Beurre\r\nde karité", "Oléane", "FR"]]).encode(),
    rows=1,
    first=("1",),
)
reads(
    "delimiters inside quotes",
    lambda: text([HEAD, ["1", "Beurre; de; karité", "A;B", "FR"]]).encode(),
    rows=1,
    first=("1", "Beurre; de; karité"),
)
reads(
    "an inch sign in a cell",
    'Réf. article;Désignation\r\n1;Tube 2" droit\r\n2;Tube "long" fin\r\n'.encode,
    rows=2,
    first=("1",),
)
refuses("a quotation mark never closed", "never closed", lambda: b'Reference;Name\r\nA1;"never closed\r\nA2;x\r\n')
reads(
    "empty columns and rows at the end",
    lambda: text([[*HEAD, "", ""], *[[*row, "", ""] for row in ROWS], [""] * 6, [""] * 6]).encode(),
)
reads("ragged rows", lambda: text([HEAD, ROWS[0], ["00124", "Court"], [*ROWS[2], "plus", "long"]]).encode())
reads(
    "three title rows and a blank one",
    lambda: text([["Export du 12/03/2026"], ["Société : Maison Claire"], ["Page", "1"], [], *GOOD]).encode(),
    header=(5, 1),
)
reads(
    "two rows of headings",
    lambda: text([["Article", "", "Fournisseur", ""], ["Référence", "Désignation", "Nom", "Pays"], *ROWS]).encode(),
    header=(1, 2),
)
reads(
    "no headings at all",
    lambda: text(
        [
            ["X-001", "Beurre de karité", "a@oleane.example", "France"],
            ["X-002", "Huile", "b@beton.example", "DE"],
            ["X-003", "Verre", "c@verre.example", "IT"],
        ]
    ).encode(),
    header=(1, 0),
    first=("X-001",),
)
reads(
    "no headings, firms",
    lambda: text([["Oléane", "France", "a@oleane.example"], ["Béton", "DE", "b@beton.example"]]).encode(),
    shape="contacts",
    rows=2,
    header=(1, 0),
    first=("Oléane",),
)
reads(
    "headings once more in the middle", lambda: text([*GOOD, HEAD, ["9", "Gel", "X", "FR"]]).encode(), rows=5, refused=1
)
reads("one heading twice", lambda: text([[*HEAD, "Pays"], *[[*row, "Inde"] for row in ROWS]]).encode())
reads(
    "two rows that contradict each other", lambda: text([*GOOD, ["00123", "Autre chose", "X", "FR"]]).encode(), rows=4
)
reads(
    "unknown countries and codes",
    lambda: text(
        [[*HEAD, "Code douanier"], ["1", "Gel", "X", "Atlantide", "99"], ["2", "Gel 2", "Y", "FR", "330129"]]
    ).encode(),
    rows=2,
    refused=1,
    first=("1",),
)
reads("a name missing", lambda: text([*GOOD, ["00126", "", "X", "FR"]]).encode(), rows=4, refused=1)
reads(
    "leading zeros and long numbers",
    lambda: text([HEAD, ["0000007", "3401234567890123", "X", "FR"]]).encode(),
    rows=1,
    first=("0000007", "3401234567890123"),
)
reads(
    "a formula in every cell",
    lambda: text([HEAD, ["=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "FR"], ["-2", "+3", "=A1", "DE"]]).encode(),
    rows=2,
    first=("=1+1", "=cmd|' /C calc'!A0"),
)
reads(
    "control characters",
    lambda: text([HEAD, ["1", "Beu\x01rre\x07", "O\x1fl\x1eé", "FR"]]).encode(),
    rows=1,
    first=("1", "Beurre", "Olé"),
)
reads(
    "emoji, Arabic, and letters with loose accents",
    lambda: text([HEAD, ["1", "🧴 Crème", "زيت الأركان", "FR"], ["2", "Cre\u0300me", "Ōmi", "JP"]]).encode(),
    rows=2,
    first=("1", "🧴 Crème"),
)
reads("Chinese", lambda: text([HEAD, ["1", "乳木果油", "上海化工", "CN"]]).encode(), rows=1, first=("1", "乳木果油"))
reads("decimal commas", lambda: text([[*HEAD, "Volume annuel (kg)"], *[[*row, "1 250,5"] for row in ROWS]]).encode())
reads(
    "English thousands",
    lambda: text(
        [["Reference", "Name", "Annual volume (kg)"], ["1", "Oil", "1,250"], ["2", "Wax", "12,500.5"]], sign=","
    ).encode(),
    rows=2,
    first=("1", "Oil", "1,250"),
)
reads(
    "Swiss thousands and narrow blanks",
    lambda: text(
        [["Référence", "Nom", "Volume annuel"], ["1", "Oil", "1'250"], ["2", "Wax", "12\u202f500,5"]]
    ).encode(),
    rows=2,
    first=("1", "Oil"),
)
reads(
    "volumes that are words",
    lambda: text([["Référence", "Nom", "Volume annuel"], ["1", "Oil", "beaucoup"], ["2", "Wax", "n/a"]]).encode(),
    rows=2,
    refused=2,
    first=("1", "Oil"),
)
reads(
    "one column of names",
    "Fournisseur\r\nOléane\r\nBéton\r\n".encode,
    shape="contacts",
    rows=2,
    first=("Oléane",),
)
reads("cells pasted from a spreadsheet", lambda: text(GOOD, sign="\t", end="\n").encode(), file_name="Pasted cells")
reads(
    "headings in another language",
    lambda: text([["Artikelnummer", "Bezeichnung"], ["1", "Sheabutter"], ["2", "Glas"]]).encode(),
    rows=2,
    refused=2,
    first=("1",),
)
reads(
    "3,000 columns",
    lambda: text([[*HEAD, *[f"c{each}" for each in range(2996)]], *[[*row, *["x"] * 2996] for row in ROWS]]).encode(),
)
reads(
    "10,000 rows with blank rows between",
    lambda: text(
        [HEAD, *[row for each in range(10_000) for row in ([f"{each}", f"N {each}", "X", "FR"], [])]]
    ).encode(),
    rows=10_000,
    first=("0",),
)

# text files that are refused
refuses("nothing at all", "is empty", lambda: b"")
refuses("a mark and blanks", "is empty", lambda: b"\xef\xbb\xbf \r\n\t\r\n")
refuses("headings alone", "no row below", lambda: text([HEAD]).encode())
refuses("zeros in text", "no text file", lambda: b"Reference;Name\r\n1;a\x00b\r\n2;c\r\n" * 50)
refuses(
    "a cell of 100,001 characters", "100,000 characters", lambda: text([HEAD, ["1", "x" * 100_001, "y", "FR"]]).encode()
)
refuses("49 MB without a line end", "100,000 characters", lambda: b"x" * (49 * MB), big=True)
refuses("4,001 columns", "4,000 columns", lambda: text([[f"c{each}" for each in range(4_001)]] * 3).encode())
refuses("100,001 rows", "100,000 rows", lambda: text(many(100_001)).encode(), big=True)
reads("100,000 rows", lambda: text(many(100_000)).encode(), big=True, rows=100_000, first=("000000",))
reads(
    "100,000 rows of 20 columns",
    lambda: text(many(100_000, width=20)).encode(),
    big=True,
    rows=100_000,
    first=("000000",),
)
refuses("60 MB", "50 MB", lambda: b"Reference;Name\r\n" + b"1;x\r\n" * (60 * MB // 5), big=True)
reads(
    "48 MB in few rows",
    lambda: text([HEAD, *[["1", "x" * 190, *["y" * 9000] * 8]] * 600]).encode(),
    big=True,
    rows=600,
    refused=-1,
    first=("1",),
)
refuses(
    "a million semicolons a row",
    "100,000 characters",
    lambda: b";" * 3_000_000 + b"\r\na;b\r\n1;2\r\n",
)
refuses(
    "random bytes", ".", lambda: bytes((each * 7919 + each // 251) % 256 for each in range(100_000)), file_name="x.csv"
)

# other things in disguise
refuses("a PDF named csv", "a PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")
refuses(
    "a web page named xls",
    "web page",
    lambda: b"<html><table><tr><td>Reference</td></tr></table></html>",
    file_name="x.xls",
)
refuses(
    "a web page after a comment",
    "web page",
    lambda: b"<!-- export -->\n<HTML><body><table></table></body></HTML>",
    file_name="x.xls",
)
refuses(
    "Excel XML of 2003",
    "XML file",
    lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
)
refuses(
    "XML with entities that multiply",
    "XML file",
    lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
)
refuses("a page saved as MHTML", "web page", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n")
refuses("RTF", "text document", lambda: b"{\\rtf1\\ansi Reference}")
refuses("a PNG", "picture or an archive", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
refuses("a JPEG", "picture or an archive", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF\0")
refuses("gzip", "picture or an archive", lambda: b"\x1f\x8b\x08\0\0\0\0\0\0\x03" + b"\0" * 50)
refuses("7-Zip", "picture or an archive", lambda: b"7z\xbc\xaf\x27\x1c\0\x04" + b"\0" * 50)
refuses("a program", "picture or an archive", lambda: b"MZ\x90\0\x03\0\0\0\x04\0" + b"\0" * 100)
refuses(
    "an archive without a workbook", "no spreadsheet", lambda: archive({"readme.txt": b"hello"}), file_name="x.xlsx"
)
refuses(
    "a Word document",
    "no spreadsheet",
    lambda: archive({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}),
    file_name="x.xlsx",
)
refuses(
    "an old Word document", "holds no spreadsheet", lambda: compound({"WordDocument": b"x" * 5000}), file_name="x.xls"
)
refuses("a picture with a workbook behind it", "picture or an archive", lambda: b"GIF89a\x01\0\x01\0\0\0\0" + GOOD_BOOK)
refuses("a PDF with a workbook behind it", "a PDF", lambda: b"%PDF-1.4\n" + GOOD_BOOK)
refuses("text with a workbook behind it", "no text file", lambda: b"Reference;Name\r\n" + GOOD_BOOK)
