"""The lists of codes that items are described by: those of the cosmetics template, and headings of customs."""

from functools import lru_cache
from pathlib import Path

from amont.consortia.facts import Code
from amont.consortia.lists import sector

__all__ = ["Code", "families", "hs_headings", "schemes", "steps"]

_FOLDER = Path(__file__).parent / "data"


def families() -> tuple[Code, ...]:
    """Return the families of items: palm, mica, glass..."""
    return sector("cosmetics").families


def steps() -> tuple[Code, ...]:
    """Return the process steps: harvest, mill, refining, moulding..."""
    return sector("cosmetics").steps


def schemes() -> tuple[Code, ...]:
    """Return the certificates and audits: rspo, fsc-coc, iso22716..."""
    return sector("cosmetics").schemes


@lru_cache(maxsize=1)
def hs_headings() -> frozenset[str]:
    """Return the chapters (2 digits) and headings (4 digits) of the Harmonized System 2022."""
    text = (_FOLDER / "hs_headings.csv").read_text(encoding="utf-8")
    return frozenset(text.split()[1:])
