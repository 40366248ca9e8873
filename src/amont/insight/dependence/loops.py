"""Places that feed one another round and round: strongly connected parts (S. R. Kosaraju; M. Sharir, 1981). Pure."""

from collections.abc import Mapping, Sequence


def loops(above: Sequence[Sequence[int]]) -> Mapping[int, int]:
    """Return the loop (the number of one of its places) of each place that stands in one; no other place is in it."""
    below: list[list[int]] = [[] for _ in above]
    for place, sources in enumerate(above):
        for source in sources:
            below[source].append(place)
    found: dict[int, int] = {}
    seen: set[int] = set()
    for start in reversed(_last_left(above)):
        part = _reached(start, below, seen)
        if len(part) > 1 or start in above[start]:
            found.update(dict.fromkeys(part, start))
    return found


def _last_left(above: Sequence[Sequence[int]]) -> list[int]:
    """Return the places in the order in which a walk into the depth leaves them."""
    left: list[int] = []
    seen: set[int] = set()
    for start in range(len(above)):
        if start in seen:
            continue
        seen.add(start)
        walk = [(start, iter(above[start]))]
        while walk:
            place, rest = walk[-1]
            source = next((each for each in rest if each not in seen), None)
            if source is None:
                left.append(place)
                walk.pop()
            else:
                seen.add(source)
                walk.append((source, iter(above[source])))
    return left


def _reached(start: int, below: Sequence[Sequence[int]], seen: set[int]) -> list[int]:
    if start in seen:
        return []
    seen.add(start)
    found, waiting = [start], [start]
    while waiting:
        for place in below[waiting.pop()]:
            if place not in seen:
                seen.add(place)
                found.append(place)
                waiting.append(place)
    return found
