"""The disclosure rule a second time: slow, plain, and without a line of the product. Numbers are the rule's sections.

`view(world, organization_key, at)` gives what a viewer sees of a world, in the shape of `view.schema.json`. Its refs
are readable: "item:KEY" (own, named), "item:KEY@HEADKEY" (nameless beside the head's item), "org:KEY@HEADKEY" (firm).
"""

from collections import Counter
from datetime import date

from disclosure.naive_consents import Consents, Record, World

Named = dict[str, tuple[int, bool]]
"""Item -> (level, whether V comes from it as a requester)."""

Nameless = dict[tuple[str, str], bool]
"""(Item, head's item) -> whether V comes from it as a requester."""


class Look(Consents):
    """One organization looking at one world at one moment (4)."""

    def own(self, item: str) -> bool:
        return self.items[item]["organization"] == self.viewer

    def goes_on_requested(self, link: Record, *, requested: bool) -> bool:
        """3.1, requesters: on from a requested place over an answered request, or within one organization."""
        return requested and (self.answered(link) or self.internal(link))

    def named_places(self) -> Named:
        """4, rules 1 to 3: item -> (level, requested), again and again until nothing grows."""
        places: Named = {}
        while True:
            before = dict(places)
            for link in self.links:
                way = self.way_to_named(link, places)
                if way is not None:
                    level, requested = places.get(link["supplier_item"], (0, False))
                    places[link["supplier_item"]] = max(level, way[0]), requested or way[1]
            if places == before:
                return places

    def way_to_named(self, link: Record, places: Named) -> tuple[int, bool] | None:
        """Return the level and requestedness with which this link leads to a named place, or None if it does not."""
        if not self.walked(link) or self.own(link["supplier_item"]):
            return None
        if self.own(link["buyer_item"]):
            requested = self.answered_to_viewer(link)
            level = self.level(link, requester=requested, named_place=True)
        elif link["buyer_item"] in places:
            reached, came_requested = places[link["buyer_item"]]
            level = min(reached, self.level(link, requester=came_requested, named_place=True))
            requested = self.goes_on_requested(link, requested=came_requested)
        else:
            return None
        return (level, requested) if level >= 3 else None

    def level_from_named(self, link: Record, named: Named) -> int:
        """3.1 and 4: the level of the way that ends with this link, from a named place as it is."""
        level, requested = named[link["buyer_item"]]
        return min(level, self.level(link, requester=requested, named_place=True))

    def nameless_places(self, named: Named) -> Nameless:
        """4, rules 2 and 3: (item, head) -> requested, again and again until nothing grows."""
        places: Nameless = {}
        while True:
            before = dict(places)
            for link in self.links:
                for head, came in self.heads_towards_nameless(link, named, places):
                    on = self.goes_on_requested(link, requested=came)
                    there = (link["supplier_item"], head)
                    places[there] = places.get(there, False) or on
            if places == before:
                return places

    def heads_towards_nameless(self, link: Record, named: Named, nameless: Nameless) -> list[tuple[str, bool]]:
        """4, rule 3: beside which heads this link leads to a nameless place, and whether V comes as a requester."""
        if not self.walked(link) or self.own(link["supplier_item"]):
            return []
        here = link["buyer_item"]
        found = []
        if here in named and self.level_from_named(link, named) == 2:
            found.append((here, named[here][1]))
        for (item, head), came in nameless.items():
            if item == here and self.level(link, requester=came, named_place=False) >= 2:
                found.append((head, came))
        return found

    def beside(self, item: str, *, most: int, requested: bool, named_place: bool) -> tuple[set[str], set[str]]:
        """4, rules 4 and 5: the items counted beside a place as origins, and those counted as sealed."""
        met: list[tuple[str, int]] = []
        for link in self.above(item):
            level = min(most, self.level(link, requester=requested, named_place=named_place))
            if level <= 1:
                met.append((link["supplier_item"], level))
        origins: set[str] = set()
        sealed: set[str] = set()
        while met:
            there, level = met.pop()
            if there == item or self.own(there) or there in origins:
                continue  # the place's own item does not count; an own item is neither shown nor counted
            if level == 0:
                sealed.add(there)
                continue
            origins.add(there)
            met.extend(
                (link["supplier_item"], min(1, self.level(link, requester=False, named_place=False)))
                for link in self.above(there)
            )
        return origins, sealed - origins

    # --- what is shown

    def first_day_of_quarter(self) -> date:
        return date(self.at.year, 3 * ((self.at.month - 1) // 3) + 1, 1)

    def schemes(self, item: Record) -> list[Record]:
        """2, level 2: each scheme once, and whether it was valid on the first day of the quarter."""
        found: dict[str, bool] = {}
        for each in item.get("certificates", []):
            end = each.get("valid_until")
            valid = end is None or date.fromisoformat(end) >= self.first_day_of_quarter()
            found[each["scheme"]] = found.get(each["scheme"], False) or valid
        return [{"scheme": scheme, "valid": valid} for scheme, valid in found.items()]

    def show_site(self, item: Record, level: int) -> Record | None:
        site = item.get("site")
        if site is None:
            return None
        shown = {"name": site["name"], "town": site.get("town")}
        if level == 4:
            shown |= {name: site[name] for name in ("latitude", "longitude") if name in site}
        return shown

    def show_named(self, key: str, level: int, *, requested: bool) -> Record:
        item = self.items[key]
        return {
            "ref": f"item:{key}",
            "level": level,
            "requested": requested,
            "organization": self.organizations[item["organization"]]["name"],
            "name": item["name"],
            **origin_of(item),
            "certificates": [
                {name: each.get(name) for name in ("scheme", "number", "valid_until")}
                for each in item.get("certificates", [])
            ],
            "site": self.show_site(item, level),
        }

    def show_nameless(self, key: str, head: str, *, requested: bool) -> Record:
        item = self.items[key]
        return {
            "ref": f"item:{key}@{head}",
            "firm": f"org:{item['organization']}@{head}",
            "requested": requested,
            **origin_of(item),
            "certificates": self.schemes(item),
        }

    def show_links(self, named: Named, nameless: Nameless) -> list[Record]:
        """4: links between places that have a ref."""
        found: set[tuple[str, str]] = set()
        for link in self.links:
            here, there = link["buyer_item"], link["supplier_item"]
            if self.walked(link) and self.leads_to_own_or_named(link, named):
                found.add((f"item:{here}", f"item:{there}"))
            for head, _ in self.heads_towards_nameless(link, named, nameless):
                if here == head and self.reaches_from_named(link, named):
                    found.add((f"item:{here}", f"item:{there}@{head}"))
                if self.reaches_from_nameless(link, head, nameless):
                    found.add((f"item:{here}@{head}", f"item:{there}@{head}"))
        return [{"buyer": buyer, "supplier": supplier} for buyer, supplier in sorted(found)]

    def leads_to_own_or_named(self, link: Record, named: Named) -> bool:
        """4, rules 1, 3 and 5."""
        if self.own(link["buyer_item"]):
            return True
        return link["buyer_item"] in named and self.level_from_named(link, named) >= 3

    def reaches_from_named(self, link: Record, named: Named) -> bool:
        return link["buyer_item"] in named and self.level_from_named(link, named) == 2

    def reaches_from_nameless(self, link: Record, head: str, nameless: Nameless) -> bool:
        place = (link["buyer_item"], head)
        return place in nameless and self.level(link, requester=nameless[place], named_place=False) >= 2

    def show_beside(self, ref: str, origins: set[str], sealed: set[str]) -> tuple[list[Record], list[Record]]:
        """4: by group, as "one" or "several"."""
        groups = Counter(tuple(origin_of(self.items[key]).items()) for key in origins)
        return (
            [{"beside": ref, **dict(group), "many": one_or_several(count)} for group, count in groups.items()],
            [{"beside": ref, "many": one_or_several(len(sealed))}] if sealed else [],
        )

    def view(self) -> Record:
        named = self.named_places()
        nameless = self.nameless_places(named)
        origins: list[Record] = []
        sealed: list[Record] = []
        places = [(f"item:{key}", key, level, on, True) for key, (level, on) in named.items()]
        places += [(f"item:{key}@{head}", key, 2, on, False) for (key, head), on in nameless.items()]
        for ref, key, level, requested, is_named in places:
            found = self.beside(key, most=level, requested=requested, named_place=is_named)
            shown = self.show_beside(ref, *found)
            origins += shown[0]
            sealed += shown[1]
        return {
            "own": [
                {"ref": f"item:{each['key']}", "name": each["name"]}
                for each in self.world["items"]
                if each["organization"] == self.viewer
            ],
            "named": [self.show_named(key, level, requested=on) for key, (level, on) in named.items()],
            "nameless": [self.show_nameless(key, head, requested=on) for (key, head), on in nameless.items()],
            "links": self.show_links(named, nameless),
            "origins": origins,
            "sealed": sealed,
        }


def origin_of(item: Record) -> Record:
    """2, level 1."""
    return {name: item.get(name) for name in ("country", "step", "family")}


def one_or_several(count: int) -> str:
    return "one" if count == 1 else "several"


def view(world: World, organization_key: str, at: str) -> Record:
    """Return what an organization sees of a world at a moment (UTC, whole seconds)."""
    return {"viewer": organization_key, "at": at, **Look(world, organization_key, at).view()}
