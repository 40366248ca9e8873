"""What a coming version of a charter changes for one organization: by the policy and the table that will show it."""

from dataclasses import dataclass

from amont.consortia.facts import ProposalFacts
from amont.consortia.models import Charter
from amont.disclosure.levels import Covers
from amont.kernel.viewer import Viewer
from amont.sight.cut.own import opened, own_of
from amont.sight.facts import AudienceSight
from amont.sight.preview import audiences, terms_under


@dataclass(frozen=True, slots=True)
class Coming:
    """What each audience gets at most of the viewer over a link accepted on the day, as things stand and once changed.

    Of itself as a supplier (identity) and of whom it buys from (sourcing); `links` stand already, and stay untouched.
    """

    identity: tuple[tuple[AudienceSight, AudienceSight], ...]
    sourcing: tuple[tuple[AudienceSight, AudienceSight], ...]
    links: int


def coming(viewer: Viewer, proposal: ProposalFacts) -> Coming:
    """Return what a proposal would change for the viewer, over links accepted from the day on which it would hold."""
    own = own_of(viewer, "", proposal.in_force_from)
    versions = Charter.objects.in_bulk([proposal.base_key, proposal.charter_key])
    found: dict[Covers, tuple[tuple[AudienceSight, AudienceSight], ...]] = {}
    for covers in Covers:
        told = []
        for key in (proposal.base_key, proposal.charter_key):
            terms = [opened(covers, each, checked=own.checked) for each in terms_under(own, [versions[key]])]
            told.append(list(audiences(covers, terms, own)))
        found[covers] = tuple(zip(*told, strict=True))
    return Coming(found[Covers.IDENTITY], found[Covers.SOURCING], len(own.sold) + len(own.bought))
