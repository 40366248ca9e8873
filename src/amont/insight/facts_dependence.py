"""What a face may hold of what lines depend on; reckoned from one viewer's own view and what it states."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What is counted: what is confirmed; what owners state besides; what the viewer itself claims besides."""

    CONFIRMED = "confirmed"
    STATED = "stated"
    CLAIMED = "claimed"


class Reading(StrEnum):
    """How a line lives: while any path to a source is left, or while every input has a source left."""

    ANY_PATH = "any_path"
    EVERY_INPUT = "every_input"


class Kind(StrEnum):
    """What lines stand on."""

    COUNTRY = "country"
    FIRM = "firm"
    SITE = "site"
    FAMILY = "family"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a figure can be, given what is not known."""

    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Concentration:
    """How concentrated the lines are at one tier, 1 being the direct supplier, on one kind of thing.

    `known` lines show all of that tier, `unknown` lines may show more of it; `hhi` from 0 to 10,000, `share` of the
    largest from 0 to 1. `largest` (its code) is the largest of what is known, empty where nothing is.
    """

    tier: int
    kind: Kind
    known: int
    unknown: int
    largest: str
    hhi: Bounds
    share: Bounds


@dataclass(frozen=True, slots=True)
class Stop:
    """What stops, alone, takes down: `lines` (items) where any path is enough, and where every input is needed.

    `feared`: those that stop besides if each source whose input is not told is needed. `volume_percent` is of the
    lines that stop where every input is needed, None where no line has a band. `stock_weeks` is the shortest time
    after which one of them stops, from what is declared, `switch_months` the longest declared to change there.
    """

    kind: Kind
    code: str
    name: str
    any_path: tuple[str, ...]
    every_input: tuple[str, ...]
    feared: tuple[str, ...]
    volume_percent: int | None
    stock_weeks: int | None
    switch_months: int | None
    country: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """One unnamed firm on which several branches of one named supplier's chain meet; `firm` is its pseudonym there."""

    firm: str
    supplier: str
    country: str
    step: str
    family: str
    branches: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fall:
    """One line that a scenario stops: after how many weeks at the latest, as declared stocks last; what replaces.

    `declared`: a stock was declared on the way. `replaced_by` names what stands beside what is stopped for the same
    input, `switch_months` the longest declared time to change there.
    """

    line: str
    weeks: int
    declared: bool
    switch_months: int | None
    replaced_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario does: lines that stop, that may stop, that go on; `hit` is how many places it stops itself.

    `may`: lines that stop if all that is not known failed with it. `weakened` go on through what replaces, named.
    """

    lines: int
    hit: int
    unplaced: int
    stops: tuple[Fall, ...]
    may: tuple[str, ...]
    goes_on: tuple[str, ...]
    weakened: Mapping[str, tuple[str, ...]]
    volume_percent: int | None
