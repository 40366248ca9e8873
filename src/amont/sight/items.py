"""What owners state about their items, fetched whole for `sight.dress`, which alone cuts it to a level."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from amont.catalogue.models import FormerFacts, Item, Site
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate, Reliance
from amont.kernel.quarters import next_quarter
from amont.parties.models import Organization
from amont.sight.facts import SiteFact

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as its owner stated it."""

    scheme: str
    number: str
    valid_until: date | None


class Coded(NamedTuple):
    """What is said of an item in the codes of the charter's lists."""

    country: str
    step: str
    family: str
    chain_end: str


@dataclass(frozen=True, slots=True)
class Stated:
    """All that an owner states about one item. Never leaves sight but through `sight.dress`.

    `former`: what was said before a change in this quarter, blank where nothing was: it shows below level 3.
    """

    item: int
    ref: str
    organization: int
    organization_name: str
    checked_by: str
    reference: str
    name: str
    country: str
    step: str
    family: str
    chain_end: str
    site: SiteFact | None
    certificates: tuple[Held, ...]
    former: Coded | None = None

    @property
    def coded(self) -> Coded:
        """Return what shows below level 3: a first statement at once, a change from the next quarter on."""
        now = Coded(self.country, self.step, self.family, self.chain_end)
        return Coded(*(old or new for old, new in zip(self.former, now, strict=True))) if self.former else now


_FIELDS = ("id", "public_id", "owner_id", "reference", "name", "country", "step", "family", "chain_end", "site_id")


def stated(items: Iterable[int], *, on: date) -> dict[int, Stated]:
    """Return what is stated about these items, by item, for a view on a day."""
    found: dict[int, Stated] = {}
    with unsealed("sight dresses what the walk returned; sight.dress cuts it to each place's level"):
        for part in _parts(sorted(set(items))):
            found.update(_stated(part, on))
    return found


def _stated(items: list[int], on: date) -> Iterator[tuple[int, Stated]]:
    rows = list(Item.objects.filter(pk__in=items).values_list(*_FIELDS))
    firms = Organization.objects.filter(pk__in={row[2] for row in rows})
    names = {key: (name, checked) for key, name, checked in firms.values_list("pk", "name", "checked_by")}
    sites = _sites({row[-1] for row in rows if row[-1] is not None})
    certificates = _certificates(items)
    former = _former(items, on)
    for item, ref, owner, reference, name, country, step, family, chain_end, site in rows:
        yield (
            item,
            Stated(
                item=item,
                ref=ref,
                organization=owner,
                organization_name=names[owner][0],
                checked_by=names[owner][1],
                reference=reference,
                name=name,
                country=country,
                step=step,
                family=family,
                chain_end=chain_end,
                site=sites.get(site) if site is not None else None,
                certificates=certificates.get(item, ()),
                former=former.get(item),
            ),
        )


def _former(items: list[int], on: date) -> dict[int, Coded]:
    """Return what a change in the view's own quarter hides until the next."""
    rows = FormerFacts.objects.filter(item_id__in=items, until_on=next_quarter(on))
    return {item: Coded(*codes) for item, *codes in rows.values_list("item_id", *Coded._fields)}


def _sites(keys: set[int]) -> dict[int, SiteFact]:
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


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
