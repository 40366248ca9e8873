"""Files of sites held against each other: pairs in one row, one list within itself, or two lists."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from amont.catalogue.matching.pairs import site_pairs
from amont.catalogue.matching.sites import Prepared, SiteWriting, Verdict, compared, prepared
from amont.catalogue.sites import ids_of
from amont.exchange import fields
from amont.exchange.cells import Wrong
from amont.exchange.coordinates import point
from amont.exchange.reading import read_file
from amont.exchange.tables import Row
from amont.kernel.countries import country_code
from amont.kernel.folding import folded

SIDES = (("1", "2"), ("left", "right"), ("a", "b"), ("one", "other"), ("l", "r"), ("x", "y"))
LABELS = frozenset(["same", "match", "label", "is match", "truth", "gold", "is same", "matched", "duplicate", "meme"])
YES = frozenset(["1", "true", "yes", "y", "same", "match", "oui", "vrai", "t", "positive"])
TELLING_ID = 6
_SPLIT = re.compile(r"(?<=[a-z])(?=\d$)")
_OF = frozenset(["facility", "site", "record", "mill", "supplier", "item"])
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One row of an answer: the two rows of the file (the same one for a pair), and what they come to."""

    row: int
    other_row: int
    one: str
    other: str
    verdict: Verdict
    label: bool | None = None


def held(content: bytes, file_name: str, *, other: bytes | None = None, other_name: str = "") -> list[Compared]:
    """Return what the sites of a file come to: pair by pair where each row holds two, else all pairs that may be one.

    With a second file, the pairs of which one is in each. Raises `Refused` at "file" for one that does not do.
    """
    header, rows = _table(content, file_name)
    sides = _pair_columns(header)
    if sides is not None and other is None:
        return list(_pairs(header, rows, sides))
    mine = {f"1:{row.number}": prepared(_writing(cells)) for row, cells in _single(header, rows)}
    theirs = {}
    if other is not None:
        more, further = _table(other, other_name)
        theirs = {f"2:{row.number}": prepared(_writing(cells)) for row, cells in _single(more, further)}
    return list(_across(mine, theirs))


def _table(content: bytes, file_name: str) -> tuple[tuple[str, ...], Sequence[Row]]:
    sheet = read_file(content, file_name)[0]
    return sheet.rows[0].cells, sheet.rows[1:]


def _pair_columns(header: Sequence[str]) -> tuple[dict[int, str], dict[int, str]] | None:
    """Return the meanings of the columns of each side, None for a file whose rows do not hold two sites."""
    for marks in SIDES:
        found = [{at: code for at, heading in enumerate(header) if (code := _side(heading, mark))} for mark in marks]
        if all({"name", "firm"} & set(each.values()) for each in found):
            return found[0], found[1]
    return None


def _side(heading: str, mark: str) -> str:
    words = _SPLIT.sub(" ", folded(heading)).split()
    if mark not in words:
        return ""
    words.remove(mark)
    return _meaning(words)


def _meaning(words: list[str]) -> str:
    for phrase in (" ".join(words), " ".join(word for word in words if word not in _OF)):
        code, sure = fields.meaning("sites", phrase)
        if sure:
            return code
    return ""


def _pairs(
    header: Sequence[str], rows: Sequence[Row], sides: tuple[Mapping[int, str], Mapping[int, str]]
) -> Iterator[Compared]:
    label = next((at for at, heading in enumerate(header) if folded(heading) in LABELS), None)
    for row in rows:
        one, other = (_writing({code: row.cell(at).strip() for at, code in side.items()}) for side in sides)
        verdict = compared(prepared(one), prepared(other))
        said = None if label is None or not row.cell(label).strip() else folded(row.cell(label)) in YES
        yield Compared(row.number, row.number, one.name, other.name, verdict, said)


def _single(header: Sequence[str], rows: Sequence[Row]) -> Iterator[tuple[Row, Cells]]:
    columns = fields.columns_of("sites", header)
    for row in rows:
        yield row, {code: row.cell(at).strip() for at, code in columns.items()}


def _across(mine: Mapping[str, Prepared], theirs: Mapping[str, Prepared]) -> Iterator[Compared]:
    for one, other, verdict in site_pairs({**mine, **theirs}):
        if theirs and one[0] == other[0]:
            continue
        names = [(mine | theirs)[ref].writing.name for ref in (one, other)]  # type: ignore[operator]
        yield Compared(int(one[2:]), int(other[2:]), names[0], names[1], verdict)


def _writing(cells: Cells) -> SiteWriting:
    country = country_code(cells.get("country", "")) or ""
    north, east = _point(cells, country)
    return SiteWriting(
        name=cells.get("name", "") or cells.get("firm", ""),
        firm=cells.get("firm", "") if cells.get("name") else "",
        group=cells.get("group", ""),
        address=" ".join(each for each in (cells.get("address", ""), cells.get("postcode", "")) if each),
        town=cells.get("town", ""),
        region=cells.get("region", ""),
        country=country,
        latitude=north,
        longitude=east,
        ids=_ids(cells),
    )


def _point(cells: Cells, country: str) -> tuple[float | None, float | None]:
    north, east = cells.get("latitude", "") or cells.get("point", ""), cells.get("longitude", "")
    if not north:
        return None, None
    for known in (country, ""):
        try:
            found = point(north, east, known)
        except Wrong:
            continue
        return found.latitude, found.longitude
    return None, None


def _ids(cells: Cells) -> Mapping[str, str]:
    """Return the identifiers; one of no known kind may be a mere number of a row, and tells only where it is long."""
    found: dict[str, str] = {}
    for code in ("external_id", "gln", "siret", "uml", "os_id"):
        for kind, value in ids_of(cells.get(code, ""), {}).items():
            if kind or len(value) >= TELLING_ID:
                found.setdefault(kind, value)
    return found


def as_csv(found: Sequence[Compared], content: bytes | None = None, file_name: str = "") -> str:
    """Return the answer as CSV: for pairs their own columns first, then score (0 to 1), decision and reasons."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    table = _table(content, file_name) if content is not None else None
    if table is not None and _pair_columns(table[0]) is not None:
        rows = {row.number: row for row in table[1]}
        writer.writerow((*table[0], "score", "decision", "reasons"))
        for each in found:
            cells = [rows[each.row].cell(at) for at in range(len(table[0]))]
            writer.writerow((*cells, *_told(each.verdict)))
        return told.getvalue()
    writer.writerow(("row_1", "row_2", "name_1", "name_2", "score", "decision", "reasons"))
    writer.writerows((each.row, each.other_row, each.one, each.other, *_told(each.verdict)) for each in found)
    return told.getvalue()


def _told(verdict: Verdict) -> tuple[str, str, str]:
    reasons = "; ".join(f"{each.code} {each.weight:+.1f}" for each in verdict.reasons)
    return f"{verdict.score:.4f}", verdict.decision.value, reasons
