"""What chains say on screen, in words: never a level's number."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from amont.consortia.read import label
from amont.insight.facts import Change, Move
from amont.kernel.countries import country_name
from amont.kernel.folding import folded
from amont.sight.facts import CertificateFact, Gap, Mark, Place, SiteFact

ENDS: Mapping[str, Promise] = {
    "origin_reached": gettext_lazy("the origin is reached here"),
    "recycled": gettext_lazy("recycled material: the chain ends here"),
    "synthetic": gettext_lazy("made by synthesis: the chain ends here"),
    "pooled": gettext_lazy("pooled supply: the origins are mixed"),
    "declined": gettext_lazy("the firm declines to say more"),
}

SHORT_ENDS: Mapping[str, Promise] = {
    "origin_reached": gettext_lazy("Origin reached"),
    "recycled": gettext_lazy("Recycled"),
    "synthetic": gettext_lazy("Synthetic"),
    "pooled": gettext_lazy("Pooled supply"),
    "declined": pgettext_lazy("how a chain ends", "Declined"),
}

GAPS: Mapping[Gap, Promise] = {
    Gap.NO_SUPPLIER: gettext_lazy("no supplier named for this line"),
    Gap.NOT_ASKED: gettext_lazy("what lies above was not asked"),
    Gap.NO_ANSWER_YET: gettext_lazy("asked, no answer yet"),
    Gap.REFUSED: gettext_lazy("asked; the firm says it is not its line"),
    Gap.NOTHING_SAID: gettext_lazy("answered, and nothing said about what lies above"),
}

SHORT_GAPS: Mapping[Gap, Promise] = {
    Gap.NO_SUPPLIER: gettext_lazy("No supplier named"),
    Gap.NOT_ASKED: gettext_lazy("Not asked"),
    Gap.NO_ANSWER_YET: gettext_lazy("No answer yet"),
    Gap.REFUSED: gettext_lazy("Refused"),
    Gap.NOTHING_SAID: gettext_lazy("Nothing said above"),
}

KINDS: Mapping[str, Promise] = {
    "ingredient": gettext_lazy("Ingredient"),
    "packaging": gettext_lazy("Packaging"),
    "raw_material": gettext_lazy("Raw material"),
    "service": gettext_lazy("Service"),
}


MOVES: Mapping[str, Promise] = {
    "new": gettext_lazy("New lines"),
    "further": gettext_lazy("More is seen"),
    "less": gettext_lazy("Less is seen"),
}

CHECKED: Mapping[str, Promise] = {
    "none": gettext_lazy("identity not checked yet"),
    "letter": gettext_lazy("checked by a letter to the registered address"),
    "coordinator": gettext_lazy("checked by the coordinator"),
    "buyer": gettext_lazy("vouched for by a buyer"),
}
"""How the identity of a firm that is named was checked; in a world file all are."""


def country(code: str) -> str:
    """Say a country in the language of the page; nothing for none."""
    return _country(code, get_language() or "fr") if code else ""


def listed(code: str) -> str:
    """Say a step, family or scheme in the language of the page."""
    return label(code, get_language() or "fr") if code else ""


@lru_cache(maxsize=600)
def _country(code: str, language: str) -> str:
    return country_name(code, language)


def title(place: Place) -> str:
    """Say who or what stands at a place, as far as the viewer may know."""
    if place.mark is Mark.OWN:
        return place.name
    if place.mark in {Mark.NAMED, Mark.CLAIMED} or place.organization:
        return place.organization
    if place.mark is Mark.NAMELESS:
        return _("Unnamed firm %(code)s") % {"code": place.firm[:4]}
    if place.mark is Mark.ORIGIN:
        return _("Several unnamed firms") if place.many else _("An unnamed firm")
    if place.mark is Mark.SEALED:
        return _("Several closed sources") if place.many else _("One closed source")
    return _("A stated source, not named")


def short_title(place: Place) -> str:
    """Say who stands at a place where room is short and its mark stands beside: a name, or that there is none."""
    if place.mark is Mark.OWN or place.organization:
        return title(place)
    if place.mark is Mark.NAMELESS:
        return _("Unnamed %(code)s") % {"code": place.firm[:4]}
    if place.mark is Mark.SEALED:
        return title(place)
    return _("Several, unnamed") if place.many else _("Unnamed")


def what(place: Place) -> str:
    """Say the item and the site of a place, as far as the viewer may know."""
    named = place.mark in {Mark.NAMED, Mark.CLAIMED, Mark.STATED}
    item = place.reference if place.mark is Mark.OWN else place.name if named else ""
    return " · ".join(part for part in (item, site_words(place.site)) if part)


def site_words(site: SiteFact | None) -> str:
    """Say a site and its town; the town once, where the name holds it already."""
    if site is None:
        return ""
    town = site.town or ""
    held = folded(town) and folded(town) in folded(site.name)
    return site.name if held or not town else f"{site.name} {town}"


def about(place: Place) -> str:
    """Say what is at a place, in one line: item, site, country, step, family."""
    parts = (what(place), country(place.country), listed(place.step), listed(place.family))
    return " · ".join(part for part in parts if part)


def certificate(held: CertificateFact) -> str:
    """Say a certificate: its scheme, with number and date where they show, else whether it was valid this quarter."""
    scheme = listed(held.scheme)
    if held.valid is not None:
        return (
            _("%(scheme)s, valid this quarter") % {"scheme": scheme}
            if held.valid
            else _("%(scheme)s, not valid this quarter") % {"scheme": scheme}
        )
    until = _("until %(day)s") % {"day": date_format(held.valid_until)} if held.valid_until else ""
    return " ".join(part for part in (scheme, held.number or "", until) if part)


def notes(place: Place, gaps: Iterable[Gap]) -> tuple[tuple[str, str], ...]:
    """Say what more there is to a place, as (kind, words): what it is made from, how it ends, what was not said."""
    found = []
    names = ", ".join(each.name for each in place.inputs if each.name)
    if names:
        found.append(("made-of", _("made from: %(inputs)s") % {"inputs": names}))
    if place.documents:
        found.append(
            ("made-of", _("documents: %(names)s") % {"names": ", ".join(each.name for each in place.documents)})
        )
    if place.mark is Mark.NAMED and place.checked_by in CHECKED:
        found.append(("made-of", str(CHECKED[place.checked_by])))
    if place.paths > 1:
        found.append(("made-of", _("on %(count)s of your paths") % {"count": place.paths}))
    if place.confirmed:
        found.append(("made-of", _("confirmed to its declarer")))
    if place.loops:
        found.append(("end", _("comes back to a place below")))
    if place.chain_end:
        found.append(("end", str(ENDS[place.chain_end])))
    found += [("gap", str(GAPS[gap])) for gap in gaps]
    return tuple(found)


def asked(until: datetime | None) -> tuple[tuple[str, str], ...]:
    """Say that one asked who this is, and until when the question stands: never what was answered."""
    if until is None:
        return ()
    return (("made-of", _("you asked who this is, until %(day)s") % {"day": date_format(until)}),)


def certificates(place: Place) -> str:
    """Say all certificates of a place."""
    return ", ".join(certificate(each) for each in place.certificates)


def change(found: Change) -> str:
    """Say what became of a line since one last looked."""
    if found.move is Move.NEW:
        return _("new")
    if found.move is Move.LESS:
        return _("less is seen than before")
    parts = [
        _("now to tier %(tier)s") % {"tier": found.tier} if found.tier else "",
        ngettext("%(count)s more place", "%(count)s more places", found.places) % {"count": found.places}
        if found.places
        else "",
        ", ".join(country(code) for code in found.countries),
        ", ".join(str(SHORT_ENDS[end]) for end in found.ends if end in SHORT_ENDS),
        _("every way comes to its end") if found.closed else "",
    ]
    return "; ".join(part for part in parts if part)
