"""Quarters of the year."""

from datetime import date


def quarter_start(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def next_quarter(day: date) -> date:
    """Return the first day of the quarter after a day's own."""
    months = day.year * 12 + quarter_start(day).month + 2
    return date(months // 12, months % 12 + 1, 1)
