"""What one states about the chains above one's own lines, as trees. Seen by its owner alone."""

from collections.abc import Collection, Mapping

from amont.chain import claims
from amont.chain.facts_book import ClaimNode
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact
from amont.kernel.viewer import Viewer

CHUNK = 500


def claims_above(viewer: Viewer, items: Collection[int]) -> Mapping[int, tuple[ClaimNode, ...]]:
    """Return the viewer's own claims above its items (database keys): one tree of paths for each that has any.

    Nodes come depth first, a place before those above it, siblings by name. An item of somebody else gives nothing.
    """
    paths = ClaimedPath.objects.filter(owner_id=viewer.organization_id, item_id__in=list(items))
    owner = dict(paths.order_by("pk").values_list("pk", "item_id"))
    walks: dict[int, list[int]] = {pk: [] for pk in owner}
    keys = list(owner)
    for start in range(0, len(keys), CHUNK):
        steps = ClaimedStep.objects.filter(path_id__in=keys[start : start + CHUNK]).order_by("path_id", "position")
        for path, place in steps.values_list("path_id", "place_id"):
            walks[path].append(place)
    places = _places(viewer, {place for walk in walks.values() for place in walk})
    found: dict[int, list[list[int]]] = {}
    for path, item in owner.items():
        found.setdefault(item, []).append(walks[path])
    return {item: claims.tree(each, places) for item, each in found.items()}


def _places(viewer: Viewer, keys: set[int]) -> dict[int, claims.PlaceFact]:
    rows = ClaimedPlace.objects.filter(owner_id=viewer.organization_id).in_bulk(list(keys)) if keys else {}
    firms = Contact.objects.filter(owner_id=viewer.organization_id).in_bulk(
        list({row.contact_id for row in rows.values()})
    )
    return {
        pk: claims.PlaceFact(
            contact=firms[row.contact_id].public_id,
            firm=firms[row.contact_id].name,
            group=firms[row.contact_id].group,
            facility=row.name,
            country=row.country,
            region=row.region,
            town=row.town,
            external_id=row.external_id,
            step=row.step,
            family=row.family,
            latitude=row.latitude,
            longitude=row.longitude,
            details=row.details,
        )
        for pk, row in rows.items()
    }
