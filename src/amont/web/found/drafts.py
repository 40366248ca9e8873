"""A founding on its way: what was chosen on each page, kept in the session until the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import HttpRequest

from amont.consortia import actions, lists
from amont.consortia.facts import CharterChoice, ConsortiumFacts, FloorChoice, Sector
from amont.kernel.viewer import Viewer

SESSION_KEY = "founding"
FLOOR_ROWS = 3
MEMBER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen so far; `pages` holds plain values by step, so that a page opens as it was left."""

    pages: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sector(self) -> Sector:
        """Return the sector chosen, the first until one is."""
        return lists.sector(self.pages.get("template", {}).get("template", lists.SECTORS[0]))

    @property
    def name(self) -> str:
        """Return the consortium's name, empty until one is given."""
        return str(self.pages.get("template", {}).get("name", ""))

    @property
    def joins(self) -> bool:
        """Tell whether the founder's firm is a member itself."""
        return bool(self.pages.get("template", {}).get("joins", "yes") == "yes")

    @property
    def members(self) -> Sequence[Mapping[str, str]]:
        """Return the firms to invite: firm, email, language."""
        rows: Sequence[Mapping[str, str]] = self.pages.get("members", [])
        return rows

    @property
    def charter(self) -> CharterChoice:
        """Return the charter chosen so far, over what the sector proposes."""
        proposal, families = self.sector.proposal, self.pages.get("families")
        levels = self.pages.get("charter", {})
        chosen = replace(proposal, **levels, questions=tuple(self.pages.get("questions", proposal.questions)))
        if families is None:
            return chosen
        return replace(
            chosen,
            families_at_risk=tuple(families["families_at_risk"]),
            floors=tuple(FloorChoice(family, level) for family, level in families["floors"]),
            target_partners=families["target_partners"],
            target_lines=families["target_lines"],
            target_on=date.fromisoformat(families["target_on"]) if families["target_on"] else None,
        )


def draft_of(request: HttpRequest) -> Draft:
    """Return the founding on its way in this session."""
    return Draft(request.session.get(SESSION_KEY, {}))


def keep(request: HttpRequest, step: str, values: object) -> None:
    """Keep what a page said; another sector takes away what depended on the first."""
    pages = dict(draft_of(request).pages)
    before = draft_of(request).sector.code
    pages[step] = values
    if Draft(pages).sector.code != before:
        pages.pop("families", None)
        pages.pop("charter", None)
        pages.pop("questions", None)
    request.session[SESSION_KEY] = pages


def carry_out(request: HttpRequest, viewer: Viewer) -> ConsortiumFacts:
    """Found what was drafted, offer the seats, and forget the draft. Raises `Refused`; may run twice."""
    draft = draft_of(request)
    made = actions.found(
        viewer,
        name=draft.name,
        template=draft.sector.code,
        charter=draft.charter,
        joins_as_member=draft.joins,
    )
    for each in draft.members:
        actions.offer_seat(viewer, made.public_id, firm=each["firm"], email=each["email"], language=each["language"])
    request.session.pop(SESSION_KEY, None)
    return made
