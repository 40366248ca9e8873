"""Invented files for tests: article lines, and palm paths with the quirks of real disclosures."""

import csv
import io
import random
from collections.abc import Iterable, Sequence

import xlsxwriter

LINE_HEADER = [
    "Réf. article",
    "Désignation",
    "Type",
    "Code douanier",
    "Famille",
    "Volume annuel (kg)",
    "Fournisseur",
    "Pays",
    "E-mail",
    "Réf. fournisseur",
]


def as_csv(rows: Iterable[Sequence[str]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return rows as CSV, as a French spreadsheet writes it unless told otherwise."""
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return held.getvalue().encode(encoding)


def as_xlsx(sheets: dict[str, Iterable[Sequence[object]]], *, hidden: str = "") -> bytes:
    """Return sheets as XLSX, numbers as numbers."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name == hidden:
            sheet.hide()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    book.close()
    return held.getvalue()


def line_rows(number: int) -> list[list[str]]:
    """Return a header and `number` good lines, with 40 suppliers among them."""
    families = ["palm", "Verre", "glass", "Parfum", ""]
    kinds = ["Matière première", "Packaging", "Ingrédient", "service"]
    countries = ["France", "DE", "Italie", "Namibia"]
    rows = [LINE_HEADER]
    for each in range(number):
        firm = each % 40
        rows.append(
            [
                f"00{each:05}",
                f"Article {each}",
                kinds[each % 4],
                "3301.29",
                families[each % 5],
                f"{each + 1} 250,5",
                f"Maison Numéro {firm}",
                countries[firm % 4],
                f"qualite{firm}@maison{firm}.example",
                f"F-{each}",
            ]
        )
    return rows


PATH_HEADER = [
    "Direct Supplier",
    "Supplier Location",
    *(
        heading
        for tier in range(2, 8)
        for heading in (f"Supplier Parent Company Name (Tier {tier})", f"Supplier Facility Name (Tier {tier})")
    ),
    "PO / PKO",
    "Other Parent Company Name (Company Group)",
    "Mill Company Name",
    "Mill Name",
    "RSPO Status",
    "Address",
    "District/Province",
    "Country",
    "Latitude",
    "Longitude",
    "UML ID",
    "Status",
]


def path_row(direct: tuple[str, str], tiers: Sequence[tuple[str, str]], mill: int, *, marks: str = "x") -> list[str]:
    """Return one path: direct supplier with its location, (parent, facility) for tiers 2 and up, the mill's number."""
    cells = [cell for pair in tiers for cell in pair]
    cells += [""] * (12 - len(cells))
    return [
        *direct,
        *cells,
        marks,
        f"KEBUN GRUP {mill % 30}",
        f"SAWIT ABADI {mill % 60} SDN BHD",
        f"PABRIK {mill}",
        ("IP", "MB", "No", "IP/MB")[mill % 4],
        f"Desa {mill}, Kab. Contoh",
        "Riau",
        "Indonesia" if mill % 3 else "Malaysia",
        str(round(0.5 + mill / 100, 6)),
        str(round(100 + mill / 50, 6)),
        f"PO{mill:010}",
        "Active",
    ]


def path_rows(number: int = 400, seed: int = 7) -> list[list[str]]:
    """Return a header and `number` distinct invented paths of 3 to 7 places.

    Among them: groups that sell to themselves, blank tiers between filled ones, near duplicates of names.
    """
    chance = random.Random(seed)  # noqa: S311 - invented rows, the same every time
    directs = [("Oleana", "India"), ("Borneo Fats", "EU"), ("Borneo Fats", "USA"), ("Selatan Oils", "Malaysia")]
    middle = [
        ("Oleana", "Oleana Port Works"),
        ("Garuda Lipids", "PT Garuda Lipids Nusantara, Dumai"),
        ("Garuda Lipids", "Garuda Lipids Nusantara, Dumai"),
        ("Garuda Lipids", "PT Garuda Lipids, Gresik"),
        ("Selatan Oils", "Selatan Refinery"),
        ("Tirta Group", "Tirta Kernel Crushing"),
    ]
    rows: list[list[str]] = []
    while len(rows) < number:
        tiers = chance.sample(middle, chance.randint(1, 5))
        if len(tiers) > 2 and chance.random() < 0.2:
            tiers.insert(1, ("", ""))
        row = path_row(chance.choice(directs), tiers, chance.randint(1, 240), marks=chance.choice(["x", "x x"]))
        if row[:14] + row[24:25] not in [each[:14] + each[24:25] for each in rows]:
            rows.append(row)
    return [PATH_HEADER, *rows]
