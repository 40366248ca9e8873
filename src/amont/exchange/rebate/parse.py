"""Reading a rebate file: JSON, then its shape, then all that a schema cannot say; each trouble at its line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from amont.exchange.strict_json import Shape, day, line_of, read_json
from amont.kernel.errors import Refused
from amont.kernel.money import exact
from amont.purchasing.facts import Case
from amont.purchasing.rules.counting import DocumentLine, contradictions, counted_once
from amont.purchasing.rules.schemes import Band, Formula, Period, Scheme, band_troubles
from amont.purchasing.rules.settling import Event

SCHEMA = Path(__file__).with_name("rebate.schema.json")
_SHAPE = Shape(SCHEMA)
_MOST_LINES_FOUND = 100
"""Finding a place's line reads the file up to there: enough for whoever mends it."""
_LONGEST = 40
Row = Mapping[str, Any]
Trouble = tuple[str, str]


def read_rebate(text: str, *, falling: bool = False) -> Case:
    """Return what a rebate file says; rates may fall from band to band only if `falling`.

    Raises `Refused` with the places that do not do ("line 12: $.events[3].amount"), each with its reasons.
    """
    content = read_json(text)
    found = list(_SHAPE.misfits(content))
    if not found:
        parser = _Parser(content, falling=falling)
        case = parser.case()
        found = parser.found
        if not found:
            return case
    raise Refused(_placed(text, found))


def _placed(text: str, found: Iterable[Trouble]) -> Mapping[str, list[str]]:
    placed: dict[str, list[str]] = defaultdict(list)
    for number, (place, reason) in enumerate(found):
        line = f"line {line_of(text, place)}: " if number < _MOST_LINES_FOUND else ""
        placed[f"{line}{place}"].append(reason)
    return placed


class _Parser:
    """Reads a file of the right shape and collects what is wrong in it."""

    def __init__(self, content: Row, *, falling: bool) -> None:
        self.content, self.falling = content, falling
        self.currency: str = content["currency"]
        self.found: list[Trouble] = []

    def case(self) -> Case:
        content = self.content
        bands = tuple(self._bands())
        scheme = Scheme(self.currency, Formula(content["formula"]), bands, self._period("$.period", content, "period"))
        adherents = self._adherents()
        lines = list(self._lines(adherents))
        if not self.found:
            for number, first in contradictions(lines):
                document, line = lines[number].document, lines[number].line
                reason = f"document {document!r}, line {line!r} stands at $.events[{first}] and says otherwise"
                self.found.append((f"$.events[{number}]", reason))
        events = () if self.found else tuple(counted_once(lines, self.currency))
        return Case(scheme, adherents, events, tuple(self._settlements()))

    def _bands(self) -> Iterator[Band]:
        bands = []
        for number, row in enumerate(self.content["bands"]):
            starts_at = exact(self._amount(f"$.bands[{number}].from", row["from"]), self.currency)
            rate = Fraction(self._amount(f"$.bands[{number}].rate", row["rate"]))
            bands.append(Band(starts_at, rate))
        for number, trouble in band_troubles(bands, falling=self.falling):
            self.found.append((f"$.bands[{number}]", str(trouble)))
        return iter(bands)

    def _period(self, place: str, row: Row, name: str = "") -> Period:
        held = row.get(name, {}) if name else row
        found = Period(self._day(f"{place}.from", held.get("from")), self._day(f"{place}.to", held.get("to")))
        if found.first and found.last and found.last < found.first:
            self.found.append((f"{place}.to", f"{held['to']} lies before {held['from']}"))
        return found

    def _adherents(self) -> dict[str, Period]:
        found: dict[str, Period] = {}
        for number, row in enumerate(self.content["adherents"]):
            place = f"$.adherents[{number}]"
            if row["key"] in found:
                self.found.append((f"{place}.key", f"{row['key']!r} stands twice in adherents"))
            found[row["key"]] = self._period(place, row)
        return found

    def _lines(self, adherents: Mapping[str, Period]) -> Iterator[DocumentLine]:
        days: dict[str, date | None] = {}
        for number, row in enumerate(self.content["events"]):
            place = f"$.events[{number}]"
            if row["adherent"] not in adherents:
                self.found.append((f"{place}.adherent", f"no adherent has the key {row['adherent']!r}"))
            on = self._kept_day(days, f"{place}.date", row["date"])
            known = self._kept_day(days, f"{place}.known", row["known"]) if "known" in row else on
            amount = self._amount(f"{place}.amount", row["amount"])
            if on is not None and known is not None:
                yield DocumentLine(row["document"], row["line"], amount, Event(row["adherent"], on, 0, known))

    def _settlements(self) -> Iterator[date]:
        found = []
        for number, text in enumerate(self.content["settlements"]):
            on = self._day(f"$.settlements[{number}]", text)
            found += [(number, on)] if on is not None else []
        for (_number, before), (number, on) in pairwise(found):
            if on < before:
                self.found.append((f"$.settlements[{number}]", f"{on} lies before {before}: settlements ascend"))
        return iter(on for _number, on in found)

    def _kept_day(self, kept: dict[str, date | None], place: str, text: str) -> date | None:
        if kept.get(text) is None:
            kept[text] = self._day(place, text)
        return kept[text]

    def _day(self, place: str, text: str | None) -> date | None:
        try:
            return day(text) if text is not None else None
        except ValueError as trouble:
            self.found.append((place, str(trouble)))
            return None

    def _amount(self, place: str, text: str) -> Decimal:
        if len(text) > _LONGEST:
            self.found.append((place, f"longer than {_LONGEST} characters"))
            return Decimal(0)
        return Decimal(text)
