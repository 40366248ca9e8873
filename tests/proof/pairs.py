"""Pairs of worlds that differ in what one viewer may not see, and what that viewer receives in each."""

import logging
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from amont.chain.snapshot import network
from amont.disclosure.guard import looking_as
from amont.disclosure.reading import noting
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.sight.cut import whole
from disclosure.naive_consents import moment
from disclosure.worlds import moments
from house.routes import Route, routes
from proof.answered import answered_world
from proof.known import Eyes
from proof.loading import Loaded, put
from proof.observing import Asked, Observer, pseudonyms_by_key, still
from proof.rich import Rich, rich_world
from proof.secrets_of import other_world
from proof.strategies import METHODS, ask, handles

KINDS = ("member", "rival", "supplier", "coordinator", "invited", "nobody")
A_PAIR = 16
Observed = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """Two worlds that are the same to one viewer, by construction and by the naive reading."""

    number: int
    kind: str
    one: Rich
    other: Rich
    viewer: str | None
    invited: str
    at: str
    changes: tuple[str, ...]

    def eyes(self, rich: Rich) -> Eyes:
        return Eyes(rich, self.viewer, self.at, invited=self.invited)


@dataclass
class Difference:
    """A request that is answered otherwise in the other world: a leak."""

    pair: Pair
    asked: Asked
    part: str
    one: object
    other: object

    def __str__(self) -> str:
        pair = self.pair
        where = f"pair {pair.number} ({pair.kind} {pair.viewer or pair.invited}, {pair.at}, {', '.join(pair.changes)})"
        return f"{where}: {self.asked}: {self.part}: {first_difference(self.one, self.other)}"


@dataclass
class Count:
    """How many pairs and requests, and how often each route was asked as each kind of viewer."""

    pairs: int = 0
    requests: int = 0
    impossible: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)


def first_difference(one: object, other: object) -> str:
    """Say where two things begin to differ."""
    if isinstance(one, bytes) and isinstance(other, bytes):
        at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        lo = max(0, at - 150)
        return f"…{one[lo : at + 150]!r}\n  against …{other[lo : at + 150]!r}"
    if isinstance(one, dict) and isinstance(other, dict):
        found = [(key, one.get(key), other.get(key)) for key in {*one, *other} if one.get(key) != other.get(key)]
        return "\n".join(f"{key!r}: {a!r} against {b!r}" for key, a, b in found)
    return f"{one!r}\n  against {other!r}"


def viewer_of(rich: Rich, kind: str, dice: random.Random) -> tuple[str | None, str] | None:
    """Choose a viewer of a kind: its organization's key, or the address of one invited; None where there is none."""
    firms = [each["key"] for each in rich["world"]["organizations"]]
    members = {each["key"] for each in rich["world"]["organizations"] if each.get("member")}
    owner = {each["key"]: each["organization"] for each in rich["world"]["items"]}
    links = [(owner[each["buyer_item"]], owner[each["supplier_item"]]) for each in rich["world"]["links"]]
    buyers: dict[str, set[str]] = {}
    for buyer, supplier in links:
        buyers.setdefault(supplier, set()).add(buyer)
    sharing = {buyer for found in buyers.values() if len(found) > 1 for buyer in found}
    chosen = {
        "member": sorted(members & {buyer for buyer, _ in links}),
        "rival": sorted(members & sharing) or sorted(sharing),
        "supplier": sorted({supplier for _, supplier in links} - members),
        "coordinator": [rich["coordinator"]],
    }.get(kind)
    if kind == "nobody":
        return None, ""
    if kind == "invited":
        known = {row["email"] for row in rich["rows"]["Person"]}
        addresses = sorted({row["email"] for row in rich["rows"]["Invitation"]} - known)
        return (None, dice.choice(addresses)) if addresses else None
    assert set(chosen or ()) <= set(firms)
    return (dice.choice(chosen), "") if chosen else None


def pair_of(seed: int, number: int) -> Pair:
    """Return pair `number` of a run."""
    kind = KINDS[number % len(KINDS)]
    dice = random.Random(f"{seed}/{number}")  # noqa: S311 - repeatable on purpose
    answered = number > 0 and number % 3 == 0  # the others stay as those in which planted leaks were found
    made = answered_world if answered else rich_world
    while True:
        rich = made(dice.randrange(10**9))
        found = viewer_of(rich, kind, dice)
        if found is not None:
            break
    viewer, invited = found
    at = dice.choice([each for each in moments(rich["world"]) if each > "2026-03-01"])
    eyes = Eyes(rich, viewer, at, invited=invited)
    if kind == "nobody" and dice.random() < 0.5:
        return Pair(number, kind, rich, made(dice.randrange(10**9)), None, "", at, ("another world",))
    other, changes = other_world(rich, eyes, dice)
    return Pair(number, kind, rich, other, viewer, invited, at, tuple(changes))


@contextmanager
def loaded(pair: Pair, rich: Rich, known: set[tuple[str, str]], salt: str) -> Iterator[Loaded]:
    """Have one world of a pair in the database inside the block."""
    at = moment(pair.at)
    with transaction.atomic(), still("load", at):
        found = put(rich, lambda kind, key: "" if (kind, key) in known else salt, at)
        with pseudonyms_by_key(found, rich.get("alias", {})):
            yield found
        transaction.set_rollback(True)


def observed(pair: Pair, rich: Rich, rows: Loaded, asked: Sequence[Asked]) -> list[Observed]:
    """Return what the viewer receives for each request, each on the world as it was loaded."""
    at = moment(pair.at)
    person = rows.rows["Person"][f"p0.{pair.viewer}"] if pair.viewer else None
    observer = Observer(at, person, frozenset(pair.eyes(rich).addresses()))
    with still("warm", at), noting():
        network()  # of all viewers' making: see the limits in docs/assurance.md
        look_first(pair, rich, rows)
    found = []
    for each in asked:
        whole._Shelf.kept.pop(rows.rows["organization"].get(pair.viewer or "", 0), None)
        with transaction.atomic():
            found.append(observer.observe(each))
            transaction.set_rollback(True)
        observer.again()
    return found


def look_first(pair: Pair, rich: Rich, rows: Loaded) -> None:
    """Others look before the viewer does: in one world some, in the other others."""
    others = [each["key"] for each in rich["world"]["organizations"] if each["key"] != pair.viewer]
    for key in others[: 1 + pair.number % 2]:
        viewer = Viewer(rows.rows["organization"][key])
        with looking_as(viewer):
            whole.whole(viewer)


def compare(
    pair: Pair, wanted: Sequence[Route], count: Count, seed: int, methods: Sequence[str] = METHODS
) -> list[Difference]:
    """Ask both worlds of a pair the same, and return where the answers differ."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    dice = random.Random(f"{seed}/{pair.number}/asked")  # noqa: S311
    one, other = pair.eyes(pair.one), pair.eyes(pair.other)
    known = one.ids() | {("", "")}
    with loaded(pair, pair.one, known, "") as rows:
        found = handles((pair.one, one), (pair.other, other), pseudonyms(pair, rows))
        asked = [ask(route.name, route.parameters, found, dice, methods) for route in wanted]
        first = observed(pair, pair.one, rows, asked)
    with loaded(pair, pair.other, known, "other") as rows:
        second = observed(pair, pair.other, rows, asked)
    count.pairs += 1
    count.changes.update(pair.changes)
    differences = []
    for each, before, after in zip(asked, first, second, strict=True):
        count.requests += 1
        count.cells[f"{each.route} {pair.kind}"] += 1
        differences += [
            Difference(pair, each, part, before[part], after[part]) for part in before if before[part] != after[part]
        ]
    return differences


def pseudonyms(pair: Pair, rows: Loaded) -> list[str]:
    """Return the pseudonyms that stand in the viewer's view."""
    if not pair.viewer:
        return []
    viewer = Viewer(rows.rows["organization"][pair.viewer])
    with still("view", moment(pair.at)), looking_as(viewer), noting():
        return sorted(whole.whole(viewer).nameless)


def deck(seed: int, number: int) -> list[Route]:
    """Return the routes that pair `number` asks: each kind of viewer goes through all of them in turn."""
    kind, turn = number % len(KINDS), number // len(KINDS)
    found = sorted(routes(), key=lambda route: route.name)
    start, chosen = turn * A_PAIR, []
    for place in range(start, start + A_PAIR):
        lap, at = divmod(place, len(found))
        order = list(range(len(found)))
        random.Random(f"{seed}/{kind}/{lap}").shuffle(order)  # noqa: S311
        chosen.append(found[order[at]])
    return chosen


def run_pair(seed: int, number: int, count: Count, only: Sequence[Route] = ()) -> list[Difference]:
    """Make pair `number`, ask both worlds, return the differences.

    A change may write what no database of the product can hold (one name twice in one book): such a pair is left out.
    """
    pair = pair_of(seed, number)
    try:
        return compare(pair, only or deck(seed, number), count, seed)
    except (IntegrityError, Refused):
        count.impossible += 1
        return []
