"""Reading a world file: JSON, then its shape, then all that a schema cannot say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from amont.chain.world.facts import World
from amont.exchange.strict_json import read_json
from amont.exchange.world.parse import parse
from amont.exchange.world.schema import misfits
from amont.kernel.errors import Refused

_LISTS = ("organizations", "items", "links")
Row = Mapping[str, Any]


def read_world(text: str) -> World:
    """Return what a world file says.

    Raises `Refused` with the places (JSON paths) that do not do, each with its reasons.
    """
    content = read_json(text)
    found: dict[str, list[str]] = defaultdict(list)
    for place, reason in misfits(content):
        found[place].append(reason)
    if not found:
        for place, reason in _Keys(content).troubles():
            found[place].append(reason)
    if found:
        raise Refused(found)
    return parse(content)


Trouble = tuple[str, str]


class _Keys:
    """The keys of a file of the right shape, and what is wrong with how they are used."""

    def __init__(self, content: Row) -> None:
        self.content = content
        self.owner = {row["key"]: row["organization"] for row in content["items"]}
        self.organizations = {row["key"] for row in content["organizations"]}
        self.links = {row["key"]: row for row in content["links"]}

    def troubles(self) -> Iterable[Trouble]:
        """Give each place with the reason why it does not do."""
        yield from self._twice()
        yield from self._items()
        yield from self._links()
        yield from self._requests()
        yield from self._grants()

    def _twice(self) -> Iterable[Trouble]:
        for name in _LISTS:
            seen: set[str] = set()
            for number, row in enumerate(self.content[name]):
                if row["key"] in seen:
                    yield f"$.{name}[{number}].key", f"{row['key']!r} stands twice in {name}"
                seen.add(row["key"])

    def _items(self) -> Iterable[Trouble]:
        for number, row in enumerate(self.content["items"]):
            if row["organization"] not in self.organizations:
                yield f"$.items[{number}].organization", f"no organization has the key {row['organization']!r}"

    def _links(self) -> Iterable[Trouble]:
        pairs: set[tuple[str, str]] = set()
        for number, row in enumerate(self.content["links"]):
            place = f"$.links[{number}]"
            for end in ("buyer_item", "supplier_item"):
                if row[end] not in self.owner:
                    yield f"{place}.{end}", f"no item has the key {row[end]!r}"
            pair = (row["buyer_item"], row["supplier_item"])
            if pair[0] == pair[1]:
                yield place, f"links item {pair[0]!r} to itself"
            if pair in pairs:
                yield place, f"a second link for the pair {pair[0]!r} and {pair[1]!r}"
            pairs.add(pair)

    def _requests(self) -> Iterable[Trouble]:
        for number, row in enumerate(self.content.get("requests", ())):
            place = f"$.requests[{number}].link"
            link = self.links.get(row["link"])
            if link is None:
                yield place, f"no link has the key {row['link']!r}"
            elif self._within_a_firm(link):
                yield place, f"link {row['link']!r} is between items of one organization: nobody asks there"

    def _within_a_firm(self, link: Row) -> bool:
        buyer, supplier = self.owner.get(link["buyer_item"]), self.owner.get(link["supplier_item"])
        return buyer is not None and buyer == supplier

    def _grants(self) -> Iterable[Trouble]:
        for number, row in enumerate(self.content.get("grants", ())):
            place = f"$.grants[{number}]"
            if row["grantor"] not in self.organizations:
                yield f"{place}.grantor", f"no organization has the key {row['grantor']!r}"
            audience = row["audience"]
            if isinstance(audience, dict) and audience["organization"] not in self.organizations:
                yield f"{place}.audience.organization", f"no organization has the key {audience['organization']!r}"
            yield from self._subject(place, row)

    def _subject(self, place: str, row: Row) -> Iterable[Trouble]:
        """Tell what is wrong with what a grant is about: unknown, or not the grantor's."""
        item = row.get("item")
        if "link" in row:
            link = self.links.get(row["link"])
            if link is None:
                yield f"{place}.link", f"no link has the key {row['link']!r}"
                return
            item = link["supplier_item" if row["covers"] == "identity" else "buyer_item"]
        if item is None:
            return
        if item not in self.owner:
            if "item" in row:
                yield f"{place}.item", f"no item has the key {item!r}"
        elif self.owner[item] != row["grantor"]:
            about = "link" if "link" in row else "item"
            yield f"{place}.{about}", f"{row[about]!r} is not {row['grantor']!r}'s to grant {row['covers']} about"
