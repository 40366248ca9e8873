"""What a preview and a report say on screen."""

from collections.abc import Mapping
from dataclasses import dataclass

from amont.catalogue.facts import ImportFact
from amont.exchange.importing import Preview
from amont.exchange.looks import summary
from amont.exchange.plan import doubled
from amont.exchange.reasons import in_words
from amont.exchange.tables import letters
from amont.kernel.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Trouble:
    """One cell that does not do, in words."""

    row: int
    cell: str
    heading: str
    value: str
    reason: str
    remedy: str


def trouble(kept: Mapping[str, object]) -> Trouble:
    """Return one kept error in the language of the page."""
    said = kept.get("said")
    reason, remedy = in_words(str(kept["code"]), said if isinstance(said, dict) else {})
    row = kept["row"]
    return Trouble(
        row=row if isinstance(row, int) else 0,
        cell=str(kept["cell"]),
        heading=str(kept["heading"]),
        value=str(kept["value"]),
        reason=reason,
        remedy=remedy,
    )


def troubles(fact: ImportFact, page: int) -> Page[Trouble]:
    """Return a page of the cells that an import refused."""
    kept = fact.report.get("errors")
    cut = page_of(kept if isinstance(kept, list) else [], page)
    return Page(tuple(trouble(each) for each in cut.rows), cut.number, cut.total, cut.size)


def told(preview: Preview) -> dict[str, object]:
    """Return what a preview says: counts, the first cells that do not do, headings that stand twice."""
    table = preview.opened.table
    twice = [(heading, [letters(column) for column in columns]) for heading, columns in doubled(table)]
    beside = {"twice": twice, "titles": len(table.above)}
    if preview.result is not None:
        return beside | _look(summary(table, preview.result))
    is_awaited = preview.opened.is_long and not preview.errors and not preview.opened.fact.look
    return beside | {"counts": None, "is_awaited": is_awaited} | _look(preview.opened.fact.look)


def _look(look: Mapping[str, object]) -> dict[str, object]:
    kept = look.get("troubles")
    return {**look, "troubles": [trouble(each) for each in kept]} if isinstance(kept, list) else {}
