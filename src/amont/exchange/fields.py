"""What a column may mean, shape by shape: its code, its words on screen, and the words by which it is known."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from amont.exchange.headers import JOINED
from amont.exchange.words import words
from amont.kernel.folding import folded

SHAPES = ("lines", "contacts", "sites", "paths")
MOST_TIERS = 12
_EXACT = 1000
_MOST_WORDS = 8
_TIER = re.compile(r"\b(?:tier|rang|niveau|n|t) ?(\d{1,2})\b")
_FACILITY = frozenset(["facility", "site", "usine", "plant", "factory", "etablissement", "raffinerie", "refinery"])
_COUNTRY = frozenset(["country", "pays", "location", "localisation"])

LINES: Mapping[str, str | Promise] = {
    "reference": _("Your reference"),
    "name": _("Name of the line"),
    "kind": _("Kind (ingredient, packaging…)"),
    "inci": _("INCI name"),
    "material": _("Material"),
    "hs_code": _("Customs code (HS)"),
    "family": _("Family"),
    "unit": _("Unit"),
    "volume": _("Yearly volume"),
    "supplier": _("Supplier: name"),
    "supplier_country": _("Supplier: country"),
    "supplier_mail": _("Supplier: mail"),
    "supplier_person": _("Supplier: contact person"),
    "supplier_language": _("Supplier: language"),
    "supplier_registry": _("Supplier: registry number"),
    "supplier_reference": _("Supplier’s own reference"),
    "id": _("Amont id (finds the line again)"),
}
CONTACTS: Mapping[str, str | Promise] = {
    "name": _("Firm"),
    "country": _("Country"),
    "person": _("Contact person"),
    "email": _("Mail"),
    "language": _("Language"),
    "registry_id": _("Registry number (SIREN, VAT, LEI…)"),
    "group": _("Group"),
    "id": _("Amont id (finds the firm again)"),
}
SITES: Mapping[str, str | Promise] = {
    "name": _("Site"),
    "firm": _("Firm"),
    "group": _("Group"),
    "registry_id": _("Registry number (SIREN, VAT, LEI…)"),
    "address": _("Postal address"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "region": _("Region or province"),
    "country": _("Country"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "point": _("Latitude and longitude in one cell"),
    "external_id": _("Identifier of the site"),
    "gln": _("GLN"),
    "siret": _("SIRET"),
    "uml": _("UML ID (palm mills)"),
    "os_id": _("OS ID (Open Supply Hub)"),
    "id": _("Amont id (finds the site again)"),
    "keep_place": _("Kept as it is"),
}
PATHS: Mapping[str, str | Promise] = {
    "direct_firm": _("Direct supplier: firm"),
    "direct_facility": _("Direct supplier: facility"),
    "direct_location": _("Direct supplier: place or country"),
    "top_group": _("Top of the path: group"),
    "top_firm": _("Top of the path: firm"),
    "top_name": _("Top of the path: mill or site"),
    "top_town": _("Top of the path: town or district"),
    "top_region": _("Top of the path: region"),
    "top_country": _("Top of the path: country"),
    "latitude": _("Top of the path: latitude"),
    "longitude": _("Top of the path: longitude"),
    "external_id": _("Top of the path: identifier (UML…)"),
    "keep_place": _("Kept as it is, about the mill or site"),
    "keep_path": _("Kept as it is, about the path"),
}
MANY = frozenset({"keep_place", "keep_path"})
NEEDED: Mapping[str, tuple[str, ...]] = {
    "lines": ("name",),
    "contacts": ("name",),
    "sites": ("name",),
    "paths": ("direct_firm",),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One meaning that the user may give a column."""

    code: str
    label: str | Promise


def choices(shape: str, tiers: Sequence[int] = ()) -> tuple[Choice, ...]:
    """Return the meanings that a column of this shape may have; `tiers` are those to offer for paths."""
    if shape == "lines":
        return tuple(Choice(code, label) for code, label in LINES.items())
    if shape == "contacts":
        return tuple(Choice(code, label) for code, label in CONTACTS.items())
    if shape == "sites":
        return tuple(Choice(code, label) for code, label in SITES.items())
    found = [Choice(code, PATHS[code]) for code in ("direct_firm", "direct_facility", "direct_location")]
    for tier in tiers:
        found.append(Choice(f"tier:{tier}:firm", _tier_label(_("Tier %(tier)s: firm"), tier)))
        found.append(Choice(f"tier:{tier}:facility", _tier_label(_("Tier %(tier)s: facility"), tier)))
        found.append(Choice(f"tier:{tier}:country", _tier_label(_("Tier %(tier)s: country"), tier)))
    return (*found, *(Choice(code, label) for code, label in PATHS.items() if not code.startswith("direct")))


def _tier_label(label: str | Promise, tier: int) -> str:
    return str(label) % {"tier": tier}


@lru_cache(maxsize=4096)
def meaning(shape: str, heading: str) -> tuple[str, int]:
    """Return what a heading most likely means in this shape and how sure that is (0: unknown, 1000 and more: sure)."""
    text = folded(heading)
    if not text:
        return "", 0
    if own := _own_labels(shape).get(text):
        return own, _EXACT + len(text)
    if shape == "paths" and (tier := _tier(text)):
        return tier, _EXACT
    if JOINED in heading and (found := _of_group(shape, [folded(part) for part in heading.split(JOINED)])):
        return found
    known = words(shape)
    if text in known:
        return (known[text], _EXACT + len(text)) if known[text] else ("", 0)
    phrase = max((each for each in _phrases(text) if each in known), key=len, default="")
    return (known[phrase], len(phrase)) if phrase and known[phrase] else ("", 0)


@lru_cache(maxsize=len(SHAPES))
def _own_labels(shape: str) -> Mapping[str, str]:
    """Return the codes by the words that our own files head their columns with, in both languages."""
    found: dict[str, str] = {}
    for language in ("fr", "en"):
        with override(language):
            found |= {folded(str(choice.label)): choice.code for choice in choices(shape)}
    return found


def _of_group(shape: str, parts: Sequence[str]) -> tuple[str, int] | None:
    """Return what a heading below that of its group means: "Supplier · Country" is the supplier's country."""
    known, group, last = words(shape), parts[0], parts[-1]
    for phrase in (" ".join(parts), " ".join(reversed(parts))):
        if phrase in known:
            return known[phrase], _EXACT + len(phrase)
    of, alone = known.get(group, ""), known.get(last, "")
    if alone and (not of or alone.split("_")[0] == of.split("_")[0]):
        return alone, _EXACT + len(last)
    return None


def _phrases(text: str) -> Iterator[str]:
    """Give the runs of words in a heading that may say something: one short word says too little among others."""
    said = text.split()
    for start in range(len(said)):
        for end in range(start + 1, min(start + _MOST_WORDS, len(said)) + 1):
            phrase = " ".join(said[start:end])
            if len(phrase) > 3:  # noqa: PLR2004 - "ref", "sku", "qty" only when alone
                yield phrase


def _tier(text: str) -> str:
    found = _TIER.search(text)
    if not found:
        return ""
    tier = int(found.group(1))
    said = set(text.split())
    what = "facility" if said & _FACILITY else "country" if said & _COUNTRY else "firm"
    if tier == 1:
        return {"firm": "direct_firm", "country": "direct_location"}.get(what, "direct_facility")
    return f"tier:{tier}:{what}" if tier <= MOST_TIERS else ""


def is_known(heading: str) -> bool:
    """Tell whether a heading means anything in any shape."""
    return how_known(heading) > 0


def how_known(heading: str) -> int:
    """Return how well a heading is known in the shape that knows it best: 2 exactly, 1 in part, 0 not at all."""
    sure = max(meaning(shape, heading)[1] for shape in SHAPES)
    return 2 if sure >= _EXACT else int(sure > 0)


def columns_of(shape: str, header: Sequence[str]) -> dict[int, str]:
    """Return the meaning of each column that has one; each meaning stands once, at the surest column, first if even."""
    found = [(*meaning(shape, heading), column) for column, heading in enumerate(header)]
    columns: dict[int, str] = {}
    for code, sure, column in sorted(found, key=lambda each: (-each[1], each[2])):
        if sure and (code in MANY or code not in columns.values()):
            columns[column] = code
    return dict(sorted(columns.items()))


def shape_of(header: Sequence[str]) -> str:
    """Return the shape that a header most likely has: paths with tiers or an origin, lines, sites, or else contacts."""
    paths = set(columns_of("paths", header).values())
    if any(code.startswith("tier:") for code in paths) or {"direct_firm", "top_name"} <= paths:
        return "paths"
    lines = columns_of("lines", header)
    sure = {code for column, code in lines.items() if meaning("lines", header[column])[1] >= _EXACT}
    own = {"inci", "hs_code", "family", "volume", "supplier_reference", "unit", "kind", "material"}
    known = set(lines.values())
    if _is_of_sites(header) and not known & {"supplier_reference", "inci", "hs_code", "volume"}:
        return "sites"
    if ("name" in known and ("reference" in known or sure & own)) or ("reference" in known and len(sure & own) > 1):
        return "lines"
    return "contacts" if "name" in columns_of("contacts", header).values() else "lines"


def _is_of_sites(header: Sequence[str]) -> bool:
    """Tell whether a header speaks of places: a name, and beside it an address or a point, and nobody's mail."""
    sites = columns_of("sites", header)
    sure = {code for column, code in sites.items() if meaning("sites", header[column])[1] >= _EXACT}
    placed = bool(sure & {"address", "point", "gln", "uml", "os_id"}) or {"latitude", "longitude"} <= sure
    people = {"email", "person", "language"} & set(columns_of("contacts", header).values())
    return "name" in sites.values() and placed and not people
