"""Revoking while others read, interleaved at every statement: no answer begun after a revocation shows what it took.

`make races SECONDS=600` goes on by the clock.
"""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from amont.disclosure import actions as disclosure
from amont.disclosure.actions import Subject
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.reading import noting
from amont.sight import read as sight
from amont.sight.facts import Mark
from proof.campaign import Campaign
from proof.loading import forget
from small_world import SmallWorld

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
Work = Callable[[], Any]
RACES = 2


def beside(work: Work) -> Any:
    """Do something in a thread and a connection of its own, to its end; raise what it raised."""
    told: list[Any] = []

    def run() -> None:
        try:
            told.append(work())
        except BaseException as trouble:  # noqa: BLE001 - raised again where it is waited for
            told.append(trouble)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    if isinstance(told[0], BaseException):
        raise told[0]
    return told[0]


def interrupted(work: Work, at: int, meanwhile: Work) -> bool:
    """Do `work`; before its statement number `at`, do `meanwhile` beside it. Tell whether it had so many."""
    seen = 0

    def count(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == at:
            meanwhile()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        work()
    return seen >= at


class Chain:
    """M <- T1 <- T2, asked and answered; T1 and T2 name T2 to those who asked."""

    def __init__(self) -> None:
        forget()
        self.world = world = SmallWorld()
        world.member("M")
        world.item("m1", "M", family="palm")
        world.item("t1", "T1", country="FR", family="palm")
        world.item("t2", "T2", country="MY", family="palm")
        world.ask(world.link("m1", "t1"))
        world.ask(world.link("t1", "t2"), passed=True)
        world.grant("T1", "sourcing", "requesters", 3)
        self.reader, self.owner = world.viewer("M"), world.viewer("T2")

    def shown(self) -> bool:
        """Tell whether M reads T2's name now."""
        with looking_as(self.reader), noting():
            return any(each.mark is Mark.NAMED and each.name == "t2" for each in sight.view(self.reader).places)

    def give(self) -> str:
        with looking_as(self.owner):
            item = self.world.items["t2"].public_id
            made = disclosure.grant(
                self.owner,
                covers=Covers.IDENTITY,
                audience=Audience.REQUESTERS,
                level=Level.NAMED,
                subject=Subject(item=item),
            )
            return made.public_id

    def revoke(self, grant: str) -> None:
        with looking_as(self.owner):
            disclosure.revoke(self.owner, grant)


def reading_is_interrupted(chain: Chain, at: int) -> bool:
    """A revocation falls into a reading; whoever begins after it reads no name, nor does the next when it is done."""
    grant = chain.give()
    forget()

    def meanwhile() -> None:
        beside(lambda: chain.revoke(grant))
        assert not beside(chain.shown), f"a reading begun after the revocation (statement {at})"

    long_enough = interrupted(chain.shown, at, meanwhile)
    if not long_enough:
        chain.revoke(grant)
    assert not chain.shown(), f"what was read before stayed in memory (statement {at})"
    return long_enough


def revoking_is_interrupted(chain: Chain, at: int) -> bool:
    """A reading falls into a revocation; whoever begins after the revocation reads no name."""
    grant = chain.give()
    long_enough = interrupted(lambda: chain.revoke(grant), at, lambda: beside(chain.shown))
    assert not chain.shown(), f"what was read meanwhile stayed in memory (statement {at})"
    assert not beside(chain.shown)
    return long_enough


@pytest.mark.parametrize("race", [reading_is_interrupted, revoking_is_interrupted])
def test_no_answer_begun_after_a_revocation_shows_it(race: Callable[[Chain, int], bool]) -> None:
    chain, campaign = Chain(), Campaign("races", small=RACES)
    assert not chain.shown()
    grant = chain.give()
    assert chain.shown()
    chain.revoke(grant)
    assert not chain.shown()

    def step(_number: int) -> None:
        at = 1
        while race(chain, at):
            at += 1
            campaign.done["interleavings"] += 1
        assert at > 3

    campaign.steps(step)
