"""Filling an empty database with the made-up consortium: the same every time, but for the day it is played on."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from amont.demo.cast import firms
from amont.demo.lines import Bought
from amont.demo.play import play
from amont.demo.stage import Stage, brought, founded
from amont.disclosure.guard import looking_as
from amont.kernel import clock, ids
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.requests import actions as requests
from amont.requests.facts import LineAsked
from amont.requests.read import asked

SEED = 2026
NOT_ASKED = 9


@dataclass(frozen=True, slots=True)
class Played:
    """What the play came to."""

    members: int
    partners: int
    lines: int


def build() -> Played | None:
    """Play the whole demo in one transaction; None where it was played already.

    Raises `Refused` outside of demo mode and on a database that holds anything else.
    """
    if not settings.DEMO:
        raise Refused(_("The demo needs AMONT_MODE=demo."))
    if parties.any_organization():
        if parties.viewer_of_address(firms()["orvanne"].email):
            return None
        raise Refused(_("The database is not empty."))
    morning = datetime.combine(clock.today() - timedelta(days=21), time(8), tzinfo=UTC)
    with transaction.atomic(), ids.seeded(SEED), clock.held_at(morning):
        stage = founded()
        count = 0
        for key, viewer in stage.members.items():
            lines = brought(firms()[key], viewer)
            count += len(lines)
            _ask(stage, viewer, lines)
        cast = play(stage.members)
    return Played(len(stage.members), len(cast) - len(stage.members), count)


def _ask(stage: Stage, viewer: Viewer, lines: dict[str, Bought]) -> None:
    """Ask the suppliers that are on board by the end, and of the others but a few."""
    with looking_as(viewer):
        wanted = [
            LineAsked(line.item, line.contacts[0], lines[line.item].draft.name)
            for line in asked.to_ask(viewer)
            if line.contacts and line.item in lines and (lines[line.item].ware or len(line.reference) % NOT_ASKED)
        ]
        requests.ask(
            viewer,
            lines=wanted,
            purpose="traceability",
            due_on=clock.today() + timedelta(days=45),
            consortium=stage.consortium.public_id,
        )
