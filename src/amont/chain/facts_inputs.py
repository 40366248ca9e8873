"""What an owner states of an item's inputs, as plain values."""

from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """Where an input comes from: an own item, a firm invited right here, a firm merely stated."""

    OWN = "own"
    INVITE = "invite"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class SourceValues:
    """One alternative source of an input.

    own: `item` is the public id of an own item. invite: name, email and country of a firm, or `contact`, the public
    id of one in the own book. stated: name (kept for oneself) and what is stated of it.
    `step`, `family`, `chain_end` are codes; `reference` is what the invited firm reads (empty: the input's name).
    """

    kind: SourceKind
    item: str = ""
    contact: str = ""
    name: str = ""
    person: str = ""
    email: str = ""
    country: str = ""
    language: str = "en"
    step: str = ""
    family: str = ""
    chain_end: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class InputValues:
    """One thing an item is made from, by name, with its alternative sources."""

    name: str
    sources: tuple[SourceValues, ...] = ()
    stock_weeks: int | None = None
    switch_months: int | None = None
