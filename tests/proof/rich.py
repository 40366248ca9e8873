"""Random worlds made rich: what pages show besides chains, as plain rows of their tables, references by key.

`rich_world(seed)` gives {"world": a random world of the rule's format, whose requests and grants bear a "_key";
"coordinator": who coordinates; "firms", "items", "links": more facts by key; "rows": lists of rows by table}.
"""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from disclosure.worlds import COUNTRIES, FAMILIES, SCHEMES, STEPS, random_world
from proof.references import REFERENCES

Rich = dict[str, Any]
Row = dict[str, Any]

START = datetime(2025, 11, 1, 8, tzinfo=UTC)
FAR = "2027-06-01T00:00:00Z"
PAST = "2025-12-15T00:00:00Z"
WORDS = ("Argan", "Nacre", "Cobalt", "Verre", "Palme")
TYPED_ADDRESS = "probe@typed.example"
TYPED_NAME = "Some firm"
"""What a viewer is about to type: in one world it is somebody's, in the other nobody's."""
"""Every table that is filled here, in the order in which it can be, and what its fields refer to."""


def rich_world(seed: int) -> Rich:
    """Return the rich world of this seed."""
    return Enricher(seed).made


class Enricher:
    """Adds to one random world the facts that pages show besides chains."""

    def __init__(self, seed: int, made: Rich | None = None) -> None:
        self.dice = random.Random(seed * 7919 + 17)  # noqa: S311 - repeatable on purpose
        self.days = 0
        if made is None:
            world = random_world(seed)
            self.made: Rich = {"world": world, "coordinator": self.dice.choice(world["organizations"])["key"]}
            self.made |= {"firms": {}, "items": {}, "links": {}, "rows": {table: [] for table in REFERENCES}}
            self._key_all(world)
            self._fill(world)
        else:
            self.made = made
            self.days = 200
        self.rows: dict[str, list[Row]] = self.made["rows"]

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    def one_of(self, *values: Any) -> Any:
        return self.dice.choice(values)

    def moment(self) -> str:
        """Return a moment, each later than the last."""
        self.days += 1
        return (START + timedelta(hours=4 * self.days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def add(self, table: str, key: str, **fields: Any) -> str:
        """Add a row, unless its key is taken; return its key."""
        rows = self.made["rows"][table]
        if all(row["key"] != key for row in rows):
            rows.append({"key": key, **fields})
        return key

    def _key_all(self, world: Row) -> None:
        for letter, name in (("r", "requests"), ("g", "grants")):
            for number, row in enumerate(world.setdefault(name, [])):
                row["_key"] = f"{letter}{number}"

    def _fill(self, world: Row) -> None:
        for firm in world["organizations"]:
            self.firm(firm["key"])
        for item in world["items"]:
            self.item(item)
        for link in world["links"]:
            self.link(link)
        for request in world["requests"]:
            self.request(request)
        for item in world["items"]:
            self.beside(item)
        for firm in world["organizations"]:
            self.book(firm["key"], [each["key"] for each in world["organizations"]])
        self.seats()

    # --- firms and people

    def firm(self, key: str) -> None:
        self.made["firms"][key] = {
            "registry_id": self.one_of("", f"{self.dice.randint(100, 999)}"),
            "checked_by": self.one_of("letter", "coordinator", "buyer", "world"),
        }
        for number in range(self.one_of(1, 1, 2)):
            person = self.add(
                "Person",
                f"p{number}.{key}",
                email=f"p{number}@{key}.example",
                name=f"{self.one_of(*WORDS)} {key}",
                language=self.one_of("fr", "en"),
            )
            role = "admin" if number == 0 else self.one_of("contributor", "reader")
            self.add("Membership", f"m{number}.{key}", person=person, organization=key, role=role)
        if self.chance(0.2):
            self.add(
                "ColleagueInvitation",
                f"ci.{key}",
                organization=key,
                email=f"new@{key}.example",
                role="reader",
                invited_by=f"p0.{key}",
                created_at=self.moment(),
                expires_at=FAR,
                used_at=None,
            )

    def item(self, item: Row) -> None:
        self.made["items"][item["key"]] = {
            "reference": self.one_of("", f"REF-{item['key']}"),
            "kind": self.one_of("ingredient", "packaging", "raw_material"),
            "inci": self.one_of("", "CERA ALBA"),
            "volume_band": self.one_of("", "<1", "10-100"),
            "is_bought": self.chance(0.5),
            "chain_end": self.one_of("", "", "origin_reached", "recycled", "pooled", "declined"),
        }

    # --- links: an input and a source of the buyer's, what was asked over it

    def contact(self, owner: str, key: str, name: str) -> str:
        return self.add(
            "Contact",
            key,
            owner=owner,
            name=name,
            country=self.one_of(*COUNTRIES),
            group=self.one_of("", "Group"),
            person=self.one_of("", *WORDS),
            email=self.one_of(f"{key}@book.example", f"{key}@book.example", ""),
            language=self.one_of("fr", "en"),
            created_at=self.moment(),
        )

    def input(self, item: str, owner: str, name: str) -> str:
        stock, switch = self.one_of(None, 3, 9), self.one_of(None, 2)
        return self.add(
            "Input", f"in.{item}.{name}", owner=owner, item=item, name=name, stock_weeks=stock, switch_months=switch
        )

    def link(self, link: Row) -> None:
        owner = {each["key"]: each["organization"] for each in self.made["world"]["items"]}
        buyer, supplier = owner[link["buyer_item"]], owner[link["supplier_item"]]
        key = link["key"]
        self.made["links"][key] = {"reference": self.one_of("", f"ref {key}")}
        inside = buyer == supplier
        contact = None if inside else self.contact(buyer, f"c.{buyer}.{supplier}", f"{self.one_of(*WORDS)} {supplier}")
        name = self.one_of("", "base", "cap", f"part {key}")
        mine = [row for row in self.made["rows"]["Source"] if row["input"] == f"in.{link['buyer_item']}.{name}"]
        if any(row["contact"] == contact for row in mine):
            name = f"part {key}"
        stated = {"country": self.one_of("", *COUNTRIES), "step": "", "family": "", "chain_end": ""}
        self.add(
            "Source",
            f"s.{key}",
            owner=buyer,
            input=self.input(link["buyer_item"], buyer, name),
            contact=contact,
            link=key,
            **stated,
            asked_at=PAST,
            refused_at=PAST if link.get("status") == "declined" else None,
            confirmed_at=None,
            created_at=PAST,
        )

    def request(self, mark: Row) -> None:
        """What stands behind a mark: a request with its line, told to the supplier."""
        source = next((row for row in self.made["rows"]["Source"] if row["key"] == f"s.{mark['link']}"), None)
        if source is None or source["contact"] is None:
            return
        link = next(each for each in self.made["world"]["links"] if each["key"] == mark["link"])
        owner = {each["key"]: each["organization"] for each in self.made["world"]["items"]}
        asker, supplier, passed = source["owner"], owner[link["supplier_item"]], mark.get("passed", False)
        if any(row["source"] == source["key"] and row["passed"] == passed for row in self.made["rows"]["RequestLine"]):
            return
        status = {"open": "accepted", "answered": "answered", "closed": "cancelled"}[mark.get("status", "open")]
        if link.get("status", "accepted") != "accepted":
            status = self.one_of("declined", "cancelled")
        request = self.asking(f"q.{mark['_key']}", asker, source["contact"], supplier=supplier, passed=passed)
        self.line(f"ql.{mark['_key']}", request, source["key"], status, link=link["key"], mark=mark["_key"])
        if status == "accepted" and self.chance(0.4):
            self.add(
                "Draft",
                f"d.{mark['_key']}",
                owner=supplier,
                line=f"ql.{mark['_key']}",
                item=None,
                content={"name": f"draft of {supplier}"},
                saved_at=self.moment(),
            )

    def asking(
        self, key: str, asker: str, contact: str, *, supplier: str | None, passed: bool, invitation: str | None = None
    ) -> str:
        return self.add(
            "Request",
            key,
            asker=asker,
            supplier=supplier,
            contact=contact,
            invitation=invitation,
            purpose=self.one_of("traceability", "vigilance"),
            message=self.one_of("", f"message of {asker}"),
            due_on=self.one_of("2026-06-01", "2026-09-01"),
            passed=passed,
            asked_by=f"p0.{asker}",
            created_at=self.moment(),
        )

    def line(self, key: str, request: str, source: str | None, status: str, **more: Any) -> str:
        of = next(row for row in self.made["rows"]["Request"] if row["key"] == request)
        return self.add(
            "RequestLine",
            key,
            request=request,
            asker=of["asker"],
            supplier=of["supplier"],
            source=source,
            passed=of["passed"],
            reference=self.one_of(f"line {key}", "Palm base", "Mica"),
            status=status,
            reason=f"because {key}" if status == "declined" else "",
            answered_at=self.moment() if status == "answered" else None,
            **{"link": None, "mark": None, **more},
        )

    # --- what owners state and keep to themselves

    def beside(self, item: Row) -> None:
        """A stated source, a firm invited, claims above an item, a fact that was changed in the quarter."""
        key, owner = item["key"], item["organization"]
        if self.chance(0.35):
            self.stated(f"st.{key}", key, owner, self.contact(owner, f"c.{owner}.st", f"{self.one_of(*WORDS)} mill"))
        if self.chance(0.25):
            self.invited(key, owner, f"new{self.dice.randint(1, 4)}@nowhere.example")
        if self.chance(0.3):
            self.claimed(key, owner)
        if self.chance(0.25):
            before = {"country": self.one_of("", *COUNTRIES), "step": self.one_of("", *STEPS)}
            before |= {"family": self.one_of("", *FAMILIES), "chain_end": self.one_of("", "pooled")}
            self.add("FormerFacts", f"ff.{key}", owner=owner, item=key, until_on="quarter", **before)

    def stated(self, key: str, item: str, owner: str, contact: str, *, asked: bool = False) -> str:
        return self.add(
            "Source",
            key,
            owner=owner,
            input=self.input(item, owner, self.one_of("base", "oil")),
            contact=contact,
            link=None,
            country=self.one_of("", *COUNTRIES),
            step=self.one_of("", *STEPS),
            family=self.one_of("", *FAMILIES),
            chain_end=self.one_of("", "origin_reached"),
            asked_at=PAST if asked else None,
            refused_at=None,
            confirmed_at=self.one_of(None, PAST),
            created_at=PAST,
        )

    def invited(self, item: str, owner: str, email: str) -> None:
        """A firm is asked by mail and has not come yet."""
        contact = self.contact(owner, f"c.{owner}.inv", f"{self.one_of(*WORDS)} works")
        if any(row["contact"] == contact for row in self.made["rows"]["Source"]):
            return
        source = self.stated(f"si.{item}", item, owner, contact, asked=True)
        opened = self.one_of(None, PAST)
        invitation = self.add(
            "Invitation",
            f"i.{item}",
            owner=owner,
            contact=contact,
            email=email,
            language="en",
            created_at=self.moment(),
            expires_at=self.one_of(FAR, FAR, FAR, "2026-01-15T00:00:00Z"),
            opened_at=opened,
            used_at=None,
            declined_at=None,
            cancelled_at=None,
            accepted_by=None,
        )
        self.add("InvitationKey", f"ik.{item}", owner=owner, invitation=invitation, mail=f"request q.{item}")
        request = self.asking(f"q.{item}", owner, contact, supplier=None, passed=False, invitation=invitation)
        self.line(f"ql.{item}", request, source, "open")

    def claimed(self, item: str, owner: str) -> None:
        places = []
        for number in range(self.one_of(1, 2)):
            contact = self.contact(owner, f"c.{owner}.cl{number}", f"{self.one_of(*WORDS)} {number}")
            point = {"latitude": self.one_of(None, 1.5), "longitude": self.one_of(None, 101.5)}
            town, country = self.one_of("", "Medan"), self.one_of("", *COUNTRIES)
            places.append(
                self.add(
                    "ClaimedPlace",
                    f"cp.{owner}.{number}",
                    owner=owner,
                    contact=contact,
                    name=f"Place {number}",
                    town=town,
                    country=country,
                    **point,
                )
            )
        path = self.add("ClaimedPath", f"pa.{item}", owner=owner, item=item, created_at=PAST)
        for number, place in enumerate(places, start=1):
            self.add("ClaimedStep", f"cs.{item}.{number}", owner=owner, path=path, position=number, place=place)

    def book(self, firm: str, firms: list[str]) -> None:
        """A book with firms in it that may be there as well, a site, a pair that may be one, files, filters."""
        for number in range(self.one_of(0, 1, 2)):
            self.contact(firm, f"c.{firm}.x{number}", f"Firm {self.one_of(*firms)}")
        if self.chance(0.4):
            self.add("Site", f"site.{firm}", owner=firm, name=f"Own site of {firm}", town="Lyon", country="FR")
        if self.chance(0.2):
            one, other = (self.contact(firm, f"c.{firm}.al{n}", f"Twin {self.one_of(*WORDS)} {n}") for n in (1, 2))
            self.add("Alike", f"al.{firm}", owner=firm, kind="firm", one=one, other=other, score=90)
        if self.chance(0.3):
            self.add("Import", f"im.{firm}", owner=firm, file_name=f"{firm}.csv", created_at=self.moment())
        if self.chance(0.3):
            self.add("SavedFilter", f"f.{firm}", owner=firm, person=f"p0.{firm}", name="Mine", query="family=palm")
        if self.chance(0.4):
            known = self.chance(0.3)
            self.add(
                "Reading",
                f"rd.{firm}",
                owner=firm,
                reader=self.one_of(*firms),
                is_known=known,
                hour=self.one_of("2026-05-10T10:00:00Z", "2026-03-03T10:00:00Z", "2026-05-05T10:00:00Z"),
                channel=self.one_of("page", "file"),
            )

    def seats(self) -> None:
        for number in range(self.one_of(0, 1, 2)):
            coordinator = self.made["coordinator"]
            self.add(
                "Seat",
                f"seat{number}",
                firm=self.one_of(TYPED_NAME, f"Seat {self.one_of(*WORDS)}"),
                email=f"seat{number}@nowhere.example",
                offered_by=f"p0.{coordinator}",
                offered_for=coordinator,
                created_at=self.moment(),
                expires_at=FAR,
                used_at=None,
            )


__all__ = ["COUNTRIES", "FAMILIES", "REFERENCES", "SCHEMES", "STEPS", "Enricher", "Rich", "Row", "rich_world"]
