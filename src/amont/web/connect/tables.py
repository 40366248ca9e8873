"""Tokens, addresses and calls as files: the rows of their pages."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.post.facts import HookFact
from amont.web.connect.present import CallRow, TokenRow


def tokens_written(rows: Iterable[TokenRow]) -> Written:
    """Return access tokens, never their secrets."""
    headed = columns(_("What it is for"), _("What it may do"), _("Works until"), _("Last used"), _("State"))
    found = (
        (row.token.name, "; ".join(row.scopes), row.token.expires_at.date(), _moment(row.token.used_at), row.state)
        for row in rows
    )
    return Written(_("Access tokens"), headed, found)


def hooks_written(rows: Iterable[HookFact]) -> Written:
    """Return the addresses that are called."""
    headed = columns(_("Address to call"), _("Since"), _("Failed in a row"))
    return Written(
        _("Addresses that are called"), headed, ((row.url, row.created_at.date(), row.failures) for row in rows)
    )


def calls_written(rows: Iterable[CallRow]) -> Written:
    """Return the last calls to an address."""
    headed = columns(_("What happened"), _("Id"), _("When"), _("How it went"), _("Tries"), _("Next try"))
    found = ((row.kind, row.about, _moment(row.written_at), row.how, row.tries, _moment(row.again_at)) for row in rows)
    return Written(_("The last calls"), headed, found)


def _moment(at: datetime | None) -> str:
    """Return a moment as ISO 8601 writes it, to the second."""
    return at.isoformat(timespec="seconds") if at else ""
