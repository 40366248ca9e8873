"""A world file into an empty database."""

from django.db import transaction

from amont.chain.world.actions import store_world
from amont.evidence.bulk import store_certificates
from amont.exchange.world.check import read_world


def load(text: str) -> dict[str, int]:
    """Load a world whole, or nothing of it; return how many rows of each list went in.

    Raises `Refused` with the places that do not do, each with its reasons.
    """
    world = read_world(text)
    with transaction.atomic():
        items = store_world(None, world)
        store_certificates(
            (items[item.key], held.scheme, held.number, held.valid_until)
            for item in world.items
            for held in item.certificates
        )
    return {
        "organizations": len(world.organizations),
        "items": len(world.items),
        "links": len(world.links),
        "requests": len(world.requests),
        "grants": len(world.grants),
    }
