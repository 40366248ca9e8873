"""The guard of single records: without somebody who looks there is no row, and a viewer gets its own alone.

This is the net. The wall is that faces hold facts only, that import contracts keep rows out of faces, and the
canary sweep. Tables of others' data are read by the walk and by the actions listed in the contract around
`disclosure.unsealed`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Self, TypeVar, cast

from django.db import models
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from amont.kernel.viewer import Viewer

looking: ContextVar[Viewer | None] = ContextVar("looking", default=None)
opened: ContextVar[str] = ContextVar("opened", default="")
lent: ContextVar[str | None] = ContextVar("lent", default=None)
"""The items that the walk gave, for the second wall: keys, joined by commas; None where nothing is lent."""

M = TypeVar("M", bound=models.Model)


class NobodyLooks(RuntimeError):
    """A guarded table was asked for rows while nobody looked: a defect in the code, never the user's."""


class JoinAcross(RuntimeError):
    """A query joined one guarded table to another, which would step past the guard of the second."""


@contextmanager
def looking_as(viewer: Viewer | None) -> Iterator[None]:
    """Look at guarded tables as this viewer inside the block."""
    mark = looking.set(viewer)
    try:
        yield
    finally:
        looking.reset(mark)


def _refuse_joins(query: Query) -> None:
    if opened.get():
        return
    base = query.get_meta().db_table
    for alias, refs in query.alias_refcount.items():
        table = query.alias_map[alias].table_name
        if refs and table != base and table in _guarded_tables():
            message = f"{base} joined to {table}"
            raise JoinAcross(message)


def _guarded_tables() -> set[str]:
    from django.apps import apps  # noqa: PLC0415 - the registry is complete only once queries run

    return {model._meta.db_table for model in apps.get_models() if issubclass(model, Guarded)}  # noqa: SLF001


class _GuardedQuery(Query):
    """A query that looks at its joins when it is compiled."""

    def get_compiler(self, *args: Any, **kwargs: Any) -> SQLCompiler:  # noqa: ANN401 - Django's own signature
        compiler: SQLCompiler = super().get_compiler(*args, **kwargs)
        for step in ("as_sql", "get_from_clause"):  # joins of an order or of select_related live in the second alone
            setattr(compiler, step, self._checked(getattr(compiler, step)))
        return compiler

    def _checked(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def checked(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            made = step(*args, **kwargs)
            _refuse_joins(self)
            return made

        return checked


class GuardedManager(models.Manager[M]):
    """Raises `NobodyLooks` without a viewer; with one, holds only what is visible to it."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Return the rows visible to whoever looks."""
        rows: models.QuerySet[M] = models.QuerySet(self.model, query=_GuardedQuery(self.model), using=self._db)
        if opened.get():
            return rows
        viewer = looking.get()
        if viewer is None:
            message = f"nobody looks at {self.model.__name__}"
            raise NobodyLooks(message)
        return rows.filter(cast("type[Guarded]", self.model).visible_to(viewer))


class Guarded(models.Model):
    """A confidential record: it has an owner, and one condition says to whom it is visible."""

    objects: ClassVar[GuardedManager[Self]] = GuardedManager()
    LENT_BY: ClassVar[tuple[str, str] | None] = None
    """By what a row is lent with an item that the walk gave: its field and, unless that is the item, whose value it is.

    For the second wall alone (`disclosure.wall`): the first opens such rows by `unsealed.lending`.
    """

    class Meta:
        """Related look-ups go through the guard as well."""

        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def visible_to(cls, viewer: Viewer) -> models.Q:
        """Return the condition that list, page, count, search, export and API all use."""
        return models.Q(owner_id=viewer.organization_id)


class Owned(Guarded):
    """A confidential record with one owner, visible to it alone."""

    owner = models.ForeignKey("parties.Organization", models.PROTECT, related_name="+")

    class Meta(Guarded.Meta):
        """As any guarded table."""

        abstract = True
