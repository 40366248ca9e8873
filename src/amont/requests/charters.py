"""The charter in force, as asking and answering need it."""

from collections.abc import Iterable
from dataclasses import dataclass

from amont.consortia import read as consortia
from amont.consortia.facts import CharterFacts
from amont.consortia.models import Participation
from amont.kernel.countries import countries
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.requests.rules import Codes, minutes


@dataclass(frozen=True, slots=True)
class Terms:
    """A charter in force: its key, its consortium's key, its facts."""

    charter: int
    consortium: int
    facts: CharterFacts

    @property
    def codes(self) -> Codes:
        """Return what may be chosen from under this charter."""
        return Codes(
            steps=frozenset(each.code for each in self.facts.steps),
            families=frozenset(each.code for each in self.facts.families),
            schemes=frozenset(each.code for each in self.facts.schemes),
            countries=frozenset(each.code for each in countries()),
        )

    def minutes(self, lines: int) -> int:
        """Return how many minutes it takes to answer so many lines."""
        return minutes([each.minutes for each in self.facts.questions], lines)


def in_force(keys: Iterable[int]) -> dict[int, Terms]:
    """Return the charter in force now by consortium (key)."""
    return {key: Terms(found[0], key, found[1]) for key in set(keys) if (found := consortia.charter_in_force(key))}


def terms_of(viewer: Viewer, consortium: str = "") -> Terms:
    """Return the charter in force of the viewer's consortium: this one (public id), else where it is member, else any.

    Raises `NotKnown` where the viewer takes no part.
    """
    rows = Participation.objects.filter(organization_id=viewer.organization_id)
    rows = rows.filter(consortium__public_id=consortium) if consortium else rows
    first = rows.order_by("-is_member", "joined_at", "pk").first()
    if first is None:
        raise NotKnown
    return in_force([first.consortium_id])[first.consortium_id]
