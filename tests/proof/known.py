"""What a viewer is told of a rich world, naively: the naive view, plain ownership, and who is asked by whom.

Two rich worlds in which a viewer is told the same must look the same to it, byte for byte. It may say a little more
than pages show (then a difference is not looked for there), never less.
"""

from collections.abc import Iterable
from typing import Any

from disclosure import naive
from proof.rich import Rich, Row

KNOWN_TO = ("owner", "asker", "supplier", "organization")
HIDDEN = {"Reading", "FormerFacts", "Person", "Seat", "MoreAsked"}
"""Tables whose rows are told otherwise than to who stands in them."""


class QuarterLook(naive.Look):
    """As the naive look; below level 3 shows what was said before a change in the quarter (2)."""

    def __init__(self, world: Row, viewer: str, at: str) -> None:
        super().__init__(world, viewer, at)
        self.old: dict[str, Row] = {}

    def show_nameless(self, key: str, head: str, *, requested: bool) -> Row:
        return super().show_nameless(key, head, requested=requested) | self.old[key]

    def show_beside(self, ref: str, origins: set[str], sealed: set[str]) -> tuple[list[Row], list[Row]]:
        true, self.items = self.items, self.old
        try:
            return super().show_beside(ref, origins, sealed)
        finally:
            self.items = true


class Eyes:
    """One viewer (an organization's key; None for nobody, an address for one invited) on one rich world."""

    def __init__(self, rich: Rich, viewer: str | None, at: str, *, invited: str = "") -> None:
        self.rich, self.viewer, self.at, self.invited = rich, viewer, at, invited
        self.rows: dict[str, list[Row]] = rich["rows"]
        self.firms = {each["key"]: each for each in rich["world"]["organizations"]}
        self.owner = {each["key"]: each["organization"] for each in rich["world"]["items"]}
        self.true_nameless: list[str] = []
        self.view = self._view() if viewer else {}

    def by_key(self, table: str) -> dict[str, Row]:
        return {row["key"]: row for row in self.rows[table]}

    # --- chains

    def _view(self) -> Row:
        assert self.viewer
        former = {row["item"]: row for row in self.rows["FormerFacts"]}
        found = QuarterLook(self.rich["world"], self.viewer, self.at)
        for key, item in found.items.items():
            before = former.get(key, {})
            found.old[key] = {name: before.get(name) or item.get(name) for name in ("country", "step", "family")}
        view = found.view()
        self.true_nameless = [each["ref"].removeprefix("item:") for each in view["nameless"]]
        return self.called(view)

    def called(self, view: Row) -> Row:
        """Call a double by the key of the first, where both stand namelessly: a pseudonym says no more than that."""
        other: dict[str, str] = self.rich.get("alias", {})
        text = {f"{kind}:{key}@": f"{kind}:{first}@" for key, first in other.items() for kind in ("item", "org")}

        def settled(value: Any) -> Any:
            if isinstance(value, list):
                return [settled(each) for each in value]
            if isinstance(value, dict):
                return {name: settled(each) for name, each in value.items()}
            if isinstance(value, str):
                for key, first in text.items():
                    value = value.replace(key, first) if value.startswith(key) else value
            return value

        found: Row = settled(view) if other else view
        return found

    def named(self) -> list[str]:
        return [each["ref"].removeprefix("item:") for each in self.view.get("named", [])]

    def nameless(self) -> list[str]:
        return [ref.split("@")[0] for ref in self.true_nameless]

    def chains(self) -> Row:
        """The view with what stands beside its places."""
        beside: Row = {}
        own = [key for key, owner in self.owner.items() if owner == self.viewer]
        named = {each["ref"]: each["level"] for each in self.view["named"]}
        other = self.rich.get("alias", {})
        for ref in [*own, *self.named(), *self.true_nameless]:
            key, _, head = ref.partition("@")
            level = 4 if key in own else 2 if head else named[f"item:{key}"]
            told = [self.rich["items"][key].get("chain_end"), self._stated(key, level)]
            former = next((row for row in self.rows["FormerFacts"] if row["item"] == key), {})
            called = f"{other.get(key, key)}@{head}" if head else key
            beside[called] = [*told, former.get("chain_end")]
        for key in self.named():
            firm = self.firms[self.owner[key]]
            beside[f"firm of {key}"] = [firm["name"], firm["country"], self.rich["firms"][firm["key"]]["checked_by"]]
            beside[f"firm of {key}"].append(self.owner[key])
        return {**sorted_view(self.view), "beside": beside}

    def _stated(self, item: str, level: int) -> list[Any]:
        found = []
        for each in self.rows["Input"]:
            if each["item"] != item:
                continue
            told = {"name": each["name"]} if level >= 3 else {}
            told |= {name: each[name] for name in ("stock_weeks", "switch_months")} if level >= 4 else {}
            shown = ("country", "step", "family", "chain_end", "asked_at", "confirmed_at", "created_at")
            links = {link["key"]: [link.get("status"), link.get("accepted")] for link in self.rich["world"]["links"]}
            sources = [
                {name: row[name] for name in shown}
                | {"name": each["name"] if level >= 3 else "", "link": links.get(row["link"])}
                for row in self.rows["Source"]
                if row["input"] == each["key"]
            ]
            found.append([told, sources])
        return sorted(found, key=repr)

    # --- rows

    def mine(self, table: str, row: Row) -> bool:
        """Tell whether the viewer stands in a row: it owns it, asks, or is asked."""
        if table == "Person":
            return any(
                each["person"] == row["key"] and each["organization"] == self.viewer for each in self.rows["Membership"]
            )
        if table == "Seat":
            return self.viewer == self.rich["coordinator"]
        if table == "Release" and row["reader"] == self.viewer and row["ended_at"] is None:
            return True
        if table == "Reading":
            return row["owner"] == self.viewer and (row["is_known"] or row["hour"] < "2026-05-04")
        return self.viewer is not None and self.viewer in {row.get(name) for name in KNOWN_TO}

    def addresses(self) -> set[str]:
        if self.invited:
            return {self.invited}
        return {row["email"] for row in self.rows["Person"] if self.mine("Person", row)}

    def told(self) -> Row:
        """Return all that the viewer is told, comparable."""
        found: Row = {}
        for table, rows in self.rows.items():
            found[table] = [self._row(table, row) for row in rows if self.mine(table, row)]
        found["invited"] = [self._invitation(row) for row in self.rows["Invitation"] if self._reads(row)]
        if self.invited:
            found["people"] = [row for row in self.rows["Person"] if row["email"] == self.invited]
        if self.viewer:
            found |= {"chains": self.chains(), "own": self._own(), "around": self._around()}
        return found

    def _reads(self, invitation: Row) -> bool:
        return invitation["email"] in self.addresses()

    def _row(self, table: str, row: Row) -> Row:
        more: Row = {}
        if table in {"Request", "RequestLine"}:
            more = {"asker's name": self.firms[row["asker"]]["name"]}
            if table == "Request":
                more["person"] = self._person(row["asked_by"])
        if table == "Consent":
            more = {"asker's name": self.firms[row["asker"]]["name"]}
        if table == "Reading":
            if not row["is_known"]:
                return {"week": row["hour"]}
            more = {"reader's name": self.firms[row["reader"]]["name"]}
        return {**row, **more}

    def _person(self, key: str | None) -> Any:
        row = self.by_key("Person").get(key or "")
        return [row["name"], row["email"]] if row else None

    def _invitation(self, row: Row) -> Row:
        requests = [each for each in self.rows["Request"] if each["invitation"] == row["key"]]
        keys = {each["key"] for each in requests}
        lines = [each for each in self.rows["RequestLine"] if each["request"] in keys]
        sources = self.by_key("Source")
        return {
            "row": row,
            "asker": [self.firms[row["owner"]]["name"], *(self._person(each["asked_by"]) for each in requests)],
            "requests": requests,
            "lines": lines,
            "stated": [
                [sources[each["source"]][name] for name in ("country", "confirmed_at")]
                for each in lines
                if each["source"] in sources
            ],
            "contact": self.by_key("Contact")[row["contact"]],
        }

    def _own(self) -> Row:
        world = self.rich["world"]
        links = [each for each in world["links"] if self.viewer in self.sides(each)]
        keys = {each["key"] for each in links}
        return {
            "firm": [self.firms[self.viewer or ""], self.rich["firms"][self.viewer]],
            "items": [
                [each, self.rich["items"][each["key"]]]
                for each in world["items"]
                if each["organization"] == self.viewer
            ],
            "links": [[self._link(each), self.rich["links"][each["key"]]] for each in links],
            "asked": [each for each in world["requests"] if each["link"] in keys],
            "grants": [
                [each, self._name(each["audience"])] for each in world["grants"] if each["grantor"] == self.viewer
            ],
        }

    def _name(self, audience: Any) -> str:
        return self.firms[audience["organization"]]["name"] if isinstance(audience, dict) else ""

    def sides(self, link: Row) -> tuple[str, str]:
        return self.owner[link["buyer_item"]], self.owner[link["supplier_item"]]

    def _link(self, link: Row) -> Row:
        buyer, supplier = self.sides(link)
        found = dict(link)
        if buyer != self.viewer:
            found["buyer_item"] = None  # the supplier knows the buyer, never its item
        found["buyer"] = [buyer, self.firms[buyer]["name"], self.firms[buyer]["country"]]
        found["family"] = next(
            i.get("family") for i in self.rich["world"]["items"] if i["key"] == link["supplier_item"]
        )
        if supplier != self.viewer and link.get("status", "accepted") != "accepted":
            found["supplier_item"] = None
        return found

    def _around(self) -> Row:
        """The consortium: who coordinates; to members and coordinators who the members are."""
        coordinator = self.rich["coordinator"]
        found: Row = {"consortium": self.rich["world"]["consortium"]}
        found["coordinator"] = [coordinator, self.firms[coordinator]["name"]]
        found["me"] = bool(self.firms[self.viewer or ""].get("member"))
        if found["me"] or self.viewer == coordinator:
            found["members"] = sorted(
                [each["key"], each["name"], each["country"]] for each in self.firms.values() if each.get("member")
            )
        return found

    # --- ids

    def ids(self) -> set[tuple[str, str]]:
        """Return the (kind, key) whose public ids the viewer may know."""
        found = {(table, row["key"]) for table, rows in self.rows.items() for row in rows if self.mine(table, row)}
        for row in self.rows["Invitation"]:
            if self._reads(row):
                found |= {("Invitation", row["key"])}
        if self.viewer is None:
            return found
        own = {key for key, owner in self.owner.items() if owner == self.viewer}
        found |= {("item", key) for key in (*own, *self.named())}
        found |= {("link", each["key"]) for each in self.rich["world"]["links"] if self.viewer in self.sides(each)}
        found |= {("grant", each["_key"]) for each in self.rich["world"]["grants"] if each["grantor"] == self.viewer}
        return found | {("organization", key) for key in self.known_firms()}

    def known_firms(self) -> set[str]:
        """Return the firms by whose ids the viewer may know them."""
        found = {self.viewer or "", self.rich["coordinator"], *(self.owner[key] for key in self.named())}
        for link in self.rich["world"]["links"]:
            if self.viewer in self.sides(link):
                found.add(self.sides(link)[0])
        for grant in self.rich["world"]["grants"]:
            if grant["grantor"] == self.viewer and isinstance(grant["audience"], dict):
                found.add(grant["audience"]["organization"])
        found |= {row["asker"] for row in self.rows["Consent"] if row["owner"] == self.viewer}
        return found | {key for key, *_ in self._around().get("members", [])}


def sorted_view(view: Row) -> Row:
    """Return a view in an order of its own."""

    def settled(value: Any) -> Any:
        if isinstance(value, list):
            return sorted((settled(each) for each in value), key=repr)
        if isinstance(value, dict):
            return {name: settled(each) for name, each in sorted(value.items())}
        return value

    found: Row = settled(view)
    return found


def same(one: Eyes, other: Eyes) -> bool:
    """Tell whether two viewers are told the same."""
    return one.told() == other.told()


def everybody(rich: Rich) -> Iterable[str]:
    """Return the keys of all organizations."""
    return [each["key"] for each in rich["world"]["organizations"]]
