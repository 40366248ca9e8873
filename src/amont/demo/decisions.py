"""What some owners decide beyond the charter's defaults: who vouches, who grants, who closes."""

from amont.chain.actions.vouching import vouch
from amont.disclosure import actions as disclosure
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Audience, Covers, Level
from amont.kernel.viewer import Viewer
from amont.parties import read as parties

VOUCHED = (
    ("orvanne", "oleonde"),
    ("tressault", "emulgent"),
    ("oleonde", "oleoport"),
    ("oleonde", "kelapasari"),
    ("karitence", "sheatamale"),
)
"""Who vouches for whom: a buyer for its direct supplier."""


def decide(cast: dict[str, Viewer]) -> None:
    """Let some owners decide.

    Oléonde tells one customer whom it buys from, and its trader tells those who asked who it is: that customer sees a
    name where its rivals see none. The producer behind the other branch closes all above it. A shea crusher shows
    itself to all who ask.
    """
    for buyer, supplier in VOUCHED:
        with looking_as(cast[buyer]):
            vouch(cast[buyer], _public(cast[supplier]))
    _grant(cast["oleonde"], Covers.SOURCING, Audience.ORGANIZATION, Level.NAMED, to=cast["orvanne"])
    _grant(cast["oleoport"], Covers.IDENTITY, Audience.REQUESTERS, Level.NAMED)
    for audience in (Audience.REQUESTERS, Audience.CHAIN):
        _grant(cast["kelapasari"], Covers.SOURCING, audience, Level.SEALED)
    _grant(cast["sheatamale"], Covers.IDENTITY, Audience.REQUESTERS, Level.NAMED)


def _public(viewer: Viewer) -> str:
    found = parties.me(viewer)
    return found.organization if found else ""


def _grant(owner: Viewer, covers: Covers, audience: Audience, level: Level, *, to: Viewer | None = None) -> None:
    with looking_as(owner):
        disclosure.grant(owner, covers=covers, audience=audience, level=level, organization=_public(to) if to else "")
