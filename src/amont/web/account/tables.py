"""Colleagues as a file: the rows of their page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.parties.facts import Colleague
from amont.web.shell.context import ROLES


def colleagues_written(rows: Iterable[Colleague]) -> Written:
    """Return colleagues, those invited and not there yet too."""
    found = ((each.name, each.email, str(ROLES[each.role]), each.until) for each in rows)
    return Written(_("Colleagues"), columns(_("Name"), _("Address"), _("Role"), _("Invited, until")), found)
