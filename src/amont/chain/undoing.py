"""What can be taken back of an import: what nobody changed since, and nothing leans on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model

from amont.catalogue.actions.lines import WATCHED as WATCHED_ITEM
from amont.catalogue.models import FormerFacts, Item, Site
from amont.catalogue.tracing import Added, Changed, Trace, mark_of
from amont.chain.actions.claims import WATCHED_PATH, WATCHED_PLACE
from amont.chain.actions.lines import WATCHED_INPUT, WATCHED_SOURCE
from amont.chain.actions.sites import WATCHED_SITE
from amont.chain.book import FIELDS as WATCHED_CONTACT
from amont.chain.book import firm_key
from amont.chain.facts_undo import KeptRow
from amont.chain.models import ClaimedPath, ClaimedPlace, ClaimedStep, Contact, Input, Link, Source
from amont.disclosure.unsealed import unsealed

CHUNK = 500
Keys = set[int]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that imports write: the fields by which a change is noticed, and what goes along with its rows."""

    model: type[Model]
    watched: Sequence[str]
    along: Mapping[type[Model], str] = field(default_factory=dict)


TABLES: Mapping[str, Table] = {
    "path": Table(ClaimedPath, WATCHED_PATH, {ClaimedStep: "path_id"}),
    "place": Table(ClaimedPlace, WATCHED_PLACE),
    "source": Table(Source, WATCHED_SOURCE),
    "input": Table(Input, WATCHED_INPUT),
    "contact": Table(Contact, WATCHED_CONTACT),
    "item": Table(Item, WATCHED_ITEM, {FormerFacts: "item_id"}),
    "site": Table(Site, WATCHED_SITE),
}
"""By name, those that lean on others first: the order in which rows are taken back."""


@dataclass(slots=True)
class UndoPlan:
    """What goes and what is set back, by table, and what stays, by row of the file."""

    removed: dict[str, list[int]] = field(default_factory=dict)
    restored: dict[str, list[Changed]] = field(default_factory=dict)
    kept: dict[int, KeptRow] = field(default_factory=dict)


def plan_undo(trace: Trace) -> UndoPlan:
    """Return what can be taken back of what the looking viewer's trace holds, as things stand."""
    plan = UndoPlan()
    gone: dict[type[Model], Keys] = {}
    for name, table in TABLES.items():
        added = trace.added.get(name, Added())
        stays, here = _changed_since(name, table, added)
        rows = dict(zip(added.keys, added.rows, strict=True))
        stays |= _leant_on(table, here - set(stays), gone)
        plan.removed[name] = sorted(here - set(stays))
        gone[table.model] = set(plan.removed[name])
        for model, column in table.along.items():
            gone[model] = {key for key, _on in _values(model, column, plan.removed[name], ("pk", column))}
        labels = _labels(table.model, stays)
        for key, reason in stays.items():
            _keep(plan, KeptRow(rows[key], name, labels.get(key, ""), reason))
        _plan_restored(plan, name, table, trace.changed.get(name, []))
    return plan


def _keep(plan: UndoPlan, row: KeptRow) -> None:
    """Tell a row once: why its first part stays, and by the name of its line, or else of its firm."""
    stands = plan.kept.get(row.row)
    if stands is None:
        plan.kept[row.row] = row
    elif row.label and (not stands.label or row.what == "item"):
        plan.kept[row.row] = replace(row, reason=stands.reason)


def _changed_since(name: str, table: Table, added: Added) -> tuple[dict[int, str], Keys]:
    """Return why added rows are no longer as they were written, and the keys of all that are still there."""
    marks = dict(zip(added.keys, added.marks, strict=True))
    stays: dict[int, str] = {}
    here: Keys = set()
    asked = table.watched.index("asked_at") if name == "source" else None
    for key, *values in _values(table.model, "pk", added.keys, ("pk", *table.watched)):
        here.add(key)
        if mark_of(values) != marks[key]:
            stays[key] = "asked" if asked is not None and values[asked] is not None else "changed"
    return stays, here


def _leant_on(table: Table, keys: Keys, gone: Mapping[type[Model], Keys]) -> dict[int, str]:
    """Return which of these rows others lean on that do not go themselves, and how."""
    found: dict[int, str] = {}
    for relation in table.model._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's public name for it
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        leaning: Any = relation.related_model
        column = relation.field.attname  # type: ignore[union-attr]
        if leaning in table.along:
            continue
        rest = gone.get(leaning, set())
        with unsealed("whoever leans on what an import added keeps it from being taken back"):
            for key, on in _values(leaning, column, sorted(keys), ("pk", column)):
                if key not in rest:
                    found.setdefault(on, _how(leaning))
    return found


def _how(leaning: type[Model]) -> str:
    if leaning is Link:
        return "linked"
    return {"requests": "asked", "evidence": "proven", "disclosure": "granted"}.get(
        leaning._meta.app_label,  # noqa: SLF001 - Django's public name for it
        "in_use",
    )


def _values(model: type[Model], column: str, keys: Sequence[int], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Give these fields of the rows whose column holds one of these keys; of many keys by the span that they lie in."""
    rows: Any = model.objects  # type: ignore[attr-defined]
    if len(keys) > CHUNK:
        wanted = set(keys)
        at = list(names).index(column)
        span = rows.filter(**{f"{column}__gte": min(keys), f"{column}__lte": max(keys)}).values_list(*names)
        yield from (row for row in span.iterator() if row[at] in wanted)
    elif keys:
        yield from rows.filter(**{f"{column}__in": list(keys)}).values_list(*names)


def _labels(model: type[Model], keys: Iterable[int]) -> dict[int, str]:
    if model in {Item, Contact, Site, ClaimedPlace}:
        return dict(_values(model, "pk", sorted(keys), ("pk", "name")))
    return {}


def _plan_restored(plan: UndoPlan, name: str, table: Table, changed: Sequence[Changed]) -> None:
    names = tuple(dict.fromkeys(each for one in changed for each in one.fields))
    if not names:
        return
    stands = {key: dict(zip(names, values, strict=True)) for key, *values in _of(table.model, changed, names)}
    taken = _taken(table.model)
    for each in changed:
        now = stands.get(each.key)
        if now is None:
            continue
        if any(now[field] != after for field, (_before, after) in each.fields.items()):
            _keep(plan, KeptRow(each.row, name, str(now.get("name", "")), "changed"))
        elif _collides(table.model, each, taken):
            _keep(plan, KeptRow(each.row, name, str(now.get("name", "")), "taken"))
        else:
            plan.restored.setdefault(name, []).append(each)


def _of(model: type[Model], changed: Sequence[Changed], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return _values(model, "pk", [each.key for each in changed], ("pk", *names))


def _taken(model: type[Model]) -> Mapping[tuple[str, ...], int]:
    """Return what must stand once among own rows, and whose it is."""
    if model is Item:
        rows = Item.objects.exclude(reference="").values_list("pk", "reference")
        return {(reference,): key for key, reference in rows}
    if model is Contact:
        return {
            (folded, country): key for key, folded, country in Contact.objects.values_list("pk", "folded", "country")
        }
    return {}


def _collides(model: type[Model], each: Changed, taken: Mapping[tuple[str, ...], int]) -> bool:
    if model is Item and "reference" in each.fields:
        return taken.get((str(each.fields["reference"][0]),), each.key) != each.key
    if model is Contact and {"name", "country"} & set(each.fields):
        stands = Contact.objects.values_list("folded", "country").get(pk=each.key)
        name, country = each.fields.get("name"), each.fields.get("country")
        key = (firm_key(str(name[0]), "")[0] if name else stands[0], str(country[0]) if country else stands[1])
        return taken.get(key, each.key) != each.key
    return False
