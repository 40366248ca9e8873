"""Why a view is as it is: by which ways and grants, under the keys of a world's file. For an operator's eyes only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from amont.chain.facts import PlaceKey, Step
from amont.chain.world import read as world
from amont.sight.cut.facts import Dressed


class Keys:
    """The keys of a world's file, or the row's number where there was none, each kind fetched once."""

    @cached_property
    def items(self) -> Mapping[int, str]:
        """Return the items' keys."""
        return world.row_keys("item")

    @cached_property
    def links(self) -> Mapping[int, str]:
        """Return the links' keys."""
        return world.row_keys("link")

    @cached_property
    def grants(self) -> Mapping[int, str]:
        """Return the grants' places in the file."""
        return world.row_keys("grant")


@dataclass(frozen=True, slots=True)
class Explained:
    """Explanations of one view's places, by ref."""

    dressed: Dressed
    ways: Mapping[PlaceKey, tuple[Step, ...]]
    keys: Keys

    def of(self, ref: str) -> dict[str, object]:
        """Return a place's item, its head if it is nameless, the steps that lead to it, and the deciding grants."""
        item, head = self.dressed.keys[ref]
        steps = self.ways.get((item, head), ())
        found: dict[str, object] = {"key": self._item(item)}
        if head:
            found["head"] = self._item(head)
        found["ways"] = [self._step(step) for step in steps]
        found["grants"] = self._grants(number for step in steps for number in step.grants)
        return found

    def _step(self, step: Step) -> dict[str, object]:
        item, head = step.origin
        return {
            "from": self._item(item),
            **({"head": self._item(head)} if head else {}),
            "link": self.keys.links.get(step.link, str(step.link)),
            "level": step.level,
            "grants": self._grants(step.grants),
        }

    def _item(self, item: int) -> str:
        return self.keys.items.get(item, str(item))

    def _grants(self, numbers: Iterable[int]) -> list[str]:
        return [self.keys.grants.get(number, str(number)) for number in sorted(set(numbers))]
