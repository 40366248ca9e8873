"""Chains of any size, made without a database, the same for one seed: for tests and benchmarks of pictures."""

import random

from amont.sight.facts import Chain, Gap, Mark, Place, SiteFact, Step

TIERS = (0.05, 0.14, 0.24, 0.31, 0.26)
COUNTRIES = (
    ("FR", "DE"),
    ("FR", "MY", "NL", "SG"),
    ("MY", "ID", "CN", "IN"),
    ("ID", "MY", "CO", "NG"),
    ("ID", "CI", "BR"),
)
STEPS = ("blending", "oleochemistry", "refining", "mill", "harvest")
FIRMS = ("Oléandre", "Ponant", "Vauclair", "Maasdal", "Kelapa Raya", "Sari Timur", "Rio Verde", "Hargrave", "Lindqvist")
ASKABLE = {Mark.NAMED, Mark.NAMELESS, Mark.STATED}
KINDS = (
    (Mark.NAMED,),
    (Mark.NAMED, Mark.NAMELESS, Mark.NAMELESS, Mark.STATED),
    (Mark.NAMELESS, Mark.NAMELESS, Mark.ORIGIN, Mark.CLAIMED),
    (Mark.ORIGIN, Mark.NAMELESS, Mark.CLAIMED, Mark.SEALED),
    (Mark.ORIGIN, Mark.CLAIMED, Mark.ORIGIN),
)


def made_chain(size: int, *, seed: int = 1, returns: int = 2) -> Chain:
    """Return a chain of `size` places in up to five tiers, with shared sources and `returns` steps that lead back."""
    one = random.Random(seed)  # noqa: S311 - a world to look at, no secret
    root = Place(
        "root", Mark.OWN, organization="Maison Orme", name="Stéarine de palme", reference="A-1801", country="FR"
    )
    places, row = [root], [root]
    steps: list[Step] = []
    for tier, share in enumerate(TIERS):
        count = max(1, round((size - 1) * share)) if tier < len(TIERS) - 1 else size - len(places)
        made = [_place(one, tier, len(places) + number) for number in range(min(count, size - len(places)))]
        for place in made:
            below = [each for each in row if each.mark not in {Mark.SEALED, Mark.STATED}] or row
            near = below[len(steps) % len(below)]
            steps.append(Step(near.ref, place.ref))
            if one.random() < 0.12 and len(below) > 1:
                steps.append(Step(below[(len(steps) + 1) % len(below)].ref, place.ref))
        places += made
        row = made or row
    for _ in range(returns if len(places) > 4 else 0):
        low, high = sorted(one.sample(range(1, len(places)), 2))
        steps.append(Step(places[high].ref, places[low].ref))
    leading = {step.buyer for step in steps}
    silent = (place for place in places if place.ref not in leading and not place.chain_end and place.mark in ASKABLE)
    gaps = tuple((place.ref, Gap.NOT_ASKED) for place in silent)
    return Chain(root, tuple(places), tuple(dict.fromkeys(steps)), gaps)


def _place(one: random.Random, tier: int, number: int) -> Place:
    mark = one.choice(KINDS[tier])
    country = one.choice(COUNTRIES[tier])
    if mark is Mark.SEALED:
        return Place(f"p{number}", mark)
    name = f"{one.choice(FIRMS)} {number}" if mark in {Mark.NAMED, Mark.CLAIMED} else ""
    site = None
    if mark is Mark.CLAIMED and one.random() < 0.5:
        site = SiteFact(f"Moulin {number}", None, round(one.uniform(-3, 4), 3), round(one.uniform(98, 116), 3))
    ends = tier >= len(TIERS) - 2 and one.random() < 0.6
    return Place(
        f"p{number}",
        mark,
        organization=name,
        firm=f"{number:04d}" if mark is Mark.NAMELESS else "",
        country=country,
        step=STEPS[tier],
        family="palm",
        chain_end="origin_reached" if ends and mark is not Mark.SEALED else "",
        many=mark is Mark.ORIGIN and one.random() < 0.3,
        site=site,
    )
