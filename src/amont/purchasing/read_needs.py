"""Reading needs: one's own, the sums that were told, and who leads what."""

from amont.consortia.rules import counted, is_adopted
from amont.kernel import clock
from amont.kernel.money import amount
from amont.kernel.viewer import Viewer
from amont.purchasing import may, read
from amont.purchasing.facts import CategoryFact
from amont.purchasing.facts_needs import LeadFact, NeedFact
from amont.purchasing.models import Ballot, Category, Demand, Mandate, Need, Participant
from amont.purchasing.rules.leading import Outcome, Term


def needs(viewer: Viewer, network: str) -> tuple[NeedFact, ...]:
    """Return what the viewer said that it needs, beside the sums told, by category, year and currency.

    Raises `NotKnown`, `Denied` for who does not buy there.
    """
    part = _buyer(viewer, network)
    known = {each.category: each for each in read.categories(viewer, network)}
    this = {"category__network_id": part.network_id, "year__gte": clock.today().year}
    mine = {_key(row): row for row in Need.objects.filter(**this).select_related("category")}
    told = {_key(row): row for row in Demand.objects.filter(**this).select_related("category").order_by("on")}
    found = (_need(known[key[0]], key, mine.get(key), told.get(key)) for key in {*mine, *told})
    return tuple(sorted(found, key=lambda each: (each.category.label.casefold(), each.year, each.currency)))


def _buyer(viewer: Viewer, network: str) -> Participant:
    part = may.take_part(viewer, network)
    may.be_buyer(part)
    return part


def _key(row: Need | Demand) -> tuple[str, int, str]:
    return row.category.public_id, row.year, row.currency


def _need(category: CategoryFact, key: tuple[str, int, str], own: Need | None, told: Demand | None) -> NeedFact:
    return NeedFact(
        category=category,
        year=key[1],
        currency=key[2],
        own=amount(own.units, key[2]) if own else None,
        total=amount(told.units, key[2]) if told else None,
        told_on=told.on if told else None,
    )


def outcome_of(row: Mandate) -> Outcome:
    """Return what came of an offer to lead by now: what its votes say once its notice is over."""
    if row.withdrawn_at is not None:
        return Outcome.WITHDRAWN
    if clock.now() < row.closes_at:
        return Outcome.OPEN
    said = Ballot.objects.filter(mandate_id=row.pk).values_list("said", flat=True)
    adopted = is_adopted(counted(said), quorum=row.quorum, majority=row.majority)
    return Outcome.ADOPTED if adopted else Outcome.REJECTED


def terms(category: Category) -> list[Term]:
    """Return the terms that were offered for a category."""
    rows = Mandate.objects.filter(category_id=category.pk)
    return [Term(row.lead_id, row.first_on, row.last_on, row.rotates, outcome_of(row)) for row in rows]


def leads(viewer: Viewer, network: str) -> tuple[LeadFact, ...]:
    """Return who offered to lead what, the latest first. Raises `NotKnown`, `Denied` for who does not buy there."""
    part = _buyer(viewer, network)
    known = {each.category: each for each in read.categories(viewer, network)}
    rows = Mandate.objects.filter(category__network_id=part.network_id).select_related("category", "lead")
    said = dict(
        Ballot.objects.filter(mandate__in=rows, organization_id=viewer.organization_id).values_list(
            "mandate_id", "said"
        )
    )
    found = (_lead(viewer, row, known[row.category.public_id], said.get(row.pk, "")) for row in rows)
    return tuple(sorted(found, key=lambda each: (each.closes_on, each.mandate), reverse=True))


def _lead(viewer: Viewer, row: Mandate, category: CategoryFact, own: str) -> LeadFact:
    outcome = outcome_of(row)
    count = None
    if outcome in {Outcome.ADOPTED, Outcome.REJECTED}:
        count = counted(Ballot.objects.filter(mandate_id=row.pk).values_list("said", flat=True))
    return LeadFact(
        mandate=row.public_id,
        category=category,
        lead=row.lead.name,
        first_on=row.first_on,
        last_on=row.last_on,
        pay=row.pay,
        rotates=row.rotates,
        reason=row.reason,
        closes_on=row.closes_at.date(),
        outcome=outcome,
        runs=outcome is Outcome.ADOPTED and row.first_on <= clock.today() <= row.last_on,
        mine=row.lead_id == viewer.organization_id,
        own=own,
        yes=count.yes if count else None,
        no=count.no if count else None,
        cast=count.cast if count else None,
        voters=count.voters if count else None,
    )
