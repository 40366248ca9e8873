"""The tables of a consortium's page as files."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amont.consortia.facts import MemberFact, SeatFact
from amont.exchange.writing import Written, columns
from amont.kernel.countries import country_name
from amont.requests.read.helped import HelpedFirm
from amont.web.found.words import SEATS


def members_written(rows: Iterable[MemberFact]) -> Written:
    """Return the members, as members know each other."""
    found = (
        (
            *(each.name, country_name(each.country, get_language() or "fr"), each.joined_at.date()),
            _("checked") if each.is_checked else _("not checked yet"),
        )
        for each in rows
    )
    return Written(_("Members"), columns(_("Firm"), _("Country"), _("Since"), _("Identity")), found)


def seats_written(rows: Iterable[SeatFact]) -> Written:
    """Return the seats that were offered."""
    found = ((each.firm, each.email, str(SEATS[each.state]), each.expires_at.date()) for each in rows)
    return Written(_("Seats offered"), columns(_("Firm"), _("Address"), _("State"), _("Until")), found)


def helped_written(rows: Iterable[HelpedFirm]) -> Written:
    """Return the firms that accepted the coordinator's help."""
    found = ((each.name, each.open_tasks) for each in rows)
    return Written(_("Firms that you help"), columns(_("Firm"), _("Open tasks")), found)
