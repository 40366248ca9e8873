"""From rows of text to sites: own ones, and facilities of suppliers."""

from collections.abc import Iterator, Mapping, Sequence

from amont.catalogue.facts_sites import SiteDraft
from amont.exchange import cells
from amont.exchange.cells import CellError, Reader, Wrong
from amont.exchange.coordinates import Point, around, point
from amont.exchange.tables import Row, Table
from amont.kernel.identifiers import NAMES, Unfit, identifier
from amont.kernel.points import Box

Columns = Mapping[int, str]
READERS: Mapping[str, Reader] = {
    "id": cells.public_id,
    "name": cells.name(200),
    "firm": cells.name(200),
    "group": cells.text(200),
    "registry_id": cells.registry_id,
    "address": cells.text(300),
    "postcode": cells.text(20),
    "town": cells.text(120),
    "region": cells.text(120),
    "country": cells.country,
}
POINT = ("latitude", "longitude", "point")
NUMBERED = ("gln", "siret", "uml", "os_id")
LONGEST_IDENTIFIER = 60


def site(
    row: Row, columns: Columns, header: Sequence[str], *, values: Mapping[str, object], others: Sequence[Box]
) -> tuple[SiteDraft | None, list[CellError]]:
    """Return the site of a row, whose single cells `values` holds as read; else the cells that do not do."""
    said = {code: str(value) for code, value in values.items()}
    errors = list(_missing(row, columns, said))
    place = _point(row, columns, said.get("country", ""), others=others, errors=errors)
    external_id, identifiers = _identifiers(row, columns, errors)
    if errors:
        return None, errors
    address = ", ".join(each for each in (said.get("address", ""), said.get("postcode", "")) if each)[:300]
    kept = {header[column]: row.cell(column) for column, code in columns.items() if code == "keep_place"}
    return SiteDraft(
        row=row.number,
        name=said["name"],
        firm=said.get("firm", ""),
        group=said.get("group", ""),
        registry_id=said.get("registry_id", ""),
        external_id=external_id,
        identifiers=identifiers,
        address=address,
        town=said.get("town", ""),
        region=said.get("region", ""),
        country=said.get("country", ""),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        point_written=place.written if place else "",
        details={heading: value for heading, value in kept.items() if value},
        public_id=said.get("id", ""),
    ), []


def _missing(row: Row, columns: Columns, said: Mapping[str, str]) -> Iterator[CellError]:
    if not said.get("name"):
        yield CellError(row.number, _column(columns, "name"), "", "missing")


def _column(columns: Columns, *codes: str) -> int | None:
    return next((column for code in codes for column, each in columns.items() if each == code), None)


def _cell(row: Row, columns: Columns, code: str) -> str:
    column = _column(columns, code)
    return "" if column is None else row.cell(column).strip()


def _point(row: Row, columns: Columns, country: str, *, others: Sequence[Box], errors: list[CellError]) -> Point | None:
    north, east, both = (_cell(row, columns, code) for code in POINT)
    north, east = (north, east) if north or east else (both, "")
    if not (north or east) or {north.strip("0.,"), east.strip("0.,")} == {""}:
        return None
    try:
        return point(north, east, country, others=others)
    except Wrong as wrong:
        at = _column(columns, *(code for code in POINT if _cell(row, columns, code)))
        errors.append(CellError(row.number, at, f"{north} {east}".strip(), wrong.code, wrong.said))
        return None


def _identifiers(row: Row, columns: Columns, errors: list[CellError]) -> tuple[str, dict[str, str]]:
    """Return the identifier that the file gives, and those of a kind, normalized; what does not hold is an error."""
    found: dict[str, str] = {}
    external = ""
    for column, code in columns.items():
        written = row.cell(column).strip() if code in {"external_id", *NUMBERED} else ""
        if not written:
            continue
        try:
            known = identifier(written, "" if code == "external_id" else code)
        except Unfit as unfit:
            errors.append(CellError(row.number, column, written, "registry_digits", {"what": NAMES[unfit.kind]}))
            continue
        if known is None or code == "external_id":
            external = (known.value if known else " ".join(written.split()))[:LONGEST_IDENTIFIER]
        else:
            found[known.kind] = known.value
    if not external and found:
        external = found.pop(next(kind for kind in (*NUMBERED, *found) if kind in found))
    return external, found


def certain_around(table: Table, columns: Columns) -> tuple[Box, ...]:
    """Return the box around the points of a table that stand there as plain decimals."""
    certain = []
    for row in table.rows:
        north, east = _cell(row, columns, "latitude"), _cell(row, columns, "longitude")
        if "." in north and "." in east:
            try:
                found = point(north, east, "")
            except Wrong:
                continue
            certain.append((found.latitude, found.longitude))
    return around(certain)
