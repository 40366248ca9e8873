"""Random schemes, events and days for properties of money."""

import os
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from amont.purchasing.rules.schemes import (
    Band,
    Formula,
    Period,
    Scheme,
)
from amont.purchasing.rules.settling import Event

settings.register_profile(
    "money",
    max_examples=int(os.environ.get("EXAMPLES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
money = settings(settings.get_profile("money"))
START = date(2026, 1, 1)
KEYS = st.sampled_from([f"k{number}" for number in range(8)])
UNITS = st.integers(-(10**9), 10**9)
DAYS = st.integers(0, 365).map(lambda days: START + timedelta(days=days))
POSITIVE = st.dictionaries(KEYS, st.integers(0, 10**9), min_size=1).filter(lambda held: any(held.values()))


@st.composite
def schemes(draw: Any, formula: Formula | None = None) -> Scheme:
    bounds = sorted({0, *draw(st.lists(st.integers(1, 10**8), max_size=4))})
    rates = sorted(draw(st.lists(st.integers(0, 1000), min_size=len(bounds), max_size=len(bounds))))
    bands = tuple(Band(Fraction(b), Fraction(r, 10_000)) for b, r in zip(bounds, rates, strict=True))
    return Scheme("EUR", formula or draw(st.sampled_from(Formula)), bands)


@st.composite
def events(draw: Any) -> Event:
    on = draw(DAYS)
    return Event(draw(KEYS), on, draw(UNITS), on + timedelta(days=draw(st.integers(0, 90))))


EVENTS = st.lists(events(), max_size=25)
ENDS = st.lists(DAYS, min_size=1, max_size=5).map(sorted)
ALL: Mapping[str, Period] = {f"k{number}": Period() for number in range(8)}
