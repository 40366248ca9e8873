"""Writing one site by hand, closing it, opening it again."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from amont.catalogue import may
from amont.catalogue.facts_sites import SiteDraft, SiteFact
from amont.catalogue.models import Site
from amont.catalogue.sites import FIELDS
from amont.chain.actions.pairing import propose
from amont.chain.models import ClaimedPlace
from amont.chain.read import sites as read
from amont.kernel import clock
from amont.kernel.countries import country_code
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.identifiers import NAMES, Unfit, identifier
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger

WRITTEN = ("name", *(name for name in FIELDS if name != "details"))
NUMBERS = ("external_id", "gln", "siret")


def add_site(viewer: Viewer, draft: SiteDraft) -> SiteFact:
    """Add one own site by hand, and look for one of the own sites that may be the same.

    Raises `Denied`, and `Refused` at the field.
    """
    may.write(viewer)
    _check(draft, is_new=True)
    row = Site(owner_id=viewer.organization_id, **_values(draft))
    with transaction.atomic():
        _check_free(row)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as twice:
            raise Refused({"name": [_("You already have a site of this name in this town.")]}) from twice
        propose(viewer, {row.public_id})
        ledger.append(viewer, "add_site", about=row.public_id, network=True)
    return read.site(viewer, row.public_id)


def edit_site(viewer: Viewer, public_id: str, draft: SiteDraft) -> SiteFact:
    """Set what is known of one site of the viewer's; here an empty field erases.

    Raises `NotKnown`, `Denied`, and `Refused` at the field.
    """
    may.write(viewer)
    before = read.site(viewer, public_id)
    _check(draft, before)
    values = _values(draft)
    model = ClaimedPlace if before.contact else Site
    with transaction.atomic():
        row = (
            model.objects.select_for_update(of=("self",))
            .filter(owner_id=viewer.organization_id, public_id=public_id)
            .first()
        )
        if row is None:
            raise NotKnown
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            _check_free(row)
            row.save(update_fields=[*values])
            ledger.append(viewer, "edit_site", about=public_id, network=True)
    return read.site(viewer, public_id)


def close_site(viewer: Viewer, public_id: str) -> SiteFact:
    """Say of one own site that nobody works there any more: what was made there keeps it. Twice changes nothing.

    Raises `NotKnown`, also for a site of a firm of the book, and `Denied`.
    """
    return _closed(viewer, public_id, verb="close_site", is_closed=True)


def reopen_site(viewer: Viewer, public_id: str) -> SiteFact:
    """Take that back. Twice changes nothing. Raises `NotKnown`, `Denied`."""
    return _closed(viewer, public_id, verb="reopen_site", is_closed=False)


def _closed(viewer: Viewer, public_id: str, *, verb: str, is_closed: bool) -> SiteFact:
    may.write(viewer)
    with transaction.atomic():
        mine = Site.objects.select_for_update(of=("self",)).filter(owner_id=viewer.organization_id)
        row = mine.filter(public_id=public_id).first()
        if row is None:
            raise NotKnown
        if (row.closed_on is not None) is not is_closed:
            row.closed_on = clock.today() if is_closed else None
            row.save(update_fields=["closed_on"])
            ledger.append(viewer, verb, about=public_id)
    return read.site(viewer, public_id)


def _values(draft: SiteDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in WRITTEN} | {"identifiers": dict(draft.identifiers)}


def _check(draft: SiteDraft, stands: SiteFact | None = None, *, is_new: bool = False) -> None:
    errors: dict[str, list[object]] = {}
    if not folded(draft.name):
        errors["name"] = [_("Give the site a name.")]
    if draft.country and country_code(draft.country) != draft.country:
        errors["country"] = [_("Choose a country of the list.")]
    elif is_new and not draft.country:
        errors["country"] = [_("Say in which country the site is.")]
    known = {stands.external_id, *stands.identifiers.values()} if stands else set()
    written = {"external_id": draft.external_id, **draft.identifiers}
    for kind, value in written.items():
        if value not in known and (wrong := _misses(value, "" if kind == "external_id" else kind)):
            errors[kind if kind in NUMBERS else "external_id"] = [wrong]
    if errors:
        raise Refused(errors)


def _misses(value: str, kind: str) -> str:
    """Say what is wrong with an identifier, "" for nothing."""
    try:
        identifier(value, kind)
    except Unfit as unfit:
        return _("This is no %(kind)s: its digits do not fit together.") % {"kind": NAMES[unfit.kind]}
    return ""


def _check_free(row: Site | ClaimedPlace) -> None:
    if isinstance(row, Site):
        where = {name: getattr(row, name) for name in ("owner_id", "name", "town", "country", "latitude", "longitude")}
        if Site.objects.filter(**where).exclude(pk=row.pk).exists():
            raise Refused({"name": [_("You already have a site of this name in this town.")]})
        return
    same_place = ClaimedPlace.objects.filter(
        contact_id=row.contact_id, folded=row.folded, external_id=row.external_id
    ).exclude(pk=row.pk)
    if same_place.exists():
        raise Refused({"external_id": [_("This firm already has a site with this identifier.")]})
