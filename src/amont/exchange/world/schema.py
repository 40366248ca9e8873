"""Whether a world file has the shape that its schema fixes, and where it has not."""

from pathlib import Path

from amont.exchange.strict_json import Shape

SHAPE = Shape(
    Path(__file__).with_name("world.schema.json"),
    {
        "not": "about a link or about an item, not both",
        "oneOf": 'is not "customers", "requesters", "chain" or one organization',
    },
)
misfits = SHAPE.misfits
