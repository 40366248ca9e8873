"""What vendors are told by mail."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from amont.kernel.money import amount
from amont.post import actions as post
from amont.purchasing.models import QuoteAsked, QuoteRequest


def quote_asked(row: QuoteRequest, asked: QuoteAsked, *, lead: str, token: str) -> None:
    """Write the mail that asks a vendor to quote: the published sum, nothing of one buyer, no other vendor."""
    link = settings.BASE_URL + reverse("buy:quote", args=[token])
    with translation.override(row.language):
        told = {
            "lead": lead,
            "category": row.mandate.category.label,
            "network": row.mandate.category.network.name,
            "year": row.year,
            "sum": f"{number_format(amount(row.units, row.currency), force_grouping=True)} {row.currency}",
            "day": date_format(row.closes_at - timedelta(microseconds=1)),
            "link": link,
        }
        text = _(
            "%(lead)s negotiates %(category)s for the buyers of %(network)s. Together they expect to buy for "
            "%(sum)s in %(year)s, and ask you for your prices.\n\n"
            "Answer by this link, no account is needed:\n%(link)s\n\n"
            "Until the end of %(day)s (UTC) you may change your answer, and nobody reads it, %(lead)s included. "
            "The link is yours alone: do not pass it on."
        )
        post.write(
            cause=f"{row.public_id} {asked.pk} quote",
            to=asked.email,
            language=row.language,
            subject=_("Your prices for %(category)s, by %(day)s") % told,
            text=text % told,
        )


def quote_decided(row: QuoteRequest, asked: QuoteAsked, *, chosen: bool) -> None:
    """Write the mail that tells a vendor whether its own prices were chosen: not whose, nor how many quoted."""
    with translation.override(row.language):
        told = {"category": row.mandate.category.label, "network": row.mandate.category.network.name, "year": row.year}
        yours = _("Your prices for %(category)s in %(year)s were chosen for the buyers of %(network)s.")
        others = _("Other prices were chosen for %(category)s in %(year)s for the buyers of %(network)s. Thank you.")
        post.write(
            cause=f"{row.public_id} {asked.pk} decided",
            to=asked.email,
            language=row.language,
            subject=_("Decided: %(category)s for %(network)s") % told,
            text=(yours if chosen else others) % told,
        )
