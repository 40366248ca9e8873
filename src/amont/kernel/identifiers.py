"""Registry numbers and other identifiers: recognized by what they look like, normalized, their check digits held."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType

from stdnum import casrn, ean, lei
from stdnum.eu import vat
from stdnum.fr import siren, siret

_UML = re.compile(r"PO\d{10}")
_OS_ID = re.compile(r"[A-Z]{2}\d{7}[0-9A-Z]{6}")
_CAS = re.compile(r"\d{2,7}-\d{2}-\d")
_LEI = re.compile(r"[0-9A-Z]{18}\d{2}")
_SIREN_DIGITS, _SIRET_DIGITS = 9, 14
_VAT_FRANCE = 13
_EAN_DIGITS = frozenset({8, 12, 13, 14})
NAMES: Mapping[str, str] = {
    "siren": "SIREN",
    "siret": "SIRET",
    "vat": "TVA/VAT",
    "lei": "LEI",
    "gln": "GLN",
    "gtin": "GTIN",
    "cas": "CAS",
    "uml": "UML",
    "os_id": "OS ID",
}
"""Identifiers by kind, as people call them."""


class Unfit(ValueError):
    """It looks like an identifier of this kind, and its form or its check digits do not hold."""

    def __init__(self, kind: str) -> None:
        """Keep the kind."""
        self.kind = kind
        super().__init__(kind)


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier of a kind, as it is kept: without blanks, points and dashes, in capitals."""

    kind: str
    value: str


def identifier(written: str, kind: str = "") -> Identifier | None:
    """Return the identifier that stands here, None for one of no known kind.

    `kind` says what a heading promises: then it must be one of that kind, and "" lets the form tell. Numbers of 13
    digits are taken as GLN unless a GTIN is promised. Raises `Unfit` where form or check digits do not hold.
    """
    bare = "".join(each for each in written.upper() if each.isalnum() and each.isascii())
    if not bare:
        return None
    found = kind or _kind(bare, written)
    if not found:
        return None
    if not _holds(found, bare, written):
        raise Unfit(found)
    return Identifier(found, f"{bare[:-3]}-{bare[-3:-1]}-{bare[-1]}" if found == "cas" else bare)


def _kind(bare: str, written: str) -> str:
    if _CAS.fullmatch(written.strip()):
        return "cas"
    if bare.isdigit():
        return {_SIREN_DIGITS: "siren", _SIRET_DIGITS: "siret", 13: "gln"}.get(len(bare), "")
    if _UML.fullmatch(bare):
        return "uml"
    if _LEI.fullmatch(bare):
        return "lei"
    if _OS_ID.fullmatch(bare):
        return "os_id"
    is_vat = bare[:2].isalpha() and bare[:2].lower() in vat.MEMBER_STATES and bare[2:3].isdigit()
    return "vat" if is_vat and sum(map(str.isdigit, bare)) >= 8 else ""  # noqa: PLR2004 - the shortest, Luxembourg's


def _holds(kind: str, bare: str, written: str) -> bool:
    modules: Mapping[str, ModuleType] = {"siren": siren, "siret": siret, "vat": vat, "lei": lei, "cas": casrn}
    others: Mapping[str, Callable[[], bool]] = {
        "gln": lambda: len(bare) == 13 and ean.is_valid(bare),  # noqa: PLR2004 - digits of a GLN
        "gtin": lambda: len(bare) in _EAN_DIGITS and bare.isdigit() and ean.is_valid(bare),
        "uml": lambda: bool(_UML.fullmatch(bare)),
        "os_id": lambda: bool(_OS_ID.fullmatch(bare)),
    }
    if kind in others:
        return others[kind]()
    return bool(modules[kind].is_valid(written.strip() if kind == "cas" else bare)) if kind in modules else True


def firm_number(written: str) -> str:
    """Return what tells a firm in a registry number: the SIREN of a SIRET or of a French VAT number, else the whole."""
    try:
        found = identifier(written)
    except Unfit:
        found = None
    if found is None:
        return "".join(each for each in written.upper() if each.isalnum())
    if found.kind == "siret":
        return found.value[:_SIREN_DIGITS]
    if found.kind == "vat" and found.value.startswith("FR") and len(found.value) == _VAT_FRANCE:
        return found.value[-_SIREN_DIGITS:]
    return found.value
