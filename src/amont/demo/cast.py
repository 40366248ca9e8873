"""Who plays: invented firms and what they make, read from two small tables."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

STARS = {
    "orvanne": "brand@demo.example",
    "tressault": "rival@demo.example",
    "oleonde": "supplier@demo.example",
    "nacrelle": "owner@demo.example",
}
COORDINATOR = "coordinator@demo.example"
GUEST, GUEST_OF = "guest@demo.example", "orvanne"


@dataclass(frozen=True, slots=True)
class Firm:
    """An invented firm and the person who acts for it; `role` is member, partner, or both."""

    key: str
    name: str
    country: str
    person: str
    language: str
    role: str

    @property
    def email(self) -> str:
        """Return the person's address; the demo's seats have fixed ones."""
        return STARS.get(self.key, f"{self.key}@demo.example")

    @property
    def is_member(self) -> bool:
        """Tell whether it takes part as a member."""
        return self.role in {"member", "both"}


@dataclass(frozen=True, slots=True)
class StatedFirm:
    """A firm that an owner merely states: not on board, and named to nobody else."""

    name: str
    country: str
    step: str
    family: str
    chain_end: str


@dataclass(frozen=True, slots=True)
class Component:
    """One input of a ware: its name, and its alternative sources (keys of wares, or firms stated)."""

    name: str
    wares: tuple[str, ...]
    stated: tuple[StatedFirm, ...]


@dataclass(frozen=True, slots=True)
class Ware:
    """What a firm makes or collects, from what, and how the chain ends there."""

    key: str
    firm: str
    name: str
    kind: str
    family: str
    step: str
    country: str
    town: str
    schemes: tuple[str, ...]
    end: str
    components: tuple[Component, ...]


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


@cache
def firms() -> dict[str, Firm]:
    """Return the cast by key, in the order of the table."""
    return {row["key"]: Firm(**row) for row in _rows("firms.csv")}


@cache
def wares() -> dict[str, Ware]:
    """Return all wares by key, in the order of the table."""
    return {row["key"]: _ware(row) for row in _rows("wares.csv")}


def _ware(row: dict[str, str]) -> Ware:
    return Ware(
        **{name: row[name] for name in ("key", "firm", "name", "kind", "family", "step", "country", "town", "end")},
        schemes=tuple(row["schemes"].split()),
        components=tuple(_component(text) for text in row["inputs"].split(";") if text),
    )


def _component(text: str) -> Component:
    name, alternatives = text.split("=")
    each = alternatives.split("|")
    return Component(
        name,
        tuple(one for one in each if not one.startswith("?")),
        tuple(StatedFirm(*one[1:].split("/")) for one in each if one.startswith("?")),
    )


def bought_by_members() -> tuple[Ware, ...]:
    """Return the wares that members buy: finished ingredients and packaging."""
    return tuple(ware for ware in wares().values() if ware.kind in {"ingredient", "packaging"} and _is_final(ware))


def _is_final(ware: Ware) -> bool:
    between = {"esterpalm", "alcpalm", "esterkelapa", "alckelapa", "stearic", "alccoco"}
    return ware.key not in between
