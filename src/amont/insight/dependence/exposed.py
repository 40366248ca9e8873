"""In which countries lines stand, through which places, and of which lines something is not known. Pure."""

from collections.abc import Mapping, Sequence

from amont.insight.dependence.net import Net
from amont.insight.facts_exposure import Standing
from amont.sight.facts import Mark, Place


def standings(found: Net, lines: Sequence[str]) -> tuple[Mapping[str, tuple[Standing, ...]], tuple[Standing, ...]]:
    """Return for each country the lines that stand on it, and the lines of which something is not known.

    A place above which something may stand that does not show is not known, though its own country is. An own place
    is no source: it counts for no country, and where nothing stands above it, that is not known.
    """
    countries: dict[str, list[Standing]] = {}
    unknown: list[Standing] = []
    for line in lines:
        by_country: dict[str, list[Place]] = {}
        silent: list[Place] = []
        for place in _above(found, line):
            is_own = place.mark is Mark.OWN
            if place.ref in found.open or not (is_own or place.country):
                silent.append(place)
            if place.country and not is_own:
                by_country.setdefault(place.country, []).append(place)
        for country, places in by_country.items():
            countries.setdefault(country, []).append(Standing(line, tuple(places)))
        if silent:
            unknown.append(Standing(line, tuple(silent)))
    return {country: tuple(each) for country, each in countries.items()}, tuple(unknown)


def _above(found: Net, line: str) -> list[Place]:
    """Return a line's own place and all above it, the nearest first, each once."""
    order = [line]
    seen = {line}
    for ref in order:
        more = [source for source in found.sources(ref) if source not in seen]
        seen.update(more)
        order += dict.fromkeys(more)
    return [found.places[ref] for ref in order]
