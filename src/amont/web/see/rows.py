"""Chains as rows of a tree and of a table: words ready to be shown, addresses of what can be done at each place."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from amont.sight.facts import Chain, Gap, Mark, Place
from amont.sight.rules import Row, above_of, tiers, unfolded
from amont.web.see import words
from amont.web.shell import marks
from amont.web.shell.menu import address

OPEN_DEPTH = 2
OPEN_ALL = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """One place in words; `notes` are (kind, what is said there: made from, certificates, how it ends, not said).

    `acts` is the address of the one next act there, `act` its kind, `whom` the firm invited; all may be empty.
    `documents` are (file name, the address at which it is opened).
    """

    ref: str
    anchor: str
    mark: str
    how: str
    picture: SafeString
    who: str
    about: str
    what: str
    country: str
    step: str
    family: str
    end: str
    certificates: str
    notes: tuple[tuple[str, str], ...]
    page: str
    act: str
    acts: str
    whom: str = ""
    documents: tuple[tuple[str, str], ...] = ()

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return the notes on what is stated there."""
        return tuple(note for note in self.notes if note[0] != "gap")

    @property
    def silences(self) -> tuple[tuple[str, str], ...]:
        """Return the notes on what was not asked or not said there."""
        return tuple(note for note in self.notes if note[0] == "gap")


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One row of the tree: how many branches close after it, and whether those above it stand open."""

    shown: Shown
    depth: int
    input: str
    repeated: bool
    above: int
    is_open: bool
    has_link: bool
    closes: range


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of the table: a place, its tier, and whom it serves."""

    shown: Shown
    tier: int
    serves: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many places say one thing, and the address of the table of these alone."""

    word: str
    count: int
    query: str


def tree_rows(chain: Chain, known: Mapping[str, Shown]) -> tuple[TreeRow, ...]:
    """Return the chain as a tree; a large one opens its first tiers only, the rest on request."""
    rows = unfolded(chain)
    return tuple(_tree_row(row, known[row.place.ref], few=len(rows) <= OPEN_ALL) for row in rows)


def table_rows(chain: Chain, known: Mapping[str, Shown], *, sort: str = "tier", only: str = "") -> list[TableRow]:
    """Return the chain as a table; `sort` is a column ("-" the other way round), `only` end, gap, mark or country."""
    tier_of = tiers(chain.root.ref, above_of(chain))
    gaps = _gaps(chain)
    serves: dict[str, list[str]] = {}
    for step in chain.steps:
        serves.setdefault(step.supplier, []).append(known[step.buyer].who)
    rows = [
        TableRow(known[place.ref], tier_of[place.ref], "; ".join(dict.fromkeys(serves.get(place.ref, ()))))
        for place in chain.places
        if not only or only in {place.chain_end, place.mark, f"country.{place.country}", *gaps.get(place.ref, ())}
    ]
    column = SORTS.get(sort.lstrip("-"), SORTS["tier"])
    rows.sort(key=lambda row: (row.tier, row.shown.who.casefold(), row.shown.anchor))
    rows.sort(key=column, reverse=sort.startswith("-"))
    return rows


SORTS: Mapping[str, Callable[[TableRow], tuple[bool, str] | int]] = {
    "tier": lambda row: row.tier,
    "how": lambda row: (False, row.shown.how.casefold()),
    "who": lambda row: (False, row.shown.who.casefold()),
    "country": lambda row: (not row.shown.country, row.shown.country.casefold()),
    "step": lambda row: (not row.shown.step, row.shown.step.casefold()),
    "family": lambda row: (not row.shown.family, row.shown.family.casefold()),
    "end": lambda row: (not row.shown.end, row.shown.end.casefold()),
}


def ends_of(chain: Chain) -> tuple[Tally, ...]:
    """Return how the chain ends, stated end by stated end."""
    found = Counter(place.chain_end for place in chain.places if place.chain_end)
    return tuple(_tally(str(words.SHORT_ENDS[end]), found[end], end) for end in words.SHORT_ENDS if found[end])


def silences_of(chain: Chain) -> tuple[Tally, ...]:
    """Return what was not asked or not said, kind by kind."""
    found = Counter(gap for _, gap in chain.gaps)
    return tuple(_tally(str(words.SHORT_GAPS[gap]), found[gap], gap) for gap in Gap if found[gap])


def known_of(chain: Chain) -> tuple[tuple[SafeString, str, int], ...]:
    """Return how many places are known in which way: picture, word, count."""
    found = Counter(place.mark for place in chain.places if place.ref != chain.root.ref)
    return tuple((marks.svg(mark), str(marks.WORDS[mark]), found[mark]) for mark in Mark if found[mark])


def shown_places(chain: Chain, *, asked: Mapping[str, datetime] | None = None) -> dict[str, Shown]:
    """Return every place of a chain in words, by ref; `asked` says until when one's askings for more stand, by ref."""
    gaps = _gaps(chain)
    ask = address("ask:new")
    pictures = {mark: (marks.svg(mark), str(marks.WORDS[mark])) for mark in Mark}
    feet = _feet(chain)
    found = {}
    for number, place in enumerate(chain.places):
        until = (asked or {}).get(place.ref)
        act, acts = _act(place, chain.root, ask) if until is None else ("", "")
        is_other_line = place.mark is Mark.OWN and place.ref != chain.root.ref
        picture, how = pictures[place.mark]
        found[place.ref] = Shown(
            ref=place.ref,
            anchor=f"place-{number}",
            mark=place.mark.value,
            how=how,
            picture=picture,
            who=words.title(place),
            about=words.about(place),
            what=words.what(place),
            country=words.country(place.country),
            step=words.listed(place.step),
            family=words.listed(place.family),
            end=str(words.ENDS[place.chain_end]) if place.chain_end else "",
            certificates=words.certificates(place),
            notes=(*words.asked(until), *words.notes(place, gaps.get(place.ref, ()))),
            page=reverse("see:line", args=[place.ref]) if is_other_line else "",
            act=act,
            acts=acts,
            whom=feet.get(place.contact, words.title(place)) if act == "invite" else "",
            documents=tuple((each.name, reverse("proof:document", args=[each.document])) for each in place.documents),
        )
    return found


def _feet(chain: Chain) -> dict[str, str]:
    """Return the names of the direct suppliers of one's book that are invited from here, by contact."""
    above = {step.supplier for step in chain.steps if step.buyer == chain.root.ref}
    return {place.contact: words.title(place) for place in chain.places if place.contact and place.ref in above}


def _act(place: Place, root: Place, ask: str) -> tuple[str, str]:
    """Return the one next act at a place: to invite a firm of one's own book, to ask for a line, to ask for a name."""
    if place.contact and ask and not (place.asked or place.refused):
        return "invite", f"{ask}?{urlencode({'line': root.ref, 'contact': place.contact})}"
    if place.mark is Mark.OWN and place.ref == root.ref and ask:
        return "ask", f"{ask}?{urlencode({'line': place.ref})}"
    if place.mark is Mark.NAMELESS:
        return "ask_more", reverse("share:ask", args=[place.ref])
    return "", ""


def _tree_row(row: Row, shown: Shown, *, few: bool) -> TreeRow:
    return TreeRow(
        shown=shown,
        depth=row.depth,
        input=row.input,
        repeated=row.repeated,
        above=row.above,
        has_link=row.repeated or shown.act in {"invite", "ask_more"} or bool(shown.page or shown.documents),
        is_open=few or row.depth < OPEN_DEPTH,
        closes=range(row.closes),
    )


def _gaps(chain: Chain) -> dict[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for ref, gap in chain.gaps:
        found.setdefault(ref, []).append(gap)
    return found


def _tally(word: str, count: int, only: str) -> Tally:
    return Tally(word, count, urlencode({"as": "table", "only": only}))
