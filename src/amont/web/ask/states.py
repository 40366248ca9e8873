"""Where requests are, in words and counted."""

from collections import Counter
from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.requests.facts import InvitationState, SentRequest

STATES: dict[InvitationState, Promise] = {
    InvitationState.WAITING: _("waiting to leave"),
    InvitationState.SENT: _("sent"),
    InvitationState.FAILED: _("could not be delivered"),
    InvitationState.OPENED: _("opened"),
    InvitationState.ANSWERING: _("being answered"),
    InvitationState.ANSWERED: _("answered"),
    InvitationState.DECLINED: _("declined"),
    InvitationState.EXPIRED: _("expired"),
    InvitationState.CANCELLED: _("taken back"),
}

LINES: dict[str, Promise] = {
    "open": _("not answered yet"),
    "accepted": _("accepted, facts to come"),
    "answered": _("answered"),
    "declined": _("declined"),
    "not_mine": _("not supplied by them"),
    "cancelled": _("taken back"),
}


def funnel(sent: Iterable[SentRequest]) -> list[tuple[Promise, int]]:
    """Return how many own requests are where, in the order of their way; states with none are left out."""
    counted = Counter(each.state for each in sent)
    return [(word, counted[state]) for state, word in STATES.items() if counted[state]]
