"""What a face may hold of one's own book: firms as one wrote them, and what one states about chains."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ContactFact:
    """A firm in one's own book; `contact` is its public id, `lines` how many own lines name it as a source."""

    contact: str
    name: str
    country: str = ""
    group: str = ""
    registry_id: str = ""
    person: str = ""
    email: str = ""
    language: str = "fr"
    lines: int = 0


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """What a row or a form says of a firm; an empty field says nothing, and never erases.

    `public_id` is the firm's own in the book, where the file came from here; a row with one that
    is none of the book is refused, whosever it may be.
    """

    row: int
    name: str
    country: str = ""
    group: str = ""
    registry_id: str = ""
    person: str = ""
    email: str = ""
    language: str = ""
    public_id: str = ""


@dataclass(frozen=True, slots=True)
class SupplierDraft:
    """Who supplies the line that stands on the same row, and the supplier's own reference for it."""

    firm: ContactDraft
    supplier_reference: str = ""


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """One place of a path as a row says it: a firm (with its group) and its facility.

    `firm_country` is None where the row does not say where the firm is, "" where it says something that is no country.
    """

    firm: str
    group: str = ""
    facility: str = ""
    external_id: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    firm_country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    step: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PathDraft:
    """One supply path, from the direct supplier upward."""

    row: int
    places: tuple[PlaceDraft, ...]
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimNode:
    """One place in the drawing of one's own claims above a line: a step of a prefix tree of paths.

    `ref` is a position within this answer, `parent` that of the place below ("" at the foot: the direct supplier).
    `foot` is the contact of the direct supplier on whose branch the place stands: the one to invite.
    `paths` is how many paths pass here. `ends_in_cycle`: the place stands lower on the same branch, and the drawing
    ends here.
    """

    ref: str
    parent: str
    depth: int
    contact: str
    foot: str
    firm: str
    group: str = ""
    facility: str = ""
    country: str = ""
    region: str = ""
    town: str = ""
    external_id: str = ""
    step: str = ""
    family: str = ""
    latitude: float | None = None
    longitude: float | None = None
    paths: int = 1
    ends_in_cycle: bool = False
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A firm that one names as a source of an own line."""

    source: str
    contact: str
    name: str
    country: str
    email: str = ""
    supplier_reference: str = ""
    asked: bool = False
    refused: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A direct supplier, by name, whose identity nobody has checked yet."""

    organization: str
    name: str
    country: str
