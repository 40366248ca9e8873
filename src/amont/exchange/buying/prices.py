"""Price lists from CSV and XLSX, given to the action that brings them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from amont.exchange.buying.columns import Words, cells_of, place
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.purchasing import actions
from amont.purchasing.actions.agreements import price_troubles
from amont.purchasing.facts import PriceDraft

WORDS: Words = {
    "reference": ("reference", "référence", "ref", "réf", "sku", "article", "code article", "item", "item code"),
    "name": ("name", "désignation", "designation", "libellé", "description", "product", "produit", "nom"),
    "unit": ("unit", "unité", "uom", "unité de vente", "unit of measure"),
    "price": ("price", "prix", "prix unitaire", "unit price", "prix net", "net price", "prix ht", "pu ht"),
    "base": ("price per", "prix pour", "base", "base quantity", "quantité de base", "price unit"),
    "from_quantity": ("from quantity", "à partir de", "quantité minimale", "minimum quantity", "qty from", "palier"),
}


def bring_prices(
    viewer: Viewer, agreement: str, content: bytes, file_name: str, *, first_on: date, last_on: date
) -> int:
    """Bring a file as a version of an agreement's price list; return the version.

    Raises `NotKnown`, `Denied`, `Refused` with rows that do not do; then nothing is kept.
    """
    cells = cells_of(content, file_name, WORDS, needed=("reference", "unit", "price"))
    lines = [
        PriceDraft(
            place=place(row),
            reference=cells.text(row, "reference", needed=True),
            name=cells.text(row, "name"),
            unit=cells.text(row, "unit", needed=True),
            price=cells.number(row, "price"),
            base=cells.number(row, "base", Decimal(1)),
            from_quantity=cells.number(row, "from_quantity", Decimal(0)),
        )
        for row in cells.rows()
    ]
    if cells.wrong:
        raise Refused(_all_wrong(lines, cells.wrong))
    return actions.bring_prices(viewer, agreement, lines=lines, first_on=first_on, last_on=last_on, file_name=file_name)


def _all_wrong(lines: Sequence[PriceDraft], unread: Mapping[str, list[object]]) -> dict[str, list[object]]:
    """Return all that does not do at once, in the order of rows: cells that cannot be read, and lines that were."""
    found = price_troubles([line for line in lines if line.place not in unread])
    every = {**unread, **found}
    places = dict.fromkeys((*(line.place for line in lines if line.place in every), *every))
    return {each: every[each] for each in places}
