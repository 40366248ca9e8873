"""Bringing sites: own ones, and facilities of the firms of one's own book."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.facts_sites import SiteDraft
from amont.catalogue.models import Site
from amont.catalogue.rules import Outcome
from amont.catalogue.sites import FIELDS, PlannedSite
from amont.catalogue.tracing import Trace
from amont.chain.actions.claims import WATCHED_PLACE
from amont.chain.actions.contacts import CHUNK, write_planned
from amont.chain.book import LONGEST, FirmKey
from amont.chain.models import ClaimedPlace
from amont.chain.paths import facility_key
from amont.chain.read import sites as read
from amont.chain.read.sites import SitesOutcome, SitesPlan
from amont.kernel.errors import Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

WATCHED_SITE = ("name", "external_id", "address", "town", "region", "country", "latitude", "longitude", "closed_on")


def bring_sites(
    viewer: Viewer, drafts: Sequence[SiteDraft], *, own: bool = False, trace: Trace | None = None
) -> SitesOutcome:
    """Add and update sites of a file: those of firms with the firms in the viewer's own book, own ones among its own.

    Brought twice, the second time changes nothing. One ledger line. `trace` notes what is written. Raises `Denied`.
    """
    may.write(viewer)
    trace = trace if trace is not None else Trace()
    with transaction.atomic():
        plan, outcome = read.sites_planned(viewer, drafts, own=own)
        keys = write_planned(viewer, plan.firms, trace=trace)
        _write_own(viewer, plan, trace)
        _write_places(viewer, plan, keys, trace)
        changed = any(each.changes for each in plan.sites) or any(each.changes for each in plan.firms)
        detail = {"rows": len(drafts), "new": sum(each.outcome is Outcome.ADDED for each in plan.sites)}
        ledger.append(viewer, "bring_sites", detail=detail, network=changed)
    return outcome


def _write_own(viewer: Viewer, plan: SitesPlan, trace: Trace) -> None:
    rows = {row.public_id: row for row in Site.objects.filter(owner_id=viewer.organization_id)}
    written = _Written()
    for each in plan.sites:
        if each.row in plan.firm_of or each.outcome is Outcome.REFUSED:
            continue
        if each.outcome is Outcome.ADDED:
            written.fresh[each.site] = Site(owner_id=viewer.organization_id)
        row = written.fresh.get(each.site) or rows.get(each.site)
        if row is not None:
            written.set(row, each, "site", trace)
    Site.objects.bulk_create(written.fresh.values(), batch_size=CHUNK)
    Site.objects.bulk_update(written.changed.values(), ("name", *FIELDS), batch_size=CHUNK)
    written.note("site", WATCHED_SITE, trace)


def _write_places(viewer: Viewer, plan: SitesPlan, firms: Mapping[FirmKey, int], trace: Trace) -> None:
    rows = {row.public_id: row for row in ClaimedPlace.objects.filter(owner_id=viewer.organization_id)}
    taken = {(row.contact_id, row.folded, row.external_id) for row in rows.values()}
    written = _Written()
    for each in plan.sites:
        if each.outcome is Outcome.REFUSED:
            continue
        if each.outcome is Outcome.ADDED and each.row in plan.firm_of:
            contact = firms[plan.firm_of[each.row]]
            written.fresh[each.site] = ClaimedPlace(owner_id=viewer.organization_id, contact_id=contact)
        row = written.fresh.get(each.site) or rows.get(each.site)
        if row is None:
            continue
        written.set(row, each, "place", trace)
        if each.outcome is Outcome.ADDED and isinstance(row, ClaimedPlace):
            row.folded = _free_key(row, taken)
            taken.add((row.contact_id, row.folded, row.external_id))
    ClaimedPlace.objects.bulk_create(written.fresh.values(), batch_size=CHUNK)
    ClaimedPlace.objects.bulk_update(written.changed.values(), ("name", *FIELDS), batch_size=CHUNK)
    written.note("place", WATCHED_PLACE, trace)


@dataclass(slots=True)
class _Written:
    """Sites to be written: new ones, those that change, and the rows of the file that they come from."""

    fresh: dict[str, Any] = field(default_factory=dict)
    changed: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    def set(self, row: Site | ClaimedPlace, planned: PlannedSite, table: str, trace: Trace) -> None:
        """Set on a row what a draft says of it."""
        said = {name: dict(value) if isinstance(value, Mapping) else value for name, value in planned.changes.items()}
        if planned.site in self.fresh:
            self.rows.setdefault(planned.site, planned.row)
        elif said:
            self.changed[planned.site] = row
            before = {name: getattr(row, name) for name in said}
            trace.change(table, row.pk, planned.row, before=before, after=said)
        for name, value in said.items():
            setattr(row, name, value)

    def note(self, table: str, watched: Sequence[str], trace: Trace) -> None:
        """Note the rows that were added."""
        values = [[getattr(row, name) for name in watched] for row in self.fresh.values()]
        trace.add(table, [row.pk for row in self.fresh.values()], self.rows.values(), values)


def _free_key(row: ClaimedPlace, taken: set[tuple[int, str, str]]) -> str:
    """Return by what a facility is recognized in its firm: its name; of several of one name, also where it is."""
    name = facility_key(row.name, row.region, row.country)
    for more in ("", row.town, row.address, f"{row.latitude} {row.longitude}", *map(str, range(2, 1000))):
        key = f"{name} {folded(more)}".strip()[:LONGEST] if more else name
        if (row.contact_id, key, row.external_id) not in taken:
            return key
    raise Refused(_("There are too many sites of this name."))
