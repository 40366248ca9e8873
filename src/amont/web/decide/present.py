"""Proposals in words: what changes against today, what it means for oneself, how the votes stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amont.consortia import lists
from amont.consortia.facts import Change, ProposalFacts, ProposalState
from amont.disclosure.levels import Covers
from amont.sight.coming import Coming
from amont.sight.facts import AudienceSight
from amont.web.found import words
from amont.web.share.present import audience_in_short, words_at

KINDS: dict[str, Promise] = {
    "charter": gettext_lazy("A change of the charter"),
    "questions": gettext_lazy("A change of the questions"),
}
STATES: dict[ProposalState, Promise] = {
    ProposalState.OPEN: gettext_lazy("to be voted on"),
    ProposalState.COMING: gettext_lazy("adopted, not in force yet"),
    ProposalState.IN_FORCE: gettext_lazy("adopted and in force"),
    ProposalState.REJECTED: gettext_lazy("not adopted"),
    ProposalState.WITHDRAWN: gettext_lazy("withdrawn by its author"),
}
SAID: dict[str, Promise] = {
    "yes": gettext_lazy("Yes"),
    "no": gettext_lazy("No"),
    "abstain": gettext_lazy("Abstain"),
}
FIELDS: dict[str, Promise] = {
    "customers": gettext_lazy("Those who buy from a supplier see"),
    "requesters": gettext_lazy("Those who asked, and whose request was answered all the way, see"),
    "chain": gettext_lazy("Anyone else further down the chain sees"),
    "quorum": gettext_lazy("Members that must have voted, in percent"),
    "majority": gettext_lazy("Share of yes that must be exceeded, in percent"),
    "notice_days": gettext_lazy("Days of notice"),
}


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One thing that changes: what, as it is today, as it would be."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EffectWords:
    """What one audience would get over a new link: of oneself or of one's sources, today and once changed."""

    side: str
    who: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal as a row of the list."""

    proposal: ProposalFacts
    kind: str
    state: str
    said: str


def rows(found: Iterable[ProposalFacts]) -> tuple[ProposalRow, ...]:
    """Return proposals in words."""
    return tuple(
        ProposalRow(each, str(KINDS[each.kind]), str(STATES[each.state]), str(SAID.get(each.said, "")))
        for each in found
    )


def changes(proposal: ProposalFacts) -> tuple[ChangeWords, ...]:
    """Return what changes against today, in the order in which a charter is read."""
    return tuple(_change(each, proposal) for each in proposal.changes)


def _change(change: Change, proposal: ProposalFacts) -> ChangeWords:
    language = get_language() or "en"
    if change.field == "floor":
        named = {each.code: each.label(language) for each in proposal.coming.families}
        what = _("Members who asked see of: %(family)s") % {"family": named.get(change.about, change.about)}
        return ChangeWords(what, _floor(change.before), _floor(change.after))
    if change.field == "question":
        named = {each.code: each.label(language) for each in lists.questions()}
        return ChangeWords(named.get(change.about, change.about), _asked(change.before), _asked(change.after))
    told = [_said(change.field, each) for each in (change.before, change.after)]
    return ChangeWords(str(FIELDS[change.field]), told[0], told[1])


def _said(field: str, value: str) -> str:
    if field == "customers":
        return str(words.customers(int(value)))
    return str(words.ALL[int(value)]) if field in {"requesters", "chain"} else value


def _floor(level: str) -> str:
    return str(words.ALL_FLOORS[int(level)]) if level and int(level) else _("no minimum")


def _asked(said: str) -> str:
    return _("asked of each line") if said else _("not asked of a line")


def effects(found: Coming) -> tuple[EffectWords, ...]:
    """Return what would be otherwise for oneself over a link accepted on the day."""
    sides = (
        (Covers.IDENTITY, _("Who you are"), found.identity),
        (Covers.SOURCING, _("Whom you buy from"), found.sourcing),
    )
    return tuple(
        EffectWords(side, audience_in_short(before.audience, before.organization), *_levels(covers, before, after))
        for covers, side, pairs in sides
        for before, after in pairs
        if before.level != after.level
    )


def _levels(covers: Covers, before: AudienceSight, after: AudienceSight) -> tuple[str, str]:
    return words_at(covers, before.level), words_at(covers, after.level)
