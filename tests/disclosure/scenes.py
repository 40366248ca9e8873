"""Scenes set into random worlds, because chance alone plays them too seldom. Each is often just missed, on purpose."""

import random
from typing import Any

Record = dict[str, Any]
EARLY = ("2026-01-01T00:00:00Z", "2026-02-14T08:30:00Z", "2026-03-31T23:59:59Z")
LATER = ("2026-04-01T00:00:00Z", "2026-05-10T11:59:59Z", "2026-05-10T12:00:00Z", "2026-05-10T12:00:01Z")


class Stage:
    """A world, and the dice with which scenes are set into it."""

    def __init__(self, world: Record, dice: random.Random) -> None:
        self.world = world
        self.dice = dice
        self.owner = {each["key"]: each["organization"] for each in world["items"]}
        self.item = {each["key"]: each for each in world["items"]}
        for name in ("requests", "grants"):
            world.setdefault(name, [])

    def set(self) -> None:
        """Set zero to three scenes, each on a way of three or four items of different firms."""
        scenes = (self.once_named, self.once_asked, self.once_bought, self.floored, self.inside)
        for _ in range(self.dice.choice((0, 1, 1, 2, 3))):
            way = self.way(4)
            if way:
                self.dice.choice(scenes)(*way)

    def way(self, length: int) -> list[str]:
        """Choose items of neighbouring firms that differ; the viewer's firm stands first."""
        keys = self.dice.sample(sorted(self.item), len(self.item))
        found: list[str] = []
        for key in keys:
            if not found or self.owner[key] not in {self.owner[other] for other in found}:
                found.append(key)
        return found[:length] if len(found) >= length else []

    def link(self, buyer: str, supplier: str, status: str = "accepted") -> Record:
        """Return the link of this pair, made if need be, with this status."""
        for each in self.world["links"]:
            if (each["buyer_item"], each["supplier_item"]) == (buyer, supplier):
                each["status"] = status
                return each
        taken = {each["key"] for each in self.world["links"]}
        key = next(f"s{number}" for number in range(len(taken) + 1) if f"s{number}" not in taken)
        made = {"key": key, "buyer_item": buyer, "supplier_item": supplier, "status": status}
        self.world["links"].append(made)
        return made

    def ask(self, link: Record, status: str = "answered", *, passed: bool = False) -> None:
        self.world["requests"].append({"link": link["key"], "status": status, "passed": passed})

    def grant(self, link: Record, covers: str, audience: object, level: int, **times: str) -> None:
        item = link["supplier_item"] if covers == "identity" else link["buyer_item"]
        subject = self.dice.choice(({"link": link["key"]}, {"item": item}, {}))
        self.world["grants"].append(
            {"grantor": self.owner[item], "covers": covers, **subject, "audience": audience, "level": level, **times}
        )

    def audience(self, viewer: str) -> object:
        return self.dice.choice(("requesters", "chain", {"organization": self.owner[viewer]}))

    def ended(self) -> Record:
        return {self.dice.choice(("until", "revoked")): self.dice.choice(EARLY + LATER)}

    def once_named(self, viewer: str, first: str, second: str, third: str) -> None:
        """3.4: both owners named the link's ends; one of them ended it, and 2 is left."""
        asked = self.link(viewer, first)
        self.ask(asked)
        upper = self.link(first, second)
        self.ask(upper, passed=True)
        self.link(second, third)
        times = [self.ended(), {}]
        self.dice.shuffle(times)
        for covers, when in zip(("identity", "sourcing"), times, strict=True):
            self.grant(upper, covers, self.audience(viewer), 3, **when)
        if self.dice.random() < 0.3:
            self.grant(upper, "identity", self.audience(viewer), 2, **{"from": self.dice.choice(EARLY + LATER)})
        if self.dice.random() < 0.3:
            upper["accepted"] = self.dice.choice(EARLY + LATER)

    def once_asked(self, viewer: str, first: str, second: str, third: str) -> None:
        """3.4: no requester now, but once, over this link or another."""
        lower = self.link(viewer, first)
        if self.dice.random() < 0.5:
            lower = self.link(viewer, third)
        self.world["requests"] = [each for each in self.world["requests"] if each["link"] != lower["key"]]
        self.ask(lower, "closed", passed=self.dice.random() < 0.2)
        upper = self.link(first, second)
        self.link(second, third)
        for covers in ("identity", "sourcing"):
            self.grant(upper, covers, "requesters", 3)
            self.grant(upper, covers, "chain", 2)

    def once_bought(self, viewer: str, first: str, second: str, third: str) -> None:
        """3.4: a customer no more, but once; seen from the named place all the same."""
        self.ask(self.link(viewer, first))
        middle = self.link(first, second)
        for covers in ("identity", "sourcing"):
            self.grant(middle, covers, self.audience(viewer), 3)
        self.link(viewer, second, self.dice.choice(("ended", "ended", "ended", "declined", "accepted")))
        upper = self.link(second, third)
        self.grant(upper, "sourcing", "customers", self.dice.choice((3, 3, 4)))
        self.grant(upper, "sourcing", "chain", 2)
        self.grant(upper, "identity", self.audience(viewer), 3)

    def floored(self, viewer: str, first: str, second: str, third: str) -> None:
        """3.3: a floor holds for what is accepted from its moment on."""
        self.ask(self.link(viewer, first))
        upper = self.link(first, second)
        self.ask(upper, passed=True)
        upper["accepted"] = self.dice.choice(EARLY)
        self.link(second, third)["accepted"] = self.dice.choice(EARLY)
        floors = self.world["consortium"].setdefault("floors", [])
        for item in (second, third):
            family = self.item[item].setdefault("family", "palm")
            floors.append({"family": family, "level": self.dice.choice((2, 3, 4)), "from": self.dice.choice(EARLY)})
        for each in self.world["organizations"]:
            members = sum(other.get("member", False) for other in self.world["organizations"])
            if each["key"] == self.owner[viewer] and members < 5:
                each["member"] = True
        for covers in ("identity", "sourcing"):
            self.grant(upper, covers, "requesters", self.dice.choice((0, 1, 2)))

    def inside(self, viewer: str, first: str, second: str, third: str) -> None:
        """3.1: between two items of one firm; only grants about that very link count there."""
        self.ask(self.link(viewer, first))
        siblings = [key for key in self.item if self.owner[key] == self.owner[first] and key != first]
        inner = self.dice.choice(sorted(siblings)) if siblings else first
        if inner != first:
            step = self.link(first, inner, self.dice.choice(("declared", "accepted")))
            if self.dice.random() < 0.5:
                self.grant(step, self.dice.choice(("identity", "sourcing")), self.audience(viewer), 2)
        self.ask(self.link(inner, second), passed=True)
        self.link(second, third)
