"""Asking for more (3.5) a second time: who is asked about a nameless place, slow and plain."""

from disclosure.naive import Look
from disclosure.naive_consents import Record, World

Edge = tuple[str, str, str, bool, bool]
"""Link's key, from which item, to which item, came as a requester, from a named place."""


class Asking(Look):
    """One organization asking about what it sees at one moment."""

    def edges(self, head: str) -> list[Edge]:
        """4, rule 3: all that leads to nameless places beside one head."""
        named = self.named_places()
        nameless = self.nameless_places(named)
        found: list[Edge] = []
        for link in self.links:
            here, there = link["buyer_item"], link["supplier_item"]
            if not self.walked(link) or self.own(there):
                continue
            if here == head and here in named and self.level_from_named(link, named) == 2:
                found.append((link["key"], "", there, named[here][1], True))
            came = nameless.get((here, head))
            if came is not None and self.level(link, requester=came, named_place=False) >= 2:
                found.append((link["key"], here, there, came, False))
        return found

    def on_the_ways(self, item: str, head: str) -> list[Edge]:
        """3.5: those on the ways from the head to the place, each way ending where it first arrives."""
        edges = [edge for edge in self.edges(head) if edge[1] != item]
        leads = {item}
        while True:
            more = {edge[1] for edge in edges if edge[2] in leads and edge[1]} - leads
            if not more:
                return [edge for edge in edges if edge[2] in leads]
            leads |= more

    def asked(self, item: str, head: str) -> set[tuple[str, str, str]]:
        """3.5: (link, side, owner) of each owner that gives less than 3 of its own."""
        links: dict[str, Record] = {link["key"]: link for link in self.links}
        found = set()
        for key, _here, _there, came, from_named in self.on_the_ways(item, head):
            link = links[key]
            for side, owner in (("sourcing", self.buyer(link)), ("identity", self.supplier(link))):
                given = self.policy(side, link, self.at, requester=came, named_place=from_named, looking_back=False)
                if given < 3:
                    found.add((key, side, owner))
        return found


def asked(world: World, viewer: str, at: str, *, item: str, head: str) -> set[tuple[str, str, str]]:
    """Return who is asked, when `viewer` asks who stands at an item nameless beside a head's item."""
    return Asking(world, viewer, at).asked(item, head)
