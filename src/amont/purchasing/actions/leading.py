"""Offering to lead a category, and voting on who does."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock
from amont.kernel.errors import Denied, NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.purchasing import may
from amont.purchasing.facts_needs import LeadDraft
from amont.purchasing.models import Ballot, Category, Mandate, Participant
from amont.purchasing.read_needs import outcome_of, terms
from amont.purchasing.rules import leading


@transaction.atomic
def offer_to_lead(viewer: Viewer, network: str, given: LeadDraft) -> str:
    """Stand to lead a category of the network for a term, at a pay; return the mandate's public id.

    The buyers of this moment have a vote each, counted after fourteen days. Nobody is put forward by another. Raises
    `NotKnown`, `Denied`, `Refused` at the field.
    """
    part = may.buy(viewer, network)
    may.administer(viewer)
    category = Category.objects.select_for_update(of=("self",)).filter(network_id=part.network_id)
    row = category.filter(public_id=given.category).first()
    if row is None:
        raise Refused(
            {"category": [_("This network may buy together only what it has allowed. Choose such a category.")]}
        )
    closes_at = clock.now() + timedelta(days=leading.NOTICE_DAYS)
    term = leading.Term(
        viewer.organization_id, given.first_on, given.last_on, given.rotates, outcome=leading.Outcome.OPEN
    )
    against = leading.trouble(term, terms(row), closes_at=closes_at)
    wrong: dict[str, list[object]] = {}
    if against is not None:
        wrong["first_on"] = [_said(against)]
    if not given.reason.strip() or len(given.reason) > 1000:  # noqa: PLR2004 - the table's
        wrong["reason"] = [_("Say why, in at most 1,000 characters: all buyers read it.")]
    if wrong:
        raise Refused(wrong)
    made = Mandate.objects.create(
        category=row,
        lead_id=viewer.organization_id,
        first_on=given.first_on,
        last_on=given.last_on,
        pay=given.pay.strip()[:300],
        rotates=given.rotates,
        reason=given.reason.strip(),
        offered_at=clock.now(),
        closes_at=closes_at,
        quorum=leading.QUORUM,
        majority=leading.MAJORITY,
    )
    buyers = Participant.objects.filter(network_id=part.network_id, is_buyer=True).order_by("pk")
    Ballot.objects.bulk_create(
        Ballot(mandate=made, organization_id=key) for key in buyers.values_list("organization_id", flat=True)
    )
    ledger.append(viewer, "offer_to_lead", about=made.public_id)
    return made.public_id


def _said(against: leading.Trouble) -> str:
    return {
        leading.Trouble.OPEN: _("Another offer to lead this category is being voted on. Wait until it is decided."),
        leading.Trouble.TERM: _("A term ends after it begins, and lasts four years at most."),
        leading.Trouble.TOO_EARLY: _("Choose a day after the votes are counted, in fourteen days."),
        leading.Trouble.TAKEN: _("Another firm leads this category on some of these days."),
        leading.Trouble.ROTATION: _("Your company led the term before, and it was agreed that another one follows."),
    }[against]


@transaction.atomic
def vote_on_lead(viewer: Viewer, network: str, *, mandate: str, say: str) -> None:
    """Say "yes", "no" or "abstain" to who offers to lead; until the votes are counted it may be said otherwise.

    Raises `NotKnown`, `Denied` for who is no administrator or did not buy there when it was offered, and `Refused`
    once the votes are counted.
    """
    row = _open(viewer, network, mandate)
    if say not in {Ballot.Said.YES, Ballot.Said.NO, Ballot.Said.ABSTAIN}:
        raise Refused({"say": [_("Choose one of the answers.")]})
    mine = Ballot.objects.filter(mandate=row, organization_id=viewer.organization_id).first()
    if mine is None:
        raise Denied(_("Who bought in the network when this was offered has a vote."))
    if mine.said != say:
        mine.said, mine.said_at = say, clock.now()
        mine.save(update_fields=["said", "said_at"])
        ledger.append(viewer, "vote_on_lead", about=mandate)


@transaction.atomic
def withdraw_offer(viewer: Viewer, network: str, *, mandate: str) -> None:
    """Take back one's own offer before the votes are counted. Raises as `vote_on_lead`."""
    row = _open(viewer, network, mandate)
    if row.lead_id != viewer.organization_id:
        raise Denied(_("Only who offered it may take it back."))
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    ledger.append(viewer, "withdraw_offer", about=mandate)


def _open(viewer: Viewer, network: str, mandate: str) -> Mandate:
    part = may.buy(viewer, network)
    rows = Mandate.objects.select_for_update(of=("self",)).filter(category__network_id=part.network_id)
    row = rows.filter(public_id=mandate).first()
    if row is None:
        raise NotKnown
    may.administer(viewer)
    if outcome_of(row) is not leading.Outcome.OPEN:
        raise Refused(_("The votes are counted."))
    return row
