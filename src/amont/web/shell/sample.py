"""One invented palm chain as three people see it: the picture on the first page of an installation that has no demo."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amont.sight.facts import Chain, Mark, Place, Step
from amont.web.shell.climb import climb

N, L, O, S = Mark.NAMED, Mark.NAMELESS, Mark.ORIGIN, Mark.SEALED  # noqa: E741 - a table reads better with letters


def pictures() -> list[dict[str, str | SafeString]]:
    """Return the three pictures with their titles and what each shows."""
    return [
        {
            "title": _("The brand that asked"),
            "text": _("Its supplier by name; beyond it, firms without a name, up to the field."),
            "drawing": climb(_chain("Maison Orme", N, L, L, O), title=_("The chain as the brand sees it")),
        },
        {
            "title": _("Its rival, same supplier"),
            "text": _("The same supplier, and countries of origin. Who else buys there, it cannot tell."),
            "drawing": climb(_chain("Atelier Vaur", N, O, O, S), title=_("The chain as the rival sees it")),
        },
        {
            "title": _("The supplier in between"),
            "text": _("Its own suppliers by name, and exactly who sees what of it."),
            "drawing": climb(_chain("", Mark.OWN, N, L, L), title=_("The chain as the supplier sees it")),
        },
    ]


def _chain(buyer: str, supplier: Mark, refiners: Mark, mills: Mark, fields: Mark) -> Chain:
    """Build the chain as far as the marks let it be seen; without a buyer it begins at the supplier."""
    places = {
        "buyer": _place("buyer", Mark.OWN, buyer, "FR", ""),
        "s": _place("s", supplier, "Oléandre", "FR", "blending"),
        "r1": _place("r1", refiners, "Kelapa Raya", "MY", "refining"),
        "r2": _place("r2", refiners, "Maasoil", "NL", "refining"),
        "m1": _place("m1", mills, "", "ID", "mill"),
        "m2": _place("m2", mills, "", "MY", "mill"),
        "f1": _place("f1", fields, "", "ID", "harvest"),
        "f2": _place("f2", fields, "", "MY", "harvest"),
    }
    ways = [
        ("buyer", "s"),
        ("s", "r1"),
        ("s", "r2"),
        ("r1", "m1"),
        ("r2", "m1"),
        ("r2", "m2"),
        ("m1", "f1"),
        ("m2", "f2"),
    ]
    root = places["buyer"] if buyer else places["s"]
    rest = tuple(place for key, place in places.items() if place is not root and (buyer or key != "buyer"))
    return Chain(root, rest, tuple(Step(*way) for way in ways if buyer or way[0] != "buyer"))


def _place(ref: str, mark: Mark, organization: str, country: str, step: str) -> Place:
    shown = mark in {Mark.OWN, Mark.NAMED}
    if mark is Mark.SEALED:
        return Place(ref, mark)
    return Place(ref, mark, organization=organization if shown else "", country=country, step=step)
