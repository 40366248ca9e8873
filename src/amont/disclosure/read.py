"""Reading one's own grants."""

from datetime import datetime

from django.apps import apps

from amont.disclosure.facts_grants import OwnGrant
from amont.disclosure.levels import Audience, Covers, Level
from amont.disclosure.models import Grant
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
