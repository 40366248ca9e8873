"""Which indexes are known, where each is from, and which of its columns speak for which kind of exposure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a country's figure says something about."""

    GEOPOLITICAL = "geopolitical"
    CLIMATIC = "climatic"
    SANITARY = "sanitary"


@dataclass(frozen=True, slots=True)
class Measure:
    """One column of an index: its kind, what it tells, and the least and most that it can be."""

    column: str
    kind: Kind
    tells: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Source:
    """One index as it ships: who makes it, which edition, the last day that it covers or its issue, which licence."""

    name: str
    maker: str
    edition: str
    dated: date
    licence: str
    measures: tuple[Measure, ...]


def _governance(column: str, tells: str) -> Measure:
    return Measure(
        column, Kind.GEOPOLITICAL, f"{tells}, about -2.5 weak to 2.5 strong", Decimal("-3.5"), Decimal("3.5")
    )


def _inform(column: str, kind: Kind, tells: str) -> Measure:
    return Measure(column, kind, f"{tells}, 0 low to 10 high", Decimal(0), Decimal(10))


def _water(column: str, tells: str) -> Measure:
    return Measure(column, Kind.CLIMATIC, f"{tells}, 0 low to 4 extremely high, -1 arid", Decimal(-1), Decimal(4))


SOURCES = (
    Source(
        "wgi",
        "World Bank, Worldwide Governance Indicators",
        "2024 update, year 2023",
        date(2023, 12, 31),
        "CC BY 4.0",
        (
            _governance("pv_estimate", "political stability"),
            _governance("rl_estimate", "rule of law"),
            _governance("cc_estimate", "control of corruption"),
        ),
    ),
    Source(
        "inform",
        "European Commission Joint Research Centre, INFORM Risk Index",
        "2025, version 0.7.0",
        date(2025, 3, 31),
        "CC BY 4.0",
        (
            _inform("projected_conflict_probability", Kind.GEOPOLITICAL, "projected conflict"),
            _inform("natural", Kind.CLIMATIC, "natural hazards"),
            _inform("drought", Kind.CLIMATIC, "drought"),
            _inform("epidemic", Kind.SANITARY, "epidemics"),
            _inform("access_to_health_care", Kind.SANITARY, "lack of access to health care"),
        ),
    ),
    Source(
        "aqueduct",
        "World Resources Institute, Aqueduct",
        "4.0",
        date(2023, 7, 5),
        "CC BY 4.0",
        (
            _water("water_stress_category", "water stress"),
            _water("drought_risk_category", "risk of drought"),
            _water("river_flood_risk_category", "risk of river floods"),
        ),
    ),
)
