"""Words of home and coverage."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from amont.consortia.read import label
from amont.insight.facts import Asking, Dependency
from amont.kernel.countries import country_name

ENDS: dict[str, Promise] = {
    "origin_reached": gettext_lazy("Origin reached: field, mine, well, forest"),
    "recycled": gettext_lazy("Recycled material"),
    "synthetic": gettext_lazy("Made by synthesis"),
    "pooled": gettext_lazy("Pooled supply: mixed from many sources"),
    "declined": gettext_lazy("The supplier prefers not to say"),
}
ASKED: dict[Asking, Promise] = {
    Asking.ANSWERED: gettext_lazy("Answered"),
    Asking.UNKNOWN: gettext_lazy("Answered: not known further up"),
    Asking.ASKED: gettext_lazy("Asked, no answer yet"),
    Asking.DECLINED: gettext_lazy("Declined, or not this supplier's"),
    Asking.NOT_ASKED: gettext_lazy("Not asked"),
}
BANDS: dict[str, Promise] = {
    "<1": gettext_lazy("Under 1 t a year"),
    "1-10": gettext_lazy("1 to 10 t a year"),
    "10-100": gettext_lazy("10 to 100 t a year"),
    "100-1000": gettext_lazy("100 to 1,000 t a year"),
    ">1000": gettext_lazy("Over 1,000 t a year"),
    "": gettext_lazy("No volume given"),
}
KINDS: dict[str, Promise] = {
    "country": gettext_lazy("Country"),
    "firm": gettext_lazy("Firm"),
    "family": gettext_lazy("Family"),
}
PARTNERS = gettext_lazy("Your partners on board")
LINES = gettext_lazy("Your lines traced to their supplier")
SAID: dict[str, Promise] = {
    "accepted": pgettext_lazy("what a supplier said to a line", "accepted"),
    "answered": pgettext_lazy("what a supplier said to a line", "answered"),
    "declined": pgettext_lazy("what a supplier said to a line", "declined"),
    "not_mine": pgettext_lazy("what a supplier said to a line", "not theirs"),
}


def dependency(found: Dependency) -> str:
    """Return the name of what lines stand on, in the language of the page."""
    return named(found.kind, found.code)


def named(kind: str, code: str) -> str:
    """Return a country, firm or family by its name."""
    language = get_language() or "en"
    if kind == "country":
        return country_name(code, language)
    return label(code, language) if kind == "family" else code


def figure(name: str) -> str:
    """Return in words which lines stand behind a figure."""
    kind, _dot, value = name.partition(".")
    if kind in {"tier", "reached"}:
        number, _dot, rest = value.partition(".")
        return _of_tier(int(number), rest) if kind == "tier" else _of_band(int(number), rest)
    if kind in KINDS:
        return _("%(kind)s: %(name)s") % {"kind": KINDS[kind], "name": named(kind, value)}
    if kind == "end":
        return str(ENDS[value])
    if kind == "asked":
        return str(ASKED[Asking(value)])
    if kind == "band":
        return str(BANDS[value])
    whole = {"all": _("All lines"), "closed": _("Every way comes to a stated end"), "no-end": _("No end stated")}
    return whole[kind]


def _of_tier(number: int, how: str) -> str:
    said = {
        "confirmed": _("Tier %(n)s, confirmed"),
        "stated": _("Tier %(n)s, only stated"),
        "claimed": _("Tier %(n)s, only by your own claims"),
        "silent": _("Tier %(n)s, nothing known"),
    }
    return said[how] % {"n": number}


def _of_band(number: int, band: str) -> str:
    return _("%(band)s, tier %(n)s confirmed") % {"band": BANDS[band], "n": number}
