"""When a figure pooled over several contributors may be told: enough of them, none too large, the reader's part away.

The rule of publications (docs/disclosure.md, 6) where the reader is one of the contributors, as in group purchasing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """At least so many contributors, none of whom holds more than so many percent; charters may raise it."""

    least: int = 5
    most_percent: int = 25


USUAL = Threshold()
Parts = Mapping[str, int]


def holds(parts: Parts, *, without: Collection[str] = (), threshold: Threshold = USUAL) -> bool:
    """Tell whether the parts that are left are many and even enough; a part of nothing is none."""
    left = [abs(part) for key, part in parts.items() if part and key not in without]
    return len(left) >= threshold.least and 100 * max(left) <= threshold.most_percent * sum(left)


def may_tell(parts: Parts, reader: str, *, public: Collection[str] = (), threshold: Threshold = USUAL) -> bool:
    """Tell whether a reader may learn the sum: the rule holds with its own part, and with it taken away.

    `public` are contributors whose own part is published with their consent: the rule then covers the rest.
    """
    return all(holds(parts, without=away, threshold=threshold) for away in ({*public}, {reader, *public}))


def may_renew(
    now: Parts, before: Parts, reader: str, *, public: Collection[str] = (), threshold: Threshold = USUAL
) -> bool:
    """Tell whether a figure may be told anew: what joined, left or changed since must meet the rule by itself.

    Otherwise the old figure stands: two figures that differ by one contributor would tell that one's part.
    """
    moved = {key: now.get(key, 0) - before.get(key, 0) for key in {*now, *before}}
    changed = any(moved.values())
    return may_tell(now, reader, public=public, threshold=threshold) and (
        not changed or may_tell(moved, reader, public=public, threshold=threshold)
    )


def may_publish(now: Parts, before: Parts, *, public: Collection[str] = (), threshold: Threshold = USUAL) -> bool:
    """Tell whether one figure may be told anew to all, each contributor among them: the rule holds for every reader.

    One publication for all readers, so that no reader's own figures differ by less than the rule allows.
    """
    moved = {key: now.get(key, 0) - before.get(key, 0) for key in {*now, *before}}
    return all(
        _holds_for_every_reader(parts, public, threshold) for parts in ((now, moved) if any(moved.values()) else (now,))
    )


def _holds_for_every_reader(parts: Parts, public: Collection[str], threshold: Threshold) -> bool:
    """Tell whether the rule holds whichever one contributor is taken away; the two largest are the hardest to lose."""
    left = sorted((abs(part) for key, part in parts.items() if part and key not in public), reverse=True)
    if len(left) <= threshold.least:
        return False
    total, (first, second) = sum(left), left[:2]
    return all(
        100 * largest <= threshold.most_percent * (total - away) for largest, away in ((first, second), (second, first))
    )
