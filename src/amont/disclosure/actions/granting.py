"""To grant, to change, and to revoke: one act each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from amont.disclosure import may, read
from amont.disclosure.facts_grants import OwnGrant
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Grant
from amont.kernel import clock
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer
from amont.ledger import actions as ledger
from amont.parties.models import Organization


@dataclass(frozen=True, slots=True)
class Subject:
    """What a grant is about, by public id: one own item, one link, or (both empty) the whole organization."""

    item: str = ""
    link: str = ""


WHOLE = Subject()
LONGEST = timedelta(days=3653)
"""Nobody decides for more than ten years ahead: a later day is a slip of the hand."""


def grant(
    viewer: Viewer,
    *,
    covers: Covers,
    audience: Audience,
    level: Level,
    subject: Subject = WHOLE,
    organization: str = "",
    starts_at: datetime | None = None,
    until_at: datetime | None = None,
) -> OwnGrant:
    """Decide up to which level an audience sees who the owner is (identity) or whom it buys from (sourcing).

    In force from `starts_at` (none: now), inclusive, to `until_at`, exclusive. `organization` is the public id of the
    one firm that the audience is. The same decision, in force already, is not made twice.
    Raises `Denied` for readers and for an organization that nobody checked; `NotKnown` for a subject that is not the
    owner's; `Refused` for a firm that it does not know, a start in the past, an end before the start.
    """
    may.decide(viewer)
    now = clock.now()
    start = starts_at or now
    _check_times(start, until_at, now=now)
    with transaction.atomic():
        wanted = {
            "owner_id": viewer.organization_id,
            "covers": covers,
            "item_id": _own_item(viewer, subject.item),
            "link_id": _own_link(viewer, subject.link, covers),
            "audience": audience,
            "audience_organization_id": _known(viewer, audience, organization),
            "level": int(level),
            "until_at": until_at,
        }
        row = _standing(wanted, start, asked_start=starts_at)
        if row is None:
            row = Grant.objects.create(**wanted, starts_at=start)
            ledger.append(viewer, "grant", about=row.public_id, network=True)
    return _fact(viewer, row.public_id)


def change(viewer: Viewer, public_id: str, *, level: Level, until_at: datetime | None = None) -> OwnGrant:
    """Let one of the owner's grants give another level, or end another day, from now on: one act.

    The grant that stood ends, and one that says the rest of it begins; one still to start keeps its start. Saying
    again what it says changes nothing. Raises `Denied` for readers, `NotKnown` for a grant that is not the owner's or
    has ended, `Refused` as `grant`.
    """
    may.decide(viewer)
    now = clock.now()
    with transaction.atomic():
        row = _locked(viewer, public_id)
        if row is None or _has_ended(row, now):
            raise NotKnown
        starts = row.starts_at if row.starts_at is not None and row.starts_at > now else now
        _check_times(starts, until_at, now=now)
        if (row.level, row.until_at) == (int(level), until_at):
            return _fact(viewer, public_id)
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        made = _again(row, starts=starts, level=level, until_at=until_at)
        ledger.append(viewer, "change", about=row.public_id, detail={"grant": made.public_id}, network=True)
    return _fact(viewer, made.public_id)


def revoke(viewer: Viewer, public_id: str) -> OwnGrant:
    """End one of the owner's grants at once. What has ended stays as it ended.

    Raises `Denied` for readers, `NotKnown` for a grant that is not the owner's.
    """
    may.narrow(viewer)
    with transaction.atomic():
        row = _locked(viewer, public_id)
        if row is None:
            raise NotKnown
        now = clock.now()
        if not _has_ended(row, now):
            row.revoked_at = now
            row.save(update_fields=["revoked_at"])
            ledger.append(viewer, "revoke", about=row.public_id, network=True)
    return _fact(viewer, public_id)


def _locked(viewer: Viewer, public_id: str) -> Grant | None:
    rows = Grant.objects.select_for_update(of=("self",))
    return rows.filter(owner_id=viewer.organization_id, public_id=public_id).first()


def _has_ended(row: Grant, at: datetime) -> bool:
    return row.revoked_at is not None or (row.until_at is not None and row.until_at <= at)


def _again(row: Grant, *, starts: datetime, level: Level, until_at: datetime | None) -> Grant:
    """Begin a grant that says what another said, but for its level and its days."""
    return Grant.objects.create(
        owner_id=row.owner_id,
        covers=row.covers,
        item_id=row.item_id,
        link_id=row.link_id,
        audience=row.audience,
        audience_organization_id=row.audience_organization_id,
        level=int(level),
        starts_at=starts,
        until_at=until_at,
    )


def _fact(viewer: Viewer, public_id: str) -> OwnGrant:
    return next(each for each in read.grants_of(viewer) if each.public_id == public_id)


def _check_times(start: datetime, until_at: datetime | None, *, now: datetime) -> None:
    if start < now:
        raise Refused({"starts_at": [_("This cannot start in the past.")]})
    if until_at is not None and until_at <= start:
        raise Refused({"until_at": [_("The end must come after the start.")]})
    for field, moment in (("starts_at", start), ("until_at", until_at)):
        if moment is not None and moment - now > LONGEST:
            raise Refused({field: [_("Choose a day within ten years.")]})


def _standing(wanted: dict[str, object], start: datetime, *, asked_start: datetime | None) -> Grant | None:
    """Return the grant in force, or starting then, that says the same."""
    for row in Grant.objects.filter(**wanted, revoked_at__isnull=True):
        if row.starts_at == start or (asked_start is None and read.in_force(row, start)):
            return row
    return None


def _own_item(viewer: Viewer, public_id: str) -> int | None:
    if not public_id:
        return None
    items = apps.get_model("catalogue.Item").objects  # disclosure stands below catalogue
    row = items.filter(owner_id=viewer.organization_id, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return int(row.pk)


def _own_link(viewer: Viewer, public_id: str, covers: Covers) -> int | None:
    """Return the key of a link whose supplier (identity) or buyer (sourcing) the viewer is."""
    if not public_id:
        return None
    side = "supplier_id" if covers is Covers.IDENTITY else "buyer_id"
    links = apps.get_model("chain.Link").objects  # disclosure stands below chain
    row = links.filter(**{side: viewer.organization_id}, public_id=public_id).first()
    if row is None:
        raise NotKnown
    return int(row.pk)


def _known(viewer: Viewer, audience: Audience, public_id: str) -> int | None:
    """Return the key of the one firm that the audience is, if the owner knows it.

    It knows its direct customers, and who asked it for more under its own name.
    """
    if audience is not Audience.ORGANIZATION:
        return None
    known = Organization.objects.filter(public_id=public_id, pk__in=read.known_firms(viewer))
    firm = known.values_list("pk", flat=True).first()
    if firm is None:
        raise Refused({"organization": [_("Choose one of your customers, or a firm that asked you.")]})
    return int(firm)
