"""Which tables a backup holds, and how a row is written and read."""

import base64
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField, DateField, DateTimeField, DecimalField, Field, JSONField, Model

LEFT_OUT = {
    "auth.Permission",  # made by migrating
    "auth.Group",
    "auth.Group_permissions",
    "contenttypes.ContentType",
    "sessions.Session",  # everybody signs in again
    "account.EmailConfirmation",
    "django_tasks_database.DBTaskResult",  # what waits is taken up again from its own rows
    "evidence.OwnerKey",  # in the file of keys
}
Columns = list["Field[Any, Any]"]


def kept() -> list[type[Model]]:
    """Return the models whose rows a backup holds, by label."""
    found = (each for each in apps.get_models(include_auto_created=True) if each._meta.label not in LEFT_OUT)  # noqa: SLF001
    return sorted(found, key=lambda model: model._meta.label)  # noqa: SLF001


def columns(model: type[Model]) -> Columns:
    """Return the stored fields of a model."""
    return list(model._meta.concrete_fields)  # noqa: SLF001


def rows(model: type[Model]) -> Iterator[list[object]]:
    """Give all rows of a model as JSON holds them."""
    names = [field.attname for field in columns(model)]
    for row in model._default_manager.order_by("pk").values_list(*names).iterator(chunk_size=1000):  # noqa: SLF001
        yield [written(value) for value in row]


def written(value: object) -> object:
    """Return a value as JSON holds it."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def read(field: "Field[Any, Any]", value: Any) -> object:  # noqa: ANN401 - whatever JSON holds
    """Return a value as the model holds it."""
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, BinaryField):
        return base64.b64decode(value)
    if isinstance(field, DateTimeField):
        return datetime.fromisoformat(value)
    if isinstance(field, DateField):
        return date.fromisoformat(value)
    return Decimal(value) if isinstance(field, DecimalField) else value


def migrations() -> list[str]:
    """Return which migrations made the tables."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
