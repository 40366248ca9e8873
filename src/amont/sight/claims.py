"""The viewer's own claims drawn beside its view (disclosure rule, 4.4)."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from amont.chain.facts_book import ClaimNode
from amont.chain.models import Contact, Link, Source
from amont.chain.read.claims import claims_above
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.sight.cut.facts import Whole
from amont.sight.facts import Mark, Place, SiteFact, Step

Known = Mapping[str, frozenset[int]]
"""Contact's public id: the organizations that it stands for, each one shown to the viewer by name."""


def claimed_beside(viewer: Viewer, seen: Whole, own: Iterable[str]) -> Iterator[tuple[Step, Place | None]]:
    """Give the steps of the viewer's claims above these own items, each with the place that it adds.

    A claim gives way only to a link that shows that firm by name: then what is claimed above the firm stands above
    the link's place. Nothing nameless, no account, invitation or answer confirms, moves or counts against a claim.
    """
    keys = {seen.items[ref]: ref for ref in own}
    trees = claims_above(viewer, list(keys))
    if not trees:
        return
    known = _known(viewer, seen)
    number = count(1)
    for item in sorted(trees, key=lambda each: keys[each]):
        yield from _drawn(trees[item], keys[item], seen, known, number)


def _drawn(
    nodes: Iterable[ClaimNode], root: str, seen: Whole, known: Known, number: "count[int]"
) -> Iterator[tuple[Step, Place | None]]:
    stands = {"": root}
    for node in nodes:
        below = stands[node.parent]
        named = _named_above(below, node, seen, known)
        if named is not None:
            stands[node.ref] = named
            continue
        place = _place(node, f"claimed-{next(number)}")
        stands[node.ref] = place.ref
        yield Step(below, place.ref), place


def _named_above(below: str, node: ClaimNode, seen: Whole, known: Known) -> str | None:
    """Return the place right above `below` whose link shows the claimed firm by name, if there is one."""
    firms = known.get(node.contact, frozenset())
    for step in seen.above.get(below, ()):
        if seen.places[step.supplier].mark is Mark.NAMED and seen.firms[step.supplier] in firms:
            return step.supplier
    return None


def _known(viewer: Viewer, seen: Whole) -> Known:
    """Return which firms of the viewer's own book are organizations that its view shows by name.

    By the viewer's own links where it named the firm as the source; else by a name that reads the same.
    """
    shown = {firm: seen.places[ref] for ref, firm in seen.firms.items() if seen.places[ref].mark is Mark.NAMED}
    by_name: dict[str, set[int]] = {}
    for firm, place in shown.items():
        by_name.setdefault(folded(place.organization), set()).add(firm)
    linked = _linked(viewer)
    return {
        contact.public_id: frozenset(
            (linked.get(contact.pk, set()) & shown.keys()) | by_name.get(contact.folded, set())
        )
        for contact in Contact.objects.filter(owner_id=viewer.organization_id)
    }


def _linked(viewer: Viewer) -> dict[int, set[int]]:
    """Return the organizations that supply the viewer over links made from each firm of its own book."""
    rows = Source.objects.filter(owner_id=viewer.organization_id, contact_id__isnull=False, link_id__isnull=False)
    accepted = Link.objects.filter(buyer_id=viewer.organization_id, status=Link.Status.ACCEPTED)
    supplier = dict(accepted.values_list("pk", "supplier_id"))
    found: dict[int, set[int]] = {}
    for contact, link in rows.values_list("contact_id", "link_id"):
        if link in supplier:
            found.setdefault(int(contact or 0), set()).add(supplier[link])
    return found


def _place(node: ClaimNode, ref: str) -> Place:
    site = SiteFact(node.facility, node.town or None, node.latitude, node.longitude)
    is_known = node.facility or node.town or node.latitude is not None
    return Place(
        ref=ref,
        mark=Mark.CLAIMED,
        organization=node.firm,
        country=node.country,
        step=node.step,
        family=node.family,
        site=site if is_known else None,
        contact=node.foot,
        group=node.group,
        external_id=node.external_id,
        paths=node.paths,
        loops=node.ends_in_cycle,
    )
