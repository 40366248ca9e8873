"""Read an index's file whole, or refuse it with every place that does not do; and what an index says of a country."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from amont.insight.indexes.known import SOURCES, Measure, Source
from amont.kernel.countries import countries
from amont.kernel.errors import Refused

_NO_FIGURE = ("", "x")  # INFORM writes x
_SHIPPED = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Index:
    """One index: figures by country and column, without the empty cells; `missing` countries have no row."""

    source: Source
    figures: Mapping[tuple[str, str], Decimal]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one measure says of one country, with its source; `figure` is None where the index has none."""

    source: Source
    measure: Measure
    figure: Decimal | None


def read_index(source: Source, text: str) -> Index:
    """Return the index in CSV `text`. Raise Refused by line: unknown or repeated country, a figure that does not do."""
    rows = csv.DictReader(io.StringIO(text))
    _check_headings(source, rows.fieldnames or ())
    known = {each.code for each in countries()}
    wrong: dict[str, list[object]] = {}
    figures: dict[tuple[str, str], Decimal] = {}
    seen: set[str] = set()
    for row in rows:
        code = row["iso2"] or ""
        trouble: list[object] = [] if code in known else [f"unknown country {code!r}"]
        trouble += [f"country {code} a second time"] if code in seen else []
        seen.add(code)
        for measure in source.measures:
            trouble += _take(figures, code, measure, written=row[measure.column] or "")
        if trouble:
            wrong[f"line {rows.line_num}"] = trouble
    if wrong or not figures:
        raise Refused(wrong or {"file": ["no figure at all"]})
    return Index(source, figures, tuple(sorted(known - seen)))


def _check_headings(source: Source, headings: Sequence[str]) -> None:
    absent = [name for name in ("iso2", *(each.column for each in source.measures)) if name not in headings]
    if absent:
        raise Refused({"line 1": [f"no column {name}" for name in absent]})


def _take(figures: dict[tuple[str, str], Decimal], code: str, measure: Measure, *, written: str) -> list[str]:
    if written.strip() in _NO_FIGURE:
        return []
    try:
        figure = Decimal(written.strip())
    except InvalidOperation:
        return [f"{measure.column}: {written!r} is no number"]
    if not figure.is_finite() or not measure.least <= figure <= measure.most:
        return [f"{measure.column}: {written} is not from {measure.least} to {measure.most}"]
    figures[code, measure.column] = figure
    return []


@lru_cache(maxsize=1)
def shipped() -> tuple[Index, ...]:
    """Return the indexes that ship with the product."""
    return tuple(
        read_index(source, (_SHIPPED / f"{source.name}.csv").read_text(encoding="utf-8")) for source in SOURCES
    )


def readings(code: str) -> tuple[Reading, ...]:
    """Return what every measure of the shipped indexes says of a country: a figure or none, never a guess."""
    return tuple(
        Reading(index.source, measure, index.figures.get((code, measure.column)))
        for index in shipped()
        for measure in index.source.measures
    )
