"""The menu: at most six entries, by what the viewer takes part as."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amont.consortia.facts import ConsortiumFacts

MOST_ENTRIES = 6


class Part(StrEnum):
    """What somebody takes part as; one may be several."""

    MEMBER = "member"
    SUPPLIER = "supplier"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: its page's name, its word, and for whom it is."""

    name: str
    word: Promise
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on a page."""

    url: str
    word: Promise
    is_here: bool


M, S, C = Part.MEMBER, Part.SUPPLIER, Part.COORDINATOR
ENTRIES = (
    Entry("home:home", _("Home"), frozenset({M, S, C})),
    Entry("answer:tasks", _("My tasks"), frozenset({M, S})),
    Entry("see:lines", _("Lines and chains"), frozenset({M})),
    Entry("see:mine", _("My chains"), frozenset({S})),
    Entry("ask:suppliers", _("Suppliers and requests"), frozenset({M, S})),
    Entry("share:who", _("Who sees what"), frozenset({S})),
    Entry("bring:start", _("Bring data"), frozenset({M})),
    Entry("found:consortium", _("Consortium"), frozenset({M, C})),
    Entry("proof:certificates", _("Certificates"), frozenset({S})),
)


def menu(request: HttpRequest, seats: Sequence[ConsortiumFacts]) -> list[Link]:
    """Return the entries for whoever has these seats; a page that belongs to several is marked as the most exact one.

    A page beneath none of them belongs to the first entry of its own journey.
    """
    parts = parts_of(seats)
    found = [(entry, address(entry.name)) for entry in ENTRIES if entry.parts & parts]
    here = max((url for _entry, url in found if url and request.path.startswith(url)), key=len, default="")
    here = here or next((url for entry, url in found if url and _journey(entry) == _journey_of(request)), "")
    return [Link(url, entry.word, url == here) for entry, url in found if url][:MOST_ENTRIES]


def _journey(entry: Entry) -> str:
    return entry.name.partition(":")[0]


def _journey_of(request: HttpRequest) -> str:
    return request.resolver_match.namespace if request.resolver_match else ""


def parts_of(seats: Sequence[ConsortiumFacts]) -> frozenset[Part]:
    """Return what somebody takes part as who has these seats; who is no member supplies, or has just begun."""
    is_member = any(seat.is_member for seat in seats)
    coordinates = any(seat.is_coordinator for seat in seats)
    found = {M} if is_member else set()
    found |= {C} if coordinates else set()
    return frozenset(found or {S})


def address(name: str, *about: str) -> str:
    """Return the url of a page by name, empty where no such page is routed."""
    try:
        return reverse(name, args=about)
    except NoReverseMatch:
        return ""
