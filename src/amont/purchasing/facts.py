"""What a face may hold of purchasing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from amont.purchasing.rules.schemes import Period, Scheme
from amont.purchasing.rules.settling import Event


@dataclass(frozen=True, slots=True)
class Case:
    """All that settlements are made from, as a file tells it: anybody who holds it can recompute them."""

    scheme: Scheme
    adherents: Mapping[str, Period]
    events: tuple[Event, ...]
    settlements: tuple[date, ...]
