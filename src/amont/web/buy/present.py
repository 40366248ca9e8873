"""Purchasing in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amont.kernel.errors import Refused
from amont.purchasing.facts import AgreementFact, Side, State

STATES: Mapping[State, Promise] = {
    State.DRAFT: _("being prepared"),
    State.OPEN: _("open"),
    State.ENDED: _("ended"),
    State.CLOSED: _("closed"),
}
SIDES: Mapping[Side, Promise] = {
    Side.OWNER: _("you opened it"),
    Side.SUPPLIER: _("you sell"),
    Side.BUYER: _("you may join"),
}
ADHESIONS: Mapping[str, Promise] = {
    "asked": _("waits for the supplier"),
    "accepted": _("accepted"),
    "declined": _("declined by the supplier"),
}
VERDICTS: Mapping[str, Promise] = {
    "right": _("as agreed"),
    "over": _("above the agreed price"),
    "under": _("below the agreed price"),
    "off-list": _("not on the list"),
}
FORMULAS: Mapping[str, Promise] = {
    "retroactive": _("the rate reached holds for all that was bought"),
    "incremental": _("each band at its own rate"),
}


DISPUTES: Mapping[str, Promise] = {
    "open": _("waits for the supplier"),
    "credited": _("a credit note follows"),
    "refused": _("the supplier stands by it"),
}
BASELINES: Mapping[str, Promise] = {"paid": _("paid"), "offered": _("only offered")}


MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement in words."""

    fact: AgreementFact
    state: Promise
    side: Promise
    formula: Promise
    adhesion: Promise | str


def row(fact: AgreementFact) -> AgreementRow:
    """Return an agreement in words."""
    adhesion = ADHESIONS[fact.adhesion.state] if fact.adhesion else ""
    return AgreementRow(fact, STATES[fact.state], SIDES[fact.side], FORMULAS[fact.formula], adhesion)


def places(refusal: Refused) -> Sequence[str]:
    """Return what was refused, each with its place: the first fifty, and how many more there are."""
    found = [
        f"{place}: {reason}" if place else str(reason) for place, each in refusal.errors.items() for reason in each
    ]
    more = len(found) - MOST_TOLD
    return [*found[:MOST_TOLD], *([_said_more(more)] if more > 0 else [])]


def _said_more(many: int) -> str:
    return ngettext("and %(many)s more", "and %(many)s more", many) % {"many": many}


def money(value: Decimal | None) -> str:
    """Return an amount as files and pages hold it: with its decimals."""
    return "" if value is None else f"{value:f}"


def asked_page(request: HttpRequest) -> int:
    """Return which page of a longer list is asked for."""
    number = request.GET.get("page", "1")
    return int(number) if number.isdecimal() else 1
