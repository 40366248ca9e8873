"""Whether two writings are one firm: evidence weighed, each piece with its reason. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp

from amont.catalogue.matching import names
from amont.catalogue.matching.names import Name, Numbers
from amont.catalogue.matching.sites import PERHAPS, SAME, Decision, Reason, Verdict
from amont.kernel.folding import folded
from amont.kernel.identifiers import firm_number

_MAIL_OF_ALL = (
    "gmail googlemail outlook hotmail live yahoo orange wanadoo free sfr laposte icloud aol gmx proton qq 163"
)
EVERYBODYS = frozenset(_MAIL_OF_ALL.split())
NEAR_ENOUGH = 0.7


@dataclass(frozen=True, slots=True)
class FirmWriting:
    """A firm as somebody wrote it."""

    name: str
    country: str = ""
    registry_id: str = ""
    group: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PreparedFirm:
    """A firm made ready for being compared with many."""

    writing: FirmWriting
    name: Name
    number: str
    domain: str


def prepared(writing: FirmWriting) -> PreparedFirm:
    """Return a firm made ready for being compared."""
    domain = writing.email.rpartition("@")[2].lower()
    is_own = domain and domain.split(".")[-2:-1] and domain.split(".")[-2] not in EVERYBODYS
    number = firm_number(writing.registry_id)
    return PreparedFirm(writing, names.name(writing.name), number, domain if is_own else "")


def compared(one: PreparedFirm, other: PreparedFirm) -> Verdict:
    """Return what two writings come to. The order of the two does not matter."""
    reasons = tuple(_evidence(one, other))
    total = sum(each.weight for each in reasons)
    score = 1 / (1 + exp(-max(-30.0, min(30.0, total))))
    decision = Decision.SAME if score >= SAME else Decision.PERHAPS if score >= PERHAPS else Decision.DIFFERENT
    return Verdict(score, decision, tuple(sorted(reasons, key=lambda each: -abs(each.weight))))


def _evidence(one: PreparedFirm, other: PreparedFirm) -> Iterator[Reason]:
    found = names.likeness(one.name, other.name)
    if one.number and other.number:
        same = one.number == other.number
        near = found.value >= NEAR_ENOUGH or found.within
        yield Reason("same_number", 8.0 if near else 4.6) if same else Reason("other_number_of_registry", -5.0)
    telling = min(one.name.weight, other.name.weight) >= 1
    if found.same_words:
        is_whole = folded(one.writing.name) == folded(other.writing.name)
        code = "same_name" if is_whole else "same_but_form" if found.same_order else "same_words"
        yield Reason(code, {"same_name": 3.4, "same_but_form": 2.6}.get(code, 1.4) if telling else 0.8)
    else:
        weight = _by_likeness(found.value)
        weight = max(weight, -1.6) if found.within and telling else weight
        half = "half_name" if weight > -2 else "other_name"  # noqa: PLR2004 - where two names are two
        yield Reason("near_name" if weight > 0 else half, weight)
    if found.numbers in {Numbers.OTHER, Numbers.PART}:
        yield Reason("other_number", -6.0)
    elif found.numbers in {Numbers.ONE, Numbers.FIRST}:
        yield Reason("one_number", -2.0)
    if found.contrast:
        yield Reason("contrast", -2.0)
    if found.legal_differs:
        yield Reason("other_form", -2.0)
    yield from _around(one, other)


def _by_likeness(value: float) -> float:
    steps = ((0.95, 0.8), (0.9, 0.2), (0.85, -0.7), (0.78, -1.6), (0.7, -2.8))
    return next((weight for least, weight in steps if value >= least), -5.0)


def _around(one: PreparedFirm, other: PreparedFirm) -> Iterator[Reason]:
    here, there = one.writing.country, other.writing.country
    if here and there:
        yield Reason("same_country", 0.4) if here == there else Reason("other_country", -4.5)
    if one.domain and other.domain:
        yield Reason("same_domain", 1.5) if one.domain == other.domain else Reason("other_domain", -0.3)
    if folded(one.writing.group) and folded(one.writing.group) == folded(other.writing.group):
        yield Reason("same_group", 0.4)
