"""What one firm gets of the owner's own data over their link: its own view, over that link and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from amont.chain.facts import Walked
from amont.chain.network import Link, Network
from amont.chain.snapshot import network
from amont.chain.walk import walk
from amont.disclosure import read as disclosed
from amont.disclosure import rules
from amont.disclosure.facts import Stance
from amont.disclosure.levels import Covers, Level
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization
from amont.sight.cut.beside import ways_to
from amont.sight.cut.dress import coded, named_place, nameless_place
from amont.sight.cut.facts import Stated
from amont.sight.cut.own import own_of
from amont.sight.cut.stated import stated
from amont.sight.cut.whole import assembled
from amont.sight.facts import Mark, Place, SeenAs


def seen_as(viewer: Viewer, organization: str) -> SeenAs:
    """Return what a firm that the viewer knows (public id) gets of the viewer's own data over their link.

    A direct customer's own walk and dressing, over the links between the two and those within the viewer's firm: what
    it learns by other ways, or of others, does not enter. Raises `NotKnown` for a firm that the viewer does not know.
    """
    firm = Organization.objects.filter(public_id=organization, pk__in=disclosed.known_firms(viewer)).first()
    if firm is None:  # by one query, whether there is no such firm or it is not known
        raise NotKnown
    net, at = network(), clock.now()
    over = _between(net, owner=viewer.organization_id, customer=firm.pk, at=at)
    if over:
        found = _as_customer(_only(net, over), net, viewer=viewer, customer=firm.pk, at=at)
        return replace(found, firm=firm.public_id, name=firm.name)
    places = tuple(_at_most(viewer, firm, at))
    return SeenAs(firm.public_id, firm.name, places, (), exact=False)


def _between(net: Network, *, owner: int, customer: int, at: datetime) -> tuple[Link, ...]:
    """Return the links over which a customer buys from the owner, and those within the owner's firm; or none."""
    links = [link for item in net.items.get(owner, ()) for link in net.below.get(item, ())]
    bought = [link for link in links if link.terms.buyer == customer and link.terms.accepted <= at]
    within = [link for link in links if link.terms.internal]
    return (*bought, *within) if bought else ()


def _only(net: Network, links: Iterable[Link]) -> Network:
    """Return the network with these links alone, and nothing that tells of any other."""
    above: dict[int, tuple[Link, ...]] = {}
    below: dict[int, tuple[Link, ...]] = {}
    for link in links:
        above[link.buyer_item] = (*above.get(link.buyer_item, ()), link)
        below[link.supplier_item] = (*below.get(link.supplier_item, ()), link)
    return replace(net, above=above, below=below, ended={}, once_requesters=frozenset())


def _as_customer(only: Network, net: Network, *, viewer: Viewer, customer: int, at: datetime) -> SeenAs:
    walked = walk(only, customer, at)
    found = assembled(net, _without_own(walked), viewer=customer, at=at, book={}, ways=ways_to(walked))
    owners = {ref for ref, firm in found.firms.items() if firm == viewer.organization_id}
    beside = {step.supplier for step in found.view.steps if step.buyer in owners}
    shown = tuple(place for place in found.view.places if place.ref in owners | beside)
    steps = tuple(step for step in found.view.steps if step.buyer in owners)
    return SeenAs("", "", shown, steps, exact=True)


def _without_own(walked: Walked) -> Walked:
    """Return what was walked without the customer's own items, which are none of the owner's business."""
    links = frozenset(pair for pair in walked.links if pair[0][0] not in walked.own)
    return replace(walked, own=frozenset(), links=links)


def _at_most(viewer: Viewer, firm: Organization, at: datetime) -> Iterator[Place]:
    """Give the owner's items at the links about which a firm asked, as it sees them if all others on the way agree."""
    consents = [each for each in disclosed.consents_of(viewer) if each.asker == firm.public_id]
    asked = {each.link for each in consents if each.covers is Covers.IDENTITY}
    known = [link for link in own_of(viewer, "", at).sold if link.link in asked]
    facts = stated({link.item for link in known}, on=at.date())
    stance = Stance(firm.pk, requester=True, member=True)
    for number, link in enumerate(known, start=1):
        place = _place(facts[link.item], rules.level(link.terms, stance, at).level, at)
        yield place if place.ref else replace(place, ref=f"asked-{number}")


def _place(facts: Stated, level: int, at: datetime) -> Place:
    """Dress an item at a level, without a pseudonym: it is the asker's, and none of the owner's business."""
    if level >= Level.NAMED:
        return named_place(facts, level, requested=True)
    if level == Level.NAMELESS:
        return nameless_place(facts, ref="", firm="", requested=True, on=at.date())
    if level == Level.ORIGIN:
        country, step, family, _end = coded(facts)
        return Place(ref="", mark=Mark.ORIGIN, country=country, step=step, family=family)
    return Place(ref="", mark=Mark.SEALED)
