"""The page of exposure: countries above lines with what indexes say of them, and the lines behind one country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amont.exchange.writing import Written, columns
from amont.insight.exposure import exposure as exposure_of
from amont.insight.facts_dependence import Kind
from amont.insight.facts_exposure import Exposed, Exposure, Standing
from amont.insight.indexes import known
from amont.kernel.countries import country_name
from amont.kernel.paging import page_of
from amont.sight.facts import Mark, Place
from amont.web.depend import asked, present
from amont.web.shell import marks
from amont.web.shell.handing import handed, is_file
from amont.web.shell.middleware import signed_in

UNKNOWN = "unknown"
DANGERS: Mapping[known.Kind, Promise] = {
    known.Kind.GEOPOLITICAL: gettext_lazy("Geopolitical"),
    known.Kind.CLIMATIC: gettext_lazy("Climatic"),
    known.Kind.SANITARY: gettext_lazy("Sanitary"),
}
MEASURES: Mapping[str, Promise] = {
    "pv_estimate": gettext_lazy("Political stability"),
    "rl_estimate": gettext_lazy("Rule of law"),
    "cc_estimate": gettext_lazy("Control of corruption"),
    "projected_conflict_probability": gettext_lazy("Projected conflict"),
    "natural": gettext_lazy("Natural hazards"),
    "drought": gettext_lazy("Drought"),
    "epidemic": gettext_lazy("Epidemics"),
    "access_to_health_care": gettext_lazy("Lack of access to health care"),
    "water_stress_category": gettext_lazy("Water stress"),
    "drought_risk_category": gettext_lazy("Risk of drought"),
    "river_flood_risk_category": gettext_lazy("Risk of river floods"),
}
SCALES: Mapping[str, Promise] = {
    "wgi": gettext_lazy("about -2.5 weak to 2.5 strong"),
    "inform": gettext_lazy("0 low to 10 high"),
    "aqueduct": gettext_lazy("0 low to 4 extremely high, -1 arid"),
}
EDITIONS: Mapping[str, Promise] = {
    "wgi": gettext_lazy("2024 update, year 2023"),
    "inform": gettext_lazy("2025, version 0.7.0"),
    "aqueduct": gettext_lazy("version 4.0 of 2023"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure's heading: what it measures, on which scale, and who says so in which edition, under which licence."""

    word: str
    scale: str
    source: str


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One country above lines, with a figure for each measure, None where the index has none."""

    code: str
    name: str
    lines: int
    figures: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line behind a country, or behind what is not known: its places there as (mark drawn, how known, who)."""

    item: str
    name: str
    places: tuple[tuple[SafeString, str, str], ...]


@require_safe
def exposure(request: HttpRequest) -> HttpResponse:
    """Show the countries above one's lines, or above one, with figures of one kind; and the lines behind a country."""
    viewer, scope, kind = signed_in(request), asked.scope(request), asked.danger(request)
    line, code = request.GET.get("line", ""), request.GET.get("country", "")
    found = exposure_of(viewer, kind, scope=scope, line=line)
    names = present.names(viewer)
    behind = _lines(_standing(found, code), names)
    countries = [_country(each) for each in found.countries]
    if is_file(request):
        return handed(request, _written(countries, kind, found), _lines_written(behind))
    measures = _measures(kind)
    shown = {"found": found, "countries": countries, "measures": measures, "sources": _sources(measures)}
    shown |= {"code": code, "country": _said(code), "line": line, "line_name": names.get(line, ""), "kind": kind}
    shown["page"] = _paged(request, behind)
    shown |= {"kinds": [(each.value, word, each is kind) for each, word in DANGERS.items()]}
    return render(request, "depend/exposure.html", shown | present.frame(viewer, scope))


def _paged(request: HttpRequest, rows: list[LineRow]) -> object:
    return page_of(rows, asked.page(request))


def _said(code: str) -> str:
    return _("Country or sources not known") if code == UNKNOWN else present.said(Kind.COUNTRY, code) if code else ""


def _standing(found: Exposure, code: str) -> tuple[Standing, ...]:
    if code == UNKNOWN:
        return found.unknown
    return next((each.standing for each in found.countries if each.country == code), ())


def _country(each: Exposed) -> CountryRow:
    name = country_name(each.country, get_language() or "fr")
    return CountryRow(each.country, name, len(each.standing), tuple(reading.figure for reading in each.readings))


def _measures(kind: known.Kind) -> list[Measured]:
    return [_measured(source, each) for source in known.SOURCES for each in source.measures if each.kind is kind]


def _measured(source: known.Source, measure: known.Measure) -> Measured:
    said = f"{source.maker}, {EDITIONS[source.name]} ({source.licence})"
    return Measured(str(MEASURES[measure.column]), str(SCALES[source.name]), said)


def _sources(measures: Iterable[Measured]) -> list[tuple[str, str]]:
    """Return each source once, with the words of its figures."""
    words: dict[str, list[str]] = {}
    for each in measures:
        words.setdefault(each.source, []).append(each.word)
    return [(", ".join(found), source) for source, found in words.items()]


def _lines(standing: Iterable[Standing], names: Mapping[str, str]) -> list[LineRow]:
    rows = [LineRow(each.line, names.get(each.line, each.line), _places(each.places)) for each in standing]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.item))


def _places(places: Iterable[Place]) -> tuple[tuple[SafeString, str, str], ...]:
    return tuple((marks.svg(each.mark), str(marks.WORDS[each.mark]), _who(each)) for each in places)


def _who(place: Place) -> str:
    if place.mark is Mark.OWN:
        return place.name
    unnamed = _("Unnamed firm %(code)s") % {"code": place.firm[:4]} if place.firm else ""
    parts = (place.organization or unnamed, place.name, present.listed(place.step))
    return " · ".join(part for part in parts if part)


def _written(rows: Iterable[CountryRow], kind: known.Kind, found: Exposure) -> Written:
    """Return countries with figures, what is not known first, each figure under its source."""
    heads = [f"{each.word}, {each.scale} ({each.source})" for each in _measures(kind)]
    silence = (_said(UNKNOWN), len(found.unknown), *([None] * len(heads)))
    figures = [(row.name, row.lines, *row.figures) for row in rows]
    return Written(_("Exposure"), columns(_("Country"), _("Lines"), *heads), [silence, *figures])


def _lines_written(rows: Iterable[LineRow]) -> Written:
    found = [(row.name, how, who) for row in rows for _picture, how, who in row.places]
    return Written(_("Lines behind a country"), columns(_("Lines"), _("How known"), _("Place")), found)
