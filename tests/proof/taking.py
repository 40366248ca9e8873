"""Taking rows out of a rich world, with all that refers to them, so that what is left hangs together."""

import random
from collections.abc import Callable

from proof.references import REFERENCES
from proof.rich import Rich, Row

KINDS = {
    "organization": "organizations",
    "item": "items",
    "link": "links",
    "mark": "requests",
    "grant": "grants",
}
WORLD_REFERENCES = {
    "items": {"organization": "organization"},
    "links": {"buyer_item": "item", "supplier_item": "item"},
    "requests": {"link": "link"},
    "grants": {"grantor": "organization", "link": "link", "item": "item"},
}


def shuffled(rows: list[Row], keeps: Callable[[Row], bool], dice: random.Random) -> list[Row]:
    """Return rows in another order; those that `keeps` tells keep theirs among themselves."""
    kept = [row for row in rows if keeps(row)]
    found = [row for row in rows if not keeps(row)]
    dice.shuffle(found)
    places = sorted(dice.randint(0, len(found)) for _ in kept)
    for place, row in reversed(list(zip(places, kept, strict=True))):
        found.insert(place, row)
    return found


MARK = {"requests": "_key", "grants": "_key"}
"""By what a world's rows are known, where not by "key"."""


def lists(rich: Rich) -> dict[str, tuple[Row, str, str]]:
    """Return by kind where its rows stand: the record and the list's name in it, and by what field they are known."""
    world = {kind: (rich["world"], name, MARK.get(name, "key")) for kind, name in KINDS.items()}
    return world | {table: (rich["rows"], table, "key") for table in REFERENCES}


def refers(kind: str, row: Row, to: str, key: str) -> bool:
    """Tell whether a row of one kind refers to another row, by its kind and key."""
    fields = REFERENCES.get(kind) or WORLD_REFERENCES.get(KINDS.get(kind, ""), {})
    if to == "organization" and row.get("audience") == {"organization": key}:
        return True
    if kind == "Alike" and to == "Contact" and key in {row["one"], row["other"]}:
        return True
    return any(of == to and row.get(field) == key for field, of in fields.items())


def drop(rich: Rich, kind: str, key: str) -> None:
    """Take a row away, and all that refers to it."""
    where = lists(rich)
    of, name, mark = where[kind]
    of[name] = [each for each in of[name] if each[mark] != key]
    for other, (record, listed, known) in where.items():
        for row in list(record[listed]):
            if refers(other, row, kind, key):
                drop(rich, other, row[known])


def settle(rich: Rich) -> None:
    """Drop grants about what is no more their grantor's, and what is asked over links that lead otherwise now."""
    owner = {each["key"]: each["organization"] for each in rich["world"]["items"]}
    sides = {
        each["key"]: {"sourcing": owner[each["buyer_item"]], "identity": owner[each["supplier_item"]]}
        for each in rich["world"]["links"]
    }
    for grant in list(rich["world"]["grants"]):
        about = sides[grant["link"]][grant["covers"]] if "link" in grant else owner.get(grant.get("item", ""))
        if about not in {None, grant["grantor"]}:
            drop(rich, "grant", grant["_key"])
    for table, side, holder in (("RequestLine", "identity", "supplier"), ("Source", "sourcing", "owner")):
        for row in list(rich["rows"][table]):
            if row["link"] and row[holder] != sides[row["link"]][side]:
                drop(rich, table, row["key"])
