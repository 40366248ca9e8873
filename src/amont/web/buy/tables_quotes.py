"""Quotations as files and as rows of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.purchasing.facts_quotes import Certified, LineAsked, QuoteRequestFact


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with what each vendor quotes for it, in the order of the quotations, None where it does not."""

    line: LineAsked
    prices: tuple[Decimal | None, ...]
    lowest: Decimal | None


def rows_of(found: QuoteRequestFact) -> list[LineRow]:
    """Return the lines side by side over the quotations that were not declined."""
    quotes = [each.said.prices for each in found.quotes if not each.declined]
    return [
        LineRow(
            line,
            tuple(prices[line.number].price if line.number in prices else None for prices in quotes),
            (found.lowest or {}).get(line.number),
        )
        for line in found.lines
    ]


def requests_written(found: Iterable[QuoteRequestFact]) -> Written:
    """Return requests for quotation."""
    headed = columns(
        _("Category"), _("Year"), _("Sum of needs"), _("Currency"), _("Vendors asked"), _("Last day to answer")
    )
    rows = (
        (each.category_label, each.year, each.total, each.currency, len(each.vendors), each.last_day) for each in found
    )
    return Written(_("Requests for quotation"), headed, rows)


def quotes_written(found: QuoteRequestFact) -> Written:
    """Return what was quoted, a vendor a row."""
    headed = columns(
        *(_("Supplier"), _("Price level"), _("Lines priced"), _("Lowest on"), _("One of each"), _("Days to deliver")),
        *(_("Days to pay"), _("Holds until"), _("Certificates, as it says"), _("What else holds")),
    )
    rows = (
        (
            *(each.vendor, each.standing.level, each.standing.priced, each.standing.lowest, each.standing.one_of_each),
            *(each.said.delivery_days, each.said.payment_days, each.said.holds_until),
            *(", ".join(map(certified, each.said.certificates)), each.said.terms),
        )
        for each in found.quotes
    )
    return Written(_("Quotations"), headed, rows)


def certified(each: Certified) -> str:
    """Return a certificate in words."""
    return " · ".join(str(part) for part in (each.scheme, each.number, each.valid_until) if part)


def prices_written(found: QuoteRequestFact) -> Written:
    """Return prices line by line, a vendor a column."""
    names = [each.vendor for each in found.quotes if not each.declined]
    rows = ((row.line.number, row.line.name, row.line.unit, *row.prices) for row in rows_of(found))
    return Written(_("Prices quoted"), columns(_("Number"), _("Name"), _("Unit"), *names), rows)
