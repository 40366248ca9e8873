"""Who sees what of an owner, at most, and why: by audience and by firm, by the code that shows it to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from amont.chain.models import Link
from amont.disclosure import read as disclosed
from amont.disclosure import rules
from amont.disclosure.facts import LONG_AGO, GrantFact, Ruling, Stance, Terms
from amont.disclosure.facts_grants import OwnGrant
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Grant
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight import preview, subjects
from amont.sight.cut.facts import Own
from amont.sight.cut.own import opened, own_of
from amont.sight.facts import AudienceSight, Given, Who
from amont.sight.preview import STANCES, audience_sight, own_grants

_NOTHING = int(Level.SEALED)


@dataclass(frozen=True, slots=True)
class _Best:
    """The most that somebody gets over some links, since when a link gives it, and the owner's ruling behind it."""

    level: int = _NOTHING
    why: str = ""
    number: int = 0
    accepted: datetime = LONG_AGO


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the owner's links (who I am, whom I buy from), the other end letting everything be seen.

    `of_firm`: links to each customer (identity), or above what it buys (sourcing), by its key. `standing`: all that
    stand; `new`: as one accepted now.
    """

    covers: Covers
    own: Own
    of_firm: Mapping[int, tuple[Terms, ...]]
    standing: tuple[Terms, ...]
    new: tuple[Terms, ...]

    def best(self, terms: Iterable[Terms], stance: Stance) -> _Best:
        """Return the most that a stance gives over links, and why: by the first accepted of those that give as much."""
        found = _Best(_NOTHING - 1)
        for each in terms:
            level = rules.level(each, stance, self.own.at).level
            if level > found.level:
                ruling = rules.policy(self.covers, each, stance, self.own.at)
                found = _Best(level, self._why(level, ruling), next(iter(ruling.grants), 0), each.accepted)
        return found if found.level >= _NOTHING else _Best()

    def best_of_firm(self, firm: int, *, about: int = 0, without: int = 0) -> _Best:
        """Return the most that one firm gets, as the customer that it is and as one that asked further down.

        Over links that the grant of number `about` is about (0: all), as if the grant `without` had just ended.
        """
        own, others = self.of_firm.get(firm, ()), (*self.standing, *(() if about else self.new))
        if self.covers is Covers.IDENTITY:
            own = tuple(replace(each, buyer=firm) for each in own)
        as_customer = replace(STANCES[Audience.CUSTOMERS], viewer=firm)
        asked = replace(STANCES[Audience.REQUESTERS], viewer=firm, buys_from_supplier=bool(own))
        ways = ((own, as_customer), (others, asked))
        best = [self.best(self.concerned(terms, about, without), stance) for terms, stance in ways]
        return max(best, key=lambda each: each.level)

    def concerned(self, terms: Iterable[Terms], about: int, without: int) -> tuple[Terms, ...]:
        """Return the links that a grant (its number, 0: any) is about, as if another had just ended."""
        met = (each for each in terms if not about or _numbers(own_grants(self.covers, each), about))
        return tuple(self._ended(each, without) if without else each for each in met)

    def _ended(self, terms: Terms, number: int) -> Terms:
        left = tuple(
            replace(grant, ends=min(grant.ends, self.own.at)) if grant.number == number else grant
            for grant in own_grants(self.covers, terms)
        )
        return replace(terms, identity=left) if self.covers is Covers.IDENTITY else replace(terms, sourcing=left)

    def _why(self, level: int, ruling: Ruling) -> str:
        if level < ruling.level:
            return "once_named" if self.own.checked else "unchecked"
        return ruling.why.value


def who_sees(viewer: Viewer, *, item: str = "") -> Who:
    """Return who sees what of the viewer at most: of one own item (public id), or of all.

    For each audience, then for each firm that it knows: direct customers, and those that asked under their name.
    Raises `NotKnown` for an item that is not the viewer's.
    """
    own = own_of(viewer, item, clock.now())
    new = preview.new_terms(own, "")
    sides = {covers: _side(covers, own, new) for covers in Covers}
    grants = _own_grants(viewer, own, whole=not item)
    rows = {covers: tuple(_rows(viewer, side, grants)) for covers, side in sides.items()}
    return Who(
        identity=rows[Covers.IDENTITY],
        sourcing=rows[Covers.SOURCING],
        given=_given(viewer, sides, grants),
        warn=any(each.level == Level.NAMELESS for found in rows.values() for each in found),
        checked=own.checked,
    )


def _side(covers: Covers, own: Own, new: Iterable[Terms]) -> _Side:
    of_firm: dict[int, list[Terms]] = defaultdict(list)
    buyers: dict[int, set[int]] = defaultdict(set)
    for link in own.sold:
        buyers[link.item].add(link.other)
    standing = own.sold if covers is Covers.IDENTITY else own.bought
    for link in standing:
        for firm in {link.other} if covers is Covers.IDENTITY else buyers.get(link.item, ()):
            of_firm[firm].append(link.terms)
    return _Side(
        covers=covers,
        own=own,
        of_firm={firm: _few(terms) for firm, terms in of_firm.items()},
        standing=_few(link.terms for link in standing),
        new=_few({opened(covers, each, checked=own.checked) for each in new}),
    )


def _few(terms: Iterable[Terms]) -> tuple[Terms, ...]:
    """Return, of links that differ only in the moment of acceptance, the first and the last; the earliest first."""
    kept: dict[Terms, list[Terms]] = defaultdict(list)
    for each in terms:
        kept[replace(each, accepted=LONG_AGO)].append(each)
    ends = {end for found in kept.values() for end in (min(found, key=_accepted), max(found, key=_accepted))}
    return tuple(sorted(ends, key=lambda each: (each.accepted, repr(each))))


def _accepted(terms: Terms) -> datetime:
    return terms.accepted


def _numbers(grants: Iterable[GrantFact], number: int) -> bool:
    return any(grant.number == number for grant in grants)


def _own_grants(viewer: Viewer, own: Own, *, whole: bool) -> dict[int, OwnGrant]:
    """Return the owner's grants by number: all, or those that may speak about one item."""
    rows = Grant.objects.filter(owner_id=viewer.organization_id)
    links = {link.link for link in (*own.sold, *own.bought)}
    numbers = {
        row.public_id: row.pk
        for row in rows
        if whole or (row.item_id in own.items if row.item_id else row.link_id is None or row.link_id in links)
    }
    return {numbers[each.public_id]: each for each in disclosed.grants_of(viewer) if each.public_id in numbers}


def _rows(viewer: Viewer, side: _Side, grants: Mapping[int, OwnGrant]) -> Iterator[AudienceSight]:
    """Give what each audience gets at most, then each firm that the owner knows, by name."""
    best = {audience: side.best((*side.standing, *side.new), stance) for audience, stance in STANCES.items()}
    for audience, found in best.items():
        yield _sight(audience, found, grants)
    firms = {pk: (name, public_id) for pk, public_id, name in _firms(viewer)}
    apart = _told_apart(side, grants)
    for pk in sorted(firms, key=lambda each: (firms[each][0].casefold(), firms[each][1])):
        name, public_id = firms[pk]
        alone = pk in apart or pk in side.of_firm or not side.own.checked
        found = side.best_of_firm(pk) if alone else best[Audience.REQUESTERS]
        told = _sight(Audience.ORGANIZATION, found, grants, since=pk in side.of_firm)
        yield replace(told, organization=name, firm=public_id)


def _firms(viewer: Viewer) -> list[tuple[int, str, str]]:
    rows = Organization.objects.filter(pk__in=disclosed.known_firms(viewer))
    return list(rows.values_list("pk", "public_id", "name"))


def _told_apart(side: _Side, grants: Mapping[int, OwnGrant]) -> frozenset[int]:
    """Return the firms that a grant names, or ever named."""
    met = (grant for terms in (*side.standing, *side.new) for grant in own_grants(side.covers, terms))
    return frozenset(grant.organization for grant in met if grant.organization is not None and grant.number in grants)


def _sight(audience: Audience, found: _Best, grants: Mapping[int, OwnGrant], *, since: bool = False) -> AudienceSight:
    told = audience_sight(audience, found.level)
    by = grants.get(found.number)
    if by is not None:
        return replace(told, why=found.why, grant=by.public_id, since=by.starts_at, until=by.until_at)
    accepted = found.accepted if since and found.accepted != LONG_AGO else None
    return replace(told, why=found.why, since=accepted)


def _given(viewer: Viewer, sides: Mapping[Covers, _Side], grants: Mapping[int, OwnGrant]) -> tuple[Given, ...]:
    """Return the grants that have not ended, each with its subject in words and what follows where it is withdrawn."""
    standing = {number: each for number, each in grants.items() if not _has_ended(each, clock.now())}
    rows = Link.objects.filter(public_id__in={each.link for each in standing.values() if each.link})
    links = {each.link: each for each in subjects.told(viewer, rows)}
    items = {each.item: each.name for each in subjects.own_items(viewer)}
    firms = {public_id: pk for pk, public_id, _name in _firms(viewer)}
    found = []
    for number, each in standing.items():
        of = links.get(each.link)
        before, after = _before_and_after(sides[each.covers], number, each, firms.get(each.organization, 0))
        name = of.item_name if of else items.get(each.item, "")
        other, reference = (of.other, of.reference) if of else ("", "")
        found.append(Given(each, name, other, reference, before, after))
    return tuple(found)


def _has_ended(grant: OwnGrant, at: datetime) -> bool:
    return grant.revoked_at is not None or (grant.until_at is not None and grant.until_at <= at)


def _before_and_after(
    side: _Side, number: int, grant: OwnGrant, firm: int
) -> tuple[AudienceSight, AudienceSight] | tuple[None, None]:
    """Return what a grant's audience gets of what it is about, now and once it is withdrawn; None where no link is."""
    touched = side.concerned(side.standing, number, 0)
    if not touched:
        return None, None
    if grant.audience is Audience.ORGANIZATION:
        before, after = (side.best_of_firm(firm, about=number, without=gone) for gone in (0, number))
    else:
        stance = STANCES[grant.audience]
        before, after = (side.best(side.concerned(touched, 0, gone), stance) for gone in (0, number))
    told = [
        audience_sight(grant.audience, each.level, organization=grant.organization_name) for each in (before, after)
    ]
    return told[0], told[1]
