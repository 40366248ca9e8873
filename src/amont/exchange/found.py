"""What was found of how a table is written: the signs in its numbers, the order in its days."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from amont.exchange import days, numbers
from amont.exchange.manner import Manner
from amont.exchange.tables import Table

NUMBERS = frozenset({"volume"})
"""The meanings whose numbers may be written two ways; coordinates have no thousands."""

_SAMPLE = 2_000


def decimal_of(table: Table, columns: Mapping[int, str], manner: Manner) -> str:
    """Return the sign before decimals in the numbers of a table: as told, as they tell, or as its delimiter hints."""
    if manner.decimal:
        return manner.decimal
    usual = "," if table.delimiter == ";" else "."
    column = next((column for column, code in columns.items() if code in NUMBERS), None)
    return usual if column is None else numbers.decimal_of(_texts(table, column), usual=usual)


def settled(table: Table, columns: Mapping[int, str], manner: Manner) -> Manner:
    """Return the manner with the sign before decimals decided, so that parts of a table are read like the whole."""
    return replace(manner, decimal=decimal_of(table, columns, manner))


def days_of(table: Table, manner: Manner) -> tuple[str, tuple[int, ...]]:
    """Return the order of day and month in a table ("" where no column has such days), and the columns with days."""
    sample = table.rows[:200]
    columns = [column for column in range(len(table.header)) if days.are_days(row.cell(column) for row in sample)]
    if not columns:
        return "", ()
    texts = (text for column in columns for text in _texts(table, column))
    return manner.days or days.order_of(texts), tuple(columns)


def _texts(table: Table, column: int) -> Iterator[str]:
    return (text for row in table.rows[:_SAMPLE] if (text := row.cell(column)))
