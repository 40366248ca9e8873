"""Sections 1 to 3 of the disclosure rule a second time: whose consent gives which level of a link, slow and plain."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

World = dict[str, Any]
Record = dict[str, Any]

LONG_AGO = datetime.min.replace(tzinfo=UTC)
FOR_EVER = datetime.max.replace(tzinfo=UTC)
NARROWEST_FIRST = ("link", "item", "organization")


@cache
def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


class Consents:
    """What all owners of one world let one organization see at one moment."""

    def __init__(self, world: World, viewer: str, at: str) -> None:
        self.world = world
        self.viewer = viewer
        self.at = moment(at)
        self.organizations = {each["key"]: each for each in world["organizations"]}
        self.items = {each["key"]: each for each in world["items"]}
        self.links = world["links"]
        self.requests = world.get("requests", [])
        self.grants = world.get("grants", [])
        new_charter = {"customers": 3, "requesters": 2, "chain": 1}  # 3.2
        self.defaults = new_charter | world["consortium"].get("defaults", {})
        self.floors = world["consortium"].get("floors", [])
        self.known_levels: dict[tuple[str, bool, bool], int] = {}

    # --- what a link is

    def buyer(self, link: Record) -> str:
        return self.items[link["buyer_item"]]["organization"]

    def supplier(self, link: Record) -> str:
        return self.items[link["supplier_item"]]["organization"]

    def internal(self, link: Record) -> bool:
        return self.buyer(link) == self.supplier(link)

    def accepted_at(self, link: Record) -> datetime:
        return moment(link["accepted"]) if "accepted" in link else LONG_AGO

    def walked(self, link: Record) -> bool:
        """1, link: only accepted ones are walked; within one organization declared ones as well."""
        status = link.get("status", "accepted")
        stands = status == "accepted" or (status == "declared" and self.internal(link))
        return stands and self.accepted_at(link) <= self.at

    def above(self, item: str) -> list[Record]:
        return [link for link in self.links if link["buyer_item"] == item and self.walked(link)]

    def requests_over(self, link: Record) -> list[Record]:
        return [each for each in self.requests if each["link"] == link["key"]]

    def answered(self, link: Record) -> bool:
        """3.1, requesters: an answered request, passed on or not."""
        return any(each.get("status", "open") == "answered" for each in self.requests_over(link))

    def answered_to_viewer(self, link: Record) -> bool:
        """3.1, requesters, the first link: the viewer's own, not one that it passed on."""
        return self.buyer(link) == self.viewer and any(
            each.get("status", "open") == "answered" and not each.get("passed", False)
            for each in self.requests_over(link)
        )

    def ever_answered(self) -> bool:
        """3.4: any request of the viewer's own, over whatever link, not one passed on, closed ones included."""
        for link in self.links:
            if self.buyer(link) != self.viewer:
                continue
            for each in self.requests_over(link):
                if not each.get("passed", False) and each.get("status", "open") in {"answered", "closed"}:
                    return True
        return False

    def buys(self, item: str, *, looking_back: bool) -> bool:
        """3.1, customers, for sourcing: the viewer buys the item by an accepted link. 3.4: or has bought it."""
        for link in self.links:
            if link["supplier_item"] != item or self.buyer(link) != self.viewer:
                continue
            if link.get("status", "accepted") == "accepted" and self.accepted_at(link) <= self.at:
                return True
            if looking_back and link.get("status", "accepted") == "ended":
                return True
        return False

    # --- 3.1: grants

    def in_force(self, grant: Record, then: datetime) -> bool:
        start = moment(grant["from"]) if "from" in grant else LONG_AGO
        ends = [moment(grant[name]) for name in ("until", "revoked") if name in grant]
        return start <= then < min([*ends, FOR_EVER])

    def subject(self, grant: Record, link: Record, side: str) -> str | None:
        """Return how narrowly the grant is about the owner's side of this link, or None if it is about another."""
        owner = self.buyer(link) if side == "sourcing" else self.supplier(link)
        if grant["grantor"] != owner or grant["covers"] != side:
            return None
        if "link" in grant:
            return "link" if grant["link"] == link["key"] else None
        if self.internal(link):
            return None  # 3.1, within one organization: only grants about that very link count
        if "item" in grant:
            own_item = link["buyer_item"] if side == "sourcing" else link["supplier_item"]
            return "item" if grant["item"] == own_item else None
        return "organization"

    def decided(self, audience: object, link: Record, side: str, then: datetime) -> int | None:
        """Return what the grants to an audience say: narrowest subject, then latest start, then lower level."""
        for narrow in NARROWEST_FIRST:
            found = [
                grant
                for grant in self.grants
                if grant["audience"] == audience
                and self.in_force(grant, then)
                and self.subject(grant, link, side) == narrow
            ]
            if found:
                starts = [moment(grant["from"]) if "from" in grant else LONG_AGO for grant in found]
                latest = max(starts)
                return min(grant["level"] for grant, start in zip(found, starts, strict=True) if start == latest)
        return None

    def default(self, audience: str, link: Record, side: str) -> int | None:
        if audience == "customers" and side == "sourcing":
            return None  # no default
        if self.internal(link):
            return 3  # 3 stands for every default there is
        return int(self.defaults[audience])

    def holds(self, link: Record, side: str, *, requester: bool, named_place: bool, looking_back: bool) -> list[str]:
        """3.1: which audiences hold the viewer."""
        found = ["chain"]
        if requester:
            found.append("requesters")
        if side == "identity" and self.buyer(link) == self.viewer:
            found.append("customers")
        if side == "sourcing" and named_place and self.buys(link["buyer_item"], looking_back=looking_back):
            found.append("customers")
        return found

    def floor(self, link: Record, *, requester: bool) -> int:
        """3.3: what the charter's floors give at least; 0 without any."""
        if self.internal(link) or not requester or not self.organizations[self.viewer].get("member", False):
            return 0
        family = self.items[link["supplier_item"]].get("family")
        held = [
            each["level"]
            for each in self.floors
            if each["family"] == family and moment(each["from"]) <= self.accepted_at(link)
        ]
        return max(held, default=0)

    def policy(
        self, side: str, link: Record, then: datetime, *, requester: bool, named_place: bool, looking_back: bool
    ) -> int:
        """3.1, in its own order: policy(owner, link, V) where the owner is the one on that side."""
        owner = self.buyer(link) if side == "sourcing" else self.supplier(link)
        if owner == self.viewer:
            return 4  # step 0
        level = self.decided({"organization": self.viewer}, link, side, then)  # step 1
        if level is None:  # step 2
            level = 0
            audiences = self.holds(link, side, requester=requester, named_place=named_place, looking_back=looking_back)
            for audience in audiences:
                said = self.decided(audience, link, side, then)
                if said is None:
                    said = self.default(audience, link, side)
                if said is not None:
                    level = max(level, said)
        if side == "identity" and self.buyer(link) == self.viewer:
            level = max(level, 3)  # step 3
        return max(level, self.floor(link, requester=requester))  # step 4

    def level_at(
        self, link: Record, then: datetime, *, requester: bool, named_place: bool, looking_back: bool = False
    ) -> int:
        """3: the lower of what the two owners say."""
        level = min(
            self.policy(side, link, then, requester=requester, named_place=named_place, looking_back=looking_back)
            for side in ("sourcing", "identity")
        )
        if self.internal(link) and self.buyer(link) != self.viewer and level < 3:
            return 0
        return level

    def was_named(self, link: Record, *, requester: bool, named_place: bool) -> bool:
        """3.4: whether the link's level was 3 or more at any moment since acceptance."""
        as_requester = requester or self.ever_answered()
        moments = {self.accepted_at(link), self.at}
        for grant in self.grants:
            moments |= {moment(grant[name]) for name in ("from", "until", "revoked") if name in grant}
        return any(
            self.level_at(link, then, requester=as_requester, named_place=named_place, looking_back=True) >= 3
            for then in moments
            if self.accepted_at(link) <= then <= self.at
        )

    def level(self, link: Record, *, requester: bool, named_place: bool) -> int:
        """3 and 3.4: level(link, V) now."""
        known = (link["key"], requester, named_place)
        if known not in self.known_levels:
            level = self.level_at(link, self.at, requester=requester, named_place=named_place)
            if level == 2 and self.was_named(link, requester=requester, named_place=named_place):
                level = 1
            self.known_levels[known] = level
        return self.known_levels[known]
