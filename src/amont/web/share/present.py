"""Who sees what, in words: what decides, since when, until when, and what follows where a decision is withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amont.disclosure.levels import Audience, Covers, Level
from amont.sight.facts import AudienceSight, Chain, Given, SeenAs, Who
from amont.sight.preview import audience_sight
from amont.web.see.preview import OF_MYSELF, OF_SOURCES, audience_in_words
from amont.web.see.rows import Shown, shown_places

WHY: Mapping[str, Promise] = {
    "grant": gettext_lazy("by your decision"),
    "default": gettext_lazy("by the charter"),
    "floor": gettext_lazy("by the charter, at least"),
    "buyer": gettext_lazy("it buys from you"),
    "once_named": gettext_lazy("it has read the name once: a pseudonym in its place would give it away"),
    "unchecked": gettext_lazy("your company's identity has not been checked yet"),
}

AUDIENCES: Mapping[str, Promise] = {
    "customers": pgettext_lazy("who sees what", "My customers"),
    "requesters": pgettext_lazy("who sees what", "Those who asked"),
    "chain": pgettext_lazy("who sees what", "Anyone in the chain"),
}

SPOKEN: Mapping[Covers, Mapping[str, Promise]] = {Covers.IDENTITY: OF_MYSELF, Covers.SOURCING: OF_SOURCES}


@dataclass(frozen=True, slots=True)
class Row:
    """One audience or firm: what it sees at most, what it does not, why, since when and until when."""

    who: str
    firm: str
    shown: str
    hidden: str
    why: str
    grant: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """Firms that see just the same for the same reason; of an audience, or of a decision, one alone."""

    row: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that has not ended, and what follows where it is withdrawn."""

    public_id: str
    who: str
    about: str
    shown: str
    since: date | None
    until: date | None
    starts_later: bool
    after: str
    origin_after: bool


@dataclass(frozen=True, slots=True)
class Side:
    """Who I am, or whom I buy from: rows by audience and firm, and decisions."""

    covers: str
    rows: tuple[Row, ...]
    decisions: tuple[Decision, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the rows as they are read: firms that see the same for the same reason stand together."""
        found: dict[tuple[object, ...], list[Row]] = {}
        for number, row in enumerate(self.rows):
            alone = number if row.grant or not row.firm else ""
            found.setdefault((alone, row.shown, row.hidden, row.why, row.since, row.until), []).append(row)
        return tuple(Group(rows[0], tuple(rows)) for rows in found.values())


@dataclass(frozen=True, slots=True)
class Page:
    """A page of who sees what."""

    identity: Side
    sourcing: Side
    warn: bool
    checked: bool


def page(who: Who) -> Page:
    """Return a page in the language of the reader; what is said comes from the table of levels, and nothing else."""
    return Page(
        identity=_side(Covers.IDENTITY, who.identity, who.given),
        sourcing=_side(Covers.SOURCING, who.sourcing, who.given),
        warn=who.warn,
        checked=who.checked,
    )


def words_at(covers: Covers, level: int) -> str:
    """Say what shows at a level of oneself, or of one's sources."""
    return audience_in_words(audience_sight(Audience.CHAIN, level), SPOKEN[covers]).shown


def more_at(covers: Covers, level: int) -> str:
    """Say a level by what it adds to the one below it; the two lowest whole."""
    if level <= Level.ORIGIN:
        return words_at(covers, level)
    spoken, lower = SPOKEN[covers], audience_sight(Audience.CHAIN, level - 1).shown
    added = [str(spoken[kind]) for kind in audience_sight(Audience.CHAIN, level).shown if kind in spoken]
    known = {str(spoken[kind]) for kind in lower if kind in spoken}
    return _("as above, and also: %(words)s") % {"words": ", ".join(word for word in added if word not in known)}


def audience_in_short(audience: str, organization: str) -> str:
    """Say whom a decision is for."""
    return organization or str(AUDIENCES[audience])


def last_day(until: datetime | None) -> date | None:
    """Return the last day on which what ends at a moment, exclusive, still holds."""
    return (until - timedelta(microseconds=1)).date() if until else None


def seen_items(seen: SeenAs) -> list[tuple[Shown, list[tuple[str, Shown]]]]:
    """Return each own place that a firm sees, in the words of its page, with what is stated beside it, by input."""
    if not seen.places:
        return []
    known = shown_places(Chain(seen.places[0], seen.places, seen.steps))
    beside: dict[str, list[tuple[str, Shown]]] = {}
    for step in seen.steps:
        beside.setdefault(step.buyer, []).append((step.input, known[step.supplier]))
    stated = {step.supplier for step in seen.steps if not _is_own(seen, step.supplier)}
    return [(known[place.ref], beside.get(place.ref, [])) for place in seen.places if place.ref not in stated]


def _is_own(seen: SeenAs, ref: str) -> bool:
    return any(place.ref == ref and place.mark == "named" for place in seen.places)


def _side(covers: Covers, sights: Iterable[AudienceSight], given: Iterable[Given]) -> Side:
    return Side(
        covers=covers.value,
        rows=tuple(_row(covers, each) for each in sights),
        decisions=tuple(decision(each) for each in given if each.grant.covers is covers),
    )


def _row(covers: Covers, sight: AudienceSight) -> Row:
    words = audience_in_words(sight, SPOKEN[covers])
    return Row(
        who=audience_in_short(sight.audience, sight.organization),
        firm=sight.firm,
        shown=words.shown,
        hidden=words.hidden,
        why=str(WHY.get(sight.why, "")),
        grant=sight.grant,
        since=sight.since.date() if sight.since else None,
        until=last_day(sight.until),
    )


def decision(given: Given) -> Decision:
    """Say one decision, and what follows where it is withdrawn."""
    grant = given.grant
    spoken = SPOKEN[grant.covers]
    after = audience_in_words(given.after, spoken).shown if given.after else ""
    named_before = given.before is not None and given.before.level >= Level.NAMED
    return Decision(
        public_id=grant.public_id,
        who=audience_in_short(grant.audience, grant.organization_name),
        about=about(given),
        shown=words_at(grant.covers, grant.level),
        since=grant.starts_at.date() if grant.starts_at else None,
        until=last_day(grant.until_at),
        starts_later=not grant.in_force,
        after=after,
        origin_after=named_before and given.after is not None and given.after.level == Level.ORIGIN,
    )


def about(given: Given) -> str:
    """Say what a decision is about."""
    if given.other:
        return link_in_words(given.grant.covers, given.other, given.reference, given.item_name)
    return given.item_name or _("everything")


def link_in_words(covers: Covers, other: str, reference: str, item: str) -> str:
    """Say a link of one's own: what one sells to whom, or buys from whom."""
    named = " · ".join(part for part in (item, reference) if part)
    if covers is Covers.IDENTITY:
        return _("%(item)s, as sold to %(firm)s") % {"item": named, "firm": other}
    return _("%(item)s, as bought from %(firm)s") % {"item": named, "firm": other}
