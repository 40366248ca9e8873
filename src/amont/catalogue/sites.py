"""Rules of sites: by what they are recognized, and what a file would change. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from amont.catalogue.facts_sites import SiteDraft, SiteFact
from amont.catalogue.matching import names
from amont.catalogue.matching.sites import Decision, Prepared, SiteWriting, compared, prepared
from amont.catalogue.rules import Outcome
from amont.kernel.identifiers import Unfit, identifier

TEXTS = ("external_id", "address", "town", "region", "country")
POINT = ("latitude", "longitude", "point_written")
FIELDS = (*TEXTS, *POINT, "identifiers", "details")
FEW = 30
"""So many sites of one firm are compared one by one; of more only those that share a word."""


@dataclass(frozen=True, slots=True)
class PlannedSite:
    """What one draft comes to: the site that stands (or "new:ROW" of the draft that adds it), and what it sets there.

    `clash` is the row of the same file that it contradicts, or 0: then it is refused.
    """

    row: int
    site: str
    outcome: Outcome
    changes: Mapping[str, object] = field(default_factory=dict)
    clash: int = 0


@dataclass(slots=True)
class _Entry:
    ref: str
    ready: Prepared
    fields: dict[str, object]
    row: int = 0
    fill_only: bool = False


@dataclass(slots=True)
class _Bucket:
    entries: list[_Entry] = field(default_factory=list)
    by_key: dict[str, list[_Entry]] = field(default_factory=dict)

    def add(self, entry: _Entry) -> None:
        self.entries.append(entry)
        for key in set(names.keys([entry.ready.name])):
            self.by_key.setdefault(key, []).append(entry)

    def near(self, ready: Prepared) -> Iterable[_Entry]:
        if len(self.entries) <= FEW:
            return self.entries
        found = {id(entry): entry for key in names.keys([ready.name]) for entry in self.by_key.get(key, ())}
        return found.values()


def ids_of(external_id: str, identifiers: Mapping[str, str]) -> dict[str, str]:
    """Return a site's identifiers by kind; one of no known kind counts as an identifier of that file's own."""
    found = dict(identifiers)
    if external_id:
        try:
            known = identifier(external_id)
        except Unfit:
            known = None
        kind, value = (known.kind, known.value) if known else ("", external_id.casefold())
        found.setdefault(kind, value)
    return found


def writing(site: SiteDraft | SiteFact) -> SiteWriting:
    """Return a site as matching takes it."""
    return SiteWriting(
        name=site.name,
        firm=site.firm,
        group=site.group,
        address=site.address,
        town=site.town,
        region=site.region,
        country=site.country,
        latitude=site.latitude,
        longitude=site.longitude,
        ids=ids_of(site.external_id, site.identifiers),
    )


def planned_sites(
    standing: Sequence[SiteFact],
    drafts: Sequence[SiteDraft],
    *,
    owner_of: Mapping[int, str],
    merged: Sequence[tuple[str, SiteFact]] = (),
) -> list[PlannedSite]:
    """Return what each draft comes to against the sites that stand.

    `owner_of` gives, by row, the contact whose site the draft speaks of ("" for an own one). A draft means a site of
    the same owner that matching is certain of, or any site that bears the same identifier. One that means a site of
    `merged` (which stands, what was merged into it) only fills what that leaves empty. Two rows of one file that
    contradict each other about one site: the later is refused. Applied once, the same drafts come to "unchanged".
    """
    state = _State()
    entries = state.by_ref
    for site in standing:
        fields = {name: getattr(site, name) for name in ("name", *FIELDS)}
        entries[site.site] = _Entry(site.site, prepared(writing(site)), fields)
        state.add(site.contact, entries[site.site])
    for stands, gone in merged:
        if stands in entries:
            entry = _Entry(stands, prepared(writing(gone)), entries[stands].fields, fill_only=True)
            state.add(gone.contact, entry)
    return [state.plan(draft, owner_of[draft.row]) for draft in drafts]


@dataclass(slots=True)
class _State:
    buckets: dict[str, _Bucket] = field(default_factory=dict)
    by_id: dict[tuple[str, str], _Entry] = field(default_factory=dict)
    by_ref: dict[str, _Entry] = field(default_factory=dict)

    def add(self, owner: str, entry: _Entry) -> None:
        self.buckets.setdefault(owner, _Bucket()).add(entry)
        self._index(entry, entry.ready.writing.ids)

    def _index(self, entry: _Entry, ids: Mapping[str, str]) -> None:
        for kind, value in ids.items():
            if kind:  # one of no known kind tells sites apart within one firm only
                self.by_id.setdefault((kind, value), entry)

    def plan(self, draft: SiteDraft, owner: str) -> PlannedSite:
        ready = prepared(writing(draft))
        found = self.by_ref.get(draft.public_id) or self._same(ready, owner)
        if found is None:
            return self._new(draft, owner, ready)
        changes = changed(found.fields, draft)
        if draft.public_id == found.ref and found.fields["name"] != draft.name:
            changes["name"] = draft.name
        if found.fill_only:
            changes = {name: value for name, value in changes.items() if not found.fields.get(name)}
        if found.row and any(found.fields.get(name) not in ("", None) for name in changes if name in (*TEXTS, *POINT)):
            return PlannedSite(draft.row, found.ref, Outcome.REFUSED, clash=found.row)
        found.row = found.row or draft.row
        found.fields.update(changes)
        self._index(found, ready.writing.ids)
        return PlannedSite(draft.row, found.ref, Outcome.UPDATED if changes else Outcome.UNCHANGED, changes)

    def _same(self, ready: Prepared, owner: str) -> _Entry | None:
        for each in ready.writing.ids.items():
            if each in self.by_id:
                return self.by_id[each]
        best, score = None, 0.0
        for entry in self.buckets.get(owner, _Bucket()).near(ready):
            verdict = compared(ready, entry.ready)
            if verdict.decision is Decision.SAME and verdict.score > score:
                best, score = entry, verdict.score
        return best

    def _new(self, draft: SiteDraft, owner: str, ready: Prepared) -> PlannedSite:
        said = {name: getattr(draft, name) for name in ("name", *FIELDS)}
        entry = _Entry(f"new:{draft.row}", ready, dict(said), draft.row)
        self.add(owner, entry)
        return PlannedSite(draft.row, entry.ref, Outcome.ADDED, said)


def changed(stands: Mapping[str, object], draft: SiteDraft) -> dict[str, object]:
    """Return what a draft sets on a site that stands: values that differ; what it does not say stays."""
    found: dict[str, object] = {
        name: value for name in TEXTS if (value := getattr(draft, name)) and stands.get(name) != value
    }
    if "external_id" in found and stands.get("external_id"):
        del found["external_id"]  # the identifier that stands stays; another one is kept beside it
    if draft.latitude is not None and any(stands.get(name) != getattr(draft, name) for name in POINT):
        found |= {name: getattr(draft, name) for name in POINT}
    for name in ("identifiers", "details"):
        before = stands.get(name)
        merged = {**(before if isinstance(before, Mapping) else {}), **getattr(draft, name)}
        if merged != (before or {}):
            found[name] = merged
    return found
