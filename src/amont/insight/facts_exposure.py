"""What a face may hold of the exposure of lines: countries above them, and what each index says, with its source."""

from dataclasses import dataclass

from amont.insight.indexes.reading import Reading
from amont.sight.facts import Place


@dataclass(frozen=True, slots=True)
class Standing:
    """One line and the places above it, in one country or of which the country is not known; its own are none."""

    line: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Exposed:
    """One country above lines: which lines stand on it and through which places, and what the indexes say of it."""

    country: str
    standing: tuple[Standing, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """The countries above lines, those with most lines first; `unknown` lines have something that is not known.

    `unknown` names, of each such line, the places without a country, and those above which nothing is known.
    """

    lines: int
    unknown: tuple[Standing, ...]
    countries: tuple[Exposed, ...]
