"""Odd and hostile files, made by code, each with what must come of it: rows that are counted, or a refusal.

`make corpus` reads each in a process of its own and prints time and memory; the tests read all but the big ones.
"""

from exchange import corpus_books, corpus_text
from exchange.corpus_made import CASES, SAMPLES, Case, reads, text
from made_files import as_csv, path_rows

__all__ = ["CASES", "Case", "corpus_books", "corpus_text"]

# real files, and invented ones like those that may not be copied
reads(
    "real: factories as CSV",
    (SAMPLES / "facilities_4.csv").read_bytes,
    shape="sites",
    rows=81,
    refused=-1,
    first=("Bangladesh",),
)
reads(
    "real: factories as XLSX",
    (SAMPLES / "facilities_12.xlsx").read_bytes,
    file_name="x.xlsx",
    shape="sites",
    rows=15,
    refused=-1,
    first=("Peru",),
)
reads(
    "real: suppliers of Montréal",
    (SAMPLES / "fournisseurs_montreal.csv").read_bytes,
    shape="contacts",
    rows=300,
    first=("3857387 CANADA INC. (VOLKSWAGEN DES SOURCES)", "60750"),
)
reads("like: palm paths of seven tiers", lambda: as_csv(path_rows(), delimiter=","), shape="paths", rows=400, first=())
reads(
    "like: mills with coordinates",
    lambda: text(
        [
            ["Parent Company", "Mill Name", "Province", "Country", "Latitude", "Longitude"],
            ["OLEANA", "KEBUN SATU", "Riau", "Indonesia", "1.76515", "100.49015"],
            ["OLEANA", "KEBUN DUA", "Jambi", "Indonesia", "-1.963888", "102.301111"],
        ],
        sign=",",
    ).encode(),
    shape="sites",
    rows=2,
    first=("OLEANA", "KEBUN SATU"),
)
