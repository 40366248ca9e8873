"""Which version of a charter stands at a moment: told from votes and the clock alone, whether or not a job has run."""

from collections.abc import Collection
from datetime import datetime

from amont.consortia import rules
from amont.consortia.models import Charter, Proposal, Vote
from amont.kernel import clock

Outcome = Proposal.Outcome


def in_force(consortia: Collection[int], *, at: datetime) -> dict[int, Charter]:
    """Return the version in force at a moment by consortium (keys): the latest begun of those that count."""
    rows = Charter.objects.filter(consortium_id__in=consortia, in_force_from__lte=at).select_related(
        "proposal", "consortium"
    )
    latest: dict[int, Charter] = {}
    for row in rows.order_by("-in_force_from", "-version"):
        if row.consortium_id not in latest and counts(row):
            latest[row.consortium_id] = row
    return latest


def counts(row: Charter) -> bool:
    """Tell whether a version was founded, or proposed and adopted."""
    return row.proposal is None or outcome_of(row.proposal) is Outcome.ADOPTED


def outcome_of(row: Proposal) -> Proposal.Outcome:
    """Return what came of a proposal by now: what was settled, else what its votes say once its notice is over."""
    if row.outcome != Outcome.OPEN or clock.now() < row.closes_at:
        return Outcome(row.outcome)
    said = Vote.objects.filter(proposal_id=row.pk).values_list("said", flat=True)
    adopted = rules.is_adopted(rules.counted(said), quorum=row.quorum, majority=row.majority)
    return Outcome.ADOPTED if adopted else Outcome.REJECTED
