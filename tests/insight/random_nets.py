"""Random views, and the same figures reckoned naively: by trying, by definition, without a thought for time."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from amont.insight.dependence.net import Net, net
from amont.insight.facts_dependence import Kind, Reading, Scope
from amont.sight.facts import InputFact, Mark, Place, SiteFact, Step

COUNTRIES = ("FR", "ID", "MY", "IN", "GH")
FIRMS = ("Orel", "Bask", "Lin", "Ouro", "Tef")


@dataclass(frozen=True)
class Made:
    """A random view: its lines, its places and its steps."""

    lines: tuple[str, ...]
    places: tuple[Place, ...]
    steps: tuple[Step, ...]

    def net(self, scope: Scope = Scope.CONFIRMED) -> Net:
        return net(self.lines, self.places, self.steps, scope)


def made(seed: int, *, whole: bool = False, one_source: bool = False, loops: bool = True) -> Made:
    """Make a view of up to 14 places. `whole`: nothing in it is unknown; `one_source`: each place has one at most."""
    chance = random.Random(seed)  # noqa: S311 - a test's own
    lines = tuple(f"line{number}" for number in range(chance.randint(1, 4)))
    others = tuple(f"p{number}" for number in range(chance.randint(1, 10)))
    places = [Place(line, Mark.OWN, name=line, inputs=_inputs(chance)) for line in lines]
    places += [_place(chance, ref, whole=whole) for ref in others]
    steps = []
    for at, place in enumerate(places):
        if place.mark in {Mark.SEALED, Mark.ORIGIN, Mark.CLAIMED} or (place.chain_end and chance.random() < 0.5):
            continue
        above = others if loops and chance.random() < 0.2 else others[max(0, at - len(lines) + 1) :]
        chosen = chance.sample(above, min(len(above), 1 if one_source else chance.randint(0, 3)))
        steps += [Step(place.ref, ref, chance.choice(("", "oil", "dye"))) for ref in chosen]
    made_of = {step.buyer for step in steps}
    if whole:
        places = [place if place.ref in made_of else replace(place, chain_end="origin_reached") for place in places]
    return Made(lines, tuple(places), tuple(steps))


def _inputs(chance: random.Random) -> tuple[InputFact, ...]:
    return tuple(InputFact(name, chance.choice((None, 2, 5)), chance.choice((None, 3))) for name in ("oil", "dye"))


def _place(chance: random.Random, ref: str, *, whole: bool) -> Place:
    marks = [Mark.NAMED] * 3 if whole else [Mark.NAMED, Mark.NAMED, Mark.NAMELESS, Mark.ORIGIN, Mark.SEALED, *Mark]
    mark = chance.choice([each for each in marks if each is not Mark.OWN])
    country = chance.choice(COUNTRIES)
    if mark is Mark.SEALED:
        return Place(ref, mark)
    end = chance.choice(("", "origin_reached", "pooled")) if mark in {Mark.NAMED, Mark.NAMELESS} else ""
    if mark is not Mark.NAMED:
        return Place(ref, mark, country=chance.choice(("", country)), family="palm", firm=f"f{ref}", chain_end=end)
    firm = chance.choice(FIRMS)
    site = SiteFact(chance.choice(("East", "West")))
    return Place(ref, mark, firm, ref, country=country, family="palm", site=site, inputs=_inputs(chance), chain_end=end)


def hidden(of: Made, seed: int) -> Made:
    """Return a view with parts of it hidden: what stands above a place, or what a place is."""
    chance = random.Random(seed)  # noqa: S311 - a test's own
    shut = {place.ref for place in of.places if place.mark is Mark.NAMED and chance.random() < 0.3}
    bare = {place.ref for place in of.places if place.mark is Mark.NAMED and chance.random() < 0.3}
    places = tuple(_bared(place, shut, bare) for place in of.places)
    return Made(of.lines, places, tuple(step for step in of.steps if step.buyer not in shut))


def _bared(place: Place, shut: set[str], bare: set[str]) -> Place:
    place = replace(place, chain_end="") if place.ref in shut else place
    return replace(place, organization="", country="", family="", site=None) if place.ref in bare else place


def fallen(found: Net, reading: Reading, hit: Iterable[str], *, feared: bool = False) -> set[str]:
    """Return what falls, by definition: all but the largest set that stands, less what stands by itself alone in it."""
    needs = {ref: _needs(found, ref, reading, feared=feared) for ref in found.places}
    before = _grounded(needs, set(found.places), set())
    standing = set(found.places) - set(hit)
    while True:
        left = {ref for ref in standing if all(standing & need for need in needs[ref])}
        base = {ref for ref in left if ref not in before}
        left = {ref for ref in left if ref in base or ref in _grounded(needs, left, base)}
        if left == standing:
            return set(found.places) - standing
        standing = left


def _needs(found: Net, ref: str, reading: Reading, *, feared: bool) -> list[set[str]]:
    inputs = found.inputs.get(ref, ())
    if reading is Reading.ANY_PATH:
        return [{source for each in inputs for source in each.sources}] if inputs else []
    if not feared:
        return [set(each.sources) for each in inputs]
    return [
        part
        for each in inputs
        for part in ([set(each.sources)] if each.is_told else [{source} for source in each.sources])
    ]


def _grounded(needs: Mapping[str, list[set[str]]], among: set[str], base: set[str]) -> set[str]:
    found = set(base)
    while True:
        more = {ref for ref in among if all(found & need for need in needs[ref])} | found
        if more == found:
            return found
        found = more


def index(found: Net, tier: int, kind: Kind) -> tuple[float, float] | None:
    """Return the exact index and largest share at a tier of a net in which nothing is unknown; None for no line."""
    loads: dict[str, float] = {}
    for line in found.lines:
        layer, seen = {line}, {line}
        for _ in range(tier):
            layer = {source for ref in layer for source in found.sources(ref)} - seen
            seen |= layer
        codes = [_code(found.places[ref], kind) for ref in layer]
        for code in codes:
            loads[code] = loads.get(code, 0) + 1 / len(codes)
    total = sum(loads.values())
    if not total:
        return None
    return 10_000 * sum((load / total) ** 2 for load in loads.values()), max(loads.values()) / total


def _code(place: Place, kind: Kind) -> str:
    site = f"{place.organization} · {place.site.name}" if place.site else ""
    return {
        Kind.COUNTRY: place.country,
        Kind.FIRM: place.organization,
        Kind.FAMILY: place.family,
        Kind.SITE: site,
    }[kind]
