"""The demo's three pictures, drawn from what each of the three may see at this moment."""

from amont.web.demo.facts import Showcase


def showcase() -> Showcase:
    """Return the three panels; none where the demo was not filled."""
    return Showcase(())
