"""Whether two writings are one site: evidence weighed, each piece with its reason. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import exp

from amont.catalogue.matching import addresses, names
from amont.catalogue.matching.addresses import Address
from amont.catalogue.matching.names import Likeness, Name, Numbers
from amont.kernel.folding import folded
from amont.kernel.points import metres

SAME, PERHAPS = 0.80, 0.30
"""Scores from which two writings are taken as one, and from which they are worth a look: see docs/matching.md."""
NEAR, CROSSED = 0.85, -1.0
NEVER_CERTAIN = 0.7
"""Two sites whose names or numbers say that they are two are worth a look at most: firms share streets and gates."""


class Decision(StrEnum):
    """What two writings come to."""

    SAME = "same"
    PERHAPS = "perhaps"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: a code, what fills its words, and its weight in log-odds (for: above 0)."""

    code: str
    weight: float
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two writings come to, how sure that is (0 to 1), and why."""

    score: float
    decision: Decision
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class SiteWriting:
    """A site as somebody wrote it. `ids` are normalized identifiers by kind, "" the kind of one that is not known."""

    name: str
    firm: str = ""
    group: str = ""
    address: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    ids: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A site made ready for being compared with many."""

    writing: SiteWriting
    name: Name
    firm: Name | None
    group: Name | None
    address: Address
    town: Name | None
    region: Name | None
    point: tuple[float, float] | None


def prepared(writing: SiteWriting) -> Prepared:
    """Return a site made ready for being compared."""
    is_there = writing.latitude is not None and writing.longitude is not None
    return Prepared(
        writing,
        names.name(writing.name),
        names.name(writing.firm) if folded(writing.firm) else None,
        names.name(writing.group) if folded(writing.group) else None,
        addresses.address(writing.address),
        names.name(writing.town) if folded(writing.town) else None,
        names.name(writing.region) if folded(writing.region) else None,
        (writing.latitude or 0.0, writing.longitude or 0.0) if is_there else None,
    )


def compared(one: Prepared, other: Prepared) -> Verdict:
    """Return what two writings come to. The order of the two does not matter."""
    reasons = tuple(_evidence(one, other))
    total = sum(each.weight for each in reasons)
    score = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
    codes = {each.code for each in reasons}
    if codes & {"other_name", "other_number"} and "same_id" not in codes:
        score = min(score, NEVER_CERTAIN)
    decision = Decision.SAME if score >= SAME else Decision.PERHAPS if score >= PERHAPS else Decision.DIFFERENT
    return Verdict(score, decision, tuple(sorted(reasons, key=lambda each: -abs(each.weight))))


def _evidence(one: Prepared, other: Prepared) -> Iterator[Reason]:
    yield from _ids(one, other)
    found = names.likeness(one.name, other.name)
    yield from _names(one, other, found)
    yield from _country(one, other)
    distance = metres(one.point, other.point) if one.point and other.point else None
    if distance is not None:
        yield _distance(distance, is_same_name=found.same_words)
    yield from _place(one, other, distance)


def _ids(one: Prepared, other: Prepared) -> Iterator[Reason]:
    shared = [kind for kind in sorted(one.writing.ids) if kind in other.writing.ids]
    same = [kind for kind in shared if one.writing.ids[kind] == other.writing.ids[kind]]
    if same:
        kind = same[-1]  # one of a known kind, if there is one
        yield Reason("same_id", 12.0 if kind else 5.0, {"kind": kind, "id": one.writing.ids[kind]})
    elif shared:
        yield Reason("other_id", -6.0 if shared[-1] else -1.0, {"kind": shared[-1]})


def _names(one: Prepared, other: Prepared, found: Likeness) -> Iterator[Reason]:
    yield _name_reason(one, other, found)
    if found.numbers is Numbers.OTHER:
        yield Reason("other_number", -6.5)
    elif found.numbers is Numbers.PART:
        yield Reason("other_number", -2.5)
    elif found.numbers in {Numbers.ONE, Numbers.FIRST}:
        yield Reason("one_number", -2.2 if found.numbers is Numbers.ONE else -0.8)
    if found.contrast:
        yield Reason("contrast", -3.0)


def _name_reason(one: Prepared, other: Prepared, found: Likeness) -> Reason:
    if found.same_words:
        is_whole = folded(one.writing.name) == folded(other.writing.name)
        code = "same_name" if is_whole else "same_but_form" if found.same_order else "same_words"
        telling = min(one.name.weight, other.name.weight) >= 1
        return Reason(code, {"same_name": 3.4, "same_but_form": 3.1}.get(code, 2.6) if telling else 1.6)
    weight = _by_likeness(found.value)
    if found.within:
        weight = max(weight, -0.4)
    crossed = _crossed(one, other)
    if crossed and weight < CROSSED:
        return Reason("name_is_firm", CROSSED)
    if weight > 0:
        return Reason("near_name", weight)
    return Reason("half_name" if weight > -2 else "other_name", weight)  # noqa: PLR2004 - where two names are two


def _crossed(one: Prepared, other: Prepared) -> bool:
    """Tell whether the one site bears the name of the other's firm."""
    pairs = ((one.name, other.firm), (other.name, one.firm))
    return any(firm is not None and names.likeness(name, firm).value >= NEAR for name, firm in pairs)


def _by_likeness(value: float) -> float:
    steps = ((0.93, 2.4), (0.86, 1.4), (0.78, 0.3), (0.7, -1.0), (0.6, -2.2), (0.45, -3.5))
    return next((weight for least, weight in steps if value >= least), -5.0)


def _country(one: Prepared, other: Prepared) -> Iterator[Reason]:
    here, there = one.writing.country, other.writing.country
    if here and there and here != there:
        yield Reason("other_country", -7.0, {"one": here, "other": there})


def _distance(distance: float, *, is_same_name: bool) -> Reason:
    steps = ((30, 4.8), (300, 3.0), (1_000, 2.3), (3_000, 1.4), (8_000, 0.3), (25_000, -1.2), (80_000, -2.8))
    weight = next((weight for most, weight in steps if distance <= most), -5.0)
    if is_same_name and weight < 0:
        weight *= 0.7  # a name that is the same says that one of the points may be wrong
    return Reason("within" if weight > 0 else "apart", weight, {"metres": str(round(distance))})


def _place(one: Prepared, other: Prepared, distance: float | None) -> Iterator[Reason]:
    if one.address.is_known and other.address.is_known:
        most = 0.8 if distance is not None and distance <= 300 else 5.0  # noqa: PLR2004 - the point says it already
        yield from (replace(each, weight=min(each.weight, most)) for each in _address(one.address, other.address))
    if one.town and other.town:
        if names.likeness(one.town, other.town).value >= NEAR:
            yield Reason("same_town", 0.8)
        elif distance is None:
            yield Reason("other_town", -2.5)
    if one.firm and other.firm:
        near = names.likeness(one.firm, other.firm).value >= NEAR
        yield Reason("same_firm", 0.7) if near else Reason("other_firm", -0.5)


def _address(one: Address, other: Address) -> Iterator[Reason]:
    found = addresses.likeness(one, other)
    steps = ((0.85, 2.5), (0.7, 1.5), (0.55, 0.6), (0.4, -0.3), (0.25, -1.0))
    weight = next((weight for least, weight in steps if found.value >= least), -2.0)
    yield Reason("same_address" if weight > 0 else "other_address", weight)
    if found.postal_same:
        yield Reason("same_postal", 0.8)
    elif found.postal_differs:
        yield Reason("other_postal", -1.0)
    if found.numbers_differ:
        yield Reason("other_house", -0.8)
