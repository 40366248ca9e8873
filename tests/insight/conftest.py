"""What tests of coverage share."""

from amont.sight.facts import LineSight


def line(item: str, **told: object) -> LineSight:
    """Return a line about which nothing is known but what is told."""
    silent: dict[str, object] = {
        "item": item,
        "reference": item,
        "name": item,
        "kind": "ingredient",
        "family": "",
        "volume_band": "",
        "is_bought": True,
        "tier": 0,
        "stated_tier": 0,
        "claimed_tier": 0,
        "ends": frozenset(),
        "closed": False,
        "countries": frozenset(),
        "suppliers": frozenset(),
        "counts": {},
        "gaps": {},
    }
    return LineSight(**{**silent, **told})  # type: ignore[arg-type]
