"""The menu: at most six entries, by what the viewer takes part as."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.consortia.facts import Standing
from amont.kernel.viewer import Viewer
from amont.purchasing import read as purchasing
from amont.requests import read as requests

MOST_ENTRIES = 6


class Part(StrEnum):
    """What somebody takes part as; one may be several."""

    MEMBER = "member"
    SUPPLIER = "supplier"
    COORDINATOR = "coordinator"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: its page's name, its word, for whom it is; `yields`: where there are too many, on home."""

    name: str
    word: Promise
    parts: frozenset[Part]
    yields: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on a page."""

    url: str
    word: Promise
    is_here: bool


M, S, C, B = Part.MEMBER, Part.SUPPLIER, Part.COORDINATOR, Part.BUYER
ENTRIES = (
    Entry("home:home", _("Home"), frozenset({M, S, C, B})),
    Entry("answer:tasks", _("My tasks"), frozenset({M, S})),
    Entry("see:lines", _("Lines and chains"), frozenset({M})),
    Entry("see:mine", _("My chains"), frozenset({S})),
    Entry("buy:start", _("Buying together"), frozenset({B})),
    Entry("ask:suppliers", _("Suppliers and requests"), frozenset({M, S})),
    Entry("share:who", _("Who sees what"), frozenset({S})),
    Entry("bring:start", _("Bring data"), frozenset({M}), yields=True),
    Entry("found:consortium", _("Consortium"), frozenset({M, C})),
    Entry("proof:certificates", _("Certificates"), frozenset({S}), yields=True),
)


def menu(request: HttpRequest, parts: Collection[Part]) -> list[Link]:
    """Return the entries for whoever takes part so; a page that belongs to several is marked as the most exact one.

    A page beneath none of them belongs to the first entry of its own journey.
    """
    found = [(entry, address(entry.name)) for entry in _shown(parts)]
    here = max((url for _entry, url in found if url and request.path.startswith(url)), key=len, default="")
    here = here or next((url for entry, url in found if url and _journey(entry) == _journey_of(request)), "")
    return [Link(url, entry.word, url == here) for entry, url in found if url]


def left_out(parts: Collection[Part]) -> list[Link]:
    """Return what the menu has no room for, and buying together for who does not yet: home shows it."""
    shown = _shown(parts)
    found = [entry for entry in ENTRIES if entry not in shown and (entry.parts & {*parts, B})]
    return [Link(url, entry.word, is_here=False) for entry in found if (url := address(entry.name))]


def _shown(parts: Collection[Part]) -> list[Entry]:
    found = [entry for entry in ENTRIES if entry.parts & set(parts)]
    return found if len(found) <= MOST_ENTRIES else [entry for entry in found if not entry.yields][:MOST_ENTRIES]


def _journey(entry: Entry) -> str:
    return entry.name.partition(":")[0]


def _journey_of(request: HttpRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else ""


def parts_of(viewer: Viewer, standings: Sequence[Standing]) -> frozenset[Part]:
    """Return what somebody takes part as who stands so; who is no member supplies, or has just begun.

    Who only buys together, and was never asked for anything, is neither.
    """
    is_member = any(each.is_member for each in standings)
    coordinates = any(each.is_coordinator for each in standings)
    buys = purchasing.takes_part(viewer)
    found = {M} if is_member else set()
    found |= {C} if coordinates else set()
    found |= {S} if not found and (standings or not buys or requests.is_asked(viewer)) else set()
    return frozenset(found | ({B} if buys else set()))


def address(name: str, *about: str) -> str:
    """Return the url of a page by name, empty where no such page is routed."""
    try:
        return reverse(name, args=about)
    except NoReverseMatch:
        return ""
