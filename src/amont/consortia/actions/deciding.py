"""Members decide: propose with notice, vote, count; what is adopted holds from a day."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from amont.consortia import lists, may, notices, rules
from amont.consortia.actions.founding import said_of
from amont.consortia.facts import CharterChange, CharterChoice, CharterFacts, FloorChoice, ProposalState
from amont.consortia.models import Charter, Consortium, Floor, Participation, Proposal, Vote
from amont.consortia.read import charter_facts
from amont.consortia.read_decisions import state_of
from amont.consortia.standing import in_force, outcome_of
from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

_COPIED = (
    *("families", "steps", "schemes", "thresholds", "target_partners", "target_lines", "target_on"),
    *("customers", "requesters", "chain", "questions", "quorum", "majority", "notice_days"),
)
_UNDECIDED = {ProposalState.OPEN, ProposalState.COMING}


@transaction.atomic
def propose(
    viewer: Viewer, consortium: str, *, kind: str, change: CharterChange, reason: str, in_force_on: date
) -> str:
    """Propose a change to the members, give them notice by mail, and return the proposal's public id.

    `kind` says what `change` is about: "charter" or "questions". Votes are counted when the charter's notice is over;
    adopted, it holds from the beginning of `in_force_on` (UTC), for links accepted from then on. One change is decided
    at a time. Raises `NotKnown` for who is no member, `Denied` for who is no administrator, `Refused` at the field.
    """
    part = may.know_members(viewer, consortium)
    may.administer(viewer)
    group = Consortium.objects.select_for_update(of=("self",)).get(pk=part.consortium_id)
    now = clock.now()
    base = in_force([group.pk], at=now)[group.pk]
    if any(state_of(row) in _UNDECIDED for row in Proposal.objects.filter(consortium=group)):
        raise Refused(_("Another change is being decided, or comes into force soon. Wait until it is."))
    wanted = {name: value for name, value in asdict(change).items() if value is not None}
    if kind == Proposal.Kind.QUESTIONS:
        wanted = {name: value for name, value in wanted.items() if name == "questions"}
    closes_at, holds_from = now + timedelta(days=base.notice_days), datetime.combine(in_force_on, time.min, tzinfo=UTC)
    choice = _changed(charter_facts(base), change)
    _check(base, choice, change, reason=reason.strip(), closes_at=closes_at, holds_from=holds_from)
    row = Proposal.objects.create(
        consortium=group,
        kind=Proposal.Kind(kind),
        payload=wanted,
        reason=reason.strip(),
        base=base,
        proposed_by_id=viewer.organization_id,
        proposed_at=now,
        closes_at=closes_at,
        in_force_from=holds_from,
        quorum=base.quorum,
        majority=base.majority,
    )
    charter = _draft(row, base, choice, change)
    if not list(rules.changes(charter_facts(base), charter_facts(charter))):
        raise Refused(_("This changes nothing."))
    _open_the_vote(row)
    ledger.append(viewer, "propose", about=row.public_id, detail={"kind": kind}, network=True)
    notices.proposed(row)
    return row.public_id


@transaction.atomic
def vote(viewer: Viewer, consortium: str, *, proposal: str, say: str) -> None:
    """Say "yes", "no" or "abstain" for the own organization; until the notice is over it may be said otherwise.

    Raises `NotKnown`, `Denied` for who is no administrator or was no member when the notice was given, and `Refused`
    once the votes are counted.
    """
    row = _proposal(viewer, consortium, proposal)
    if say not in {Vote.Said.YES, Vote.Said.NO, Vote.Said.ABSTAIN}:
        raise Refused({"say": [_("Choose one of the answers.")]})
    mine = Vote.objects.filter(proposal=row, organization_id=viewer.organization_id).first()
    if mine is None:
        raise Denied(_("Who was a member when the notice was given has a vote."))
    if mine.said != say:
        mine.said, mine.said_at = say, clock.now()
        mine.save(update_fields=["said", "said_at"])
        ledger.append(viewer, "vote", about=proposal)


@transaction.atomic
def withdraw_proposal(viewer: Viewer, consortium: str, *, proposal: str) -> None:
    """Take back what the own organization proposed, before the votes are counted. Raises as `vote`."""
    row = _proposal(viewer, consortium, proposal)
    if row.proposed_by_id != viewer.organization_id:
        raise Denied(_("Only who proposed it may take it back."))
    row.outcome, row.settled_at = Proposal.Outcome.WITHDRAWN, clock.now()
    row.save(update_fields=["outcome", "settled_at"])
    ledger.append(viewer, "withdraw_proposal", about=proposal, network=True)
    notices.decided(row)


def settle_proposals() -> int:
    """Keep the count of proposals whose notice is over, tell the members, and return how many were settled.

    Nothing waits for it: until then whoever asks counts for itself, and comes to the same.
    """
    due = Proposal.objects.filter(outcome=Proposal.Outcome.OPEN, closes_at__lte=clock.now())
    return sum(_settle(key) for key in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _settle(key: int) -> bool:
    row = Proposal.objects.select_for_update(of=("self",)).get(pk=key)
    outcome = outcome_of(row)
    if row.outcome != Proposal.Outcome.OPEN or outcome is Proposal.Outcome.OPEN:
        return False
    row.outcome, row.settled_at = outcome, clock.now()
    row.save(update_fields=["outcome", "settled_at"])
    ledger.append(None, "settle", about=row.public_id, detail={"outcome": outcome.value}, network=True)
    notices.decided(row)
    return True


def _proposal(viewer: Viewer, consortium: str, proposal: str) -> Proposal:
    """Return a proposal that is still open, locked, for an administrator."""
    part = may.know_members(viewer, consortium)
    rows = Proposal.objects.select_for_update(of=("self",)).filter(consortium_id=part.consortium_id)
    row = rows.filter(public_id=proposal).first()
    if row is None:
        raise NotKnown
    may.administer(viewer)
    if outcome_of(row) is not Proposal.Outcome.OPEN:
        raise Refused(_("The votes are counted."))
    return row


def _changed(base: CharterFacts, change: CharterChange) -> CharterChoice:
    """Return the charter as it would be, in the words of the founding, whose rules hold for it as well."""
    stands = CharterChoice(
        customers=base.customers,
        requesters=base.requesters,
        chain=base.chain,
        floors=tuple(FloorChoice(each.family, each.level) for each in base.floors),
        families_at_risk=tuple(each.code for each in base.families_at_risk),
        questions=tuple(each.code for each in base.questions),
    )
    names = ("customers", "requesters", "chain", "floors", "questions")
    return replace(stands, **{name: said for name in names if (said := getattr(change, name)) is not None})


def _check(
    base: Charter,
    choice: CharterChoice,
    change: CharterChange,
    *,
    reason: str,
    closes_at: datetime,
    holds_from: datetime,
) -> None:
    sector = replace(lists.sector(base.consortium.template), families=charter_facts(base).families)
    asked = {each.code: each.within for each in lists.questions(sector.code)}
    wrong: dict[str, list[object]] = defaultdict(list)
    for field, trouble in rules.troubles_of(choice, sector, asked=asked, today=clock.today()):
        wrong[field].append(said_of(trouble))
    for field, said in _of_voting(change, reason, closes_at, holds_from):
        wrong[field].append(said)
    if wrong:
        raise Refused(wrong)


def _of_voting(
    change: CharterChange, reason: str, closes_at: datetime, holds_from: datetime
) -> Iterator[tuple[str, str]]:
    if not reason or len(reason) > rules.LONGEST_REASON:
        yield "reason", _("Say why, in at most 1,000 characters: members read it.")
    if change.quorum is not None and not 1 <= change.quorum <= 100:  # noqa: PLR2004 - percent
        yield "quorum", _("Enter a percentage from 1 to 100.")
    if change.majority is not None and not 50 <= change.majority < 100:  # noqa: PLR2004 - percent
        yield "majority", _("Enter a percentage from 50 to 99.")
    least, most = rules.NOTICE_DAYS
    if change.notice_days is not None and not least <= change.notice_days <= most:
        yield "notice_days", _("Enter from 7 to 90 days.")
    if holds_from < closes_at:
        yield "in_force_on", _("Choose a day after the votes are counted.")
    if holds_from > closes_at + timedelta(days=rules.LATEST_DAYS):
        yield "in_force_on", _("Choose a day within two years.")


def _draft(row: Proposal, base: Charter, choice: CharterChoice, change: CharterChange) -> Charter:
    """Write the version that the proposal makes: it counts once the proposal is adopted."""
    last = Charter.objects.filter(consortium_id=row.consortium_id).aggregate(last=Max("version"))["last"]
    said = {name: getattr(base, name) for name in _COPIED}
    said |= {name: getattr(choice, name) for name in ("customers", "requesters", "chain")}
    said |= {n: value for n in ("quorum", "majority", "notice_days") if (value := getattr(change, n)) is not None}
    asked = lists.question_set(choice.questions, floored=bool(choice.floors), sector_code=base.consortium.template)
    charter = Charter.objects.create(
        **{**said, "questions": [each.code for each in asked]},
        consortium_id=row.consortium_id,
        version=last + 1,
        in_force_from=row.in_force_from,
        proposal=row,
    )
    stands = {(each.family, each.level): each.holds_from for each in base.floors.all()}
    Floor.objects.bulk_create(
        Floor(
            charter=charter,
            family=each.family,
            level=each.level,
            holds_from=stands.get((each.family, each.level), row.in_force_from),
        )
        for each in choice.floors
    )
    return charter


def _open_the_vote(row: Proposal) -> None:
    """Give each firm that is a member now one vote; who joins later reads, and does not vote."""
    members = Participation.objects.filter(consortium_id=row.consortium_id, is_member=True).order_by("pk")
    Vote.objects.bulk_create(
        Vote(proposal=row, organization_id=key) for key in members.values_list("organization_id", flat=True)
    )
