"""Rules of paths brought: which firms, places and walks a file's rows speak of, and what of it is new. Pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations, pairwise

from amont.chain.book import LONGEST, firm_key
from amont.chain.claims import collapsed, cycle_of
from amont.chain.facts_book import ContactDraft, PathDraft, PlaceDraft
from amont.kernel.folding import folded

_LEGAL_FORMS = (
    "pt tbk persero cv ud sdn bhd ltd limited inc incorporated corp corporation co company llc llp plc pte pvt "
    "sa sas sasu sarl gmbh ag kg spa srl bv nv ab oy as the group groupe holding holdings"
)
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
_NUMERALS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv"
NUMERALS = frozenset(_NUMERALS.split())
NEAR = 0.9
MOST_NEAR = 60

PlaceKey = tuple[str, str, str]
"""(folded firm, folded facility or region and country, external id): what a place of one file is recognized by."""


@dataclass(slots=True)
class Read:
    """What the rows of a file speak of: firms and places, each once, and a walk for each row.

    `self_sales` are the distinct steps within a group to another place, `self_sale_rows` the rows that have any.
    `cycles` are (row, place that returns on it), `returns` (row, group that returns on it by another place).
    """

    firms: dict[str, ContactDraft] = field(default_factory=dict)
    places: dict[PlaceKey, PlaceDraft] = field(default_factory=dict)
    walks: dict[int, tuple[PlaceKey, ...]] = field(default_factory=dict)
    collapsed: int = 0
    self_sales: set[tuple[PlaceKey, PlaceKey]] = field(default_factory=set)
    self_sale_rows: set[int] = field(default_factory=set)
    self_selling_groups: dict[str, str] = field(default_factory=dict)
    cycles: list[tuple[int, str]] = field(default_factory=list)
    returns: list[tuple[int, str]] = field(default_factory=list)


def place_key(place: PlaceDraft) -> PlaceKey:
    """Return what a place is recognized by within a file."""
    return firm_key(place.firm, "")[0], facility_key(place.facility, place.region, place.country), place.external_id


def facility_key(facility: str, region: str, country: str) -> str:
    """Return the facility's name, folded; where it has none, its region and country stand for it."""
    return (folded(facility) or facility.strip() or folded(f"{region} {country}"))[:LONGEST]


def read_paths(drafts: Iterable[PathDraft]) -> Read:
    """Return what the rows speak of. A place twice in a row stands once; a group selling to itself is a step."""
    found = Read()
    countries: dict[str, set[str]] = {}
    for draft in drafts:
        keys = [place_key(place) for place in draft.places]
        for key, place in zip(keys, draft.places, strict=True):
            found.places.setdefault(key, place)
            _meet_firm(found, countries, key[0], place=place)
        walk = without_repeats(keys)
        found.collapsed += len(keys) - len(walk)
        found.walks[draft.row] = walk
        _count_row(found, draft.row, walk)
    for name, firm in found.firms.items():
        said = countries.get(name, set())
        found.firms[name] = ContactDraft(firm.row, firm.name, said.pop() if len(said) == 1 else "", firm.group)
    return found


def without_repeats(keys: Sequence[PlaceKey]) -> tuple[PlaceKey, ...]:
    """Return the walk with a place that stands several times in a row standing once."""
    return tuple(key for at, key in enumerate(keys) if at == 0 or keys[at - 1] != key)


def _meet_firm(found: Read, countries: dict[str, set[str]], name: str, *, place: PlaceDraft) -> None:
    known = found.firms.get(name)
    if known is None or (place.group and not known.group):
        row = known.row if known else len(found.firms)
        found.firms[name] = ContactDraft(row, known.name if known else place.firm, group=place.group)
    if place.firm_country is not None:
        countries.setdefault(name, set()).add(place.firm_country)


def _count_row(found: Read, row: int, walk: Sequence[PlaceKey]) -> None:
    groups = [folded(_group(found.places[key])) for key in walk]
    for at, (below, above) in enumerate(pairwise(walk)):
        if groups[at] == groups[at + 1]:
            found.self_sales.add((below, above))
            found.self_sale_rows.add(row)
            found.self_selling_groups.setdefault(groups[at], _group(found.places[above]))
    cycle = cycle_of(_numbered(walk))
    if cycle:
        found.cycles.append((row, label(found.places[walk[cycle[1]]])))
        return
    firms = collapsed(_numbered(groups))
    back = cycle_of(firms)
    if back:
        group = groups[_numbered(groups).index(firms[back[1]])]
        found.returns.append((row, _group(found.places[walk[groups.index(group)]])))


def _numbered(words: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(word, len(numbers)) for word in words]


def loops(walks: Iterable[Sequence[PlaceKey]]) -> tuple[tuple[PlaceKey, ...], ...]:
    """Return the sets of places that stand above one another when all paths are laid together: loops across paths."""
    above: dict[PlaceKey, set[PlaceKey]] = {}
    below: dict[PlaceKey, set[PlaceKey]] = {}
    for walk in walks:
        for one, other in pairwise(walk):
            above.setdefault(one, set()).add(other)
            below.setdefault(other, set()).add(one)
    found, seen = [], set[PlaceKey]()
    for place in reversed(_finished(above)):
        circle = _reached(place, below, seen)
        if len(circle) > 1:
            found.append(tuple(sorted(circle)))
    return tuple(sorted(found))


def _finished(above: Mapping[PlaceKey, set[PlaceKey]]) -> list[PlaceKey]:
    """Return the places in the order in which a search upward leaves them (Kosaraju 1978, first pass)."""
    order: list[PlaceKey] = []
    seen: set[PlaceKey] = set()
    for start in above:
        waiting = [(start, False)]
        while waiting:
            place, left = waiting.pop()
            if left:
                order.append(place)
            elif place not in seen:
                seen.add(place)
                waiting.append((place, True))
                waiting += [(each, False) for each in above.get(place, ()) if each not in seen]
    return order


def _reached(start: PlaceKey, below: Mapping[PlaceKey, set[PlaceKey]], seen: set[PlaceKey]) -> set[PlaceKey]:
    circle: set[PlaceKey] = set()
    waiting = [start]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            circle.add(place)
            waiting += below.get(place, ())
    return circle


def _group(place: PlaceDraft) -> str:
    return place.group or place.firm


def label(place: PlaceDraft) -> str:
    """Return firm and facility as written."""
    return " · ".join(each for each in (place.firm, place.facility) if each)


def near_duplicates(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return pairs of names that may be one: worth a look, never merged.

    Alike without legal forms, or nearly alike letter by letter; names that differ by a number are two.
    """
    bare = {name: _bare(name) for name in dict.fromkeys(names)}
    blocks: dict[str, list[str]] = {}
    for name, words in bare.items():
        blocks.setdefault("".join(words)[:4], []).append(name)
    pairs = [
        (one, other)
        for block in blocks.values()
        for one, other in combinations(block, 2)
        if folded(one) != folded(other) and _near(bare[one], bare[other])
    ]
    return tuple(sorted(pairs)[:MOST_NEAR])


def _bare(name: str) -> tuple[str, ...]:
    words = folded(name).split()
    return tuple(word for word in words if word not in LEGAL_FORMS) or tuple(words)


def _near(one: Sequence[str], other: Sequence[str]) -> bool:
    if one == other:
        return True
    numbers = [{word for word in words if word in NUMERALS or any(c.isdigit() for c in word)} for words in (one, other)]
    if numbers[0] != numbers[1]:
        return False
    matcher = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def changed_fields(stands: Mapping[str, object], draft: PlaceDraft) -> dict[str, object]:
    """Return what a file's place sets on one that stands: values that differ; what it does not say stays."""
    said: dict[str, object] = {
        "external_id": "" if stands.get("external_id") else draft.external_id,
        "town": draft.town,
        "region": draft.region,
        "country": draft.country,
        "latitude": draft.latitude,
        "longitude": draft.longitude,
        "step": draft.step,
        "details": dict(draft.details),
    }
    return {name: value for name, value in said.items() if value not in ("", None, {}) and stands.get(name) != value}
