"""The keys that a world's file gave, and for a database that was filled otherwise the public ids: operators only."""

from amont.chain.models import WorldKey
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization


def viewers() -> dict[str, Viewer]:
    """Return each organization as a viewer, by its key in the world or else its public id, in key order."""
    keys = row_keys("organization")
    rows = Organization.objects.values_list("pk", "public_id")
    found = {keys.get(row, public_id): row for row, public_id in rows}
    return {key: Viewer(found[key]) for key in sorted(found)}


def viewer_of(key: str) -> Viewer:
    """Return one organization as a viewer, by its key in the world or its public id. Raises `NotKnown`."""
    row = WorldKey.objects.filter(kind="organization", key=key).values_list("row", flat=True).first()
    if row is None:
        row = Organization.objects.filter(public_id=key).values_list("pk", flat=True).first()
    if row is None:
        raise NotKnown
    return Viewer(row)


def row_keys(kind: str) -> dict[int, str]:
    """Return the file's keys of one kind (organization, item, link, grant) by database key."""
    return dict(WorldKey.objects.filter(kind=kind).values_list("row", "key"))
