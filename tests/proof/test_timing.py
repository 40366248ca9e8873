"""What is hidden cannot be told by the clock: as much of it or a hundred times more, a known address or an unknown one.

Requests of both kinds are sent in turns, in an order drawn by lot. Two samples count as one where Welch's t of them is
under 4.5, or their medians are within a millisecond. Past what its neighbours take, a measurement says more of the
machine than of the page: of each pair of samples the slowest tenth, cut at one and the same duration, is left out.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from amont.disclosure.guard import looking_as
from amont.kernel.viewer import Role
from amont.parties.actions import invite_colleague
from amont.parties.models import Membership, Person
from proof.campaign import RECORD, SECONDS, SEED, commit, machine, under
from small_world import SmallWorld
from stories import cast

pytestmark = pytest.mark.django_db
MOST_T, MOST_MS = 4.5, 1.0
SMALL = 4
KEPT = 0.9
MORE = 100
Ask = Callable[[str], Any]


@dataclass
class Compared:
    """Two kinds of one request: what is asked, of which two; and how long each took, in milliseconds."""

    name: str
    ask: Ask
    kinds: tuple[str, str]
    took: dict[str, list[float]] = field(default_factory=dict)

    def once(self, kind: str) -> None:
        cache.clear()
        with transaction.atomic():
            began = time.perf_counter()
            self.ask(kind)
            took = (time.perf_counter() - began) * 1000
            transaction.set_rollback(True)
        self.took.setdefault(kind, []).append(took)

    def verdict(self) -> tuple[float, float, bool]:
        """Return Welch's t, the difference of the medians in milliseconds, and whether the two cannot be told apart."""
        one, other = cropped(self.took[self.kinds[0]], self.took[self.kinds[1]])
        t, apart = welch(one, other), abs(statistics.median(one) - statistics.median(other))
        return t, apart, abs(t) < MOST_T or apart <= MOST_MS


def cropped(one: list[float], other: list[float]) -> tuple[list[float], list[float]]:
    """Return both samples without what took longer than nine tenths of the two together."""
    both = sorted([*one, *other])
    most = both[int(len(both) * KEPT)]
    return [each for each in one if each < most], [each for each in other if each < most]


def welch(one: list[float], other: list[float]) -> float:
    """Return Welch's t of two samples: the difference of their means, in standard errors."""
    error = (statistics.variance(one) / len(one) + statistics.variance(other) / len(other)) ** 0.5
    return (statistics.fmean(one) - statistics.fmean(other)) / error if error else 0.0


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False  # they are tried elsewhere; here they would end the run


def chains() -> Iterator[Compared]:
    """Give the pages of two buyers whose views are alike: above one's supplier stands one hidden firm, or a hundred."""
    world = SmallWorld()
    clients = {}
    for side, count in (("few", 1), ("many", MORE)):
        world.member(f"Buyer {side}")
        bought = world.item(f"line {side}", f"Buyer {side}", is_bought=True)
        world.item(f"good {side}", f"Maker {side}")
        world.ask(world.link(f"line {side}", f"good {side}"))
        for covers in ("identity", "sourcing"):
            for audience in ("customers", "requesters", "chain"):
                world.grant(f"Maker {side}", covers, audience, 0)
        for number in range(count):
            world.item(f"above {side} {number}", f"Hidden {side} {number}")
            world.link(f"good {side}", f"above {side} {number}")
            world.item(f"beside {side} {number}", f"Other {side} {number}", is_bought=True)
            world.link(f"beside {side} {number}", f"good {side}")
        clients[side] = (_person(world, f"Buyer {side}"), bought.public_id)
    for url in ("/home/", "/lines/", "/lines/{}/?as=tree", "/lines/{}/?as=drawing", "/coverage/", "/lines/?file=csv"):
        yield Compared(f"hidden data x1, x{MORE}: {url}", _of_side(clients, url), ("few", "many"))
    buyer, _line = clients["few"]
    hidden = world.items["line many"].public_id
    for url in ("/lines/{}/", "/lines/{}/who/", "/bring/lines/{}/", "/tasks/{}/", "/ask/{}/"):
        yield Compared(f"hidden, absent id: {url}", _got(buyer, url), (hidden, "2" * 20))


def _of_side(clients: dict[str, tuple[Client, str]], url: str) -> Ask:
    return lambda side: clients[side][0].get(url.format(clients[side][1]))


def _got(client: Client, url: str) -> Ask:
    return lambda public_id: client.get(url.format(public_id))


def _person(world: SmallWorld, firm: str) -> Client:
    person = Person.objects.create_user(f"{firm.replace(' ', '.')}@firm.example".lower(), name=firm, language="en")
    Membership.objects.create(person=person, organization=world.firm(firm), role="admin")
    client = Client()
    client.force_login(person)
    return client


def addresses() -> Iterator[Compared]:
    """Give the doors that take an address: one with an account, a password and a firm, and one without."""
    rival = cast.member("Rivale")
    brand = cast.member("Maison Claire", cast.consortium())
    Person.objects.get(pk=rival.viewer.person_id).set_password("correct horse battery")
    with looking_as(brand.viewer):
        invite_colleague(rival.viewer, email="asked@firm.example", role=Role.READER, language="en")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", "olea@olea.example"))
    inside, outside, token = Client(), Client(), cast.token("olea@olea.example")
    inside.force_login(Person.objects.get(pk=brand.viewer.person_id))
    colleague = {"role": "reader", "language": "en"}
    seat = {"firm": "Some firm", "language": "en"}
    doors: list[tuple[Client, str, str, dict[str, str]]] = [
        (outside, "/accounts/login/", "login", {"password": "not the password"}),
        (outside, "/accounts/login/code/", "email", {}),
        (outside, "/accounts/password/reset/", "email", {}),
        (outside, "/found/", "email", {}),
        (outside, f"/invitation/{token}/forward/", "email", {"language": "en"}),
        (inside, "/account/organization/invite/", "email", colleague),
        (inside, f"/consortium/{cast.consortium()}/offer/", "email", seat),
        (inside, "/bring/contacts/new/", "email", {"name": "Some firm", "country": "IT", "language": "en"}),
        (inside, "/accounts/email/", "email", {"action_add": ""}),
    ]
    for client, url, field_name, said in doors:
        name = f"known, unknown address: {url.replace(token, 'TOKEN').replace(cast.consortium(), 'ID')}"
        yield Compared(name, _sent(client, url, field_name, said), (rival.email, "anna@nobody.example"))


def _sent(client: Client, url: str, name: str, said: dict[str, str]) -> Ask:
    def send(email: str) -> None:
        kept = client.cookies.output(header="", sep=";")
        client.post(url, {**said, name: email})
        if client.cookies.output(header="", sep=";") != kept:
            client.cookies.clear()
            client.cookies.load(kept)

    return send


def measured(found: list[Compared], *, seconds: float) -> None:
    """Ask all in turns, the two kinds of each in an order drawn by lot, until time is up."""
    dice, began, rounds = random.Random(SEED), time.monotonic(), 0  # noqa: S311 - an order, repeatable
    for each in found:
        for kind in each.kinds:
            each.once(kind)
        each.took.clear()
    while rounds < SMALL if not seconds else time.monotonic() - began < seconds:
        for each in dice.sample(found, len(found)):
            for kind in dice.sample(each.kinds, 2):
                each.once(kind)
        rounds += 1


@pytest.mark.parametrize("scene", [chains, addresses], ids=lambda scene: scene.__name__)
def test_the_clock_tells_nothing(scene: Callable[[], Iterator[Compared]]) -> None:
    found = list(scene())
    measured(found, seconds=SECONDS / 2)
    lines = []
    for each in found:
        t, apart, alike = each.verdict()
        count = len(each.took[each.kinds[0]])
        median = statistics.median(each.took[each.kinds[0]])
        lines.append((each.name, count, median, t, apart, alike))
        said = f"{count} each, median {median:.1f} ms, t {t:+.2f}, medians {apart:.2f} ms apart"
        print(f"{each.name}: {said}{'' if alike else ': TOLD APART'}")  # noqa: T201 - read by who runs it by hand
    if RECORD:
        _record(Path(RECORD), scene.__name__, lines)
    assert [name for name, _count, _median, _t, _apart, alike in lines if not alike] == []


def _record(record: Path, scene: str, lines: list[tuple[str, int, float, float, float, bool]]) -> None:
    total = sum(count for _name, count, *_rest in lines) * 2
    worst = max(lines, key=lambda each: min(abs(each[3]) / MOST_T, each[4] / MOST_MS))
    text = record.read_text(encoding="utf-8")
    line = (
        f"- {datetime.now(UTC).date()}, commit {commit()}, {machine()}, seed {SEED}, {SECONDS / 2:.0f} s: {scene}: "
        f"{total:,} requests of {len(lines)} kinds; told apart: {sum(not each[5] for each in lines)}; "
        f"nearest: {worst[0]} (median {worst[2]:.1f} ms, t {worst[3]:+.2f}, medians {worst[4]:.2f} ms apart).\n"
    )
    record.write_text(under(text, "timing", line), encoding="utf-8")
