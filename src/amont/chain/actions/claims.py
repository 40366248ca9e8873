"""Bringing supply paths: they become the viewer's claims above one of its own lines."""

from collections.abc import Sequence

from django.db import transaction

from amont.catalogue import may
from amont.catalogue.actions.lines import write_lines
from amont.catalogue.facts import LineDraft
from amont.catalogue.models import Item
from amont.catalogue.read.lines import known, lines_planned
from amont.catalogue.tracing import Trace
from amont.chain.actions.contacts import CHUNK, write_contacts
from amont.chain.claims import fingerprint
from amont.chain.facts_book import PathDraft
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep
from amont.chain.paths import PlaceKey
from amont.chain.read.paths import PathsOutcome, PathsPlan, paths_planned
from amont.kernel.errors import NotKnown
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

WATCHED_PLACE = ("contact_id", "name", "external_id", "town", "region", "country", "latitude", "longitude", "step")
WATCHED_PATH = ("fingerprint",)
PLACE_FIELDS = ["external_id", "town", "region", "country", "latitude", "longitude", "step", "details"]


def bring_paths(
    viewer: Viewer,
    drafts: Sequence[PathDraft],
    *,
    line: str = "",
    new_line: LineDraft | None = None,
    trace: Trace | None = None,
) -> PathsOutcome:
    """Keep the paths of a file as the viewer's claims above an own line, or above a new one made right here.

    Brought twice, the second time changes nothing. One ledger line. `trace` notes what is written.
    Raises `NotKnown`, `Denied`.
    """
    may.write(viewer)
    trace = trace if trace is not None else Trace()
    with transaction.atomic():
        item = _made_line(viewer, new_line, trace) if new_line is not None else _line(viewer, line)
        plan, outcome = paths_planned(viewer, drafts, item=item.pk)
        _firm_plan, firm_keys = write_contacts(viewer, list(plan.read.firms.values()), fill_only=True, trace=trace)
        firms = {name: firm_keys[each.key] for name, each in zip(plan.read.firms, plan.firms, strict=True)}
        places = _write_places(viewer, plan, firms, trace)
        _write_walks(viewer, item, plan, places=places, drafts={draft.row: draft for draft in drafts}, trace=trace)
        changed = bool(plan.fresh or plan.changed or plan.new_walks or outcome.firms.changed)
        ledger.append(
            viewer,
            "bring_paths",
            about=item.public_id,
            detail={"rows": len(drafts), "new": len(plan.new_walks)},
            network=changed,
        )
    return outcome


def _line(viewer: Viewer, line: str) -> Item:
    row = Item.objects.filter(owner_id=viewer.organization_id, public_id=line).first()
    if row is None:
        raise NotKnown
    return row


def _made_line(viewer: Viewer, draft: LineDraft, trace: Trace) -> Item:
    stands = known(viewer)
    plan = lines_planned(viewer, [draft], among=stands)
    key = write_lines(viewer, plan, stands, trace=trace)[plan[0].key]
    return Item.objects.get(pk=key)


def _write_places(viewer: Viewer, plan: PathsPlan, firms: dict[str, int], trace: Trace) -> dict[PlaceKey, ClaimedPlace]:
    added = {
        key: ClaimedPlace(
            owner_id=viewer.organization_id,
            contact_id=firms[key[0]],
            name=draft.facility,
            external_id=draft.external_id,
            town=draft.town,
            region=draft.region,
            country=draft.country,
            latitude=draft.latitude,
            longitude=draft.longitude,
            step=draft.step,
            folded=key[1],
            details=dict(draft.details),
        )
        for key, draft in plan.fresh.items()
    }
    ClaimedPlace.objects.bulk_create(added.values(), batch_size=CHUNK)
    rows = plan.first_rows()
    trace.add(
        "place",
        [place.pk for place in added.values()],
        [rows[key] for key in added],
        ([getattr(place, name) for name in WATCHED_PLACE] for place in added.values()),
    )
    touched = []
    for key, changes in plan.changed.items():
        before = {name: getattr(plan.known[key], name) for name in changes}
        trace.change("place", plan.known[key].pk, rows[key], before=before, after=changes)
        for name, value in changes.items():
            setattr(plan.known[key], name, value)
        touched.append(plan.known[key])
    ClaimedPlace.objects.bulk_update(touched, PLACE_FIELDS, batch_size=CHUNK)
    return {**plan.known, **added}


def _write_walks(
    viewer: Viewer,
    item: Item,
    plan: PathsPlan,
    *,
    places: dict[PlaceKey, ClaimedPlace],
    drafts: dict[int, PathDraft],
    trace: Trace,
) -> None:
    rows = {
        row: ClaimedPath(
            owner_id=viewer.organization_id,
            item=item,
            fingerprint=fingerprint([places[key].public_id for key in walk]),
            details=dict(drafts[row].details),
        )
        for row, walk in plan.new_walks.items()
    }
    ClaimedPath.objects.bulk_create(rows.values(), batch_size=CHUNK)
    trace.add("path", [row.pk for row in rows.values()], rows, ([row.fingerprint] for row in rows.values()))
    steps = [
        ClaimedStep(owner_id=viewer.organization_id, path=rows[row], position=position, place=places[key])
        for row, walk in plan.new_walks.items()
        for position, key in enumerate(walk, 1)
    ]
    ClaimedStep.objects.bulk_create(steps, batch_size=CHUNK)
