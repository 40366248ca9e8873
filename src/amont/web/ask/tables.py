"""Requests as files: the tables of their pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.requests.facts import SentRequest
from amont.web.ask.states import LINES, STATES


def requests_written(sent: Iterable[SentRequest]) -> Written:
    """Return one's requests, a row each."""
    headed = columns(_("Supplier"), _("Address"), _("Lines"), _("Answered"), _("State"), _("By"))
    rows = (
        (each.firm, each.email, len(each.lines), each.answered, str(STATES[each.state]), each.due_on) for each in sent
    )
    return Written(_("Requests"), headed, rows)


def lines_asked_written(asked: SentRequest) -> Written:
    """Return the lines of one request."""
    headed = columns(_("What the supplier reads"), _("Your line"), _("State"), _("Reason"))
    rows = ((line.reference, line.item_name, str(LINES[line.status]), line.reason) for line in asked.lines)
    return Written(_("Lines asked about"), headed, rows)
