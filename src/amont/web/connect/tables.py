"""Tokens, addresses and calls as files: the rows of their pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.post.facts import HookFact
from amont.web.connect.present import CallRow, TokenRow


def tokens_written(rows: Iterable[TokenRow]) -> Written:
    """Return access tokens, never their secrets."""
    headed = columns(_("What it is for"), _("What it may do"), _("Works until"), _("Last used"), _("State"))
    found = (
        (row.token.name, "; ".join(row.scopes), row.token.expires_at, row.token.used_at, row.state) for row in rows
    )
    return Written(_("Access tokens"), headed, found)


def hooks_written(rows: Iterable[HookFact]) -> Written:
    """Return the addresses that are called."""
    headed = columns(_("Address to call"), _("Since"), _("Failed in a row"))
    return Written(_("Addresses that are called"), headed, ((row.url, row.created_at, row.failures) for row in rows))


def calls_written(rows: Iterable[CallRow]) -> Written:
    """Return the last calls to an address."""
    headed = columns(_("What happened"), _("Id"), _("When"), _("How it went"), _("Tries"), _("Next try"))
    found = ((row.kind, row.about, row.written_at, row.how, row.tries, row.again_at) for row in rows)
    return Written(_("The last calls"), headed, found)
