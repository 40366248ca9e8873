"""The three seats of those who buy together, with the figures that each may read at this moment."""

from collections.abc import Callable

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amont.disclosure.guard import looking_as
from amont.kernel.viewer import Viewer
from amont.parties import read as parties
from amont.purchasing import read
from amont.purchasing.facts import Own
from amont.web.demo.facts import Seat
from amont.web.demo.personas import BUYING

TITLES: dict[str, Promise] = {
    "buyer": gettext_lazy("A small firm that joined"),
    "owner": gettext_lazy("The member that opened its agreement"),
    "vendor": gettext_lazy("The supplier that sells to all"),
}


def seats() -> tuple[Seat, ...]:
    """Return the three seats; nothing where the demo was not filled."""
    viewers = {key: parties.viewer_of_address(email) for key, email in BUYING.items()}
    found = [(key, viewer) for key, viewer in viewers.items() if viewer is not None]
    return tuple(_seat(key, viewer) for key, viewer in found) if len(found) == len(BUYING) else ()


def _seat(key: str, viewer: Viewer) -> Seat:
    who = parties.me(viewer)
    text = SAID[key](viewer)
    return Seat(key, TITLES[key], who.organization_name if who else "", who.person_name if who else "", text)


def _own(viewer: Viewer) -> Own | None:
    with looking_as(viewer):
        joined = (
            each.agreement
            for network in read.networks(viewer)
            for each in read.agreements(viewer, network.network)
            if each.adhesion
        )
        first = next(joined, None)
        return read.own(viewer, first) if first else None


def _bought(viewer: Viewer) -> str:
    own = _own(viewer)
    latest = next(iter(own.statements), None) if own else None
    if own is None or latest is None:
        return _("It orders at terms that it could not have negotiated alone.")
    said = {"spent": number_format(latest.volume, 0), "paid": number_format(latest.paid, 0), "currency": "€"}
    return _("It bought for %(spent)s %(currency)s and gets %(paid)s %(currency)s back: alone, nothing.") % said


def _opened(viewer: Viewer) -> str:
    own = _own(viewer)
    latest = next(iter(own.statements), None) if own else None
    if own is None or latest is None or latest.pool is None:
        return _("Its own agreement, open to the firms of its network.")
    said = {"own": number_format(latest.volume, 0), "all": number_format(latest.pool, 0), "currency": "€"}
    return (
        _("It brought %(own)s %(currency)s; all together buy for %(all)s %(currency)s: it knows no other’s part.")
        % said
    )


def _sold(_viewer: Viewer) -> str:
    return _("Its invoices count once, and anybody may recompute what it settles.")


SAID: dict[str, Callable[[Viewer], str]] = {"buyer": _bought, "owner": _opened, "vendor": _sold}
