"""Decisions as files: the rows of their pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.web.decide.present import ChangeWords, EffectWords, ProposalRow


def proposals_written(found: Iterable[ProposalRow]) -> Written:
    """Return what was proposed."""
    headed = columns(_("What"), _("Proposed by"), _("Proposed on"), _("Votes until"), _("In force from"), _("State"))
    told = (
        (
            row.kind,
            each.proposed_by,
            each.proposed_at.date(),
            each.closes_at.date(),
            each.in_force_from.date(),
            row.state,
        )
        for row, each in ((row, row.proposal) for row in found)
    )
    return Written(_("Decisions"), headed, told)


def changes_written(found: Iterable[ChangeWords]) -> Written:
    """Return what a proposal changes against today."""
    headed = columns(_("What"), _("Today"), _("Once changed"))
    return Written(_("What changes"), headed, ((row.what, row.before, row.after) for row in found))


def effects_written(found: Iterable[EffectWords]) -> Written:
    """Return what a proposal changes for oneself."""
    headed = columns(_("What is seen"), _("Who sees it"), _("Today"), _("Once changed"))
    return Written(_("What it means for you"), headed, ((row.side, row.who, row.before, row.after) for row in found))
