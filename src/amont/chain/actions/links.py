"""Accepting links and marking what was asked over them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from amont.catalogue.models import Item
from amont.chain.models import Input, Link, RequestMark, Source
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A supplier maps a buyer's source to its own item, under one charter (its key), by the buyer's reference.

    `answered`: it answers at once what was asked over the link; `passed`: the buyer passed on what it was asked.
    """

    source: int
    item: Item
    charter: int
    reference: str
    answered: bool
    passed: bool


def accept(viewer: Viewer, acceptances: Sequence[Acceptance]) -> dict[tuple[int, bool], tuple[Link, RequestMark]]:
    """Accept the links, mark the requests over them, and let each link stand where its source was only stated.

    Return link and mark by (source's key, passed). A link once ended is accepted anew. Runs in the transaction of
    the act; each item must be the viewer's own.
    """
    with unsealed("a supplier accepts: the buyer's statement gives way to the link"):
        rows = Source.objects.select_for_update(of=("self",)).filter(pk__in={each.source for each in acceptances})
        sources = {row.pk: row for row in rows.order_by("pk")}
        bought = _bought(sources.values())
        links = _links(viewer, [(bought[each.source], sources[each.source].owner_id, each) for each in acceptances])
        left = {s.link_id for s in sources.values() if s.link_id and s.link_id != links[s.pk].pk}
        for source in sources.values():
            source.link = links[source.pk]
            source.refused_at = None
        Source.objects.bulk_update(sources.values(), ["link", "refused_at"], batch_size=200)
        end_unused(left)
        marks = _marks([(links[each.source], each) for each in acceptances])
    return {(e.source, e.passed): (links[e.source], marks[links[e.source].pk, e.passed]) for e in acceptances}


def end_unused(links: Iterable[int | None]) -> None:
    """End links (keys) that stand for no source any more, and close what was asked over them."""
    found = {each for each in links if each}
    if not found:
        return
    with unsealed("a link that serves no input any more ends for both sides"):
        found -= set(Source.objects.filter(link_id__in=found).values_list("link_id", flat=True))
        Link.objects.filter(pk__in=found).update(status=Link.Status.ENDED)
        RequestMark.objects.filter(link_id__in=found).update(status=RequestMark.Status.CLOSED)


def own_link(buyer_item: Item, supplier_item: Item, charter: int) -> Link:
    """Return the link between two items of one organization, which needs nobody's acceptance."""
    link, made = Link.objects.get_or_create(
        buyer_item=buyer_item,
        supplier_item=supplier_item,
        defaults={
            "buyer_id": buyer_item.owner_id,
            "supplier_id": supplier_item.owner_id,
            "charter_id": charter,
            "status": Link.Status.ACCEPTED,
            "accepted_at": clock.now(),
            "family": supplier_item.family,
        },
    )
    if not made and link.status != Link.Status.ACCEPTED:
        link.status, link.accepted_at = Link.Status.ACCEPTED, clock.now()
        link.save(update_fields=["status", "accepted_at"])
    return link


def _bought(sources: Iterable[Source]) -> dict[int, int]:
    """Return the buyer's item (key) by source (key)."""
    found = {source.pk: source.input_id for source in sources}
    items = dict(Input.objects.filter(pk__in=found.values()).values_list("pk", "item_id"))
    return {source: items[of] for source, of in found.items()}


def _links(viewer: Viewer, wanted: Sequence[tuple[int, int, Acceptance]]) -> dict[int, Link]:
    known = Link.objects.filter(
        buyer_item_id__in={bought for bought, _, _ in wanted}, supplier_item_id__in={e.item.pk for _, _, e in wanted}
    )
    links = {(row.buyer_item_id, row.supplier_item_id): row for row in known}
    new: list[Link] = []
    by_source: dict[int, Link] = {}
    for bought, buyer, each in wanted:
        link = links.get((bought, each.item.pk))
        if link is None:
            link = links[bought, each.item.pk] = _new_link(viewer, bought, buyer, each)
            new.append(link)
        elif link.pk and link.status != Link.Status.ACCEPTED:
            _accept_again(link, each)
        by_source[each.source] = link
    Link.objects.bulk_create(new)
    return by_source


def _new_link(viewer: Viewer, bought: int, buyer: int, each: Acceptance) -> Link:
    return Link(
        buyer_id=buyer,
        supplier_id=viewer.organization_id,
        buyer_item_id=bought,
        supplier_item=each.item,
        charter_id=each.charter,
        status=Link.Status.ACCEPTED,
        accepted_at=clock.now(),
        family=each.item.family,
        reference=each.reference,
    )


def _accept_again(link: Link, each: Acceptance) -> None:
    link.status, link.accepted_at = Link.Status.ACCEPTED, clock.now()
    link.family, link.charter_id, link.reference = each.item.family, each.charter, each.reference
    link.save(update_fields=["status", "accepted_at", "family", "charter", "reference"])


def _marks(wanted: Sequence[tuple[Link, Acceptance]]) -> dict[tuple[int, bool], RequestMark]:
    known = RequestMark.objects.filter(link_id__in={link.pk for link, _ in wanted})
    known = known.exclude(status=RequestMark.Status.CLOSED)
    marks = {(row.link_id, row.passed): row for row in known}
    new: list[RequestMark] = []
    changed: list[RequestMark] = []
    for link, each in wanted:
        mark = marks.get((link.pk, each.passed))
        if mark is None:
            mark = marks[link.pk, each.passed] = RequestMark(link=link, asker_id=link.buyer_id, passed=each.passed)
            new.append(mark)
        if each.answered and mark.status != RequestMark.Status.ANSWERED:
            mark.status = RequestMark.Status.ANSWERED
            changed += [mark] if mark.pk else []
    RequestMark.objects.bulk_create(new)
    RequestMark.objects.bulk_update(changed, ["status"], batch_size=200)
    return marks
