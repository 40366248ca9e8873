"""What owners state about the inputs of their items, fetched whole for `sight.beside`, which alone cuts it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from amont.chain.models import Contact, Input, Link, Source
from amont.disclosure.unsealed import unsealed

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class StatedSource:
    """One source of an input as its owner stated it; `link` is 0 until one was declared in its place."""

    link: int
    ended: bool
    contact: int
    country: str
    step: str
    family: str
    chain_end: str
    asked: bool
    refused: bool
    confirmed: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StatedInput:
    """One input of an item with its sources. Never leaves sight but through `sight.beside`."""

    item: int
    name: str
    stock_weeks: int | None
    switch_months: int | None
    sources: tuple[StatedSource, ...]


def inputs_of(items: Iterable[int]) -> Mapping[int, tuple[StatedInput, ...]]:
    """Return what is stated about the inputs of these items, by item, in their owner's order."""
    found: dict[int, list[StatedInput]] = defaultdict(list)
    with unsealed("sight shows stated sources; sight.beside cuts them to what their owners give"):
        for part in _parts(sorted(set(items))):
            for each in _inputs(part):
                found[each.item].append(each)
    return {item: tuple(each) for item, each in found.items()}


def contacts_of(organization: int) -> Mapping[int, Contact]:
    """Return the viewer's own book, by key: names that it alone sees."""
    return {row.pk: row for row in Contact.objects.filter(owner_id=organization)}


def _inputs(items: list[int]) -> Iterator[StatedInput]:
    rows = list(
        Input.objects.filter(item_id__in=items)
        .order_by("position", "pk")
        .values_list("pk", "item_id", "name", "stock_weeks", "switch_months")
    )
    sources = _sources([row[0] for row in rows])
    for key, item, name, stock, switch in rows:
        yield StatedInput(item, name, stock, switch, tuple(sources.get(key, ())))


def _sources(inputs: list[int]) -> Mapping[int, list[StatedSource]]:
    found: dict[int, list[StatedSource]] = defaultdict(list)
    for part in _parts(inputs):
        rows = list(Source.objects.filter(input_id__in=part).order_by("pk"))
        links = [row.link_id for row in rows if row.link_id is not None]
        ended = set(Link.objects.filter(pk__in=links, status=Link.Status.ENDED).values_list("pk", flat=True))
        for row in rows:
            found[row.input_id].append(
                StatedSource(
                    link=row.link_id or 0,
                    ended=row.link_id in ended,
                    contact=row.contact_id or 0,
                    country=row.country,
                    step=row.step,
                    family=row.family,
                    chain_end=row.chain_end,
                    asked=row.asked_at is not None,
                    refused=row.refused_at is not None,
                    confirmed=row.confirmed_at is not None,
                    created_at=row.created_at,
                )
            )
    return found


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
