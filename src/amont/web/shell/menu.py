"""The menu: at most six entries, by what the viewer takes part as."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_ENTRIES = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the menu: its page's name, its word, and for whom it is."""

    name: str
    word: Promise
    for_members: bool = True
    for_suppliers: bool = True
    for_coordinators: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as it stands on a page."""

    url: str
    word: Promise
    is_here: bool


ENTRIES = (
    Entry("home:home", _("Home")),
    Entry("answer:tasks", _("My tasks")),
    Entry("see:lines", _("Lines and chains"), for_suppliers=False),
    Entry("see:lines", _("My chains"), for_members=False),
    Entry("ask:suppliers", _("Suppliers and requests")),
    Entry("bring:start", _("Bring data"), for_suppliers=False),
    Entry("found:consortium", _("Consortium"), for_suppliers=False),
)


def menu(request: HttpRequest, *, is_member: bool, is_supplier: bool) -> list[Link]:
    """Return the entries for a viewer; who takes part as nothing yet gets those of a supplier."""
    wanted = [
        entry
        for entry in ENTRIES
        if (entry.for_members and is_member) or (entry.for_suppliers and (is_supplier or not is_member))
    ]
    found = [(entry, address(entry.name)) for entry in wanted]
    return [Link(url, entry.word, _is_here(request, url)) for entry, url in found if url][:MOST_ENTRIES]


def address(name: str, *about: str) -> str:
    """Return the url of a page by name, empty where no such page is routed."""
    try:
        return reverse(name, args=about)
    except NoReverseMatch:
        return ""


def _is_here(request: HttpRequest, url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(url))
