"""Every table is classified, guarded ones keep their guard, and migrations are whole."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from amont.disclosure.guard import Guarded, GuardedManager

MODELS = [model for model in apps.get_models() if model.__module__.startswith("amont.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_table_is_guarded_internal_with_a_reason_or_public(model: type[Model]) -> None:
    said = getattr(model, "CLASSIFIED", "")
    if issubclass(model, Guarded):
        assert not said, "guarded, and something else as well"
        return
    kind, _, reason = said.partition(": ")
    assert kind in {"internal", "public"}
    assert len(reason) > 10


@pytest.mark.parametrize("model", [each for each in MODELS if issubclass(each, Guarded)], ids=lambda m: m._meta.label)
def test_every_guarded_table_is_read_through_its_guard_alone(model: type[Guarded]) -> None:
    options: Any = model._meta
    assert isinstance(options.default_manager, GuardedManager)
    assert isinstance(options.base_manager, GuardedManager)
    assert [each.name for each in options.managers] == ["objects"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_table_tells_a_name_by_its_string(model: type[Model]) -> None:
    assert "__str__" in vars(model) or any("__str__" in vars(each) for each in model.__mro__ if each is not Model)


@pytest.mark.django_db
def test_migrations_are_linear_and_complete() -> None:
    graph = MigrationLoader(None).graph
    for app in {model._meta.app_label for model in MODELS}:
        assert len(graph.leaf_nodes(app)) == 1, app
        for node in [each for each in graph.nodes if each[0] == app]:
            assert sum(child.key[0] == app for child in graph.node_map[node].children) <= 1, node
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
