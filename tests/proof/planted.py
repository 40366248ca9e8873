"""Leaks to plant, one at a time: each patches the product so that it tells a viewer one thing too many.

Where each is looked for: routes, kinds of viewers. Those of `disclosure.leaks` are taken as well.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from disclosure.leaks import LEAKS
from proof.planted_answers import ANSWERS
from proof.planted_views import VIEWS

Plant = Callable[[pytest.MonkeyPatch], None]
READS = ("member", "rival", "supplier")


@dataclass(frozen=True)
class Planted:
    """How a leak is planted, on which routes it may show, and to whom."""

    plant: Plant
    routes: tuple[str, ...]
    kinds: tuple[str, ...] = READS
    methods: tuple[str, ...] = field(default=("GET",))


def _taken(name: str, kinds: tuple[str, ...] = READS, methods: tuple[str, ...] = ("GET",)) -> Planted:
    """Take a leak of the canary sweep."""
    leak: Any = LEAKS[name]
    return Planted(leak.plant, leak.routes, kinds, methods)


PLANTED: dict[str, Planted] = {
    **{name: Planted(*told) for name, told in VIEWS.items()},
    **{name: Planted(*told) for name, told in ANSWERS.items()},
    **{
        name: _taken(name)
        for name in (
            "a nameless place with its name",
            "a nameless place at its site on the map",
            "a stated source with its firm",
            "an origin with its town",
            "a page not found with a name",
            "coverage with a rival's line",
            "who sees what with firms not known",
            "a decision offered for firms not known",
            "a decision about the buyer's item",
            "a file with firms not known",
        )
    },
    "an error with an existing firm": _taken("an error with an existing firm", methods=("POST",)),
    "an invitation of another firm": _taken("an invitation of another firm"),
    "a header with another firm": _taken("a header with another firm", ("nobody",)),
}
