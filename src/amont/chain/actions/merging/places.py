"""Merging facilities of one's own book: the claimed paths over them follow."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from amont.chain.actions.merging import rows
from amont.chain.claims import collapsed, fingerprint
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact
from amont.kernel.errors import Refused

FILLED = (
    "external_id",
    "identifiers",
    "address",
    "town",
    "region",
    "country",
    "latitude",
    "longitude",
    "point_written",
    "step",
    "family",
    "details",
)


def merge(place: ClaimedPlace, gone: ClaimedPlace) -> rows.Kept:
    """Let one facility stand for another; return what stood before."""
    kept: rows.Kept = {"row": rows.kept(gone), "firm": Contact.objects.get(pk=gone.contact_id).public_id}
    kept["paths"] = _merge_walks(place, gone)
    kept["moved"] = rows.moved(ClaimedPlace, gone.pk, place.pk, but=(ClaimedStep,))
    names = tuple(name for name in FILLED if name != "external_id" or not _is_taken(place, gone))
    key = gone.pk
    gone.delete()
    kept["filled"] = rows.filled(place, gone, names)
    kept["row"]["id"] = key
    return kept


def _is_taken(place: ClaimedPlace, gone: ClaimedPlace) -> bool:
    same = ClaimedPlace.objects.filter(
        contact_id=place.contact_id, folded=place.folded, external_id=gone.external_id
    ).exclude(pk__in=(place.pk, gone.pk))
    return same.exists()


def _merge_walks(place: ClaimedPlace, gone: ClaimedPlace) -> list[rows.Kept]:
    """Lead the paths over the one facility over the other; a path that another then repeats goes."""
    paths = set(ClaimedStep.objects.filter(place_id=gone.pk).values_list("path_id", flat=True))
    found = []
    walks = _walks(sorted(paths))
    ids = _public_ids(walks.values()) | {place.pk: place.public_id}
    for path in ClaimedPath.objects.filter(pk__in=paths).order_by("pk"):
        walk = walks[path.pk]
        after = collapsed([place.pk if each == gone.pk else each for each in walk])
        mark = fingerprint([ids[each] for each in after])
        twin = ClaimedPath.objects.filter(item_id=path.item_id, fingerprint=mark).exclude(pk=path.pk).exists()
        found.append({"row": rows.kept(path), "walk": walk, "after": [] if twin else after})
        if twin:
            path.delete()
            continue
        path.fingerprint = mark
        path.save(update_fields=["fingerprint"])
        _lay(path, after)
    return found


def _walks(paths: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {path: [] for path in paths}
    steps = ClaimedStep.objects.filter(path_id__in=list(paths)).order_by("path_id", "position")
    for path, place in steps.values_list("path_id", "place_id"):
        found[path].append(place)
    return found


def _public_ids(walks: Any) -> dict[int, str]:  # noqa: ANN401 - any run of walks
    keys = {place for walk in walks for place in walk}
    return dict(ClaimedPlace.objects.filter(pk__in=keys).values_list("pk", "public_id"))


def _lay(path: ClaimedPath, walk: Sequence[int]) -> None:
    ClaimedStep.objects.filter(path_id=path.pk).delete()
    ClaimedStep.objects.bulk_create(
        ClaimedStep(owner_id=path.owner_id, path=path, position=position, place_id=place)
        for position, place in enumerate(walk, 1)
    )


def undo(place: ClaimedPlace, kept: Mapping[str, Any]) -> None:
    """Let the facility stand for itself again. Raises `Refused` where what was led over has changed since."""
    row = kept["row"]
    rows.emptied(place, kept["filled"])
    same = ClaimedPlace.objects.filter(
        contact_id=row["contact_id"], folded=row["folded"], external_id=row["external_id"]
    )
    if same.exists() or not Contact.objects.filter(pk=row["contact_id"]).exists():
        raise Refused(_("This cannot be undone any more: its firm is gone, or the site is there anew."))
    rows.again(ClaimedPlace, dict(row))
    rows.moved_back(ClaimedPlace, row["id"], place.pk, kept["moved"])
    for path in kept["paths"]:
        _undo_walk(path)


def _undo_walk(kept: Mapping[str, Any]) -> None:
    row, walk = kept["row"], kept["walk"]
    path = ClaimedPath.objects.filter(pk=row["id"]).first()
    if path is None and kept["after"]:
        return  # its owner removed it since
    if path is not None and _walks([path.pk])[path.pk] != kept["after"]:
        raise Refused(_("Its paths have changed since by another merge: undo that one first."))
    if ClaimedPlace.objects.filter(pk__in=walk).count() < len(set(walk)):
        raise Refused(_("Its paths have changed since by another merge: undo that one first."))
    if ClaimedPath.objects.filter(item_id=row["item_id"], fingerprint=row["fingerprint"]).exists():
        return  # brought anew since
    if path is None:
        path = rows.again(ClaimedPath, dict(row))  # type: ignore[assignment]
    assert isinstance(path, ClaimedPath)  # noqa: S101 - for the type checker
    path.fingerprint = row["fingerprint"]
    path.save(update_fields=["fingerprint"])
    _lay(path, walk)
