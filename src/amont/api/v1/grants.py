"""Own decisions on who sees what."""

from django.http import HttpRequest
from ninja import Router

from amont.api.auth import Token, viewer_of
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.disclosure import read
from amont.disclosure.facts_grants import OwnGrant
from amont.kernel.errors import NotKnown
from amont.sight.facts import Who
from amont.sight.who import who_sees

router = Router(tags=["grants"])


@router.get("", auth=Token("grants:read"), response=told(Paged[OwnGrant]), url_name="grants", operation_id="listGrants")
def grants(request: HttpRequest, part: Part) -> Paged[OwnGrant]:
    """List own grants, ended ones included, the latest start first."""
    viewer = viewer_of(request)
    return cut(viewer, read.grants_of(viewer), part, ref=lambda each: each.public_id, of="grants")


@router.get(
    "/effects", auth=Token("grants:read"), response=told(Who, one=True), url_name="effects", operation_id="getEffects"
)
def effects(request: HttpRequest, item: str = "") -> Who:
    """Return who sees what of oneself at most, over one own item or all, and what follows where a grant is revoked."""
    return who_sees(viewer_of(request), item=item)


@router.get(
    "/{grant}",
    auth=Token("grants:read"),
    response=told(OwnGrant, one=True),
    url_name="grant",
    operation_id="getGrant",
)
def grant(request: HttpRequest, grant: str) -> OwnGrant:
    """Return one own grant."""
    found = next((each for each in read.grants_of(viewer_of(request)) if each.public_id == grant), None)
    if found is None:
        raise NotKnown
    return found
