"""All own lines as rows of a table, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from amont.kernel.paging import Page, page_of
from amont.sight.facts import Gap, LineSight, Mark
from amont.web.see import words
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


SORTS: Mapping[str, Callable[[LineSight], tuple[bool, str] | int]] = {
    "reference": lambda line: (not line.reference, line.reference.casefold()),
    "name": lambda line: (not line.name, line.name.casefold()),
    "family": lambda line: (not line.family, words.listed(line.family).casefold()),
    "tier": lambda line: line.tier,
    "gaps": lambda line: sum(line.gaps.values()),
}


def line_page(lines: Iterable[LineSight], number: int, *, sort: str = "") -> Page[LineRow]:
    """Return one page of the lines in the order asked for ("-" the other way round); only that page is put in words."""
    found = list(lines)
    if sort.lstrip("-") in SORTS:
        found.sort(key=SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
    page = page_of(found, number)
    return Page(tuple(_row(line) for line in page.rows), page.number, page.total, page.size)


def _row(line: LineSight) -> LineRow:
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
    )
