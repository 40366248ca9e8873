"""Writing an item and its firm a second time: twins from which all goes on alike."""

import copy
import random
from collections.abc import Callable

from proof.rich import Rich, Row

NewKey = Callable[[str], str]


class Doubling:
    """Writes an item and its firm a second time under other keys, with all that leads on from it."""

    def __init__(self, rich: Rich, keys: dict[str, str], dice: random.Random, new_key: NewKey) -> None:
        self.rich, self.keys, self.dice, self.new_key = rich, keys, dice, new_key
        self.world: Row = rich["world"]

    def double(self, item: Row, owner: str) -> None:
        self.firm(owner)
        self.world["items"].append(self.again(item))
        self.rich["items"][self.keys[item["key"]]] = dict(self.rich["items"][item["key"]])
        for link in [each for each in self.world["links"] if each["buyer_item"] == item["key"]]:
            self.keys[link["key"]] = self.new_key("l")
            self.world["links"].append(self.again(link))
            self.rich["links"][self.keys[link["key"]]] = dict(self.rich["links"][link["key"]])
        self.rows()
        found = {self.keys[key]: key for key in (item["key"], owner) if self.keys[key] != key}
        self.rich.setdefault("alias", {}).update(found)

    def firm(self, owner: str) -> None:
        key = self.keys[owner]
        if key in self.rich["firms"]:
            return
        first = next(each for each in self.world["organizations"] if each["key"] == owner)
        self.world["organizations"].append({**first, "key": key, "name": f"{first['name']} {self.dice.randrange(99)}"})
        self.rich["firms"][key] = dict(self.rich["firms"][owner])

    def rows(self) -> None:
        """What is asked, granted and stated about what is doubled."""
        for name, fields in (("requests", ("link",)), ("grants", ("link", "item", "grantor"))):
            for row in list(self.world[name]):
                if any(row.get(field) in self.keys for field in fields):
                    self.world[name].append(self.again(row) | {"_key": self.new_key("d")})
        for table, about in (("Input", "item"), ("Source", "input"), ("FormerFacts", "item")):
            for row in list(self.rich["rows"][table]):
                if row[about] in self.keys:
                    self.keys[row["key"]] = self.new_key("d")
                    self.rich["rows"][table].append(self.again(row) | ({"contact": None} if table == "Source" else {}))

    def again(self, row: Row) -> Row:
        return {
            name: self.keys.get(value, value) if isinstance(value, str) else copy.deepcopy(value)
            for name, value in row.items()
        }
