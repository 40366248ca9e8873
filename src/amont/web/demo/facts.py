"""What the demo's first page is made of."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Panel:
    """One picture of the chain: who looks (`title`), what it means (`text`), the drawing, and whom it opens as."""

    persona: str
    title: str
    text: str
    drawing: SafeString
    opens: str = "/"


@dataclass(frozen=True, slots=True)
class Showcase:
    """The demo's three panels, and the address of an invitation that is still open to answer; empty without one."""

    panels: tuple[Panel, ...]
    invitation: str = ""
