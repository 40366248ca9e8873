"""Sites: own ones and those of the firms of one's own book, and what a file of sites would change among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from amont.catalogue.facts_sites import SiteDraft, SiteFact
from amont.catalogue.models import Site
from amont.catalogue.rules import Outcome
from amont.catalogue.sites import PlannedSite, planned_sites
from amont.chain.book import FirmKey, PlannedContact, firm_key
from amont.chain.facts_book import ContactDraft
from amont.chain.models import ClaimedPlace, Contact
from amont.chain.read import book
from amont.chain.read.merged import merged_sites, stands_for
from amont.kernel.errors import NotKnown
from amont.kernel.folding import folded
from amont.kernel.paging import PAGE_SIZE, Page, page_of
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization

OWN = ""


@dataclass(frozen=True, slots=True)
class SitesPlan:
    """What is to be written: firms, by what row each is meant, and sites, own ones and those of firms."""

    drafts: Mapping[int, SiteDraft]
    firms: list[PlannedContact]
    firm_of: Mapping[int, FirmKey]
    sites: list[PlannedSite]
    unclear: Mapping[int, PlannedContact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SitesOutcome:
    """What a file of sites comes to: outcome by row, clashing row and unclear firm by row, and how much is whose.

    `read_as` counts points that were read otherwise than written.
    """

    outcomes: Mapping[int, Outcome]
    clashes: Mapping[int, int]
    unclear: frozenset[int]
    firms_added: int
    own: int
    read_as: int


def sites_planned(viewer: Viewer, drafts: Sequence[SiteDraft], *, own: bool = False) -> tuple[SitesPlan, SitesOutcome]:
    """Return what the file would change among own sites and those of the book's firms, and how that counts.

    A row is about an own site if `own` says so of the file, or if its firm bears the viewer's own name: a group that
    stands in its own list is no supplier of itself. A row without a firm is about a firm of its group's or own name.
    """
    mine = {folded(Organization.objects.get(pk=viewer.organization_id).name)}
    theirs = {draft.row: _firm(draft) for draft in drafts if not own and folded(_firm(draft).name) not in mine}
    one_each = _one_each(theirs)
    firms = book.contacts_planned(viewer, list(one_each.values()), fill_only=True)
    plan_of = dict(zip(one_each, firms, strict=True))
    keyed = {row: plan_of[_key(firm)] for row, firm in theirs.items()}
    unclear = {row: each for row, each in keyed.items() if each.outcome is Outcome.REFUSED}
    good = [draft for draft in drafts if draft.row not in unclear]
    contacts = _contacts(viewer)
    owner_of = {draft.row: OWN for draft in good}
    owner_of |= {row: contacts.get(each.key, f"{each.key}") for row, each in keyed.items()}
    stands = standing(viewer)
    sites = planned_sites(stands, good, owner_of=owner_of, merged=merged_sites(viewer))
    used = _used(sites, owner_of, {each.site: each.contact for each in stands})
    needed = {each.key for row, each in keyed.items() if row in used or each.outcome is not Outcome.ADDED}
    firm_of = {row: each.key for row, each in keyed.items() if each.key in needed}
    plan = SitesPlan(
        drafts={draft.row: draft for draft in drafts},
        firms=[each for each in firms if each.key in needed],
        firm_of=firm_of,
        sites=sites,
        unclear=unclear,
    )
    return plan, _outcome(plan, own=len(good) - sum(row not in unclear for row in theirs))


def _used(sites: Sequence[PlannedSite], owner_of: Mapping[int, str], stands: Mapping[str, str]) -> set[int]:
    """Return the rows whose site is their firm's: not those that bear the identifier of another firm's site."""
    return {each.row for each in sites if stands.get(each.site, owner_of[each.row]) == owner_of[each.row]}


def _firm(draft: SiteDraft) -> ContactDraft:
    """Return the firm that a row speaks of; only where the site's own name stands for it, its country is the site's."""
    name = draft.firm or draft.group or draft.name
    return ContactDraft(
        row=draft.row,
        name=name,
        country="" if draft.firm or draft.group else draft.country,
        group=draft.group if draft.group != name else "",
        registry_id=draft.registry_id,
    )


def _key(firm: ContactDraft) -> FirmKey:
    return firm_key(firm.name, firm.country)


def _one_each(firms: Mapping[int, ContactDraft]) -> dict[FirmKey, ContactDraft]:
    found: dict[FirmKey, ContactDraft] = {}
    for firm in firms.values():
        known = found.setdefault(_key(firm), firm)
        if (firm.group and not known.group) or (firm.registry_id and not known.registry_id):
            found[_key(firm)] = ContactDraft(
                known.row,
                known.name,
                known.country,
                known.group or firm.group,
                known.registry_id or firm.registry_id,
            )
    return found


def _outcome(plan: SitesPlan, *, own: int) -> SitesOutcome:
    outcomes = {each.row: each.outcome for each in plan.sites}
    changed = {key for each in plan.firms if each.changes and each.outcome is not Outcome.ADDED for key in [each.key]}
    for row, key in plan.firm_of.items():
        if key in changed and outcomes.get(row) is Outcome.UNCHANGED:
            outcomes[row] = Outcome.UPDATED
    outcomes |= dict.fromkeys(plan.unclear, Outcome.REFUSED)
    return SitesOutcome(
        outcomes=outcomes,
        clashes={each.row: each.clash for each in plan.sites if each.clash},
        unclear=frozenset(plan.unclear),
        firms_added=sum(each.outcome is Outcome.ADDED for each in plan.firms),
        own=own,
        read_as=sum(bool(draft.point_written) for draft in plan.drafts.values()),
    )


def _contacts(viewer: Viewer) -> Mapping[FirmKey, str]:
    rows = Contact.objects.filter(owner_id=viewer.organization_id).values_list("folded", "country", "public_id")
    return {(name, country): public_id for name, country, public_id in rows}


def standing(viewer: Viewer) -> list[SiteFact]:
    """Return all sites of the viewer: own ones, and those of the firms of its book."""
    mine = Contact.objects.filter(owner_id=viewer.organization_id)
    firms = {row.pk: row for row in mine}
    places = ClaimedPlace.objects.filter(owner_id=viewer.organization_id).order_by("pk")
    own = Site.objects.filter(owner_id=viewer.organization_id).order_by("pk")
    return [*(_fact(row, None) for row in own), *(_fact(row, firms[row.contact_id]) for row in places)]


def site(viewer: Viewer, public_id: str) -> SiteFact:
    """Return one site of the viewer's, own or of a firm of its book. Raises `NotKnown`."""
    own = Site.objects.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if own is not None:
        return _fact(own, None)
    row = ClaimedPlace.objects.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return _fact(row, Contact.objects.get(owner_id=viewer.organization_id, pk=row.contact_id))


def sites(
    viewer: Viewer, *, text: str = "", country: str = "", whose: str = "", page: int = 1, size: int = PAGE_SIZE
) -> Page[SiteFact]:
    """Return a page of the viewer's sites by name: `whose` is "own", "suppliers" or "" for all that are not closed.

    "closed" gives those alone. `text` is looked for in name, firm, group, town and identifier.
    """
    found = [each for each in standing(viewer) if bool(each.closed_on) is (whose == "closed")]
    if whose in {"own", "suppliers"}:
        found = [each for each in found if bool(each.contact) is (whose == "suppliers")]
    if country:
        found = [each for each in found if each.country == country]
    if folded(text):
        found = [each for each in found if folded(text) in _searched(each)]
    found.sort(key=lambda each: (folded(each.name) or folded(each.firm), folded(each.firm), each.site))
    return page_of(found, page, size)


def countries_of_sites(viewer: Viewer) -> tuple[str, ...]:
    """Return the codes of the countries in which the viewer's sites lie."""
    return tuple(sorted({each.country for each in standing(viewer) if each.country}))


def now_known_as(viewer: Viewer, public_id: str) -> str:
    """Return the public id of the site or firm that stands for one since they were merged, "" if none does."""
    for kind in ("place", "site", "firm"):
        if found := stands_for(viewer, kind).get(public_id, ""):
            return found
    return ""


def _searched(site: SiteFact) -> str:
    return folded(f"{site.name} {site.firm} {site.group} {site.town} {site.external_id}")


def _fact(row: Site | ClaimedPlace, firm: Contact | None) -> SiteFact:
    return SiteFact(
        site=row.public_id,
        name=row.name,
        contact=firm.public_id if firm else "",
        firm=firm.name if firm else "",
        group=firm.group if firm else "",
        external_id=row.external_id,
        identifiers=dict(row.identifiers),
        address=row.address,
        town=row.town,
        region=row.region,
        country=row.country,
        latitude=row.latitude,
        longitude=row.longitude,
        point_written=row.point_written,
        details=dict(row.details),
        closed_on=row.closed_on if isinstance(row, Site) else None,
    )
