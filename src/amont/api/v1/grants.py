"""Own decisions on who sees what."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Status

from amont.api.auth import Token, viewer_of
from amont.api.fields import Id, Moment, Sent
from amont.api.paging import Paged, Part, cut
from amont.api.problems import told
from amont.disclosure import actions, read
from amont.disclosure.actions import Subject
from amont.disclosure.facts_grants import OwnGrant
from amont.disclosure.levels import Audience, Covers, Level
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.sight.facts import Who
from amont.sight.what_if import what_follows
from amont.sight.who import who_sees

router = Router(tags=["grants"])
MAY_READ, MAY_WRITE = Token("grants:read"), Token("grants:write")


@router.get("", auth=MAY_READ, response=told(Paged[OwnGrant]), url_name="grants", operation_id="listGrants")
def grants(request: HttpRequest, part: Part) -> Paged[OwnGrant]:
    """List own grants, ended ones included, the latest start first."""
    viewer = viewer_of(request)
    return cut(viewer, read.grants_of(viewer), part, ref=lambda each: each.public_id, of="grants")


class Subjected(Sent):
    """What a grant is about: one own item, one link, or (both left out) the whole organization."""

    item: Id = ""
    link: Id = ""


class NewGrant(Subjected):
    """Up to which level an audience sees who one is (identity) or whom one buys from (sourcing).

    `organization` is the firm that the audience is. Without `starts_at` it holds at once.
    """

    covers: Covers
    audience: Audience
    level: Level
    organization: Id = ""
    starts_at: Moment | None = None
    until_at: Moment | None = None


class ChangedGrant(Sent):
    """Another level, or another end, from now on."""

    level: Level
    until_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Follows:
    """Who sees what of oneself at most, now and afterwards; nothing is decided yet."""

    before: Who
    after: Who


@router.post("", auth=MAY_WRITE, response=told(OwnGrant, status=201, one=True, takes=True), operation_id="giveGrant")
def give(request: HttpRequest, body: NewGrant) -> Status[OwnGrant]:
    """Give a grant. The same decision, in force already, is not made twice."""
    return Status(201, _give(viewer_of(request), body))


@router.post(
    "/preview",
    auth=MAY_READ,
    response=told(Follows, one=True, takes=True),
    url_name="preview",
    operation_id="previewGrant",
)
def preview(request: HttpRequest, body: NewGrant) -> Follows:
    """Return what would follow from a grant, without giving it."""
    viewer = viewer_of(request)
    return Follows(*what_follows(viewer, lambda: _give(viewer, body), item=body.item))


@router.get("/effects", auth=MAY_READ, response=told(Who, one=True), url_name="effects", operation_id="getEffects")
def effects(request: HttpRequest, item: Id = "") -> Who:
    """Return who sees what of oneself at most, over one own item or all, and what follows where a grant is revoked."""
    return who_sees(viewer_of(request), item=item)


@router.get("/{grant}", auth=MAY_READ, response=told(OwnGrant, one=True), url_name="grant", operation_id="getGrant")
def one(request: HttpRequest, grant: str) -> OwnGrant:
    """Return one own grant."""
    found = next((each for each in read.grants_of(viewer_of(request)) if each.public_id == grant), None)
    if found is None:
        raise NotKnown
    return found


@router.post(
    "/{grant}/change",
    auth=MAY_WRITE,
    response=told(OwnGrant, one=True, takes=True),
    url_name="grant-change",
    operation_id="changeGrant",
)
def change(request: HttpRequest, grant: str, body: ChangedGrant) -> OwnGrant:
    """Let a grant give another level, or end another day: the one that stood ends, and another begins."""
    return actions.change(viewer_of(request), grant, level=body.level, until_at=body.until_at)


@router.post(
    "/{grant}/revoke",
    auth=MAY_WRITE,
    response=told(OwnGrant, one=True),
    url_name="grant-revoke",
    operation_id="revokeGrant",
)
def revoke(request: HttpRequest, grant: str) -> OwnGrant:
    """End a grant at once."""
    return actions.revoke(viewer_of(request), grant)


def _give(viewer: Viewer, body: NewGrant) -> OwnGrant:
    if body.item and body.link:
        raise Refused({"link": [_("A grant is about an item or about a link, not both.")]})
    said = body.dict(exclude={"item", "link"})
    return actions.grant(viewer, subject=Subject(item=body.item, link=body.link), **said)
