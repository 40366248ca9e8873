"""Leaks planted in the view: its order, its pseudonyms, its counts, its levels, its memory."""

from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from amont.catalogue.models import Item
from amont.chain.facts import Walked
from amont.chain.models import Link
from amont.disclosure import rules
from amont.disclosure.levels import Level
from amont.parties.models import Organization
from amont.sight import log
from amont.sight.cut import beside, dress, pseudonyms, whole
from amont.sight.cut.facts import Dressed, Stated
from amont.sight.facts import Mark, Place
from disclosure.planting import around, everything

CHAINS = ("see:line",)
"""Asked with the viewer's own lines alone: a chain is seen from there."""
PAGES = ("see:line", "see:lines", "home:home", "share:ask")
READS = ("member", "rival", "supplier")
ALL = (*READS, "coordinator")
Told = tuple[Any, ...]


def reordered(patch: pytest.MonkeyPatch, key: Any) -> None:
    """Order the places that have a pseudonym by something else than what is shown."""

    def change(found: Dressed, _walked: Walked, stated: Mapping[int, Stated], **_: Any) -> Dressed:
        def order(place: Place) -> Any:
            item = found.keys.get(place.ref)
            hidden = place.mark is Mark.NAMELESS and item is not None
            return (0, key(stated[item[0]])) if hidden and item else (1, "")

        return replace(found, view=replace(found.view, places=tuple(sorted(found.view.places, key=order))))

    around(patch, whole, "dress", change)


def order_by_hidden_name(patch: pytest.MonkeyPatch) -> None:
    """Nameless places stand in the order of their names."""
    reordered(patch, lambda facts: facts.organization_name)


def order_by_row(patch: pytest.MonkeyPatch) -> None:
    """Nameless places stand in the order in which they were written."""
    reordered(patch, lambda facts: f"{facts.item:09}")


def pseudonym_is_the_id(patch: pytest.MonkeyPatch) -> None:
    """A nameless place is known by its item's public id."""

    def told(_viewer: int, *, item: int, head: int) -> str:
        with everything():
            return f"{Item.objects.get(pk=item).public_id}{head % 10}xyz"

    patch.setattr(dress, "item_pseudonym", told)


def pseudonym_without_head(patch: pytest.MonkeyPatch) -> None:
    """A nameless place has the same pseudonym beside each supplier."""
    true = pseudonyms._keyed

    def told(viewer: int, *, item: int, head: int) -> str:
        return true("item", viewer, item, head)[:4] + pseudonyms._keyed("item", viewer, item, 0)[:20]

    patch.setattr(dress, "item_pseudonym", told)


def firm_without_head(patch: pytest.MonkeyPatch) -> None:
    """A nameless firm has the same pseudonym beside each supplier."""
    patch.setattr(
        dress,
        "firm_pseudonym",
        lambda viewer, *, organization, head: pseudonyms._keyed("firm", viewer, organization, head * 0),
    )


def firm_is_the_id(patch: pytest.MonkeyPatch) -> None:
    """A nameless firm is known by its public id."""
    patch.setattr(
        dress, "firm_pseudonym", lambda _v, *, organization, **_: Organization.objects.get(pk=organization).public_id
    )


def origins_counted(patch: pytest.MonkeyPatch) -> None:
    """Of origins it is told how many, and not only one or several."""
    _counted(patch, Mark.ORIGIN)


def sealed_counted(patch: pytest.MonkeyPatch) -> None:
    """Of what is sealed it is told how many."""
    _counted(patch, Mark.SEALED)


def _counted(patch: pytest.MonkeyPatch, mark: Mark) -> None:
    def change(found: list[tuple[str, Place]], walked: Walked, _stated: Any, refs: Any) -> Any:
        met = Counter(refs[key] for key, _ in (walked.origins if mark is Mark.ORIGIN else walked.sealed))
        return [
            (host, replace(each, step=f"{each.step} x {met[host]}") if each.mark is mark else each)
            for host, each in found
        ]

    around(patch, dress, "_beside", change)


def nameless(patch: pytest.MonkeyPatch, change: Any) -> None:
    around(patch, dress, "nameless_place", change)


def length_of_a_name(patch: pytest.MonkeyPatch) -> None:
    """A nameless place is as wide as its name is long."""
    nameless(patch, lambda place, facts, **_: replace(place, step=place.step + " " + "." * len(facts.name)))


def more_tiers(patch: pytest.MonkeyPatch) -> None:
    """A nameless place tells whether anything at all was declared above it."""

    def change(place: Place, facts: Stated, **_: Any) -> Place:
        with everything():
            goes_on = Link.objects.filter(buyer_item_id=facts.item).exists()
        return replace(place, step=f"{place.step} +" if goes_on else place.step)

    nameless(patch, change)


def certificate_numbers(patch: pytest.MonkeyPatch) -> None:
    """A nameless place shows the numbers of its certificates."""
    nameless(patch, lambda place, facts, **_: replace(place, certificates=dress._in_full(facts.certificates)))


def certificates_by_the_day(patch: pytest.MonkeyPatch) -> None:
    """A certificate that ended within the quarter is shown as ended."""
    patch.setattr(dress, "quarter_start", lambda day: day)


def coordinates_at_any_level(patch: pytest.MonkeyPatch) -> None:
    """Whoever reads a name reads coordinates."""
    patch.setattr(dress, "_site", lambda site, _level: site)


def stock_at_any_level(patch: pytest.MonkeyPatch) -> None:
    """Whoever reads a name reads stocks and months to switch."""
    patch.setattr(beside, "_level", lambda _place: int(Level.FULL))


def one_consent(patch: pytest.MonkeyPatch) -> None:
    """One of two owners is enough."""
    patch.setattr(rules, "min", max, raising=False)


def view_of_another(patch: pytest.MonkeyPatch) -> None:
    """Views are kept in memory under one key for all."""

    class Shelf(OrderedDict[int, Any]):
        def get(self, _key: int, default: Any = None) -> Any:
            return next(iter(self.values()), default)

    patch.setattr(whole._Shelf, "kept", Shelf(whole._Shelf.kept))


def readers_by_name(patch: pytest.MonkeyPatch) -> None:
    """The access log names readers whom its owner does not know."""

    def change(found: Any, viewer: Any, **_: Any) -> Any:
        rows = log.Reading.objects.filter(owner_id=viewer.organization_id, is_known=False).order_by("hour")
        lines = (
            log.ReadLine(hour.date(), "", name, "page", (), 0, ())
            for hour, name in rows.values_list("hour", "reader__name")
        )
        return replace(found, rows=(*found.rows, *lines), total=found.total + 1)

    around(patch, log, "access_log", change)
    patch.setattr("amont.web.share.views.access_log", log.access_log)


def reads_counted(patch: pytest.MonkeyPatch) -> None:
    """The access log tells of this week that somebody unknown has read."""

    def change(found: Any, viewer: Any, **_: Any) -> Any:
        rows = log.Reading.objects.filter(owner_id=viewer.organization_id, is_known=False)
        weeks = (log.WeekRead(date(2020, 1, 6)) for _ in rows)
        return replace(found, rows=(*found.rows, *weeks), total=found.total + 1)

    around(patch, log, "access_log", change)
    patch.setattr("amont.web.share.views.access_log", log.access_log)


def families_by_use(patch: pytest.MonkeyPatch) -> None:
    """Lists to choose from stand in the order in which others use them."""
    read: Any = __import__("amont.consortia.read", fromlist=["_codes"])

    def change(found: tuple[Any, ...], _stored: Any) -> tuple[Any, ...]:
        with everything():
            used = Counter(Item.objects.values_list("family", flat=True))
            used.update(Item.objects.values_list("step", flat=True))
        return tuple(sorted(found, key=lambda each: -used[each.code]))

    around(patch, read, "_codes", change)


def members_with_partners(patch: pytest.MonkeyPatch) -> None:
    """The members' page lists partners as well."""
    read: Any = __import__("amont.consortia.read", fromlist=["members"])

    def change(found: tuple[Any, ...], *_: Any) -> tuple[Any, ...]:
        names = Organization.objects.order_by("name").values_list("name", flat=True)
        return tuple(replace(each, name=f"{each.name} of {', '.join(names)}") for each in found)

    around(patch, read, "members", change)


def book_of_another(patch: pytest.MonkeyPatch) -> None:
    """Choosing whom to ask completes from everybody's books."""
    read: Any = __import__("amont.requests.read", fromlist=["contacts_to_ask"])

    def change(found: tuple[Any, ...], *_: Any) -> tuple[Any, ...]:
        from amont.chain.models import Contact  # noqa: PLC0415 - beside its only use

        with everything():
            return tuple(replace(each, name=f"{each.name}, {Contact.objects.count()}") for each in found)

    around(patch, read, "contacts_to_ask", change)


VIEWS: dict[str, Told] = {
    "order by a hidden name": (order_by_hidden_name, CHAINS),
    "order by row": (order_by_row, CHAINS),
    "a public id for a pseudonym": (pseudonym_is_the_id, CHAINS),
    "a pseudonym that is the same at each head": (pseudonym_without_head, CHAINS),
    "a firm's pseudonym that is the same at each head": (firm_without_head, CHAINS),
    "a firm's public id for a pseudonym": (firm_is_the_id, CHAINS),
    "how many origins": (origins_counted, CHAINS),
    "how many sealed": (sealed_counted, CHAINS),
    "the length of a hidden name": (length_of_a_name, CHAINS),
    "whether more tiers were declared": (more_tiers, CHAINS),
    "numbers of a nameless place's certificates": (certificate_numbers, CHAINS),
    "certificates by the day": (certificates_by_the_day, CHAINS),
    "coordinates with every name": (coordinates_at_any_level, ("see:line", "see:map_file")),
    "stock with every name": (stock_at_any_level, CHAINS),
    "one consent is enough": (one_consent, CHAINS),
    "one view kept for all": (view_of_another, PAGES),
    "unknown readers by name": (readers_by_name, ("share:read",)),
    "unknown readers counted": (reads_counted, ("share:read",)),
    "lists in the order of others' use": (families_by_use, ("found:page", "bring:line_new", "answer:answer"), ALL),
    "members with partners": (members_with_partners, ("found:page",), ("member", "coordinator", "rival")),
    "how many firms stand in all books": (book_of_another, ("ask:new",), (*READS, "coordinator")),
}
