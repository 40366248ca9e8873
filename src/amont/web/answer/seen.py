"""Who sees an answer, in words: what each audience gets at most, said as everywhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amont.disclosure.levels import Audience
from amont.kernel.viewer import Viewer
from amont.sight import read as sight
from amont.sight.facts import AudienceSight
from amont.sight.preview import audience_sight
from amont.web.see.preview import OF_MYSELF, OF_SOURCES, audience_in_words

AUDIENCES = ("customers", "requesters", "chain", "organization")
Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one audience gets at most, in words."""

    who: str
    of_you: str
    of_sources: str


def seen(viewer: Viewer, *, item: str, customer: str, consortium: str) -> tuple[tuple[Seen, ...], bool]:
    """Return what each audience will see at most, by the code that will show it, and whether level 2 needs a word."""
    found = sight.preview(viewer, item=item, consortium=consortium)
    identity, sourcing = _by_audience(found.identity, OF_MYSELF), _by_audience(found.sourcing, OF_SOURCES)
    told = [
        Seen(_who(key, customer), of_you=identity.get(key, ""), of_sources=sourcing.get(key, ""))
        for key in sorted({**identity, **sourcing})
    ]
    return tuple(told), found.warn


def by_charter(levels: dict[str, int], customer: str) -> tuple[Seen, ...]:
    """Return what the charter's defaults give each audience, before there is an account."""
    found = _by_audience((audience_sight(Audience(each), level) for each, level in levels.items()), OF_MYSELF)
    return tuple(Seen(_who(key, customer), of_you=words, of_sources="") for key, words in sorted(found.items()))


def _by_audience(sights: Iterable[AudienceSight], spoken: Mapping[str, Promise]) -> dict[Key, str]:
    return {
        (AUDIENCES.index(each.audience), each.organization): audience_in_words(each, spoken).shown for each in sights
    }


def _who(key: Key, customer: str) -> str:
    place, organization = key
    if AUDIENCES[place] == "customers":
        return _("%(customer)s, your customer") % {"customer": customer}
    if AUDIENCES[place] == "requesters":
        return _("Firms that asked through your customer")
    return organization or _("Anyone else further down the chain")
