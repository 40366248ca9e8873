"""Writing what an answer says of own items: the items themselves and their sites."""

from collections.abc import Mapping, Sequence

from amont.catalogue.actions.former import keep_former
from amont.catalogue.models import Item, Site
from amont.chain.models import Input
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.requests import words
from amont.requests.facts import AnswerValues
from amont.requests.sets import Asks

FACTS = ("step", "country", "chain_end")
SAID = ("kind", "name", "reference", "family", "step", "country", "chain_end")


def write_items(viewer: Viewer, told: Sequence[tuple[AnswerValues, Asks]]) -> list[Item]:
    """Write the own items that these answers are about, new ones and known ones, and return them in order.

    Each answer comes with what it was asked: what was not asked, and is not said, stays as it was.

    Raises `NotKnown` for an item, or an own source, that is not the viewer's, `Refused` for a reference that stands
    for another item and for an item made from itself.
    """
    answers = [each for each, _ in told]
    known = _known(viewer, answers)
    _check(viewer, answers)
    _check_ends(known, told)
    sites = _sites(viewer, answers)
    items = [known.get(each.item) or Item(owner_id=viewer.organization_id, created_at=clock.now()) for each in answers]
    for item, (each, asks) in zip(items, told, strict=True):
        _say(item, each, asks, sites)
    keep_former(items)
    Item.objects.bulk_create([item for item in items if item.pk is None])
    again = {item.public_id: item for item in items if item.public_id in known}
    Item.objects.bulk_update(again.values(), [*SAID, "site"], batch_size=200)
    return items


def _known(viewer: Viewer, answers: Sequence[AnswerValues]) -> dict[str, Item]:
    meant = {each.item for each in answers if each.item}
    sources = {source.item for each in answers for one in each.inputs for source in one.sources if source.item}
    rows = Item.objects.filter(owner_id=viewer.organization_id, public_id__in=meant | sources)
    known = {row.public_id: row for row in rows}
    if (meant | sources) - known.keys():
        raise NotKnown
    return known


def _check(viewer: Viewer, answers: Sequence[AnswerValues]) -> None:
    wrong: dict[str, list[object]] = {}
    references = {each.reference for each in answers if each.reference}
    rows = Item.objects.filter(owner_id=viewer.organization_id, reference__in=references)
    taken = {row.reference: row.public_id for row in rows}
    for index, each in enumerate(answers):
        at = f"{index}." if len(answers) > 1 else ""
        if each.reference and taken.setdefault(each.reference, each.item or f"new {index}") != (
            each.item or f"new {index}"
        ):
            wrong[f"{at}reference"] = [words.MISTAKES["reference"]]
        for i, one in enumerate(each.inputs):
            for j, source in enumerate(one.sources):
                if source.item and source.item == each.item:
                    wrong[f"{at}inputs.{i}.sources.{j}.item"] = [words.MISTAKES["itself"]]
    if wrong:
        raise Refused(wrong)


def _check_ends(known: Mapping[str, Item], told: Sequence[tuple[AnswerValues, Asks]]) -> None:
    """Refuse an end of the chain for an item whose inputs are known and were not asked for: both cannot be true."""
    meant = {
        known[each.item].pk: index
        for index, (each, asks) in enumerate(told)
        if each.item and each.chain_end and not asks.asks("inputs")
    }
    rows = Input.objects.filter(item_id__in=meant).exclude(name="").values_list("item_id", flat=True)
    wrong = {f"{meant[item]}." if len(told) > 1 else "": words.MISTAKES["goes_on"] for item in rows}
    if wrong:
        raise Refused({f"{at}chain_end": [said] for at, said in wrong.items()})


def _say(item: Item, values: AnswerValues, asks: Asks, sites: dict[tuple[str, str, str], Site]) -> None:
    """Write what is said; with `accept_only`, and where it was not asked, what was known before stays."""
    item.name = values.name.strip() or item.name
    item.kind = values.kind
    if values.family or asks.asks("family"):
        item.family = values.family
    item.reference = values.reference.strip() or item.reference
    if values.accept_only:
        return
    for name in FACTS:
        if getattr(values, name) or asks.asks(name):
            setattr(item, name, getattr(values, name))
    if values.inputs and not values.chain_end:
        item.chain_end = ""
    if values.site_name.strip() or asks.asks("site_name"):
        item.site = sites.get(_site_key(values))


def _site_key(values: AnswerValues) -> tuple[str, str, str]:
    return values.site_name.strip(), values.site_town.strip(), values.site_country or values.country


def _sites(viewer: Viewer, answers: Sequence[AnswerValues]) -> dict[tuple[str, str, str], Site]:
    wanted = {_site_key(each) for each in answers if each.site_name.strip()}
    rows = Site.objects.filter(owner_id=viewer.organization_id, name__in={name for name, _, _ in wanted})
    found = {(row.name, row.town, row.country): row for row in rows}
    new = {
        key: Site(owner_id=viewer.organization_id, name=key[0], town=key[1], country=key[2])
        for key in sorted(wanted - found.keys())
    }
    Site.objects.bulk_create(new.values())
    return found | new
