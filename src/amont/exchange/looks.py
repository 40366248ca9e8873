"""What a long file would do, as the worker finds it and a page shows it."""

from collections.abc import Mapping

from amont.catalogue.read import imports as kept
from amont.catalogue.rules import Outcome
from amont.exchange import plan
from amont.exchange.importing import Told, planned, rows_read
from amont.exchange.plan import Settings
from amont.exchange.reading import read_file
from amont.exchange.results import Result, error_as_json
from amont.exchange.tables import Table
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.viewer import Viewer

FIRST_TROUBLES = 20


def look_at(viewer: Viewer, public_id: str, *, told: Told) -> Mapping[str, object]:
    """Return what a file would do with the choices as they stand, as it is kept; `told` hears how far it is.

    Raises `NotKnown`.
    """
    fact = kept.import_of(viewer, public_id)
    content = kept.content_of(viewer, public_id)
    if content is None:
        raise NotKnown
    told("reading", 0)
    settings = Settings.of_json(fact.settings)
    try:
        table = plan.table_for(read_file(content, fact.file_name, settings.manner), settings)
        plan.check_columns(fact.shape, table, settings)
    except Refused:
        return {"refused": True}  # the page says why, at the column
    rows = rows_read(viewer, fact.shape, table, settings=settings, told=told)
    return summary(table, planned(viewer, fact.shape, rows, settings=settings))


def summary(table: Table, result: Result) -> Mapping[str, object]:
    """Return counts that close, the first cells that do not do, and what else is to be told."""
    counts = {outcome.value: result.count(outcome) for outcome in Outcome}
    return {
        "counts": {"read": result.read, **counts, "good": result.read - counts["refused"]},
        "troubles": [error_as_json(table, each) for each in result.errors[:FIRST_TROUBLES]],
        "more_troubles": max(0, len(result.errors) - FIRST_TROUBLES),
        "more": result.more,
    }
