"""Who sees what as files: the rows of its page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.sight.facts_log import OwnInspection
from amont.web.share.present import Page, Side
from amont.web.share.reading import LogRow


def page_written(page: Page) -> tuple[Written, ...]:
    """Return who sees oneself, and who sees one's own sources."""
    return (
        _written(_("Who sees you, at most"), page.identity),
        _written(_("Who sees your own sources"), page.sourcing),
    )


def _written(title: str, side: Side) -> Written:
    headed = columns(_("Who"), _("Sees"), _("Does not see"), _("Why"), _("Since"), _("Until"))
    return Written(title, headed, [(r.who, r.shown, r.hidden, r.why, r.since, r.until) for r in side.rows])


def log_written(rows: Iterable[LogRow]) -> Written:
    """Return who read what, a row for each item of a line."""
    headed = columns(_("Day"), _("Who"), _("How"), _("What"), _("How much"), _("For what purpose"))
    found = (
        (row.day, row.who, row.how, what, much, "; ".join(row.purposes))
        for row in rows
        for what, much in (*row.items, *row.others)
    )
    return Written(_("Who has read it"), headed, found)


def looked_written(inspections: Iterable[OwnInspection]) -> Written:
    """Return what was looked at by leave, a row for each item."""
    headed = columns(_("Who"), _("Why"), _("Until"), _("Hour"), _("Item"))
    found = (
        (each.person, one.purpose, one.until_at.date(), f"{each.hour:%Y-%m-%d %H:00}", item)
        for one in inspections
        for each in one.looked
        for item in each.items
    )
    return Written(_("What was looked at"), headed, found)
