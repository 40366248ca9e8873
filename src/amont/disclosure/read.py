"""Reading one's own grants, whom one knows, and what one was asked beyond them."""

from datetime import datetime

from django.apps import apps

from amont.disclosure.facts_grants import ConsentAsked, OwnAsking, OwnGrant
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Consent, Grant, MoreAsked
from amont.kernel import clock
from amont.kernel.viewer import Viewer
from amont.parties.models import Organization


def grants_of(viewer: Viewer) -> tuple[OwnGrant, ...]:
    """Return all grants of the viewer's organization, ended ones included, the latest start first."""
    rows = list(Grant.objects.filter(owner_id=viewer.organization_id))
    subjects = (_public_ids("item", rows), _public_ids("link", rows))
    named = [row.audience_organization_id for row in rows]
    firms = dict(Organization.objects.filter(pk__in=named).values_list("pk", "public_id"))
    names = dict(Organization.objects.filter(pk__in=named).values_list("pk", "name"))
    now = clock.now()
    found = [
        OwnGrant(
            public_id=row.public_id,
            covers=Covers(row.covers),
            item=subjects[0].get(row.item_id or 0, ""),
            link=subjects[1].get(row.link_id or 0, ""),
            audience=Audience(row.audience),
            organization=firms.get(row.audience_organization_id or 0, ""),
            organization_name=names.get(row.audience_organization_id or 0, ""),
            level=Level(row.level),
            starts_at=row.starts_at,
            until_at=row.until_at,
            revoked_at=row.revoked_at,
            in_force=in_force(row, now),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=_latest_first))


def known_firms(viewer: Viewer) -> frozenset[int]:
    """Return the firms (keys) that the viewer may name in a grant: direct customers, and who asked it by name (3.5)."""
    links = apps.get_model("chain.Link").objects  # disclosure stands below chain
    sold = links.filter(supplier_id=viewer.organization_id, status="accepted").exclude(buyer_id=viewer.organization_id)
    asked = Consent.objects.filter(owner_id=viewer.organization_id)
    return frozenset({*sold.values_list("buyer_id", flat=True), *asked.values_list("asker_id", flat=True)})


def consents_of(viewer: Viewer) -> tuple[ConsentAsked, ...]:
    """Return what the viewer's organization was asked to consent to, the latest first; each side of a link once.

    Who asks about one side of one link from several places is one question. Nothing tells whether others are asked.
    """
    rows = list(Consent.objects.filter(owner_id=viewer.organization_id).order_by("-asked_at", "public_id"))
    firms = Organization.objects.filter(pk__in={row.asker_id for row in rows})
    named = {pk: (public_id, name) for pk, public_id, name in firms.values_list("pk", "public_id", "name")}
    now = clock.now()
    shown: dict[tuple[int, int, str, bool], Consent] = {}
    for row in rows:
        key = (row.asker_id, row.link_id, row.covers, now < row.expires_at)
        if key not in shown or (shown[key].said != Consent.Said.NOTHING and row.said == Consent.Said.NOTHING):
            shown[key] = row
    return tuple(_consent_asked(row, named[row.asker_id], now) for row in shown.values())


def _consent_asked(row: Consent, asker: tuple[str, str], now: datetime) -> ConsentAsked:
    return ConsentAsked(
        public_id=row.public_id,
        asker=asker[0],
        asker_name=asker[1],
        purpose=row.purpose,
        covers=Covers(row.covers),
        link=row.link_id,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        said=row.said,
        is_open=now < row.expires_at,
    )


def askings_of(viewer: Viewer) -> tuple[OwnAsking, ...]:
    """Return what the viewer's organization asked beyond its view, the latest first: "asked", whatever was said."""
    rows = MoreAsked.objects.filter(owner_id=viewer.organization_id).order_by("-asked_at", "public_id")
    now = clock.now()
    return tuple(
        OwnAsking(row.public_id, row.place, row.purpose, row.asked_at, row.expires_at, is_open=now < row.expires_at)
        for row in rows
    )


def in_force(row: Grant, at: datetime) -> bool:
    """Tell whether a grant holds at a moment: from its start, inclusive, to its end, exclusive."""
    ends = [end for end in (row.until_at, row.revoked_at) if end is not None]
    return (row.starts_at is None or row.starts_at <= at) and all(at < end for end in ends)


def _latest_first(grant: OwnGrant) -> tuple[float, str]:
    return (-(grant.starts_at.timestamp() if grant.starts_at else 0.0), grant.public_id)


def _public_ids(field: str, rows: list[Grant]) -> dict[int, str]:
    """Return public ids of the rows' items or links by key; disclosure stands below both and knows them by field."""
    subjects = apps.get_model({"item": "catalogue.Item", "link": "chain.Link"}[field])
    keys = [getattr(row, f"{field}_id") for row in rows if getattr(row, f"{field}_id") is not None]
    return dict(subjects.objects.filter(pk__in=keys).values_list("pk", "public_id")) if keys else {}
