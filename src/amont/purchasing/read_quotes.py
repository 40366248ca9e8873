"""Reading requests for quotation: the lead's own, and the quotes once they are opened."""

from amont.kernel.errors import NotKnown
from amont.kernel.money import amount
from amont.kernel.viewer import Viewer
from amont.purchasing import may, read_needs
from amont.purchasing.facts_needs import LeadFact
from amont.purchasing.facts_quotes import QuoteFact, QuoteRequestFact
from amont.purchasing.models import Agreement, Mandate, Participant, Quote, QuoteAsked, QuoteRequest
from amont.purchasing.quoting import draft_of, lines_of
from amont.purchasing.rules import quoting as rules


def requests(viewer: Viewer, network: str) -> tuple[QuoteRequestFact, ...]:
    """Return the requests for quotation that the viewer sent in a network, the latest first. Raises `NotKnown`."""
    part = may.take_part(viewer, network)
    may.be_buyer(part)
    rows = QuoteRequest.objects.filter(mandate__category__network_id=part.network_id)
    found = rows.select_related("mandate__category__network").order_by("-asked_at", "-pk")
    return tuple(_fact(each) for each in found)


def request(viewer: Viewer, public_id: str) -> QuoteRequestFact:
    """Return one of the viewer's requests, with the quotes once they are opened. Raises `NotKnown`."""
    rows = QuoteRequest.objects.filter(public_id=public_id, owner_id=viewer.organization_id)
    row = rows.select_related("mandate__category__network").first()
    if row is None:
        raise NotKnown
    return _fact(row)


def _fact(row: QuoteRequest) -> QuoteRequestFact:
    asked = {each.pk: each.name for each in QuoteAsked.objects.filter(request_id=row.pk)}
    quotes = list(Quote.objects.filter(asked_id__in=list(asked)))
    prices = {
        each.public_id: {line: said.price for line, said in draft_of(each).prices.items()}
        for each in quotes
        if not each.declined
    }
    standings = rules.standings(prices, len(row.lines))
    none = rules.Standing(0, 0, None)
    found = [_quote(each, asked[each.asked_id], standings.get(each.public_id, none)) for each in quotes]
    category = row.mandate.category
    return QuoteRequestFact(
        request=row.public_id,
        network=category.network.public_id,
        network_name=category.network.name,
        category=category.public_id,
        category_label=category.label,
        year=row.year,
        currency=row.currency,
        total=amount(row.units, row.currency),
        told_on=row.told_on,
        terms=row.terms,
        lines=lines_of(row),
        vendors=tuple(sorted(asked.values(), key=str.casefold)),
        closes_at=row.closes_at,
        is_opened=row.opened_at is not None,
        chosen=row.chosen,
        reason=row.reason,
        agreement=row.agreement,
        quotes=tuple(sorted(found, key=_order)),
        lowest=rules.lowest(prices),
    )


def _order(quote: QuoteFact) -> tuple[bool, int, object, str]:
    level = quote.standing.level
    return quote.declined, -quote.standing.priced, level if level is not None else 0, quote.vendor.casefold()


def _quote(row: Quote, vendor: str, standing: rules.Standing) -> QuoteFact:
    return QuoteFact(row.public_id, vendor, row.declined, draft_of(row), standing)


def led_by(viewer: Viewer, agreement: str) -> LeadFact | None:
    """Return under which mandate an agreement was made, to buyers of its network; None for one made without."""
    row = Agreement.objects.filter(public_id=agreement).first()
    if row is None or row.mandate_id is None:
        return None
    mandate = Mandate.objects.select_related("category__network").get(pk=row.mandate_id)
    network = mandate.category.network
    buys = Participant.objects.filter(network=network, organization_id=viewer.organization_id, is_buyer=True)
    if not buys.exists():
        return None
    found = read_needs.leads(viewer, network.public_id)
    return next((each for each in found if each.mandate == mandate.public_id), None)
