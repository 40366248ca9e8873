"""What vendors quote: written by a link, read by nobody until the closing, then opened to the lead, all at once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.ids import digest_of
from amont.kernel.money import amount
from amont.ledger import actions as ledger
from amont.purchasing.facts_quotes import AskedFact, Certified, LineAsked, Priced, QuoteDraft
from amont.purchasing.models import Quote, QuoteAsked, QuoteRequest
from amont.purchasing.rules import quoting as rules

_TERMS, _REFERENCE, _SCHEME, _MOST_CERTIFICATES = 2000, 80, 60, 50


def by_link(token: str) -> AskedFact:
    """Return what the vendor that holds this link is asked, with what it quoted. Raises `NotKnown`."""
    with unsealed("a vendor reads by its link what it is asked, and its own quote"):
        asked = _asked(token)
        row = QuoteRequest.objects.select_related("mandate__category__network", "mandate__lead").get(
            pk=asked.request_id
        )
        quote = Quote.objects.filter(asked=asked).first()
    category = row.mandate.category
    return AskedFact(
        request=row.public_id,
        lead=row.mandate.lead.name,
        network=category.network.name,
        category=category.label,
        year=row.year,
        currency=row.currency,
        total=amount(row.units, row.currency),
        told_on=row.told_on,
        terms=row.terms,
        lines=lines_of(row),
        vendor=asked.name,
        closes_at=row.closes_at,
        is_closed=clock.now() >= row.closes_at,
        own=None if quote is None or quote.declined else draft_of(quote),
        declined=quote is not None and quote.declined,
    )


def _asked(token: str) -> QuoteAsked:
    row = QuoteAsked.objects.filter(digest=digest_of(token)).first()
    if row is None:
        raise NotKnown
    return row


def lines_of(row: QuoteRequest) -> tuple[LineAsked, ...]:
    """Return the lines of a request, numbered from 1."""
    return tuple(LineAsked(at, each["name"], each["unit"]) for at, each in enumerate(row.lines, start=1))


def draft_of(quote: Quote) -> QuoteDraft:
    """Return what stands in a quote."""
    prices = {int(key): Priced(Decimal(each["price"]), each["reference"]) for key, each in quote.prices.items()}
    certificates = tuple(
        Certified(
            each["scheme"],
            each["number"],
            date.fromisoformat(each["valid_until"]) if each["valid_until"] else None,
        )
        for each in quote.certificates
    )
    days = {"delivery_days": quote.delivery_days, "payment_days": quote.payment_days}
    return QuoteDraft(prices, certificates, quote.terms, holds_until=quote.holds_until, **days)


@transaction.atomic
def quote_by_link(token: str, given: QuoteDraft) -> None:
    """Quote, or quote anew, by a vendor's link, until the closing.

    Raises `NotKnown`, `Refused` at "line N", "certificates", "terms", or without a place once it is closed.
    """
    with unsealed("a vendor writes its quote by its link"):
        row, asked = _open(token)
        wrong = _troubles(given, len(row.lines))
        if wrong:
            raise Refused(wrong)
        said = {"declined": False, "terms": given.terms.strip(), **_stored(given)}
        _write(asked, said)


@transaction.atomic
def decline_by_link(token: str) -> None:
    """Say by a vendor's link that it does not quote; what it had quoted goes. Raises `NotKnown`, `Refused`."""
    with unsealed("a vendor declines to quote by its link"):
        _row, asked = _open(token)
        _write(asked, {"declined": True, "terms": "", **_stored(QuoteDraft({}))})


def _open(token: str) -> tuple[QuoteRequest, QuoteAsked]:
    asked = _asked(token)
    row = QuoteRequest.objects.select_for_update(of=("self",)).get(pk=asked.request_id)
    if row.opened_at is not None or clock.now() >= row.closes_at:
        raise Refused(_("The closing moment has passed: nothing is changed any more."))
    return row, asked


def _write(asked: QuoteAsked, said: Mapping[str, object]) -> None:
    there = Quote.objects.filter(asked=asked).first()
    if there is not None and all(getattr(there, name) == value for name, value in said.items()):
        return
    row, _made = Quote.objects.update_or_create(asked=asked, defaults={**said, "said_at": clock.now()})
    ledger.append(None, "quote_by_link", about=row.public_id)


def _stored(given: QuoteDraft) -> dict[str, object]:
    return {
        "prices": {
            str(line): {"price": f"{each.price:f}", "reference": each.reference.strip()}
            for line, each in sorted(given.prices.items())
        },
        "certificates": [
            {
                "scheme": each.scheme.strip(),
                "number": each.number.strip(),
                "valid_until": each.valid_until.isoformat() if each.valid_until else "",
            }
            for each in given.certificates
        ],
        "delivery_days": given.delivery_days,
        "payment_days": given.payment_days,
        "holds_until": given.holds_until,
    }


def _troubles(given: QuoteDraft, lines: int) -> dict[str, list[object]]:
    wrong: dict[str, list[object]] = {}
    if not given.prices:
        wrong["prices"] = [_("Enter at least one price, or say that you do not quote.")]
    for line, each in given.prices.items():
        if not 1 <= line <= lines or not rules.is_price(each.price) or len(each.reference.strip()) > _REFERENCE:
            wrong[f"line {line}"] = [_("A price is above zero, with six decimals at most.")]
    texts = [(each.scheme.strip(), each.number.strip()) for each in given.certificates]
    if len(texts) > _MOST_CERTIFICATES or any(
        not 0 < len(scheme) <= _SCHEME or len(number) > _REFERENCE for scheme, number in texts
    ):
        wrong["certificates"] = [_("Enter one certificate a line: its scheme, its number, until when.")]
    for name, days in (("delivery_days", given.delivery_days), ("payment_days", given.payment_days)):
        if days is not None and not 0 <= days <= rules.MOST_TERM:
            wrong[name] = [_("Enter a number of days, three hundred and sixty-five at most.")]
    if len(given.terms.strip()) > _TERMS:
        wrong["terms"] = [_("Say it in 2,000 characters at most.")]
    return wrong


def open_quotes() -> int:
    """Open, of each request whose closing moment has passed, all quotes to its lead; return how many requests."""
    with unsealed("which requests for quotation have closed"):
        due = QuoteRequest.objects.filter(opened_at=None, closes_at__lte=clock.now())
        keys = list(due.order_by("pk").values_list("pk", flat=True))
    return sum(_opened(key) for key in keys)


@transaction.atomic
def _opened(key: int) -> int:
    with unsealed("the closing moment has passed: the quotes become the lead's to read"):
        row = QuoteRequest.objects.select_for_update(of=("self",)).filter(pk=key, opened_at=None).first()
        if row is None or row.closes_at > clock.now():
            return 0
        row.opened_at = clock.now()
        row.save(update_fields=["opened_at"])
        asked = list(QuoteAsked.objects.filter(request=row).values_list("pk", flat=True))
        many = Quote.objects.filter(asked_id__in=asked).update(owner_id=row.owner_id)
    ledger.append(None, "open_quotes", about=row.public_id, detail={"quotes": many})
    return 1
