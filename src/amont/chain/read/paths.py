"""What a file of paths would change in one's own claims; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from amont.catalogue.matching.sites import Decision, Prepared, SiteWriting, compared, prepared
from amont.catalogue.models import Item
from amont.catalogue.rules import Outcome, key_of
from amont.catalogue.sites import ids_of
from amont.chain import paths
from amont.chain.book import FirmKey, PlannedContact
from amont.chain.claims import fingerprint
from amont.chain.facts_book import PathDraft, PlaceDraft
from amont.chain.models import ClaimedPath, ClaimedPlace, Contact
from amont.chain.paths import PlaceKey, Read
from amont.chain.read import book
from amont.chain.read.merged import place_aliases
from amont.kernel.viewer import Viewer

COMPARED = ("external_id", "town", "region", "country", "latitude", "longitude", "step", "details")
Target = tuple[FirmKey, str, str]
"""(firm, folded facility, identifier): by what a place of the book is recognized."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a thing a file speaks of, and how many of these are new or changed."""

    all: int = 0
    new: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class PathsOutcome:
    """What a file of paths comes to. `outcomes` is by row: a row whose path stands already is unchanged.

    `repeated` counts rows whose path an earlier row has; `self_sales` distinct steps within one group to another
    place, on `self_sale_rows` rows; `collapsed` places that stood twice in a row. `cycles` are (row, place that
    returns), `returns` (row, group that returns by another place), `loops` places that stand above one another once
    all paths are laid together. `near` are pairs of names worth a look.
    """

    outcomes: Mapping[int, Outcome]
    paths: Counted
    firms: Counted
    facilities: Counted
    mills: Counted
    repeated: int
    self_sales: int
    self_sale_rows: int
    self_selling_groups: tuple[str, ...]
    collapsed: int
    cycles: tuple[tuple[int, str], ...]
    returns: tuple[tuple[int, str], ...]
    loops: tuple[tuple[str, ...], ...]
    near: tuple[tuple[str, str], ...]
    longest: int


@dataclass(slots=True)
class PathsPlan:
    """What is to be written: firms, places that are new or changed, walks that are new, by row."""

    read: Read
    firms: list[PlannedContact]
    known: dict[PlaceKey, ClaimedPlace] = field(default_factory=dict)
    fresh: dict[PlaceKey, PlaceDraft] = field(default_factory=dict)
    changed: dict[PlaceKey, dict[str, object]] = field(default_factory=dict)
    new_walks: dict[int, tuple[PlaceKey, ...]] = field(default_factory=dict)

    def first_rows(self) -> dict[PlaceKey, int]:
        """Return the first row on which each place stands."""
        found: dict[PlaceKey, int] = {}
        for row, walk in self.read.walks.items():
            for key in walk:
                found.setdefault(key, row)
        return found


def paths_planned(viewer: Viewer, drafts: Sequence[PathDraft], *, item: int | None) -> tuple[PathsPlan, PathsOutcome]:
    """Return what the file would change above an own item (its key, None for one to be made), and how that counts."""
    read = paths.read_paths(drafts)
    firms = book.contacts_planned(viewer, list(read.firms.values()), fill_only=True)
    plan = PathsPlan(read, firms)
    one_of = _compare_places(viewer, plan)
    standing = _standing(viewer, item)
    outcomes: dict[int, Outcome] = {}
    seen: set[tuple[PlaceKey, ...]] = set()
    for row, written in read.walks.items():
        walk = paths.without_repeats([one_of[key] for key in written])
        outcomes[row] = _outcome(plan, walk, seen, standing=standing)
        if outcomes[row] is Outcome.ADDED:
            plan.new_walks[row] = walk
        seen.add(walk)
    return plan, _counted(plan, outcomes, len(seen))


def paths_above_line_planned(
    viewer: Viewer, drafts: Sequence[PathDraft], *, line: str, new_line: str = ""
) -> tuple[PathsPlan, PathsOutcome]:
    """Return the same for an own line, by its public id, or for one to be made, which may be there by its name."""
    rows = Item.objects.filter(owner_id=viewer.organization_id)
    if not new_line:
        item = rows.filter(public_id=line).values_list("pk", flat=True).first()
        return paths_planned(viewer, drafts, item=item)
    keys = {key_of(reference, name): pk for pk, reference, name in rows.values_list("pk", "reference", "name")}
    return paths_planned(viewer, drafts, item=keys.get(key_of("", new_line)))


def _standing(viewer: Viewer, item: int | None) -> set[str]:
    if item is None:
        return set()
    rows = ClaimedPath.objects.filter(owner_id=viewer.organization_id, item_id=item)
    return set(rows.values_list("fingerprint", flat=True))


def _outcome(
    plan: PathsPlan, walk: tuple[PlaceKey, ...], seen: set[tuple[PlaceKey, ...]], *, standing: set[str]
) -> Outcome:
    if walk in seen:
        return Outcome.UNCHANGED
    ids = [plan.known[key].public_id for key in walk if key in plan.known]
    if len(ids) < len(walk) or fingerprint(ids) not in standing:
        return Outcome.ADDED
    return Outcome.UPDATED if any(key in plan.changed for key in walk) else Outcome.UNCHANGED


def _compare_places(viewer: Viewer, plan: PathsPlan) -> dict[PlaceKey, PlaceKey]:
    """Find which places stand in the book, and return by which of its keys each place of the file goes.

    Two writings of one file may be one place: their firm is one, or they were merged before.
    """
    firm_of = {name: each.key for name, each in zip(plan.read.firms, plan.firms, strict=True)}
    targets = {key: (firm_of[key[0]], key[1], key[2]) for key in plan.read.places}
    stands = _stands(viewer)
    stands |= _certain(plan, targets, stands)
    first: dict[object, PlaceKey] = {}
    one_of: dict[PlaceKey, PlaceKey] = {}
    for key, draft in plan.read.places.items():
        row = stands.get(targets[key])
        one_of[key] = first.setdefault(row.pk if row else targets[key], key)
        if one_of[key] != key:
            continue
        if row is None:
            plan.fresh[key] = draft
            continue
        plan.known[key] = row
        changes = paths.changed_fields({name: getattr(row, name) for name in COMPARED}, draft)
        if changes:
            plan.changed[key] = changes
    return one_of


def _certain(
    plan: PathsPlan, targets: Mapping[PlaceKey, Target], stands: Mapping[Target, ClaimedPlace]
) -> dict[Target, ClaimedPlace]:
    """Return the facilities of the book that matching is certain of, for those that stand there under other words."""
    taken = {stands[target].pk for target in targets.values() if target in stands}
    free: dict[FirmKey, list[tuple[ClaimedPlace, Prepared]]] = {}
    for (firm, _folded, _external_id), row in stands.items():
        if row.pk not in taken and row.name:
            free.setdefault(firm, []).append((row, prepared(_of_row(row))))
    found: dict[Target, ClaimedPlace] = {}
    for key, target in targets.items():
        draft = plan.read.places[key]
        if target in stands or not draft.facility or target[0] not in free:
            continue
        ready = prepared(_of_draft(draft))
        sure = [(compared(ready, each), row) for row, each in free[target[0]] if row.pk not in taken]
        best = max(sure, key=lambda each: each[0].score, default=None)
        if best is not None and best[0].decision is Decision.SAME:
            found[target] = best[1]
            taken.add(best[1].pk)
    return found


def _of_row(row: ClaimedPlace) -> SiteWriting:
    return SiteWriting(
        name=row.name,
        address=row.address,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        ids=ids_of(row.external_id, row.identifiers),
    )


def _of_draft(draft: PlaceDraft) -> SiteWriting:
    return SiteWriting(
        name=draft.facility,
        country=draft.country,
        latitude=draft.latitude,
        longitude=draft.longitude,
        ids=ids_of(draft.external_id, {}),
    )


def _stands(viewer: Viewer) -> dict[Target, ClaimedPlace]:
    mine = Contact.objects.filter(owner_id=viewer.organization_id)
    keys: dict[int, FirmKey] = {}
    by_id: dict[str, FirmKey] = {}
    for pk, public_id, name, country in mine.values_list("pk", "public_id", "folded", "country"):
        keys[pk] = by_id[public_id] = (name, country)
    rows = list(ClaimedPlace.objects.filter(owner_id=viewer.organization_id))
    found = {(keys[row.contact_id], row.folded, row.external_id): row for row in rows}
    places = {row.public_id: row for row in rows}
    for (firm, folded, external_id), place in place_aliases(viewer).items():
        if firm in by_id and place in places:
            found.setdefault((by_id[firm], folded, external_id), places[place])
    return found


def _counted(plan: PathsPlan, outcomes: Mapping[int, Outcome], distinct: int) -> PathsOutcome:
    read = plan.read
    mills = {key for key, place in read.places.items() if place.step == "mill"}
    others = set(read.places) - mills
    names = [firm.name for firm in read.firms.values()]
    facilities = [place.facility for place in read.places.values() if place.facility]
    return PathsOutcome(
        outcomes=outcomes,
        paths=Counted(distinct, len(plan.new_walks)),
        firms=Counted(
            len(read.firms),
            sum(each.outcome is Outcome.ADDED for each in plan.firms),
            sum(each.outcome is Outcome.UPDATED for each in plan.firms),
        ),
        facilities=Counted(len(others), len(others & set(plan.fresh)), len(others & set(plan.changed))),
        mills=Counted(len(mills), len(mills & set(plan.fresh)), len(mills & set(plan.changed))),
        repeated=len(read.walks) - distinct,
        self_sales=len(read.self_sales),
        self_sale_rows=len(read.self_sale_rows),
        self_selling_groups=tuple(sorted(read.self_selling_groups.values())),
        collapsed=read.collapsed,
        cycles=tuple(read.cycles),
        returns=tuple(read.returns),
        loops=tuple(tuple(paths.label(read.places[key]) for key in loop) for loop in paths.loops(read.walks.values())),
        near=paths.near_duplicates([*names, *facilities]),
        longest=max((len(walk) for walk in read.walks.values()), default=0),
    )
