"""From rows of text to what the domains take: article lines, contacts, supply paths, with the cells that do not do."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress

from amont.catalogue.facts import LineDraft
from amont.catalogue.facts_sites import SiteDraft
from amont.catalogue.lists import Code
from amont.chain.actions.contacts import is_mail
from amont.chain.facts_book import ContactDraft, PathDraft, PlaceDraft, SupplierDraft
from amont.exchange import cells
from amont.exchange.cells import CellError, Reader, Wrong
from amont.exchange.fields import MANY
from amont.exchange.found import decimal_of
from amont.exchange.lines import LineReader
from amont.exchange.manner import Manner
from amont.exchange.packed import columns_of
from amont.exchange.sites import READERS as SITE_READERS
from amont.exchange.sites import certain_around, site
from amont.exchange.tables import Row, Table
from amont.kernel.folding import folded
from amont.kernel.points import Box

Columns = Mapping[int, str]
MILL_WORDS = frozenset(["mill", "moulin", "huilerie", "uml"])


@dataclass(slots=True)
class Rows:
    """What the rows of a table say: good ones as drafts by row, and the cells that do not do."""

    lines: list[LineDraft] = field(default_factory=list)
    suppliers: dict[int, SupplierDraft] = field(default_factory=dict)
    contacts: list[ContactDraft] = field(default_factory=list)
    paths: list[PathDraft] = field(default_factory=list)
    sites: list[SiteDraft] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    read: int = 0
    odd: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def refused(self) -> set[int]:
        """Return the numbers of the rows that do not go in."""
        return {each.row for each in self.errors}

    def add(self, more: "Rows") -> None:
        """Take in what further rows of the same table say."""
        self.lines += more.lines
        self.suppliers |= more.suppliers
        self.contacts += more.contacts
        self.paths += more.paths
        self.sites += more.sites
        self.errors += more.errors
        self.read += more.read
        for heading, counts in more.odd.items():
            held = self.odd.setdefault(heading, {})
            for value, count in counts.items():
                held[value] = held.get(value, 0) + count


def rows_of(
    shape: str,
    table: Table,
    columns: Columns,
    *,
    families: tuple[Code, ...],
    volume_unit: str = "",
    manner: Manner | None = None,
) -> Rows:
    """Return what the rows of a table say, columns meaning what `columns` says.

    `volume_unit` is that of volumes which have none on their row; `manner` how numbers are written, as far as told.
    """
    decimal = decimal_of(table, columns, manner or Manner())
    found = Rows(read=len(table.rows))
    if shape == "lines":
        _read_lines(found, table, LineReader(columns, families, unit=volume_unit, decimal=decimal))
        return found
    readers = _readers(shape)
    makers: Mapping[str, Callable[..., None]] = {
        "contacts": _contact,
        "paths": partial(_path, table=table),
        "sites": partial(_site, table=table, others=certain_around(table, columns) if shape == "sites" else ()),
    }
    for row in table.rows:
        if _is_heading(row, table.header):
            found.errors.append(CellError(row.number, None, "", "header_again"))
            continue
        values = _values(row, columns, readers, errors=found.errors)
        if values is not None:
            makers[shape](found, row, columns, values=values)
    return found


def _read_lines(found: Rows, table: Table, reader: LineReader) -> None:
    numbers, texts = columns_of(table.rows)
    heading = table.header[0].casefold()
    alike = [at for at, cell in enumerate(texts[0]) if cell.casefold() == heading] if texts else []
    again = [at for at in alike if _is_heading(table.rows[at], table.header)]
    if again:
        kept = [at not in again for at in range(len(numbers))]
        said = reader.read(list(compress(numbers, kept)), [tuple(compress(column, kept)) for column in texts])
    else:
        said = reader.read(numbers, texts)
    found.lines, found.suppliers = said.drafts, said.suppliers
    found.errors = [*said.errors, *(CellError(numbers[at], None, "", "header_again") for at in again)]


def _is_heading(row: Row, header: tuple[str, ...]) -> bool:
    if row.cells[0].casefold() != header[0].casefold():  # most rows end here, without folding
        return False
    return all(folded(row.cell(column)) == folded(heading) for column, heading in enumerate(header))


def _values(
    row: Row, columns: Columns, readers: Mapping[str, Reader], *, errors: list[CellError]
) -> dict[str, object] | None:
    values: dict[str, object] = {}
    before = len(errors)
    for column, code in columns.items():
        written = row.cell(column)
        if not written or code in MANY:
            continue
        try:
            cells.check_value(written)
            if code in readers:
                values[code] = readers[code](written)
        except Wrong as wrong:
            errors.append(CellError(row.number, column, written, wrong.code, wrong.said))
    return values if len(errors) == before else None


def _readers(shape: str) -> Mapping[str, Reader]:
    if shape == "sites":
        return SITE_READERS
    return {
        "id": cells.public_id,
        "name": cells.name(200),
        "country": cells.country,
        "person": cells.text(120),
        "email": cells.mail(is_mail),
        "language": cells.language,
        "registry_id": cells.registry_id,
        "group": cells.text(200),
        "latitude": cells.coordinate(90),
        "longitude": cells.coordinate(180),
    }


def _column(columns: Columns, code: str) -> int | None:
    return next((column for column, each in columns.items() if each == code), None)


def _contact(found: Rows, row: Row, columns: Columns, *, values: Mapping[str, object]) -> None:
    said = {code: str(value) for code, value in values.items()}
    if not said.get("name"):
        found.errors.append(CellError(row.number, _column(columns, "name"), "", "missing"))
        return
    fields = ("name", "country", "group", "registry_id", "person", "email", "language")
    own = {code: said.get(code, "") for code in fields}
    found.contacts.append(ContactDraft(row.number, public_id=said.get("id", ""), **own))


def _site(
    found: Rows, row: Row, columns: Columns, *, values: Mapping[str, object], table: Table, others: Sequence[Box]
) -> None:
    draft, errors = site(row, columns, table.header, values=values, others=others)
    found.errors += errors
    if draft is None:
        return
    found.sites.append(draft)
    _count_marks(found, draft.details)


def _path(found: Rows, row: Row, columns: Columns, *, values: Mapping[str, object], table: Table) -> None:
    said = {code: " ".join(row.cell(column).split())[:200] for column, code in columns.items()}
    kept = {
        what: {table.header[column]: row.cell(column) for column, code in columns.items() if code == what}
        for what in ("keep_place", "keep_path")
    }
    if not said.get("direct_firm"):
        found.errors.append(CellError(row.number, _column(columns, "direct_firm"), "", "no_place"))
        return
    try:
        top = _top(said, values, kept["keep_place"], step=_top_step(columns, table))
    except Wrong as wrong:
        column = _column(columns, "top_country")
        found.errors.append(CellError(row.number, column, said["top_country"], wrong.code, wrong.said))
        return
    _count_marks(found, {**kept["keep_place"], **kept["keep_path"]})
    places = (_direct(said), *_tiers(said), *([top] if top else []))
    marks = {heading: value for heading, value in kept["keep_path"].items() if value}
    found.paths.append(PathDraft(row.number, places, marks))


def _count_marks(found: Rows, kept: Mapping[str, str]) -> None:
    for heading, value in kept.items():
        counts = found.odd.setdefault(heading, {})
        counts[value] = counts.get(value, 0) + 1


def _direct(said: Mapping[str, str]) -> PlaceDraft:
    location = said.get("direct_location", "")
    country = _country_or_none(location)
    return PlaceDraft(
        firm=said["direct_firm"],
        facility=said.get("direct_facility", ""),
        region="" if country else location[:120],
        country=country,
        firm_country=country if location else None,
    )


def _tiers(said: Mapping[str, str]) -> Iterable[PlaceDraft]:
    numbers = sorted({int(code.split(":")[1]) for code in said if code.startswith("tier:")})
    for tier in numbers:
        firm, facility = said.get(f"tier:{tier}:firm", ""), said.get(f"tier:{tier}:facility", "")
        if folded(firm) or folded(facility):
            country = _country_or_none(said.get(f"tier:{tier}:country", ""))
            yield PlaceDraft(firm=firm or facility, facility=facility, country=country, firm_country=country or None)


def _top(
    said: Mapping[str, str], values: Mapping[str, object], kept: Mapping[str, str], *, step: str
) -> PlaceDraft | None:
    firm = next((said[code] for code in ("top_firm", "top_group", "top_name") if said.get(code)), "")
    if not firm:
        return None
    country = cells.country(said["top_country"]) if said.get("top_country") else ""
    latitude, longitude = values.get("latitude"), values.get("longitude")
    return PlaceDraft(
        firm=firm,
        group=said.get("top_group", "") if said.get("top_group", "") != firm else "",
        facility=said.get("top_name", ""),
        external_id=said.get("external_id", "")[:60],
        town=said.get("top_town", "")[:120],
        region=said.get("top_region", "")[:120],
        country=country,
        firm_country=country or None,
        latitude=latitude if isinstance(latitude, float) else None,
        longitude=longitude if isinstance(longitude, float) else None,
        step=step,
        details={heading: value for heading, value in kept.items() if value},
    )


def _top_step(columns: Columns, table: Table) -> str:
    headings = [folded(table.header[column]) for column, code in columns.items() if code in {"top_name", "external_id"}]
    return "mill" if any(set(heading.split()) & MILL_WORDS for heading in headings) else ""


def _country_or_none(written: str) -> str:
    try:
        return cells.country(written) if written else ""
    except Wrong:
        return ""
