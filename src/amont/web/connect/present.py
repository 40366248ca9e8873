"""Tokens and calls in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amont.parties.facts import TokenFact
from amont.post.facts import CallFact
from amont.web.connect.forms import WORDS

STATES: dict[str, Promise] = {
    "live": gettext_lazy("works"),
    "expired": gettext_lazy("has expired"),
    "revoked": gettext_lazy("revoked"),
}
KINDS: dict[str, Promise] = {
    "request.received": gettext_lazy("You are asked"),
    "answer.received": gettext_lazy("A supplier answered"),
    "consent.asked": gettext_lazy("A firm asks for more"),
    "view.changed": gettext_lazy("What you see changed"),
    "test": gettext_lazy("A try"),
}
TROUBLES: dict[str, Promise] = {
    "unknown_name": gettext_lazy("the name is not known"),
    "not_public": gettext_lazy("the address is not of the open internet"),
    "no_trust": gettext_lazy("its certificate does not hold"),
    "no_answer": gettext_lazy("no answer came"),
}


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as a row: `scopes` in words."""

    token: TokenFact
    scopes: tuple[str, ...]
    state: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as a row: what it is about, how it went, and when it is tried again."""

    kind: str
    about: str
    written_at: datetime
    how: str
    tries: int
    again_at: datetime | None


def token_rows(tokens: Iterable[TokenFact]) -> tuple[TokenRow, ...]:
    """Return tokens in words."""
    return tuple(
        TokenRow(
            each, tuple(str(WORDS[one]) for one in each.scopes), str(STATES[each.state]), is_live=each.state == "live"
        )
        for each in tokens
    )


def call_rows(calls: Iterable[CallFact]) -> tuple[CallRow, ...]:
    """Return calls in words."""
    return tuple(
        CallRow(
            kind=str(KINDS[each.kind]),
            about=each.about,
            written_at=each.written_at,
            how=_how(each),
            tries=each.tries,
            again_at=each.next_at if each.state == "waiting" and each.tries else None,
        )
        for each in calls
    )


def _how(call: CallFact) -> str:
    if call.state == "sent":
        return _("came through")
    why = str(TROUBLES.get(call.trouble, "")) or (_("answered %s") % call.answered if call.answered else "")
    if call.state == "failed":
        return _("given up: %s") % why if why else _("given up")
    return _("waits: %s") % why if why else _("waits")
