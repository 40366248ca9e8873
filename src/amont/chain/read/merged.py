"""By what else firms and sites of one's own book are known since they were merged."""

from collections.abc import Mapping

from amont.catalogue.facts_sites import SiteFact
from amont.chain.book import FirmKey
from amont.chain.models import Alike, Contact, Merge
from amont.kernel.viewer import Viewer

SAID = (
    "name",
    "external_id",
    "identifiers",
    "address",
    "town",
    "region",
    "country",
    "latitude",
    "longitude",
)
PlaceAlias = tuple[str, str, str]
"""(contact's public id, folded name, identifier): by what a facility that was merged away was recognized."""


def stands_for(viewer: Viewer, kind: str) -> Mapping[str, str]:
    """Return, by public id of a row that was merged away, that of the row that stands for it now."""
    rows = Merge.objects.filter(owner_id=viewer.organization_id, kind=kind, undone_at=None)
    kept = dict(rows.order_by("pk").values_list("gone", "kept"))
    found = {}
    for gone in kept:
        at = gone
        while at in kept:
            at = kept[at]
        found[gone] = at
    return found


def firm_aliases(viewer: Viewer) -> Mapping[FirmKey, FirmKey]:
    """Return the writings that stand for a firm of the book since they were merged into it, with that firm's key."""
    now = stands_for(viewer, Alike.Kind.FIRM)
    if not now:
        return {}
    keys = {
        public_id: (folded, country)
        for public_id, folded, country in Contact.objects.filter(owner_id=viewer.organization_id).values_list(
            "public_id", "folded", "country"
        )
    }
    rows = Merge.objects.filter(owner_id=viewer.organization_id, kind=Alike.Kind.FIRM, undone_at=None)
    found = {}
    for gone, before in rows.order_by("pk").values_list("gone", "before"):
        if now[gone] in keys:
            found[str(before["row"]["folded"]), str(before["row"]["country"])] = keys[now[gone]]
    return found


def place_aliases(viewer: Viewer) -> Mapping[PlaceAlias, str]:
    """Return the facilities that stand for one of the book since they were merged into it, by the public id of that."""
    now = stands_for(viewer, Alike.Kind.PLACE)
    if not now:
        return {}
    firms = stands_for(viewer, Alike.Kind.FIRM)
    rows = Merge.objects.filter(owner_id=viewer.organization_id, kind=Alike.Kind.PLACE, undone_at=None)
    found = {}
    for gone, before in rows.order_by("pk").values_list("gone", "before"):
        firm = str(before["firm"])
        row = before["row"]
        found[firms.get(firm, firm), str(row["folded"]), str(row["external_id"])] = now[gone]
    return found


def merged_sites(viewer: Viewer) -> list[tuple[str, SiteFact]]:
    """Return the sites, own ones and those of firms, that were merged into another: (which stands, which went)."""
    firms = stands_for(viewer, Alike.Kind.FIRM)
    found = []
    for kind in (Alike.Kind.PLACE, Alike.Kind.SITE):
        now = stands_for(viewer, kind)
        rows = Merge.objects.filter(owner_id=viewer.organization_id, kind=kind, undone_at=None).order_by("pk")
        for gone, before in rows.values_list("gone", "before"):
            firm = str(before.get("firm", ""))
            row = before["row"]
            said = {name: row[name] for name in SAID}
            found.append((now[gone], SiteFact(site=gone, contact=firms.get(firm, firm), **said)))
    return found
