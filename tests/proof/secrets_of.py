"""Changes to what a viewer may not see: tried at random, kept where the naive reading tells the viewer the same.

Among them twins: another firm with the same country, step and family in a hidden one's place.
"""

import copy
import random
from collections.abc import Callable
from typing import Any

from disclosure.worlds import COUNTRIES, DAYS, FAMILIES, SCHEMES, STEPS, TIMES
from proof.doubling import Doubling
from proof.known import Eyes
from proof.rich import TYPED_ADDRESS, TYPED_NAME, Enricher, Rich, Row
from proof.taking import KINDS, drop, settle, shuffled

Change = Callable[["Changer"], None]


class Changer:
    """One rich world that is being changed, and the dice that choose."""

    def __init__(self, rich: Rich, dice: random.Random, eyes: Eyes) -> None:
        self.rich, self.dice, self.eyes = rich, dice, eyes
        self.world: Row = rich["world"]
        self.rows: dict[str, list[Row]] = rich["rows"]
        self.enricher = Enricher(dice.randrange(10**6), rich)

    def others(self) -> list[str]:
        return [each["key"] for each in self.world["organizations"] if each["key"] != self.eyes.viewer]

    def unseen_items(self) -> list[Row]:
        """Items whose names the viewer does not read: what is changed there is most likely a secret."""
        shown = set(self.eyes.named()) if self.eyes.viewer else set()
        return [
            each
            for each in self.world["items"]
            if each["key"] not in shown and each["organization"] != self.eyes.viewer
        ]

    def new_key(self, letter: str) -> str:
        return f"{letter}x{self.dice.randrange(10**9)}"

    def pick(self, rows: list[Row]) -> Row | None:
        return self.dice.choice(rows) if rows else None

    # --- firms

    def rename_firm(self) -> None:
        key = self.dice.choice(self.others())
        firm = next(each for each in self.world["organizations"] if each["key"] == key)
        firm["name"] = f"{self.dice.choice(('Aa', 'Zz', 'Firm', TYPED_NAME))} {self.dice.randrange(10**6)}"
        self.rich["firms"][key]["registry_id"] = str(self.dice.randrange(10**6))

    def move_firm(self) -> None:
        key = self.dice.choice(self.others())
        next(each for each in self.world["organizations"] if each["key"] == key)["country"] = self.dice.choice(
            COUNTRIES
        )

    def exchange_firms(self) -> None:
        """Twins: two firms exchange all that they are called, and their people."""
        if len(self.others()) < 2:
            return
        one, other = self.dice.sample(self.others(), 2)
        firms = {each["key"]: each for each in self.world["organizations"]}
        firms[one]["name"], firms[other]["name"] = firms[other]["name"], firms[one]["name"]
        self.rich["firms"][one], self.rich["firms"][other] = self.rich["firms"][other], self.rich["firms"][one]
        for row in self.rows["Membership"]:
            row["organization"] = {one: other, other: one}.get(row["organization"], row["organization"])

    def add_firm(self) -> None:
        """A firm that has to do with nobody, or with somebody."""
        key = self.new_key("o")
        self.world["organizations"].append(
            {
                "key": key,
                "name": f"Firm {key}",
                "country": self.dice.choice(COUNTRIES),
                "member": self.dice.random() < 0.3,
            }
        )
        self.enricher.firm(key)
        for _ in range(self.dice.choice((0, 1, 2, 4))):
            item = {"key": self.new_key("i"), "organization": key, "name": f"Item of {key}"}
            self.add_item(item)
            other = self.pick(self.unseen_items())
            if other and other["key"] != item["key"]:
                pair = [item["key"], other["key"]]
                self.dice.shuffle(pair)
                self.add_link(*pair)
        self.enricher.book(key, self.others())

    def much_more(self) -> None:
        """Ten times as much of what is hidden."""
        for _ in range(self.dice.choice((4, 10))):
            self.add_firm()

    def drop_firm(self) -> None:
        firm = self.dice.choice(self.others())
        if firm != self.rich["coordinator"]:
            drop(self.rich, "organization", firm)

    def typed(self) -> None:
        """Somebody hidden bears what the viewer is about to type."""
        people = [row for row in self.rows["Person"] if not self.eyes.mine("Person", row)]
        for table in ("Contact", "Invitation", "Seat", "ColleagueInvitation"):
            row = self.pick([row for row in self.rows[table] if not self.eyes.mine(table, row)])
            if row and self.dice.random() < 0.5:
                row["email"] = TYPED_ADDRESS
        person = self.pick(people)
        if person and self.dice.random() < 0.7 and all(row["email"] != TYPED_ADDRESS for row in people):
            person["email"] = TYPED_ADDRESS

    # --- items

    def facts(self) -> Row:
        found: Row = {}
        for name, values in (("country", COUNTRIES), ("step", STEPS), ("family", FAMILIES)):
            if self.dice.random() < 0.8:
                found[name] = self.dice.choice(values)
        return found

    def add_item(self, item: Row) -> None:
        self.world["items"].append({**item, **self.facts()})
        self.enricher.item(item)
        self.enricher.beside(item)

    def rename_item(self) -> None:
        item = self.pick(self.unseen_items())
        if item:
            item["name"] = f"{self.dice.choice('AMZ')} {self.dice.randrange(10**6)}"
            self.rich["items"][item["key"]] |= {"reference": f"R{item['name']}", "inci": f"I{item['name']}"}
            item["site"] = {"name": f"S{item['name']}", "town": f"T{item['name']}", "latitude": 1.5, "longitude": 2.5}

    def restate_item(self) -> None:
        item = self.pick(self.unseen_items())
        if item:
            for name in ("country", "step", "family"):
                item.pop(name, None)
            item |= self.facts()
            item["certificates"] = [
                {"scheme": self.dice.choice(SCHEMES), "number": str(self.dice.randrange(99)), "valid_until": DAYS[-1]}
            ]
            ends = ("", "origin_reached", "recycled", "pooled", "declined")
            self.rich["items"][item["key"]] |= {"chain_end": self.dice.choice(ends)}

    def renumber(self) -> None:
        for item in self.unseen_items():
            for held in item.get("certificates", ()):
                held["number"] = f"N{self.dice.randrange(10**6)}"

    def give_away(self) -> None:
        """Twins: an item belongs to another firm."""
        item = self.pick(self.unseen_items())
        if item:
            item["organization"] = self.dice.choice(self.others())

    def twin_item(self) -> None:
        """Twins: the same facts under another owner, reached beside the first or in its place."""
        item = self.pick(self.unseen_items())
        if not item:
            return
        twin = {**copy.deepcopy(item), "key": self.new_key("i"), "organization": self.dice.choice(self.others())}
        self.world["items"].append(twin)
        self.enricher.item(twin)
        for link in [each for each in self.world["links"] if each["supplier_item"] == item["key"]]:
            roll = self.dice.random()
            if roll < 0.4:
                link["supplier_item"] = twin["key"]
            elif roll < 0.7:
                self.add_link(link["buyer_item"], twin["key"], link.get("accepted"))

    def split_twin(self) -> None:
        """Twins: of two ways to one item one now leads to its double, another firm's, from which all goes on alike."""
        shown = set(self.eyes.nameless()) if self.eyes.viewer else set()
        items = [each for each in self.unseen_items() if each["key"] in shown] or self.unseen_items()
        item = self.pick(items)
        below = [each for each in self.world["links"] if item and each["supplier_item"] == item["key"]]
        if not item or not below:
            return
        twin, firm = self.new_key("i"), self.new_key("o")
        owner = item["organization"]
        if any(each["organization"] == owner and each is not item for each in self.world["items"]):
            firm = firm if self.dice.random() < 0.7 else self.dice.choice(self.others())
        Doubling(self.rich, {item["key"]: twin, owner: firm}, self.dice, self.new_key).double(item, owner)
        for link in self.dice.sample(below, self.dice.randint(1, len(below))):
            link["supplier_item"] = twin

    def drop_item(self) -> None:
        item = self.pick(self.unseen_items())
        if item:
            drop(self.rich, "item", item["key"])

    # --- links, requests, grants

    def add_link(self, buyer: str, supplier: str, accepted: str | None = None) -> None:
        pairs = {(each["buyer_item"], each["supplier_item"]) for each in self.world["links"]}
        if (buyer, supplier) in pairs or buyer == supplier:
            return
        link = {"key": self.new_key("l"), "buyer_item": buyer, "supplier_item": supplier}
        if accepted:
            link["accepted"] = accepted
        self.world["links"].append(link)
        self.enricher.link(link)
        if self.dice.random() < 0.6:
            mark = {"link": link["key"], "status": "answered", "_key": self.new_key("r")}
            self.world["requests"].append(mark)
            self.enricher.request(mark)

    def new_link(self) -> None:
        items = [each["key"] for each in self.unseen_items()]
        if len(items) > 1:
            self.add_link(*self.dice.sample(items, 2))

    def drop_link(self) -> None:
        link = self.pick(self.world["links"])
        if link:
            drop(self.rich, "link", link["key"])

    def reroute(self) -> None:
        link, item = self.pick(self.world["links"]), self.pick(self.unseen_items())
        if link and item and link["buyer_item"] != item["key"]:
            pairs = {(each["buyer_item"], each["supplier_item"]) for each in self.world["links"]}
            if (link["buyer_item"], item["key"]) not in pairs:
                link["supplier_item"] = item["key"]

    def restate_link(self) -> None:
        link = self.pick(self.world["links"])
        if link:
            link["status"] = self.dice.choice(("accepted", "declared", "declined", "ended"))

    def regrant(self) -> None:
        owner, link = self.dice.choice(self.others()), self.pick(self.world["links"])
        audience: Any = self.dice.choice(("customers", "requesters", "chain"))
        if self.dice.random() < 0.5:
            audience = {"organization": self.dice.choice(self.others())}
        covers = self.dice.choice(("identity", "sourcing"))
        grant = {"covers": covers, "audience": audience, "level": self.dice.randint(0, 4), "_key": self.new_key("g")}
        if link and self.dice.random() < 0.7:
            item = link["supplier_item"] if covers == "identity" else link["buyer_item"]
            owner = self.eyes.owner.get(item) or owner
            grant["link"] = link["key"]
        if owner != self.eyes.viewer:
            self.world["grants"].append({**grant, "grantor": owner})

    def drop_grant(self) -> None:
        grant = self.pick(self.world["grants"])
        if grant:
            drop(self.rich, "grant", grant["_key"])

    def shift_times(self) -> None:
        for name in ("from", "until", "revoked"):
            grant = self.pick(self.world["grants"])
            if grant and grant["grantor"] != self.eyes.viewer:
                grant[name] = self.dice.choice(TIMES)
        for row in [row for table in self.rows for row in self.rows[table] if not self.eyes.mine(table, row)]:
            if isinstance(row.get("created_at"), str) and self.dice.random() < 0.5:
                row["created_at"] = f"2025-1{self.dice.randint(0, 2)}-0{self.dice.randint(1, 9)}T10:00:00Z"

    # --- rows

    def hidden_row(self) -> tuple[str, Row] | None:
        tables = [table for table, rows in self.rows.items() if any(not self.eyes.mine(table, row) for row in rows)]
        if not tables:
            return None
        table = self.dice.choice(tables)
        return table, self.dice.choice([row for row in self.rows[table] if not self.eyes.mine(table, row)])

    def rewrite_row(self) -> None:
        found = self.hidden_row()
        if not found:
            return
        for name, value in found[1].items():
            if (
                name in {"name", "group", "message", "reference", "town", "query", "file_name", "firm", "mail"}
                and value
            ):
                found[1][name] = f"{self.dice.choice('AMZ')}{self.dice.randrange(10**6)}"
            if name in {"country", "step", "family", "chain_end"} and self.dice.random() < 0.5:
                found[1][name] = ""
            if name in {"opened_at", "confirmed_at", "asked_at", "refused_at", "declined_at"}:
                found[1][name] = self.dice.choice((None, "2026-01-05T00:00:00Z"))
            if name == "expires_at":
                found[1][name] = self.dice.choice(("2027-06-01T00:00:00Z", "2026-01-15T00:00:00Z"))

    def drop_row(self) -> None:
        found = self.hidden_row()
        if found:
            drop(self.rich, found[0], found[1]["key"])

    def more_rows(self) -> None:
        """More in hidden books, more asked, more invited."""
        firm = self.dice.choice(self.others())
        self.enricher.book(firm, self.others())
        items = [each for each in self.world["items"] if each["organization"] == firm]
        for item in items[:3]:
            self.enricher.invited(item["key"], firm, f"new{self.dice.randint(1, 6)}@nowhere.example")
            self.enricher.beside(item)

    def reorder(self) -> None:
        """All keys of rows move; what the viewer stands in keeps its order."""
        eyes = Eyes(self.rich, self.eyes.viewer, self.eyes.at, invited=self.eyes.invited)
        mine: dict[str, Callable[[Row], bool]] = {
            "organizations": lambda _row: False,
            "items": lambda row: row["organization"] == eyes.viewer,
            "links": lambda row: eyes.viewer in eyes.sides(row),
            "grants": lambda row: row["grantor"] == eyes.viewer,
            "requests": lambda _row: True,
        }
        for name in KINDS.values():
            self.world[name] = shuffled(self.world[name], mine[name], self.dice)
        reads = {row["key"] for row in self.rows["Invitation"] if row["email"] in eyes.addresses()}
        for table, rows in self.rows.items():
            self.rows[table] = shuffled(
                rows,
                lambda row, of=table: eyes.mine(of, row) or bool(reads & {row["key"], row.get("invitation")}),  # type: ignore[misc]
                self.dice,
            )


CHANGES: tuple[Change, ...] = (
    Changer.rename_firm,
    Changer.rename_firm,
    Changer.move_firm,
    Changer.exchange_firms,
    Changer.exchange_firms,
    Changer.add_firm,
    Changer.much_more,
    Changer.drop_firm,
    Changer.typed,
    Changer.typed,
    Changer.rename_item,
    Changer.rename_item,
    Changer.restate_item,
    Changer.renumber,
    Changer.give_away,
    Changer.twin_item,
    Changer.split_twin,
    Changer.split_twin,
    Changer.drop_item,
    Changer.new_link,
    Changer.new_link,
    Changer.drop_link,
    Changer.reroute,
    Changer.restate_link,
    Changer.regrant,
    Changer.drop_grant,
    Changer.shift_times,
    Changer.rewrite_row,
    Changer.rewrite_row,
    Changer.drop_row,
    Changer.more_rows,
)


def other_world(rich: Rich, eyes: Eyes, dice: random.Random, *, wanted: int = 5) -> tuple[Rich, list[str]]:
    """Return a rich world that differs in what the viewer may not see, and by which changes."""
    found, kept, told = rich, [], eyes.told()
    for _ in range(wanted * 3):
        change = dice.choice(CHANGES)
        tried = copy.deepcopy(found)
        looking = Eyes(tried, eyes.viewer, eyes.at, invited=eyes.invited)
        change(Changer(tried, dice, looking))
        settle(tried)
        if tried != found and Eyes(tried, eyes.viewer, eyes.at, invited=eyes.invited).told() == told:
            found = tried
            kept.append(change.__name__)
        if len(kept) >= wanted:
            break
    last = copy.deepcopy(found)
    Changer(last, dice, Eyes(last, eyes.viewer, eyes.at, invited=eyes.invited)).reorder()
    if Eyes(last, eyes.viewer, eyes.at, invited=eyes.invited).told() == told:
        return last, [*kept, "reorder"]
    return found, kept
