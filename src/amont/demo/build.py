"""Filling an empty database with the made-up consortium: the same every time, but for the day it is played on."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from amont.demo.askings import ask
from amont.demo.buyers import buyers
from amont.demo.cast import GUEST_OF, firms
from amont.demo.decisions import decide
from amont.demo.network import play_network
from amont.demo.play import play
from amont.demo.stage import Stage, brought, founded
from amont.disclosure.guard import looking_as
from amont.kernel import clock, ids
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.requests import actions as requests
from amont.requests import read as asked
from amont.requests.facts import LineAsked, Purpose

SEED = 2026
NOT_ALL = 9
NOT_DEMO = "The demo needs AMONT_MODE=demo."
NOT_EMPTY = "The database is not empty."


@dataclass(frozen=True, slots=True)
class Played:
    """What the play came to."""

    members: int
    partners: int
    lines: int
    adherents: int


def build() -> Played | None:
    """Play the whole demo in one transaction; None where it was played already.

    Raises `Refused` outside of demo mode and on a database that holds anything else.
    """
    if not settings.DEMO:
        raise Refused(NOT_DEMO)
    if parties.any_organization():
        if parties.viewer_of_address(firms()["orvanne"].email):
            return None
        raise Refused(NOT_EMPTY)
    morning = datetime.combine(clock.today() - timedelta(days=3), time(8), tzinfo=UTC)
    with transaction.atomic(), ids.seeded(SEED), clock.held_at(morning):
        stage = founded(play_network())
        lines = {key: brought(firms()[key], viewer) for key, viewer in stage.members.items()}
        for key, viewer in stage.members.items():
            _ask(stage, viewer, [item for item, bought in lines[key].items() if bought.ware])
        cast = play(stage.members)
        decide(cast)
        ask(cast)
        for key in (*(key for key in stage.members if key != GUEST_OF), GUEST_OF):
            outside = [item for item, bought in lines[key].items() if bought.ware is None]
            _ask(stage, stage.members[key], outside[:NOT_ALL])
    lines_of_all = sum(len(each) for each in lines.values())
    return Played(len(stage.members), len(cast) - len(stage.members), lines_of_all, len(buyers()) + 1)


def _ask(stage: Stage, viewer: Viewer, items: list[str]) -> None:
    """Ask the known suppliers of these lines, if there are any."""
    with looking_as(viewer):
        wanted = [LineAsked(each.item, each.contacts[0], each.name) for each in asked.to_ask(viewer, items=items)]
        if items:
            requests.ask(
                viewer,
                lines=wanted,
                purpose=Purpose.TRACEABILITY,
                due_on=clock.today() + timedelta(days=45),
                consortium=stage.consortium.public_id,
            )
