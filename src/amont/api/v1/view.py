"""What one may see: the whole view, and the chain above one line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.problems import told
from amont.exchange.world.show import view_as_json
from amont.kernel import clock
from amont.parties import read as parties
from amont.sight import read as sight
from amont.sight.facts import Gap, Place

router = Router(tags=["view"])


@dataclass(frozen=True, slots=True)
class View:
    """All that the viewer sees above its own items, in the form of the conformance schema (view.schema.json)."""

    viewer: str
    at: datetime
    own: list[dict[str, object]]
    named: list[dict[str, object]]
    nameless: list[dict[str, object]]
    links: list[dict[str, str]]
    origins: list[dict[str, object]]
    sealed: list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class ChainStep:
    """`buyer` uses `supplier` (refs of places); `input` is the name of the input it serves, if that shows."""

    buyer: str
    supplier: str
    input: str


@dataclass(frozen=True, slots=True)
class ChainGap:
    """What was not asked, or not said, at a place: silence, never to be taken for progress."""

    place: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class ChainAbove:
    """The chain above one own line: places by ref, `root` being the line's; steps between them; gaps."""

    root: str
    places: tuple[Place, ...]
    steps: tuple[ChainStep, ...]
    gaps: tuple[ChainGap, ...]


@router.get("", auth=Token("view:read"), response=told(View), url_name="view", operation_id="getView")
def view(request: HttpRequest) -> Mapping[str, object]:
    """Return the viewer's whole view, now, as `amont world view` prints it."""
    viewer, at = viewer_of(request), clock.now()
    return view_as_json(parties.public_id_of(viewer), sight.view(viewer), at=at)


@router.get(
    "/lines/{line}",
    auth=Token("view:read"),
    response=told(ChainAbove, one=True),
    url_name="chain",
    operation_id="getChain",
)
def chain(request: HttpRequest, line: str) -> ChainAbove:
    """Return the chain above one own line, stated sources and own claims beside it."""
    found = sight.chain_above(viewer_of(request), line)
    return ChainAbove(
        root=found.root.ref,
        places=found.places,
        steps=tuple(ChainStep(*each) for each in found.steps),
        gaps=tuple(ChainGap(place, gap) for place, gap in found.gaps),
    )
