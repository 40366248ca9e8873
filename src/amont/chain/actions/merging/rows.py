"""Rows as plain values that can be written again, and whatever refers to them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from django.db.models import Field, ForeignKey, Model

from amont.disclosure.guard import Guarded

Kept = dict[str, Any]


def kept(row: Model) -> Kept:
    """Return a row as plain values, its key included."""
    return {field.attname: _plain(field, row) for field in _fields(type(row))}


def _plain(field: "Field[Any, Any]", row: Model) -> object:
    value = getattr(row, field.attname)
    return field.value_to_string(row) if isinstance(value, date) else value


def again(model: type[Guarded], values: Kept) -> Guarded:
    """Write a row again that was deleted, under its old key."""
    fields = {field.attname: field for field in _fields(model)}
    row = model(**{name: fields[name].to_python(value) for name, value in values.items() if name in fields})
    row.save(force_insert=True)
    return row


def _fields(model: type[Model]) -> "Iterator[Field[Any, Any]]":
    return (field for field in model._meta.concrete_fields)  # noqa: SLF001 - Django's own name for it


def references(model: type[Model]) -> Iterator[tuple[type[Guarded], str]]:
    """Give each table that refers to a table, with the column that does: what follows a row when it is merged."""
    for relation in model._meta.get_fields(include_hidden=True):  # noqa: SLF001
        field = getattr(relation, "field", None)
        if relation.auto_created and not relation.concrete and isinstance(field, ForeignKey):
            yield cast("type[Guarded]", relation.related_model), field.attname


def moved(model: type[Model], gone: int, to: int, *, but: tuple[type[Model], ...] = ()) -> Kept:
    """Let all that refers to one row refer to another, and return which rows did, by table and column."""
    found: Kept = {}
    for table, column in references(model):
        rows = table.objects.filter(**{column: gone})
        keys = [] if table in but else list(rows.values_list("pk", flat=True))
        if keys:
            table.objects.filter(pk__in=keys).update(**{column: to})
            found[f"{table._meta.label}.{column}"] = keys  # noqa: SLF001
    return found


def moved_back(model: type[Model], gone: int, to: int, found: Mapping[str, list[int]]) -> None:
    """Let those rows refer again to the one that was gone, where they still refer to the other."""
    for table, column in references(model):
        keys = found.get(f"{table._meta.label}.{column}", [])  # noqa: SLF001
        if keys:
            table.objects.filter(pk__in=keys, **{column: to}).update(**{column: gone})


def filled(row: Model, gone: Model, names: tuple[str, ...]) -> Kept:
    """Fill what a row leaves empty from the one that goes; return by field what stood before and what was set."""
    changes: Kept = {}
    for name in names:
        before, value = getattr(row, name), getattr(gone, name)
        if isinstance(value, dict):
            value = {**value, **before}
        elif before not in ("", None):
            continue
        if value not in ("", None, {}) and value != before:
            changes[name] = [before, value]
            setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))
    return changes


def emptied(row: Model, changes: Mapping[str, list[Any]]) -> None:
    """Take back what was filled, where it still stands as it was filled."""
    back = {name: before for name, (before, after) in changes.items() if getattr(row, name) == after}
    for name, value in back.items():
        setattr(row, name, value)
    if back:
        row.save(update_fields=list(back))
