"""The demo's three pictures, drawn from what each of the three may see at this moment."""

import re
from collections import Counter
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from amont.disclosure.guard import looking_as
from amont.kernel.viewer import Viewer
from amont.ledger.read import network_version
from amont.parties import read as parties
from amont.post import read as post
from amont.sight import read as sight
from amont.sight.facts import Chain, Mark
from amont.web.demo.buying import seats
from amont.web.demo.facts import Panel, Showcase
from amont.web.demo.personas import GUEST, PERSONAS
from amont.web.shell.climb import climb

_LINK = re.compile(r"https?://[^/\s]+(/\S+)")

TITLES: dict[str, Promise] = {
    "brand": gettext_lazy("The brand that asked"),
    "rival": gettext_lazy("Its rival, same supplier"),
    "supplier": gettext_lazy("The supplier in between"),
}
TEXTS: dict[str, Promise] = {
    "brand": gettext_lazy(
        "Its supplier by name, and whoever else agreed; beyond, firms without a name, up to the field."
    ),
    "rival": gettext_lazy("It buys the very same thing, and cannot tell that anybody else does."),
    "supplier": gettext_lazy("Its own suppliers by name, and exactly who sees what of it."),
}


def showcase() -> Showcase:
    """Return the three panels, those who buy together, and the guest’s invitation; nothing before it is filled."""
    return Showcase(_panels(network_version(), get_language() or "fr"), seats(), invitation=_invitation())


@lru_cache(maxsize=8)
def _panels(_version: int, _language: str) -> tuple[Panel, ...]:
    """Draw the panels once for each state of the network and each language."""
    seats = {key: parties.viewer_of_address(email) for key, email in PERSONAS.items()}
    brand, rival, supplier = seats["brand"], seats["rival"], seats["supplier"]
    if brand is None or rival is None or supplier is None:
        return ()
    first = _bought_from(brand, supplier)
    shared = _made_by(first, supplier) if first else ""
    if first is None or not shared:
        return ()
    second = _through(rival, shared)
    found = [("brand", brand, first), ("rival", rival, second), ("supplier", supplier, _above(supplier, shared))]
    return tuple(_panel(key, viewer, chain) for key, viewer, chain in found if chain is not None)


def _bought_from(viewer: Viewer, supplier: Viewer) -> Chain | None:
    """Return the chain of the viewer's first line, by reference, that this supplier delivers and that climbs on."""
    maker = _firm(supplier)
    with looking_as(viewer):
        lines = sorted(sight.lines(viewer), key=lambda each: each.reference)
        found = next((line.item for line in lines if maker in line.suppliers and line.tier > 1), None)
        return sight.chain_above(viewer, found) if found else None


def _made_by(chain: Chain, supplier: Viewer) -> str:
    """Return the supplier's item in a chain where it is known by name."""
    maker = _firm(supplier)
    return next((place.ref for place in chain.places if place.organization == maker), "")


def _through(viewer: Viewer, shared: str) -> Chain | None:
    """Return the chain of the viewer's first line, by reference, above which that very item stands."""
    with looking_as(viewer):
        for line in sorted(sight.lines(viewer), key=lambda each: each.reference):
            chain = sight.chain_above(viewer, line.item)
            if any(place.ref == shared for place in chain.places):
                return chain
    return None


def _above(viewer: Viewer, item: str) -> Chain:
    with looking_as(viewer):
        return sight.chain_above(viewer, item)


def _firm(viewer: Viewer) -> str:
    found = parties.me(viewer)
    return found.organization_name if found else ""


def _panel(key: str, viewer: Viewer, chain: Chain) -> Panel:
    who = parties.me(viewer)
    name = who.organization_name if who else ""
    return Panel(
        persona=key,
        title=TITLES[key],
        firm=name,
        person=who.person_name if who else "",
        text=TEXTS[key],
        counts=_in_words(chain),
        drawing=_drawn(chain, name),
        item=chain.root.ref,
    )


def _drawn(chain: Chain, name: str) -> SafeString:
    return climb(
        chain, title=_("The palm chain as %(firm)s sees it. %(words)s") % {"firm": name, "words": _in_words(chain)}
    )


def _in_words(chain: Chain) -> str:
    """Count what the chain shows: by name, without a name, by origin, closed."""
    marks = Counter(place.mark for place in chain.places)
    count = {
        Mark.NAMED: ngettext("%d by name", "%d by name", marks[Mark.NAMED]),
        Mark.NAMELESS: ngettext("%d without a name", "%d without a name", marks[Mark.NAMELESS]),
        Mark.ORIGIN: ngettext("%d by its origin alone", "%d by their origin alone", marks[Mark.ORIGIN]),
        Mark.SEALED: ngettext("%d closed", "%d closed", marks[Mark.SEALED]),
        Mark.STATED: ngettext("%d only stated", "%d only stated", marks[Mark.STATED]),
    }
    return ", ".join(words % marks[mark] for mark, words in count.items() if marks[mark])


def _invitation() -> str:
    """Return where the newest mail to the demo's guest leads; empty without one."""
    for letter in post.newest(most=400):
        found = _LINK.search(letter.text) if letter.to == GUEST else None
        if found:
            return found[1]
    return ""
