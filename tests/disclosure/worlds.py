"""Random worlds on which two readings of the disclosure rule are compared: small ranges, so that collisions abound.

`random_world(seed)` fits `world.schema.json`; `moments(world)` are the times around every boundary in it.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from disclosure.scenes import Stage

World = dict[str, Any]
Record = dict[str, Any]

COUNTRIES = ("FR", "ID", "MY")
STEPS = ("farm", "mill", "blend")
FAMILIES = ("palm", "mica", "glass")
SCHEMES = ("RSPO", "ISO", "FSC")
NOW = "2026-05-10T12:00:00Z"
TIMES = (
    "2025-12-31T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "2026-02-14T08:30:00Z",
    "2026-03-31T23:59:59Z",
    "2026-04-01T00:00:00Z",
    "2026-05-10T11:59:59Z",
    NOW,
    "2026-05-10T12:00:01Z",
    "2026-07-01T00:00:00Z",
)
DAYS = ("2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01", "2026-05-10", "2026-06-30", "2026-07-01", "2026-10-01")


class Maker:
    """Makes one world from one seed. Each world has a temper of its own: how dense, how generous, how busy."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self.dense = self.dice.choice((0.8, 1.2, 1.8, 2.5))
        self.depth = self.dice.choice((0.0, 0.0, 0.7, 0.95))
        self.busy = self.dice.choice((0.3, 0.7, 0.95))
        self.granting = self.dice.choice((0.0, 0.5, 1.0, 2.0))
        self.timed = self.dice.choice((0.1, 0.5))

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def one_of(self, values: tuple[Any, ...] | list[Any]) -> Any:
        return self.dice.choice(values)

    def keys(self, letter: str, count: int) -> list[str]:
        """Give keys whose order says nothing."""
        return [f"{letter}{number}" for number in self.dice.sample(range(10, 100 + 2 * count), count)]

    def world(self) -> World:
        organizations = self.organizations()
        items = self.items([each["key"] for each in organizations])
        links = self.links(items)
        world = {
            "consortium": self.consortium(),
            "organizations": organizations,
            "items": items,
            "links": links,
        }
        owner_of = {each["key"]: each["organization"] for each in items}
        requests = self.requests(links, owner_of)
        grants = self.grants(organizations, items, links, owner_of)
        if requests or self.chance(0.5):
            world["requests"] = requests
        if grants or self.chance(0.5):
            world["grants"] = grants
        if self.chance(0.6):
            Stage(world, self.dice).set()
        return world

    def consortium(self) -> Record:
        found: Record = {"name": "Random"}
        if self.chance(0.4):
            levels = {"customers": (3, 3, 4, 1), "requesters": (2, 2, 3, 1, 4), "chain": (1, 1, 0, 2, 3)}
            found["defaults"] = {name: self.one_of(some) for name, some in levels.items() if self.chance(0.6)}
        if self.chance(0.4):
            found["floors"] = [
                {
                    "family": self.one_of(FAMILIES),
                    "level": self.one_of((0, 1, 2, 2, 3, 3, 4)),
                    "from": self.one_of(TIMES),
                }
                for _ in range(self.dice.randint(0, 3))
            ]
        return found

    def organizations(self) -> list[Record]:
        keys = self.keys("o", self.dice.randint(3, 12))
        members = set(keys[: self.dice.randint(1, 5)])
        found = []
        for key in self.dice.sample(keys, len(keys)):
            firm: Record = {"key": key, "name": f"Firm {key}", "country": self.one_of(COUNTRIES)}
            if key in members or self.chance(0.3):
                firm["member"] = key in members
            found.append(firm)
        return found

    def items(self, firms: list[str]) -> list[Record]:
        """Each firm has one to four; a third are twins of another firm's: same facts, other owner."""
        owners = [firm for firm in firms for _ in range(self.one_of((1, 1, 2, 2, 3, 4)))]
        found: list[Record] = []
        for key, owner in zip(self.keys("i", len(owners)), owners, strict=True):
            if found and self.chance(0.33):
                twin = self.one_of(found)
                found.append({**twin, "key": key, "organization": owner})
            else:
                found.append({"key": key, "organization": owner, "name": f"Item {key}", **self.facts()})
        self.dice.shuffle(found)
        return found

    def facts(self) -> Record:
        found: Record = {}
        for name, values in (("country", COUNTRIES), ("step", STEPS), ("family", FAMILIES)):
            if self.chance(0.85):
                found[name] = self.one_of(values)
        if self.chance(0.5):
            found["site"] = self.site()
        if self.chance(0.6):
            found["certificates"] = [self.certificate() for _ in range(self.dice.randint(0, 3))]
        return found

    def site(self) -> Record:
        found: Record = {"name": f"Site {self.dice.randint(1, 9)}"}
        if self.chance(0.6):
            found["town"] = self.one_of(("Lyon", "Medan"))
        if self.chance(0.6):
            found |= {"latitude": self.one_of((0, -1.5, 45.25)), "longitude": self.one_of((0, 4.75, 101.5))}
        elif self.chance(0.2):
            found["latitude"] = 3.25
        return found

    def certificate(self) -> Record:
        found: Record = {"scheme": self.one_of(SCHEMES)}
        if self.chance(0.7):
            found["number"] = f"N{self.dice.randint(1, 9)}"
        if self.chance(0.75):
            found["valid_until"] = self.one_of(DAYS)
        return found

    def links(self, items: list[Record]) -> list[Record]:
        """Any item to any other; with `depth` mostly onward in one order, so that chains are long."""
        keys = [each["key"] for each in items]
        owner_of = {each["key"]: each["organization"] for each in items}
        order = self.dice.sample(keys, len(keys))
        pairs: dict[tuple[str, str], bool] = {}
        for _ in range(round(len(keys) * self.dense)):
            buyer, supplier = self.pair(order)
            if buyer != supplier:
                pairs[buyer, supplier] = owner_of[buyer] == owner_of[supplier]
        for key in keys:  # steps within one firm are rare by chance alone
            siblings = [other for other in keys if other != key and owner_of[other] == owner_of[key]]
            if siblings and self.chance(0.3):
                pairs[key, self.one_of(siblings)] = True
        names = self.keys("l", len(pairs))
        return [self.link(name, pair, internal=pairs[pair]) for name, pair in zip(names, pairs, strict=True)]

    def pair(self, order: list[str]) -> tuple[str, str]:
        if self.chance(self.depth):
            place = self.dice.randrange(len(order))
            return order[place], order[min(len(order) - 1, place + self.one_of((1, 1, 1, 2)))]
        return self.one_of(order), self.one_of(order)

    def link(self, key: str, pair: tuple[str, str], *, internal: bool) -> Record:
        found: Record = {"key": key, "buyer_item": pair[0], "supplier_item": pair[1]}
        statuses = ("accepted", "declared", "declared", "ended", "declined") if internal else ("accepted",) * 9
        status = self.one_of((*statuses, "declared", "declined", "ended"))
        if status != "accepted" or self.chance(0.5):
            found["status"] = status
        if self.chance(self.timed):
            found["accepted"] = self.one_of((*TIMES[:5] * 3, *TIMES[5:]))
        return found

    def requests(self, links: list[Record], owner_of: dict[str, str]) -> list[Record]:
        found = []
        for link in links:
            if owner_of[link["buyer_item"]] == owner_of[link["supplier_item"]]:
                continue
            count = self.one_of((1, 1, 1, 2, 3)) if self.chance(self.busy) else 0
            found += [self.request(link["key"]) for _ in range(count)]
        self.dice.shuffle(found)
        return found

    def request(self, link: str) -> Record:
        found: Record = {"link": link}
        status = self.one_of(("answered", "answered", "answered", "answered", "open", "closed"))
        if status != "open" or self.chance(0.5):
            found["status"] = status
        if self.chance(0.4):
            found["passed"] = self.chance(0.8)
        return found

    def grants(
        self, organizations: list[Record], items: list[Record], links: list[Record], owner_of: dict[str, str]
    ) -> list[Record]:
        found: list[Record] = []
        firms = [each["key"] for each in organizations]
        for _ in range(round(self.granting * len(items))):
            grant = self.grant(firms, links, owner_of)
            found.append(grant)
            if self.chance(0.35):  # one more about the same subject, often with the same start
                other = {**grant, "level": self.level()}
                if self.chance(0.4):
                    other |= self.times()
                if self.chance(0.3):
                    other["audience"] = self.audience(firms)
                found.append(other)
        self.dice.shuffle(found)
        return found

    def level(self) -> int:
        return self.one_of((0, 1, 2, 2, 3, 3, 3, 4))

    def audience(self, firms: list[str]) -> object:
        if self.chance(0.35):
            return {"organization": self.one_of(firms)}
        return self.one_of(("customers", "requesters", "requesters", "chain"))

    def grant(self, firms: list[str], links: list[Record], owner_of: dict[str, str]) -> Record:
        """Choose a link and a side, then a subject there, so that a grant is nearly always about something walked."""
        covers = self.one_of(("identity", "sourcing"))
        if not links:
            return {"grantor": self.one_of(firms), "covers": covers, "audience": "chain", "level": self.level()}
        link = self.one_of(links)
        item = link["supplier_item"] if covers == "identity" else link["buyer_item"]
        subject = self.one_of(({"link": link["key"]}, {"item": item}, {}))
        return {
            "grantor": owner_of[item],
            "covers": covers,
            **subject,
            "audience": self.audience(firms),
            "level": self.level(),
            **self.times(),
        }

    def times(self) -> Record:
        shares = {"from": 0.4, "until": self.timed * 0.6, "revoked": self.timed * 0.6}
        return {name: self.one_of(TIMES) for name, share in shares.items() if self.chance(share)}


def random_world(seed: int) -> World:
    """Return the world of this seed: 3 to 12 organizations, valid by `world.schema.json`."""
    return Maker(seed).world()


def moments(world: World) -> list[str]:
    """Return the times at which something changes in this world, those a second before and after, and quarters."""
    found = {NOW, "2026-03-31T23:59:59Z", "2026-04-01T00:00:00Z"}
    times = [link["accepted"] for link in world["links"] if "accepted" in link]
    times += [floor["from"] for floor in world["consortium"].get("floors", [])]
    times += [grant[n] for grant in world.get("grants", []) for n in ("from", "until", "revoked") if n in grant]
    for text in times:
        exact = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        found |= {(exact + timedelta(seconds=step)).strftime("%Y-%m-%dT%H:%M:%SZ") for step in (-1, 0, 1)}
    return sorted(found)
