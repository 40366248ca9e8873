"""What the demo's first page is made of."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of the chain: who looks, what it shows in words, the drawing, and the item at its foot."""

    persona: str
    title: Promise
    firm: str
    person: str
    text: Promise
    counts: str
    drawing: SafeString
    item: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One of those who buy together, or who sells to them: who it is, and what it has from it, in words."""

    persona: str
    title: Promise
    firm: str
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Showcase:
    """The demo's three panels and three seats, and the address of an invitation still open; empty without one."""

    panels: tuple[Panel, ...]
    seats: tuple[Seat, ...] = ()
    invitation: str = ""
