"""What the columns of a table mean: by their headings, and where it has none by what stands in them."""

from collections.abc import Sequence

from amont.exchange import content, fields
from amont.exchange.tables import Table

_SAMPLE = 200
_DISTINCT = 0.9


def shape_of(table: Table) -> str:
    """Return the shape that a table most likely has."""
    if table.header_rows:
        return fields.shape_of(table.header)
    return "lines" if _code_column(_columns(table)) is not None else "contacts"


def columns_of(shape: str, table: Table) -> dict[int, str]:
    """Return the meaning of each column that seems to have one."""
    found = fields.columns_of(shape, table.header)
    return found if table.header_rows or shape == "paths" else _by_content(shape, _columns(table))


def _columns(table: Table) -> list[list[str]]:
    rows = table.rows[:_SAMPLE]
    return [[row.cell(column) for row in rows] for column in range(len(table.header))]


def _by_content(shape: str, columns: Sequence[Sequence[str]]) -> dict[int, str]:
    kinds = [content.kind_of_all(texts) for texts in columns]
    code = _code_column(columns)
    words = [column for column, kind in enumerate(kinds) if not kind and any(columns[column]) and column != code]
    names = {"lines": ("name", "supplier"), "contacts": ("name",), "sites": ("name",)}[shape]
    found = dict(zip(words, names, strict=False))
    if shape == "lines" and code is not None:
        found[code] = "reference"
    telling = {
        "lines": {content.MAIL: "supplier_mail", content.COUNTRY: "supplier_country", content.NUMBER: "volume"},
        "contacts": {content.MAIL: "email", content.COUNTRY: "country"},
        "sites": {content.COUNTRY: "country"},
    }[shape]
    for column, kind in enumerate(kinds):
        meant = telling.get(kind, "")
        has_whom = not meant.startswith("supplier_") or "supplier" in found.values()
        if meant and has_whom and column not in found and meant not in found.values():
            found[column] = meant
    return dict(sorted(found.items()))


def _code_column(columns: Sequence[Sequence[str]]) -> int | None:
    """Return the first column that looks like references: short codes or numbers, nearly all different."""
    for column, texts in enumerate(columns):
        said = [text for text in texts if text]
        if said and content.kind_of_all(said) in {content.CODE, content.NUMBER} and _are_whole(said):
            if len(set(said)) >= _DISTINCT * len(said):
                return column
            return None
    return None


def _are_whole(texts: Sequence[str]) -> bool:
    return not any(mark in text for text in texts for mark in ",")
