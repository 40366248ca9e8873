"""What owners state about their items and inputs, fetched whole for `dress` and `beside`, which alone cut it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from amont.catalogue.models import FormerFacts, Item, Site
from amont.chain.models import Contact, Input, Link, Source
from amont.disclosure.unsealed import lending
from amont.evidence.models import Certificate, FormerSchemes, Reliance
from amont.evidence.read import documents_beside
from amont.kernel.quarters import next_quarter
from amont.parties.models import Organization
from amont.sight.cut.facts import Coded, Held, Stated, StatedInput, StatedSource
from amont.sight.facts import SiteFact

_AT_ONCE = 5_000
_SAID = ("reference", "name", "country", "step", "family", "chain_end")


def stated(items: Iterable[int], *, on: date) -> dict[int, Stated]:
    """Return what is stated about these items, by item, for a view on a day."""
    found: dict[int, Stated] = {}
    for part in _parts(sorted(set(items))):
        with lending("sight dresses what the walk returned; dress cuts it to each place's level", part):
            found.update((each.item, each) for each in _stated(part, on))
    return found


def inputs_of(items: Iterable[int], *, on: date) -> Mapping[int, tuple[StatedInput, ...]]:
    """Return what is stated about the inputs of these items, by item, in their owner's order, for a view on a day."""
    found: dict[int, list[StatedInput]] = defaultdict(list)
    for part in _parts(sorted(set(items))):
        with lending("sight shows stated sources; beside cuts them to what their owners give", part):
            for each in _inputs(part, on):
                found[each.item].append(each)
    return {item: tuple(each) for item, each in found.items()}


def contacts_of(organization: int) -> Mapping[int, Contact]:
    """Return the viewer's own book, by key: names that it alone sees."""
    return {row.pk: row for row in Contact.objects.filter(owner_id=organization)}


def _stated(items: list[int], on: date) -> Iterator[Stated]:
    rows = list(Item.objects.filter(pk__in=items).values_list("pk", "public_id", "owner_id", "site_id", *_SAID))
    firms = Organization.objects.filter(pk__in={owner for _item, _ref, owner, *_rest in rows})
    names = {key: (name, checked) for key, name, checked in firms.values_list("pk", "name", "checked_by")}
    sites = _sites({site for _item, _ref, _owner, site, *_said in rows if site is not None})
    certificates, documents = _certificates(items), documents_beside(items)
    former, rested = _former(items, on), FormerSchemes.objects.filter(item_id__in=items, until_on=next_quarter(on))
    former_schemes: Mapping[int, Mapping[str, bool]] = dict(rested.values_list("item_id", "schemes"))
    for item, ref, owner, site, reference, name, country, step, family, end in rows:
        said = (reference, name, country, step, family, end)
        held, codes, schemes = certificates.get(item, ()), former.get(item), former_schemes.get(item, {})
        yield Stated(
            item, ref, owner, *names[owner], *said, sites.get(site), held, codes, schemes, documents.get(item, ())
        )


def _former(items: list[int], on: date) -> dict[int, Coded]:
    """Return what a change in the view's own quarter hides until the next."""
    rows = FormerFacts.objects.filter(item_id__in=items, until_on=next_quarter(on))
    return {item: Coded(*codes) for item, *codes in rows.values_list("item_id", *Coded._fields)}


def _sites(keys: set[int]) -> dict[int | None, SiteFact]:
    rows = Site.objects.filter(pk__in=keys).values_list("pk", "name", "town", "latitude", "longitude")
    return {key: SiteFact(name, town or None, latitude, longitude) for key, name, town, latitude, longitude in rows}


def _certificates(items: list[int]) -> Mapping[int, tuple[Held, ...]]:
    pairs = list(Reliance.objects.filter(item_id__in=items).values_list("item_id", "certificate_id"))
    rows = Certificate.objects.filter(pk__in={certificate for _, certificate in pairs})
    fields = rows.values_list("pk", "scheme", "number", "valid_until")
    held = {key: Held(scheme, number, until) for key, scheme, number, until in fields}
    found: dict[int, list[Held]] = defaultdict(list)
    for item, certificate in pairs:
        found[item].append(held[certificate])
    return {item: tuple(each) for item, each in found.items()}


def _inputs(items: list[int], on: date) -> Iterator[StatedInput]:
    rows = Input.objects.filter(item_id__in=items).order_by("position", "name", "pk")
    inputs = list(rows.values_list("pk", "item_id", "name", "stock_weeks", "switch_months"))
    sources = _sources([key for key, *_rest in inputs], on)
    for key, item, name, stock, switch in inputs:
        yield StatedInput(item, name, stock, switch, tuple(sources.get(key, ())))


def _sources(inputs: list[int], on: date) -> Mapping[int, list[StatedSource]]:
    found: dict[int, list[StatedSource]] = defaultdict(list)
    for part in _parts(inputs):
        rows = list(Source.objects.filter(input_id__in=part).order_by("pk"))
        links = [row.link_id for row in rows if row.link_id is not None]
        ended = set(Link.objects.filter(pk__in=links, status=Link.Status.ENDED).values_list("pk", flat=True))
        for row in rows:
            now = (row.country, row.step, row.family, row.chain_end)
            then = Coded(**row.former) if row.former and row.former_until_on == next_quarter(on) else None
            came_of_it = (row.asked_at is not None, row.refused_at is not None, row.confirmed_at is not None)
            link, contact = row.link_id or 0, row.contact_id or 0
            source = StatedSource(link, link in ended, contact, *now, *came_of_it, row.created_at, then)
            found[row.input_id].append(source)
    return found


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
