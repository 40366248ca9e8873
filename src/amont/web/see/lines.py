"""All own lines as rows of a table, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.safestring import SafeString

from amont.insight import read as insight
from amont.insight.facts import Change, Move
from amont.kernel.paging import ALL, PAGE_SIZE, Page, page_of
from amont.kernel.viewer import Viewer
from amont.sight import read as sight
from amont.sight.facts import Gap, LineSight, Mark
from amont.web.see import words
from amont.web.see.filters import KINDS, filters, narrowed, query_of
from amont.web.see.forms import NameForm
from amont.web.shell import marks


@dataclass(frozen=True, slots=True)
class LineRow:
    """One own line: what it is, how far its chain is seen, how it ends, what was not asked."""

    item: str
    reference: str
    name: str
    kind: str
    family: str
    suppliers: str
    tier: int
    stated_tier: int
    claimed_tier: int
    ends: str
    closed: bool
    known: tuple[tuple[SafeString, str, int], ...]
    gaps: tuple[tuple[str, int], ...]
    change: str = ""


SORTS: Mapping[str, Callable[[LineSight], tuple[bool, str] | int]] = {
    "reference": lambda line: (not line.reference, line.reference.casefold()),
    "name": lambda line: (not line.name, line.name.casefold()),
    "family": lambda line: (not line.family, words.listed(line.family).casefold()),
    "tier": lambda line: line.tier,
    "gaps": lambda line: sum(line.gaps.values()),
}


def lines_page(viewer: Viewer, chosen: Mapping[str, str]) -> dict[str, object]:
    """Return what the page of all lines shows: the lines narrowed as chosen, what can be chosen, what is new."""
    found, changes = sight.lines(viewer, searched=bool(chosen.get("text"))), insight.changes(viewer)
    moved = changes.lines if changes else {}
    kept = _kept(found, moved, chosen)
    number = chosen.get("page", "")
    query = query_of(chosen)
    saved = insight.saved_filters(viewer)
    return {
        "page": line_page(kept, int(number) if number.isdecimal() else 1, sort=chosen.get("sort", ""), moved=moved),
        "total": len(found),
        "filters": filters(found, chosen),
        "more_chosen": any(chosen.get(name) for name in tuple(KINDS)[3:]),
        "text": chosen.get("text", ""),
        "changed": chosen.get("changed", ""),
        "sort": chosen.get("sort", ""),
        "changes": changes,
        "moves": [(move, words.MOVES[move], changes.count(move)) for move in Move] if changes else [],
        "query": query,
        "unsorted": query_of({**chosen, "sort": ""}),
        "saved": saved,
        "is_saved": any(each.query == query for each in saved),
        "form": NameForm(),
    }


def every_line(viewer: Viewer, chosen: Mapping[str, str]) -> tuple[LineRow, ...]:
    """Return all the lines of that page, narrowed and in the order as chosen, however many."""
    changes = insight.changes(viewer)
    moved = changes.lines if changes else {}
    kept = _kept(sight.lines(viewer, searched=bool(chosen.get("text"))), moved, chosen)
    return line_page(kept, 1, sort=chosen.get("sort", ""), moved=moved, size=ALL).rows


def _kept(found: Iterable[LineSight], moved: Mapping[str, Change], chosen: Mapping[str, str]) -> list[LineSight]:
    kept = narrowed(found, chosen)
    if chosen.get("changed") in set(Move):
        kept = [line for line in kept if line.item in moved and moved[line.item].move == chosen["changed"]]
    return kept


def line_page(
    lines: Iterable[LineSight],
    number: int,
    *,
    sort: str = "",
    moved: Mapping[str, Change] = MappingProxyType({}),
    size: int = PAGE_SIZE,
) -> Page[LineRow]:
    """Return one page of the lines in the order asked for ("-" the other way round); only that page is put in words."""
    found = list(lines)
    if sort.lstrip("-") in SORTS:
        found.sort(key=SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
    page = page_of(found, number, size)
    return Page(tuple(_row(line, moved.get(line.item)) for line in page.rows), page.number, page.total, page.size)


def _row(line: LineSight, change: Change | None) -> LineRow:
    return LineRow(
        item=line.item,
        reference=line.reference,
        name=line.name,
        kind=str(words.KINDS.get(line.kind, "")),
        family=words.listed(line.family),
        suppliers=", ".join(sorted(line.suppliers)),
        tier=line.tier,
        stated_tier=line.stated_tier,
        claimed_tier=line.claimed_tier,
        ends=", ".join(str(words.SHORT_ENDS[end]) for end in words.SHORT_ENDS if end in line.ends),
        closed=line.closed,
        known=tuple(
            (marks.svg(mark), str(marks.WORDS[mark]), line.counts[mark]) for mark in Mark if line.counts.get(mark)
        ),
        gaps=tuple((str(words.SHORT_GAPS[gap]), line.gaps[gap]) for gap in Gap if line.gaps.get(gap)),
        change=words.change(change) if change else "",
    )
