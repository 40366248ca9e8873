"""The tables of those who are let in, as rows and as files."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.parties.facts import Account
from amont.post.facts import Delivery
from amont.sight.facts import Place
from amont.web.see import words


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item that an owner opened, in words."""

    reference: str
    name: str
    family: str
    step: str
    country: str
    site: str
    certificates: str


def rows_of(places: Iterable[Place]) -> tuple[ItemRow, ...]:
    """Return items in words."""
    return tuple(
        ItemRow(
            place.reference,
            place.name,
            words.listed(place.family),
            words.listed(place.step),
            words.country(place.country),
            words.site_words(place.site),
            words.certificates(place),
        )
        for place in places
    )


def items_written(firm: str, rows: Iterable[ItemRow]) -> Written:
    """Return the items that a firm opened."""
    headings = (_("Reference"), _("Item"), _("Family"), _("Step"), _("Country"), _("Site"), _("Certificates"))
    found = ((r.reference, r.name, r.family, r.step, r.country, r.site, r.certificates) for r in rows)
    return Written(firm, columns(*headings), found)


def accounts_written(accounts: Iterable[Account]) -> Written:
    """Return all accounts."""
    headings = (_("Firm"), _("Country"), _("Identity"), _("Address"), _("Role"), _("Since"), _("Signed in last"))
    found = (
        (
            *(each.organization, each.country, _("checked") if each.is_checked else _("not checked yet"), each.email),
            *(each.role, each.since_at.date(), each.signed_in_at.date() if each.signed_in_at else None),
        )
        for each in accounts
    )
    return Written(_("Accounts"), columns(*headings), found)


def deliveries_written(mails: Iterable[Delivery]) -> Written:
    """Return how mails fared."""
    headings = (_("Address"), _("State"), _("Tries"), _("Written"), _("Sent"), _("What went wrong"))
    found = (
        (
            *(each.to, each.status, each.tries, each.written_at.date()),
            *(each.sent_at.date() if each.sent_at else None, each.trouble),
        )
        for each in mails
    )
    return Written(_("Mails"), columns(*headings), found)
