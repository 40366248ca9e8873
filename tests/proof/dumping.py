"""A rich world out of the database: so that the naive reading can say what a viewer is told after any acts at all.

Rows are known by their public ids; a row without one by what it says.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import models

from amont.catalogue.models import Item, Site
from amont.chain.models import Link, RequestMark
from amont.consortia.models import Charter, Participation
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate, Reliance
from amont.parties.models import Organization
from proof.known import Eyes
from proof.loading import MODELS
from proof.references import REFERENCES
from proof.rich import Rich, Row

FACTS = ("country", "step", "family")


def moment(at: datetime) -> str:
    """Return a moment as worlds write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def written(value: Any) -> Any:
    """Return a column's value as worlds write it."""
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else value


class Dump:
    """The whole database as a rich world."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.keys: dict[type[models.Model], dict[int, str]] = {}
        with unsealed("a test looks at everything"):
            for model in (Organization, Item, Link, Grant):
                self.keys[model] = dict(model._default_manager.values_list("pk", "public_id"))
            self.rich: Rich = {"world": self.world(), "coordinator": self.coordinator(), **self.facts(), "rows": {}}
            self.keys[RequestMark] = {row["_pk"]: row["_key"] for row in self.rich["world"]["requests"]}
            for table in REFERENCES:
                self.rich["rows"][table] = sorted(self.table(table), key=lambda row: str(row["key"]))

    def coordinator(self) -> str:
        return self.keys[Organization][Participation.objects.get(is_coordinator=True).organization_id]

    def world(self) -> Row:
        members = set(Participation.objects.filter(is_member=True).values_list("organization__public_id", flat=True))
        charter = Charter.objects.get()
        firms, items, links = (self.keys[model] for model in (Organization, Item, Link))
        return {
            "consortium": {
                "name": charter.consortium.name,
                "defaults": {name: getattr(charter, name) for name in ("customers", "requesters", "chain")},
            },
            "organizations": [
                {"key": row.public_id, "name": row.name, "country": row.country, "member": row.public_id in members}
                for row in Organization.objects.order_by("public_id")
            ],
            "items": self.items(firms),
            "links": [
                {
                    "key": row.public_id,
                    "buyer_item": items[row.buyer_item_id],
                    "supplier_item": items[row.supplier_item_id],
                    "status": row.status,
                    **({"accepted": moment(row.accepted_at)} if row.accepted_at else {}),
                }
                for row in Link.objects.order_by("public_id")
            ],
            "requests": [
                {"_pk": pk, "_key": f"{links[link]} {passed}", "link": links[link], "status": status, "passed": passed}
                for pk, link, status, passed in RequestMark.objects.values_list("pk", "link_id", "status", "passed")
            ],
            "grants": self.grants(firms, items, links),
        }

    def items(self, firms: dict[int, str]) -> list[Row]:
        held: dict[int, list[Row]] = {}
        papers = {row.pk: row for row in Certificate.objects.all()}
        for item, paper in Reliance.objects.values_list("item_id", "certificate_id"):
            row = papers[paper]
            fields = {"scheme": row.scheme, "number": row.number, "valid_until": written(row.valid_until)}
            held.setdefault(item, []).append({name: value for name, value in fields.items() if value})
        sites = {row.pk: row for row in Site.objects.all()}
        found = []
        for row in Item.objects.order_by("public_id"):
            each: Row = {"key": row.public_id, "organization": firms[row.owner_id], "name": row.name}
            each |= {name: getattr(row, name) for name in FACTS if getattr(row, name)}
            site = sites.get(row.site_id or 0)
            each |= {"site": {"name": site.name, "town": site.town}} if site else {}
            found.append(each | {"certificates": sorted(held.get(row.pk, ()), key=repr)})
        return found

    def grants(self, firms: dict[int, str], items: dict[int, str], links: dict[int, str]) -> list[Row]:
        found = []
        for row in Grant.objects.order_by("public_id"):
            audience: Any = row.audience
            if row.audience_organization_id:
                audience = {"organization": firms[row.audience_organization_id]}
            each: Row = {"_key": row.public_id, "grantor": firms[row.owner_id], "covers": row.covers}
            each |= {"audience": audience, "level": row.level}
            each |= {"item": items[row.item_id]} if row.item_id else {}
            each |= {"link": links[row.link_id]} if row.link_id else {}
            ends = (("from", row.starts_at), ("until", row.until_at), ("revoked", row.revoked_at))
            found.append(each | {name: moment(at) for name, at in ends if at})
        return found

    def facts(self) -> Rich:
        firms = Organization.objects.values("public_id", "registry_id", "checked_by")
        items = Item.objects.values("public_id", "reference", "kind", "inci", "volume_band", "is_bought", "chain_end")
        links = Link.objects.values("public_id", "reference")
        return {
            name: {row.pop("public_id"): row for row in rows}
            for name, rows in (("firms", firms), ("items", items), ("links", links))
        }

    def table(self, table: str) -> Iterable[Row]:
        model = MODELS[table]
        self.keys[model] = {}
        for row in model._default_manager.order_by("pk"):
            found = {each.name: self.value(each, row) for each in model._meta.concrete_fields if not each.primary_key}
            found.pop("last_login", None)
            if table == "FormerFacts" and found["until_on"] <= self.at.date().isoformat():
                continue
            key = found.pop("public_id", None) or sha256(repr(sorted(found.items())).encode()).hexdigest()[:20]
            self.keys[model][row.pk] = key
            yield {"key": key, **found}

    def value(self, field: Any, row: models.Model) -> Any:
        value = getattr(row, field.attname)
        if field.is_relation and value is not None and field.related_model in self.keys:
            return self.keys[field.related_model].get(value)
        return written(value) if not field.is_relation else None


class HistoryEyes(Eyes):
    """As any eyes; readers not known to the owner are told when their week is over."""

    def mine(self, table: str, row: Row) -> bool:
        if table == "Reading" and row["owner"] == self.viewer and not row["is_known"]:
            return datetime.fromisoformat(row["hour"]) < monday(datetime.fromisoformat(self.at))
        return super().mine(table, row)


def monday(at: datetime) -> datetime:
    """Return the beginning of a moment's week."""
    return (at - timedelta(days=at.weekday())).replace(hour=0, minute=0, second=0)


def eyes(viewer: str, at: datetime) -> HistoryEyes:
    """Return what one viewer (a public id) is told of what the database holds now."""
    return HistoryEyes(Dump(at).rich, viewer, moment(at))
