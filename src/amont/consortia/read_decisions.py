"""Reading decisions, for the members whose consortium it is."""

from amont.consortia import may, rules
from amont.consortia.facts import Count, ProposalFacts, ProposalState
from amont.consortia.models import Charter, Participation, Proposal, Vote
from amont.consortia.read import charter_facts
from amont.consortia.standing import outcome_of
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer

_STATES = {
    Proposal.Outcome.OPEN: ProposalState.OPEN,
    Proposal.Outcome.REJECTED: ProposalState.REJECTED,
    Proposal.Outcome.WITHDRAWN: ProposalState.WITHDRAWN,
}


def proposals(viewer: Viewer, consortium: str) -> tuple[ProposalFacts, ...]:
    """Return what was proposed in a consortium, the latest first. Raises `NotKnown` for a partner, as for others."""
    part = may.know_members(viewer, consortium)
    rows = Proposal.objects.filter(consortium_id=part.consortium_id).order_by("-proposed_at", "-pk")
    return tuple(_fact(viewer, row) for row in rows.select_related("base", "proposed_by"))


def proposal(viewer: Viewer, consortium: str, public_id: str) -> ProposalFacts:
    """Return one proposal. Raises `NotKnown`."""
    part = may.know_members(viewer, consortium)
    rows = Proposal.objects.filter(consortium_id=part.consortium_id, public_id=public_id)
    row = rows.select_related("base", "proposed_by").first()
    if row is None:
        raise NotKnown
    return _fact(viewer, row)


def waiting(viewer: Viewer) -> tuple[tuple[str, ProposalFacts], ...]:
    """Return what the viewer's organization may vote on and has not, with each consortium's public id."""
    mine = Vote.objects.filter(organization_id=viewer.organization_id, said=Vote.Said.NOTHING)
    rows = Proposal.objects.filter(
        pk__in=mine.values("proposal_id"), outcome=Proposal.Outcome.OPEN, closes_at__gt=clock.now()
    ).select_related("base", "proposed_by", "consortium")
    inside = set(
        Participation.objects.filter(organization_id=viewer.organization_id).values_list("consortium_id", flat=True)
    )
    return tuple(
        (row.consortium.public_id, _fact(viewer, row))
        for row in rows.order_by("closes_at", "public_id")
        if row.consortium_id in inside
    )


def state_of(row: Proposal) -> ProposalState:
    """Return where a proposal is, by its votes and the clock."""
    outcome = outcome_of(row)
    if outcome is Proposal.Outcome.ADOPTED:
        return ProposalState.COMING if clock.now() < row.in_force_from else ProposalState.IN_FORCE
    return _STATES[outcome]


def _fact(viewer: Viewer, row: Proposal) -> ProposalFacts:
    state = state_of(row)
    said = dict(Vote.objects.filter(proposal_id=row.pk).values_list("organization_id", "said"))
    count = rules.counted(said.values())
    is_over = state in {ProposalState.COMING, ProposalState.IN_FORCE, ProposalState.REJECTED}
    charter = Charter.objects.get(proposal_id=row.pk)
    before, after = charter_facts(row.base), charter_facts(charter)
    return ProposalFacts(
        proposal=row.public_id,
        kind=row.kind,
        reason=row.reason,
        proposed_by=row.proposed_by.name,
        is_mine=row.proposed_by_id == viewer.organization_id,
        proposed_at=row.proposed_at,
        closes_at=row.closes_at,
        in_force_from=row.in_force_from,
        quorum=row.quorum,
        majority=row.majority,
        state=state,
        count=count if is_over else Count(count.voters, count.cast),
        said=said.get(viewer.organization_id, ""),
        changes=tuple(rules.changes(before, after)),
        coming=after,
        base_key=row.base_id,
        charter_key=charter.pk,
    )
