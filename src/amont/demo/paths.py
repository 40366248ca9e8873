"""What one member knows already of the paths above a line: its own statement, from its old files."""

from random import Random

from amont.chain.facts_book import PathDraft, PlaceDraft

MILLS = (
    ("Sawit Muara Lestari", "Muara Bulan", "ID"),
    ("Sawit Muara Lestari", "Muara Timur", "ID"),
    ("Kebun Raya Serdang", "Serdang Dua", "ID"),
    ("Tanjong Emas Plantations", "Ladang Tanjong", "MY"),
    ("Tanjong Emas Plantations", "Ladang Selatan", "MY"),
    ("Rimba Jaya Estates", "Jaya Satu", "ID"),
    ("Borneo Hijau Group", "Hijau Utara", "MY"),
    ("Borneo Hijau Group", "Hijau Barat", "MY"),
)
REFINERIES = (
    ("Nusa Refining", "Dumai", "ID"),
    ("Johor Fine Oils", "Johor Bahru", "MY"),
    ("Selat Melaka Oils", "Port Klang", "MY"),
)
TRADERS = (("Savonnerie des Aubiers", "Les Aubiers", "FR"),)


def known_paths() -> tuple[PathDraft, ...]:
    """Return the paths above the member's soap line: maker, refinery, sometimes a crusher, mill."""
    chance = Random("paths")  # noqa: S311 - repeatable on purpose
    found = []
    for row, mill in enumerate(MILLS * 3, start=1):
        refinery = REFINERIES[row % len(REFINERIES)]
        stations = [(TRADERS[0], "oleochemistry"), (refinery, "refining")]
        if chance.random() < 0.4:  # noqa: PLR2004 - some paths are one tier longer
            stations.append(((refinery[0], f"{refinery[1]} crushing", refinery[2]), "crushing"))
        stations.append((mill, "mill"))
        found.append(PathDraft(row, tuple(_place(*each, step) for each, step in stations)))
    return tuple(found)


def _place(firm: str, facility: str, country: str, step: str) -> PlaceDraft:
    return PlaceDraft(firm, facility=facility, country=country, step=step)
