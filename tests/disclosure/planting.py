"""How a leak is planted: one function of the product is patched so that it tells one thing too many."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from amont.disclosure.unsealed import unsealed

Plant = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Leak:
    """What leaks, and where it can be seen: a persona and the routes to fetch."""

    plant: Plant
    persona: str
    routes: tuple[str, ...]


def around(patch: pytest.MonkeyPatch, module: Any, name: str, change: Callable[..., Any]) -> None:
    """Let `change(answer, *arguments, **named)` answer in a function's place."""
    right = getattr(module, name)
    patch.setattr(module, name, lambda *a, **k: change(right(*a, **k), *a, **k))


@contextmanager
def everything() -> Iterator[None]:
    with unsealed("a planted leak"):
        yield
