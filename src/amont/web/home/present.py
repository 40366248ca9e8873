"""Coverage as its pages show it: facts beside their words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from amont.consortia import read as consortia
from amont.consortia.facts import ConsortiumFacts
from amont.insight.facts import Coverage, Dependency, Share
from amont.kernel.viewer import Viewer
from amont.purchasing import read as purchasing
from amont.purchasing.facts import AgreementFact, Side, State
from amont.web.home import words


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its word, and its kind where kinds are mixed."""

    word: str | Promise
    share: Share
    kind: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One's own progress towards a target of the consortium; `percent` at most 100, None where there is no target."""

    word: str | Promise
    reached: int
    target: int
    on: date | None

    @property
    def percent(self) -> int | None:
        """Return how much of the target is reached."""
        return min(100, 100 * self.reached // self.target) if self.target else None


def ends(found: Coverage) -> list[Row]:
    """Return the stated ends."""
    return [Row(words.ENDS[end], share) for end, share in found.ends]


def asked(found: Coverage) -> list[Row]:
    """Return how far asking has come."""
    return [Row(words.ASKED[each], share) for each, share in found.asked]


def bands(found: Coverage) -> list[tuple[str | Promise, Share, tuple[Share, ...]]]:
    """Return the volume bands, and what of each is reached."""
    return [(words.BANDS[each.band], each.lines, each.reached) for each in found.bands]


def dependencies(found: Coverage) -> list[Row]:
    """Return the largest of each kind, in the order of kinds."""
    return [_row(each) for each in found.dependencies]


def three_largest(found: Coverage) -> list[Row]:
    """Return the largest country, firm and family: three dependencies of three kinds."""
    largest: dict[str, Dependency] = {}
    for each in found.dependencies:
        largest.setdefault(each.kind, each)
    return [_row(each) for each in largest.values()]


def targets(found: Coverage, consortium: ConsortiumFacts) -> list[Target]:
    """Return one's own partners and lines beside what the consortium aims at together."""
    charter = consortium.charter
    return [
        Target(words.PARTNERS, found.partners, charter.target_partners, charter.target_on),
        Target(words.LINES, found.traced.lines, charter.target_lines, charter.target_on),
    ]


def _row(found: Dependency) -> Row:
    return Row(words.dependency(found), found.share, words.KINDS[found.kind])


@dataclass(frozen=True, slots=True)
class Board:
    """What a coordinator has to do with: members, those of them not checked yet, seats not taken."""

    members: int
    unchecked: int
    open_seats: int


def board(viewer: Viewer, part: ConsortiumFacts | None) -> Board | None:
    """Return it for a consortium that the viewer coordinates without being a member of it, None for any other."""
    if part is None or not part.is_coordinator or part.is_member or not viewer.may_administer:
        return None
    members = consortia.members(viewer, part.public_id)
    seats = consortia.seats(viewer, part.public_id)
    unchecked = sum(not each.is_checked and not each.is_me for each in members)
    return Board(len(members), unchecked, sum(each.is_open for each in seats))


def buying(viewer: Viewer) -> Mapping[str, Sequence[AgreementFact]]:
    """Return the agreements under which somebody orders, and those that it may join."""
    found = [each for network in purchasing.networks(viewer) for each in purchasing.agreements(viewer, network.network)]
    mine = [each for each in found if each.adhesion or each.side is not Side.BUYER]
    left = [each for each in found if each not in mine and each.state is State.OPEN]
    return {
        "joined": [each for each in mine if each.adhesion],
        "sold": [each for each in mine if each.side is Side.SUPPLIER],
        "left": left,
    }
