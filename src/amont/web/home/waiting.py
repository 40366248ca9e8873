"""What waits for the one who looks."""

from dataclasses import dataclass

from amont.kernel.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, in words, and the page where it is done."""

    word: str
    url: str


def waiting(viewer: Viewer) -> list[Waiting]:
    """Return what waits: lines to answer, mails that did not arrive."""
    del viewer
    return []
