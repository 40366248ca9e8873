"""A view as JSON: the walk's part of what pages show, cut from the very facts that pages are made of."""

from collections.abc import Callable
from datetime import datetime

from amont.exchange.world.parse import MOMENT
from amont.sight.facts import CertificateFact, Mark, Place, SiteFact, View

_WITH_REF = {Mark.OWN, Mark.NAMED, Mark.NAMELESS}

Explain = Callable[[str], dict[str, object]]


def view_as_json(viewer_key: str, view: View, *, at: datetime, explain: Explain | None = None) -> dict[str, object]:
    """Return a view in the form of the view schema; `explain` adds to each place of a ref why it is there."""
    places = {place.ref: place for place in (*view.own, *view.places)}
    steps = [(step.buyer, step.supplier) for step in view.steps]
    joined = [(buyer, supplier) for buyer, supplier in steps if places[supplier].mark in _WITH_REF]
    beside = [(buyer, places[supplier]) for buyer, supplier in steps]

    def told(place: Place, shown: dict[str, object]) -> dict[str, object]:
        return shown | {"explain": explain(place.ref)} if explain else shown

    return {
        "viewer": viewer_key,
        "at": at.strftime(MOMENT),
        "own": [told(place, {"ref": place.ref, "name": place.name}) for place in view.own],
        "named": [told(place, _named(place)) for place in view.places if place.mark is Mark.NAMED],
        "nameless": [told(place, _nameless(place)) for place in view.places if place.mark is Mark.NAMELESS],
        "links": [{"buyer": buyer, "supplier": supplier} for buyer, supplier in joined],
        "origins": [
            {"beside": host, **_codes(group), "many": _many(group)}
            for host, group in beside
            if group.mark is Mark.ORIGIN
        ],
        "sealed": [{"beside": host, "many": _many(group)} for host, group in beside if group.mark is Mark.SEALED],
    }


def _named(place: Place) -> dict[str, object]:
    return {
        "ref": place.ref,
        "level": 4 if place.full else 3,
        "requested": place.requested,
        "organization": place.organization,
        "name": place.name,
        **_codes(place),
        "certificates": [_certificate(each) for each in place.certificates],
        "site": _site(place.site),
    }


def _nameless(place: Place) -> dict[str, object]:
    return {
        "ref": place.ref,
        "firm": place.firm,
        "requested": place.requested,
        **_codes(place),
        "certificates": [{"scheme": each.scheme, "valid": bool(each.valid)} for each in place.certificates],
    }


def _codes(place: Place) -> dict[str, object]:
    return {"country": place.country or None, "step": place.step or None, "family": place.family or None}


def _many(group: Place) -> str:
    return "several" if group.many else "one"


def _certificate(held: CertificateFact) -> dict[str, object]:
    return {
        "scheme": held.scheme,
        "number": held.number,
        "valid_until": held.valid_until.isoformat() if held.valid_until else None,
    }


def _site(site: SiteFact | None) -> dict[str, object] | None:
    if site is None:
        return None
    shown: dict[str, object] = {"name": site.name, "town": site.town}
    if site.latitude is not None:
        shown["latitude"] = site.latitude
    if site.longitude is not None:
        shown["longitude"] = site.longitude
    return shown
