"""What may be asked beyond one's view, and what one is asked (disclosure rule, 3.5)."""

from dataclasses import dataclass
from datetime import datetime

from amont.catalogue.models import Item
from amont.chain.models import Link
from amont.disclosure import read as disclosed
from amont.disclosure.facts_grants import ConsentAsked
from amont.disclosure.levels import Covers
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight.cut.whole import key_of, whole
from amont.sight.facts import Place


@dataclass(frozen=True, slots=True)
class Askable:
    """A nameless place of the viewer's view, the named place that it stands beside, and until when it is asked."""

    place: Place
    beside: Place
    asked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Question:
    """What an owner is asked, and about what: its own item, and the firm at the other end of its own link.

    `reference` is the buyer's for the mapping, as both read it.
    """

    asked: ConsentAsked
    item: str
    item_name: str
    other: str
    reference: str


def askable(viewer: Viewer, place: str) -> Askable:
    """Return a nameless place (its pseudonym) as it may be asked about. Raises `NotKnown` for any other."""
    seen = whole(viewer)
    _item, head = key_of(seen, place)
    beside = next(seen.places[ref] for ref, item in seen.items.items() if item == head)
    return Askable(seen.places[place], beside, asked_until(viewer).get(place))


def asked_until(viewer: Viewer) -> dict[str, datetime]:
    """Return, by pseudonym, until when the viewer's askings stand: whatever was said to them."""
    return {each.place: each.expires_at for each in disclosed.askings_of(viewer) if each.is_open}


def questions(viewer: Viewer) -> tuple[Question, ...]:
    """Return what the viewer was asked to consent to, the latest first."""
    asked = disclosed.consents_of(viewer)
    links = {row.pk: row for row in Link.objects.filter(pk__in={each.link for each in asked})}
    mine = {each.public_id: _own_end(each, links[each.link]) for each in asked}
    items = {row.pk: row for row in Item.objects.filter(pk__in={item for item, _ in mine.values()})}
    named = Organization.objects.filter(pk__in={other for _, other in mine.values()})
    names = dict(named.values_list("pk", "name"))
    return tuple(
        Question(
            asked=each,
            item=items[mine[each.public_id][0]].public_id,
            item_name=items[mine[each.public_id][0]].name,
            other=names[mine[each.public_id][1]],
            reference=links[each.link].reference,
        )
        for each in asked
    )


def _own_end(asked: ConsentAsked, link: Link) -> tuple[int, int]:
    """Return the owner's item, and the organization at the other end."""
    if asked.covers is Covers.IDENTITY:
        return link.supplier_item_id, link.buyer_id
    return link.buyer_item_id, link.supplier_id
