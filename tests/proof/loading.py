"""Putting a rich world into the database: chains by the product's own loading, the rest as rows, ids by key.

An id is told apart by `salt`: what a viewer may know has the same id in both worlds of a pair, all else another.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import cache
from django.db import models

from amont.catalogue.models import Item, Site
from amont.chain import snapshot
from amont.chain.models import Link, RequestMark, WorldKey
from amont.consortia.models import Charter, Consortium, Participation
from amont.disclosure.models import Grant
from amont.disclosure.unsealed import unsealed
from amont.evidence.models import Certificate, Reliance
from amont.exchange.world.load import load
from amont.kernel import ids
from amont.kernel.folding import folded
from amont.kernel.quarters import next_quarter
from amont.parties.models import Organization, Person
from amont.sight.cut import whole
from proof.references import REFERENCES
from proof.rich import COUNTRIES, FAMILIES, SCHEMES, STEPS, Rich, Row

Salt = Callable[[str, str], str]
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
DONE = datetime.fromisoformat("2026-02-01T00:00:00Z")
MODELS: dict[str, type[models.Model]] = {
    model.__name__: model for model in apps.get_models() if model.__name__ in REFERENCES
}


def public(kind: str, key: str, salt: str) -> str:
    """Return the public id of a key."""
    digest = sha256(f"{kind}/{key}/{salt}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:20])


def token(key: str) -> str:
    """Return the secret of a mailed link."""
    return public("token", key, "") + public("token2", key, "")


@dataclass
class Loaded:
    """Which row each key became, by kind."""

    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    salted: bool = False

    def keys(self, kind: str) -> dict[int, str]:
        return {row: key for key, row in self.rows[kind].items()}


def stripped(world: Row) -> Row:
    """Return a world without the keys of requests and grants, which its format does not have."""
    return {
        name: [{k: v for k, v in row.items() if k != "_key"} for row in value] if isinstance(value, list) else value
        for name, value in world.items()
    }


def put(rich: Rich, salt: Salt, at: datetime) -> Loaded:
    """Put a rich world into the empty database; the caches of this process forget the one before."""
    forget()
    load(json.dumps(stripped(rich["world"])))
    with unsealed("a test fills the database"):
        loaded = Loaded(_world_rows(rich["world"]))
        _consortium(rich, loaded)
        _facts(rich, loaded, salt)
        for table in REFERENCES:
            _fill(table, rich["rows"][table], loaded, salt, at)
        _addresses()
    return loaded


def _addresses() -> None:
    """Whoever signed up has the address confirmed, as by the product's own sign-up."""
    people = Person.objects.order_by("pk")
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )


def forget() -> None:
    """Let this process forget what it keeps of another world."""
    whole._Shelf.kept.clear()
    snapshot._Shelf.kept = None
    cache.clear()


def _world_rows(world: Row) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {"organization": {}, "item": {}, "link": {}, "grant": {}}
    for kind, key, row in WorldKey.objects.values_list("kind", "key", "row"):
        found[kind][key] = row
    found["grant"] = {
        row["_key"]: found["grant"][f"grants[{number}]"] for number, row in enumerate(world.get("grants", []))
    }
    marks = RequestMark.objects.order_by("pk").values_list("pk", flat=True)
    found["mark"] = {row["_key"]: pk for row, pk in zip(world.get("requests", []), marks, strict=True)}
    return found


def _codes(codes: tuple[str, ...]) -> list[Row]:
    return [{"code": code, "fr": code, "en": code, "at_risk": code == "mica"} for code in codes]


def _consortium(rich: Rich, loaded: Loaded) -> None:
    Consortium.objects.update(public_id=public("consortium", "one", ""))
    Charter.objects.update(families=_codes(FAMILIES), steps=_codes(STEPS), schemes=_codes(SCHEMES))
    coordinator = loaded.rows["organization"][rich["coordinator"]]
    Participation.objects.filter(organization_id=coordinator).update(is_coordinator=True)


def _facts(rich: Rich, loaded: Loaded, salt: Salt) -> None:
    """What the world's own format does not say: ids, and more facts of firms, items and links."""
    firms = loaded.keys("organization")
    told: tuple[tuple[Any, str, dict[str, Row]], ...] = (
        (Organization, "organization", rich["firms"]),
        (Item, "item", rich["items"]),
        (Link, "link", rich["links"]),
        (Grant, "grant", {}),
    )
    for model, kind, more in told:
        keys, changed = loaded.keys(kind), {"public_id"}
        rows = list(model._default_manager.all())
        for row in rows:
            key = keys[row.pk]
            facts = {"public_id": public(kind, key, salt(kind, key)), **more.get(key, {})}
            changed |= set(facts)
            for name, value in facts.items():
                setattr(row, name, value)
        model._default_manager.bulk_update(rows, sorted(changed))
    items = loaded.keys("item")
    for site in Site.objects.all():
        site.public_id = public("site", f"{firms[site.owner_id]} {site.name} {site.latitude}", salt("", ""))
        site.save(update_fields=["public_id"])
    held = dict(Reliance.objects.values_list("certificate_id", "item_id"))
    numbers: Counter[int] = Counter()
    for row in Certificate.objects.order_by("pk"):
        item = held[row.pk]
        numbers[item] += 1
        row.public_id = public("certificate", f"{items[item]} {numbers[item]}", salt("", ""))
        row.save(update_fields=["public_id"])


def _fill(table: str, rows: list[Row], loaded: Loaded, salt: Salt, at: datetime) -> None:
    model = MODELS[table]
    made = [model(**_fields(table, row, loaded, salt, at)) for row in rows]
    model._default_manager.bulk_create(made)
    loaded.rows[table] = {row["key"]: each.pk for row, each in zip(rows, made, strict=True)}


def _fields(table: str, row: Row, loaded: Loaded, salt: Salt, at: datetime) -> Row:
    found: Row = {}
    for name, value in row.items():
        if name == "key":
            continue
        if name in REFERENCES[table]:
            found[f"{name}_id"] = None if value is None else loaded.rows[REFERENCES[table][name]][value]
        elif isinstance(value, str) and name.endswith(("_at", "hour")):
            found[name] = datetime.fromisoformat(value)
        elif isinstance(value, str) and name.endswith("_on"):
            found[name] = next_quarter(at.date()) if value == "quarter" else date.fromisoformat(value)
        else:
            found[name] = value
    if any(each.name == "public_id" for each in MODELS[table]._meta.get_fields()):
        found["public_id"] = public(table, row["key"], salt(table, row["key"]))
    return found | _derived(table, row, salt)


def _derived(table: str, row: Row, salt: Salt) -> Row:
    """Return what follows from a row's other fields."""
    key = row["key"]
    if table == "Alike":
        pair = sorted(public("Contact", row[name], salt("Contact", row[name])) for name in ("one", "other"))
        return {"one": pair[0], "other": pair[1], "reasons": []}
    if table in {"Contact", "ClaimedPlace"}:
        return {"folded": folded(f"{row['name']} {key}")}
    if table in {"Seat", "Request"}:
        more = {"charter": Charter.objects.get()} if table == "Request" else {}
        return {"consortium": Consortium.objects.get(), **more}
    return {
        "Person": {"password": "!", "created_at": datetime.fromisoformat("2025-06-01T00:00:00Z")},
        "ColleagueInvitation": {"token_digest": ids.digest_of(token(key))},
        "InvitationKey": {"digest": ids.digest_of(token(key))},
        "ClaimedPath": {"fingerprint": sha256(key.encode()).hexdigest()},
        "Import": {"shape": "contacts", "state": "cancelled", "rows": 3, "done_at": DONE},
        "Reading": {"named": [], "full": [], "documents": [], "digest": public("reading", key, "")},
    }.get(table, {})


__all__ = ["COUNTRIES", "Loaded", "forget", "public", "put", "token"]
