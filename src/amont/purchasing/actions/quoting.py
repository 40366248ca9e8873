"""Asking vendors to quote as the mandated lead, choosing a quote, and making the agreement from it."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from amont.kernel import clock, ids
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization
from amont.purchasing import may, notices, read_needs
from amont.purchasing.actions import agreements
from amont.purchasing.facts import AgreementDraft, PriceDraft
from amont.purchasing.facts_quotes import QuoteRequestDraft
from amont.purchasing.models import (
    Agreement,
    Demand,
    Exclusion,
    Mandate,
    Quote,
    QuoteAsked,
    QuoteRequest,
)
from amont.purchasing.quoting import draft_of, lines_of
from amont.purchasing.rules import quoting as rules
from amont.purchasing.rules.leading import Outcome

_TEXT, _UNIT, _TERMS, _REASON = 200, 20, 2000, 1000


@transaction.atomic
def ask_quotes(viewer: Viewer, network: str, given: QuoteRequestDraft) -> str:
    """Ask vendors to quote on the sum of needs that was published last; return the request's public id.

    Only who leads the category on this day may. Each vendor gets a link of its own by mail, and learns of no other.
    One request of a year runs at a time. Raises `NotKnown`, `Denied`, `Refused` at the field.
    """
    part = may.buy(viewer, network)
    may.administer(viewer)
    mandate = _mandate(viewer, part.network_id, given.category)
    which = {"category_id": mandate.category_id, "year": given.year, "currency": given.currency}
    told = Demand.objects.filter(**which).order_by("on").last()
    closes_at = datetime.combine(given.closes_on + timedelta(days=1), time(), UTC)
    lines = [{"name": each.name.strip(), "unit": each.unit.strip()} for each in given.lines]
    running = QuoteRequest.objects.filter(mandate=mandate, year=given.year, opened_at=None).first()
    if running is not None and _same(running, given, (lines, closes_at)):
        return running.public_id
    wrong = _troubles(given, part.network_id)
    if told is None:
        wrong["category"] = [_("No sum of needs has been told for this year yet: vendors quote on that sum alone.")]
    if running is not None:
        wrong["category"] = [_("A request for this year is still running.")]
    if wrong or told is None:
        raise Refused(wrong)
    row = QuoteRequest.objects.create(
        owner_id=viewer.organization_id,
        mandate=mandate,
        year=given.year,
        currency=given.currency,
        units=told.units,
        told_on=told.on,
        terms=given.terms.strip(),
        lines=lines,
        language=given.language,
        asked_at=clock.now(),
        closes_at=closes_at,
    )
    _mail(row, given)
    ledger.append(viewer, "ask_quotes", about=row.public_id, detail={"vendors": len(given.vendors)})
    return row.public_id


def _mail(row: QuoteRequest, given: QuoteRequestDraft) -> None:
    """Give each vendor a link of its own."""
    lead = Organization.objects.get(pk=row.owner_id).name
    for each in given.vendors:
        token = ids.new_token()
        asked = QuoteAsked.objects.create(
            owner_id=row.owner_id,
            request=row,
            name=each.name.strip(),
            email=each.email.strip().lower(),
            digest=ids.digest_of(token),
        )
        notices.quote_asked(row, asked, lead=lead, token=token)


def _same(running: QuoteRequest, given: QuoteRequestDraft, said: tuple[object, ...]) -> bool:
    """Tell whether a running request is what is asked again: the form was sent twice."""
    asked = QuoteAsked.objects.filter(request_id=running.pk).values_list("email", flat=True)
    return (running.lines, running.closes_at) == said and set(asked) == _addresses(given)


def _addresses(given: QuoteRequestDraft) -> set[str]:
    return {each.email.strip().lower() for each in given.vendors}


def _mandate(viewer: Viewer, network: int, category: str) -> Mandate:
    today = clock.today()
    rows = Mandate.objects.select_for_update(of=("self",)).filter(
        category__network_id=network,
        category__public_id=category,
        lead_id=viewer.organization_id,
        first_on__lte=today,
        last_on__gte=today,
    )
    held = next((each for each in rows if read_needs.outcome_of(each) is Outcome.ADOPTED), None)
    if held is None:
        raise Refused(
            {"category": [_("Only who was voted to lead this category asks vendors to quote, during its term.")]}
        )
    return held


def _troubles(given: QuoteRequestDraft, network: int) -> dict[str, list[object]]:
    wrong: dict[str, list[object]] = {}
    ahead = (given.closes_on - clock.today()).days
    if not rules.LEAST_DAYS <= ahead <= rules.MOST_DAYS:
        wrong["closes_on"] = [_("Leave the vendors at least three days, and ninety at most.")]
    if not 1 <= len(given.lines) <= rules.MOST_LINES or any(
        not 0 < len(each.name.strip()) <= _TEXT or not 0 < len(each.unit.strip()) <= _UNIT for each in given.lines
    ):
        wrong["lines"] = [_("Enter one line for each thing to be priced: what it is; its unit.")]
    if len(given.terms.strip()) > _TERMS:
        wrong["terms"] = [_("Say it in 2,000 characters at most.")]
    if (
        not rules.LEAST_VENDORS <= len(given.vendors) <= rules.MOST_VENDORS
        or len(_addresses(given)) != len(given.vendors)
        or any(not _is_named(each.name, each.email) for each in given.vendors)
    ):
        wrong["vendors"] = [_("Enter two to twenty vendors, one a line: its name; its address.")]
    apart = Exclusion.objects.filter(network_id=network, ended_at=None).values_list("organization__name", flat=True)
    if {folded(each) for each in apart} & {folded(each.name) for each in given.vendors}:
        wrong["vendors"] = [_("One of these vendors takes no part in joint talks in this network.")]
    return wrong


def _is_named(name: str, email: str) -> bool:
    try:
        validate_email(email.strip())
    except ValidationError:
        return False
    return 0 < len(name.strip()) <= _TEXT


@transaction.atomic
def choose_quote(viewer: Viewer, request: str, *, quote: str, reason: str) -> None:
    """Choose a quote, with the reason, once they are opened; it stays chosen, and each vendor is told its own outcome.

    Twice changes nothing. Raises `NotKnown`, `Denied`, `Refused`.
    """
    row = _own(viewer, request)
    if row.opened_at is None:
        raise Refused(_("The quotes are sealed until the closing moment."))
    asked = QuoteAsked.objects.filter(request_id=row.pk).values_list("pk", flat=True)
    held = Quote.objects.filter(public_id=quote, declined=False, asked_id__in=list(asked)).first()
    if held is None:
        raise NotKnown
    if row.chosen:
        if row.chosen == quote:
            return
        raise Refused(_("Another quote has been chosen."))
    if not 0 < len(reason.strip()) <= _REASON:
        raise Refused({"reason": [_("Say why, in at most 1,000 characters.")]})
    row.chosen, row.reason, row.chosen_at = quote, reason.strip(), clock.now()
    row.save(update_fields=["chosen", "reason", "chosen_at"])
    for each in QuoteAsked.objects.filter(request_id=row.pk).order_by("pk"):
        notices.quote_decided(row, each, chosen=each.pk == held.asked_id)
    ledger.append(viewer, "choose_quote", about=row.public_id)


@transaction.atomic
def agree_on_quote(viewer: Viewer, request: str, given: AgreementDraft) -> str:
    """Draft the agreement from the chosen quote, with its prices, under the mandate; return its public id.

    Category and currency are those of the request. Twice gives the same. Raises as `draft`.
    """
    row = _own(viewer, request)
    if row.agreement:
        return row.agreement
    if not row.chosen:
        raise Refused(_("Choose a quote first."))
    mandate = Mandate.objects.select_related("category__network").get(pk=row.mandate_id)
    held = draft_of(Quote.objects.get(public_id=row.chosen))
    bound = replace(given, category=mandate.category.public_id, currency=row.currency)
    made = agreements.draft(viewer, mandate.category.network.public_id, bound)
    Agreement.objects.filter(public_id=made).update(mandate_id=mandate.pk)
    lines = [
        PriceDraft(
            place=_("row %(number)s") % {"number": each.number},
            reference=held.prices[each.number].reference or str(each.number),
            name=each.name,
            unit=each.unit,
            price=held.prices[each.number].price,
        )
        for each in lines_of(row)
        if each.number in held.prices
    ]
    days = {"first_on": given.first_on, "last_on": given.last_on}
    agreements.bring_prices(viewer, made, lines=lines, file_name=_("From the quote"), **days)
    row.agreement = made
    row.save(update_fields=["agreement"])
    ledger.append(viewer, "agree_on_quote", about=row.public_id)
    return made


def _own(viewer: Viewer, request: str) -> QuoteRequest:
    row = QuoteRequest.objects.select_for_update(of=("self",)).filter(public_id=request).first()
    if row is None:
        raise NotKnown
    may.administer(viewer)
    return row
