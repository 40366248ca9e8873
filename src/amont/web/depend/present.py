"""What lines depend on as pages show it: facts beside their words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from amont.consortia.read import label
from amont.insight import sovereignty as depends
from amont.insight.facts_dependence import Concentration, Hidden, Kind, Outcome, Scope, Stop
from amont.insight.read import article_lines
from amont.kernel.countries import country_name
from amont.kernel.viewer import Viewer
from amont.web.depend.forms import Choices

KINDS: Mapping[Kind, Promise] = {
    Kind.COUNTRY: gettext_lazy("Country"),
    Kind.FIRM: gettext_lazy("Firm"),
    Kind.SITE: gettext_lazy("Site"),
    Kind.FAMILY: gettext_lazy("Family"),
    Kind.ITEM: gettext_lazy("Item of a supplier"),
}
SCOPES: Mapping[Scope, Promise] = {
    Scope.CONFIRMED: gettext_lazy("Confirmed alone"),
    Scope.STATED: gettext_lazy("With what suppliers state"),
    Scope.CLAIMED: gettext_lazy("With your own claims as well"),
}
WORST = 3
PLAYED = (Kind.COUNTRY, Kind.FIRM, Kind.SITE, Kind.FAMILY)


@dataclass(frozen=True, slots=True)
class Row:
    """One concentration in words; the index from 0 to 10,000, shares in whole percents, least and most."""

    tier: int
    kind: str
    known: int
    unknown: int
    largest: str
    hhi: tuple[int, int]
    share: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Failure:
    """One single stop in words, with its lines as (item, name); `query` plays it."""

    kind: str
    name: str
    about: str
    any_path: int
    every_input: tuple[tuple[str, str], ...]
    feared: int
    volume_percent: int | None
    stock_weeks: int | None
    switch_months: int | None


@dataclass(frozen=True, slots=True)
class Common:
    """One unnamed firm under several branches of a supplier's chain, in words."""

    supplier: str
    what: str
    branches: int
    lines: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line under a scenario: what becomes of it, when, and what replaces what stops."""

    item: str
    name: str
    state: str
    when: str
    switch_months: int | None
    replaced_by: str


def frame(viewer: Viewer, scope: Scope) -> dict[str, object]:
    """Return what stands on every one of these pages: what is counted, and over how many lines."""
    scopes = [(each.value, word, each is scope) for each, word in SCOPES.items()]
    return {"scope": scope.value, "scopes": scopes, "total": len(article_lines(viewer))}


def kinds(chosen: Kind) -> list[tuple[str, Promise, bool]]:
    """Return the kinds of things that stop alone, and which is shown."""
    return [(kind.value, word, kind is chosen) for kind, word in KINDS.items() if kind is not Kind.FAMILY]


def choices(viewer: Viewer, scope: Scope) -> dict[str, Choices]:
    """Return what can be chosen to stop, by kind, in the order of its words."""
    found: dict[str, Choices] = {}
    for kind in PLAYED:
        codes = ((code, said(kind, code)) for code in depends.known(viewer, kind, scope=scope))
        found[kind.value] = sorted(codes, key=lambda pair: (pair[1].casefold(), pair[0]))
    return found


def said(kind: Kind, code: str) -> str:
    """Say a code in the language of the page. A firm that goes by a pseudonym is an unnamed one."""
    language = get_language() or "fr"
    if kind is Kind.COUNTRY:
        return country_name(code, language)
    return label(code, language) if kind is Kind.FAMILY else code


def concentration(found: Iterable[Concentration]) -> list[Row]:
    """Return concentrations as rows. Least is rounded down, most up, so that the truth stays between."""
    return [
        Row(
            each.tier,
            str(KINDS[each.kind]),
            each.known,
            each.unknown,
            said(each.kind, each.largest),
            (int(each.hhi.least), -int(-each.hhi.most // 1)),
            (int(100 * each.share.least + 1e-9), -int(-(100 * each.share.most - 1e-9) // 1)),
        )
        for each in found
    ]


def worst(viewer: Viewer, scope: Scope) -> list[Failure]:
    """Return, of each kind, the few that alone take most lines down."""
    each_kind = (Kind.COUNTRY, Kind.FIRM, Kind.SITE, Kind.ITEM)
    found = [each for kind in each_kind for each in depends.single_stops(viewer, kind, scope=scope)[:WORST]]
    return stops(viewer, found)


def stops(viewer: Viewer, found: Iterable[Stop]) -> list[Failure]:
    """Return single stops in words."""
    lines = names(viewer)
    return [
        Failure(
            kind=str(KINDS[each.kind]),
            name=_stop_name(each),
            about=" · ".join(
                part for part in (said(Kind.COUNTRY, each.country) if each.country else "", listed(each.step)) if part
            ),
            any_path=len(each.any_path),
            every_input=tuple((line, lines.get(line, line)) for line in each.every_input),
            feared=len(each.feared),
            volume_percent=each.volume_percent,
            stock_weeks=each.stock_weeks,
            switch_months=each.switch_months,
        )
        for each in found
    ]


def common(found: Iterable[Hidden]) -> list[Common]:
    """Return hidden common sources in words."""
    return [
        Common(
            each.supplier,
            " · ".join(
                part
                for part in (
                    _("Unnamed firm %(code)s") % {"code": each.firm[:4]},
                    said(Kind.COUNTRY, each.country) if each.country else "",
                    listed(each.step),
                    listed(each.family),
                )
                if part
            ),
            each.branches,
            len(each.lines),
        )
        for each in found
    ]


def outcome(viewer: Viewer, found: Outcome) -> list[Line]:
    """Return what becomes of each line: those that stop first, then those that may, then those that go on."""
    lines = names(viewer)
    rows = [
        Line(
            each.line,
            lines.get(each.line, each.line),
            _("stops"),
            _when(each.weeks, declared=each.declared),
            each.switch_months,
            ", ".join(_titles(each.replaced_by)),
        )
        for each in found.stops
    ]
    rows += [Line(item, lines.get(item, item), _("may stop"), "", None, "") for item in found.may]
    rows += [
        Line(item, lines.get(item, item), _("goes on"), "", None, ", ".join(_titles(found.weakened.get(item, ()))))
        for item in found.goes_on
    ]
    return rows


def _when(weeks: int, *, declared: bool) -> str:
    if weeks:
        return ngettext("after %(n)s week", "after %(n)s weeks", weeks) % {"n": weeks}
    return _("at once") if declared else _("at once, no stock is declared")


def _titles(names: Sequence[str]) -> list[str]:
    return [country_name(name, get_language() or "fr") for name in names]


def _stop_name(each: Stop) -> str:
    unnamed = _("Unnamed firm %(code)s") % {"code": each.code[:4]}
    return each.name or unnamed if each.kind in {Kind.FIRM, Kind.ITEM} else said(each.kind, each.code)


def listed(code: str) -> str:
    """Say a code of a list of the charter, nothing where there is none."""
    return label(code, get_language() or "fr") if code else ""


def names(viewer: Viewer) -> dict[str, str]:
    """Return the references and names of the lines, by item."""
    return {each.item: " · ".join(p for p in (each.reference, each.name) if p) for each in article_lines(viewer)}
