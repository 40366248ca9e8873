"""Whose consent, and up to which level: an owner's policy and a link's level (disclosure rule, section 3)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from amont.disclosure.facts import Defaults, GrantFact, Ruling, Stance, Subject, Terms, Why
from amont.disclosure.levels import Audience, Covers, Level

FULL, NAMED, NAMELESS, ORIGIN, SEALED = (int(level) for level in reversed(Level))
_WITHIN_A_FIRM = Defaults(NAMED, NAMED, NAMED)
_TO_THE_BUYER = Ruling(NAMED, why=Why.BUYER)


def level(terms: Terms, stance: Stance, at: datetime) -> Ruling:
    """Return how much the viewer gets over a link at a moment: what both owners give, the lower of the two.

    Where the same two once gave 3 or more since the link was accepted, 2 counts as 1 (3.4): a pseudonym in the
    place of a name would be the name again.
    """
    ruling = _agreed(terms, stance, at)
    if ruling.level == NAMELESS and _was_named(terms, stance, at):
        return Ruling(ORIGIN, ruling.grants)
    return ruling


def policy(owner: Covers, terms: Terms, stance: Stance, at: datetime) -> Ruling:
    """Return what one owner gives: the supplier by its identity grants, the buyer by its sourcing grants (3.1)."""
    organization = terms.supplier if owner is Covers.IDENTITY else terms.buyer
    if organization == stance.viewer:
        return Ruling(FULL, why=Why.OWNER)
    grants = terms.identity if owner is Covers.IDENTITY else terms.sourcing
    if terms.internal:
        grants = tuple(grant for grant in grants if grant.subject is Subject.LINK)
    decided = _granted(grants, _audiences(owner, terms, stance), stance.viewer, at)
    if terms.internal:
        return decided if decided.level >= NAMED else Ruling(SEALED, decided.grants, decided.why)
    least = Ruling(terms.floor if stance.member and stance.requester else SEALED, why=Why.FLOOR)
    if owner is Covers.IDENTITY and stance.viewer == terms.buyer and least.level < NAMED:
        least = _TO_THE_BUYER
    return decided if decided.level >= least.level else least


def withholds(owner: Covers, terms: Terms, stance: Stance, at: datetime) -> bool:
    """Tell whether this owner of a link keeps its name from the viewer: it gives less than 3, or nobody checked it."""
    unnamed = owner is Covers.IDENTITY and not _may_be_named(terms, stance)
    return unnamed or policy(owner, terms, stance, at).level < NAMED


def in_force(grant: GrantFact, at: datetime) -> bool:
    """Tell whether a grant holds at a moment: from its start, inclusive, to its end, exclusive."""
    return grant.starts <= at < grant.ends


def decisive(grants: Iterable[GrantFact]) -> GrantFact | None:
    """Return the grant that decides: the narrowest subject; of several the latest start, then the lower level."""
    return max(grants, key=_weight, default=None)


def _weight(grant: GrantFact) -> tuple[int, datetime, int]:
    return (-grant.subject, grant.starts, -grant.level)


def _granted(
    grants: tuple[GrantFact, ...], audiences: tuple[tuple[Audience, int | None], ...], viewer: int, at: datetime
) -> Ruling:
    """Weigh grants that name the viewer; without any, the best of its audiences, each by its grant or its default."""
    holding = [grant for grant in grants if in_force(grant, at)]
    naming = decisive(grant for grant in holding if grant.organization == viewer)
    if naming is not None:
        return Ruling(naming.level, (naming.number,), Why.GRANT)
    found = Ruling(SEALED)
    for audience, default in audiences:
        grant = decisive(grant for grant in holding if grant.audience is audience)
        if grant is not None and (grant.level > found.level or (grant.level == found.level and not found.grants)):
            found = Ruling(grant.level, (grant.number,), Why.GRANT)
        elif grant is None and default is not None and default > found.level:
            found = Ruling(default)
    return found


def _audiences(owner: Covers, terms: Terms, stance: Stance) -> tuple[tuple[Audience, int | None], ...]:
    """Return the audiences that hold the viewer, each with its default; sourcing has none for customers."""
    defaults = _WITHIN_A_FIRM if terms.internal else terms.defaults
    found: list[tuple[Audience, int | None]] = [(Audience.CHAIN, defaults.chain)]
    if stance.requester:
        found.append((Audience.REQUESTERS, defaults.requesters))
    if owner is Covers.IDENTITY and stance.viewer == terms.buyer:
        found.append((Audience.CUSTOMERS, defaults.customers))
    if owner is Covers.SOURCING and stance.customer:
        found.append((Audience.CUSTOMERS, None))
    return tuple(found)


def _agreed(terms: Terms, stance: Stance, at: datetime) -> Ruling:
    buyer = policy(Covers.SOURCING, terms, stance, at)
    supplier = policy(Covers.IDENTITY, terms, stance, at)
    agreed = min(buyer.level, supplier.level)
    grants = tuple(number for each in (buyer, supplier) if each.level == agreed for number in each.grants)
    if agreed > NAMELESS and not _may_be_named(terms, stance):
        return Ruling(NAMELESS, grants)
    return Ruling(agreed, grants)


def _may_be_named(terms: Terms, stance: Stance) -> bool:
    """Tell whether more than 2 is possible: what nobody checked is named to its direct buyers alone (section 2)."""
    return terms.supplier_checked or stance.buys_from_supplier or stance.viewer in {terms.buyer, terms.supplier}


def _was_named(terms: Terms, stance: Stance, at: datetime) -> bool:
    """Tell whether the link was at 3 or more at any moment from its acceptance to now.

    In today's audiences and those that the look back adds. Between two changes nothing moves: they are all that need
    be tried.
    """
    then = replace(
        stance,
        requester=stance.requester or stance.once_requester,
        customer=stance.customer or stance.once_customer,
    )
    return any(_agreed(terms, then, moment).level >= NAMED for moment in _moments(terms, at))


def _moments(terms: Terms, at: datetime) -> Iterator[datetime]:
    """Give acceptance, and each later moment up to now at which a grant starts or ends."""
    yield terms.accepted
    for grant in (*terms.sourcing, *terms.identity):
        for change in (grant.starts, grant.ends):
            if terms.accepted < change <= at:
                yield change
