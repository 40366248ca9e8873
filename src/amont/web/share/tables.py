"""Who sees what as files: the rows of its page."""

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.web.share.present import Page, Side


def page_written(page: Page) -> tuple[Written, ...]:
    """Return who sees oneself, and who sees one's own sources."""
    return (
        _written(_("Who sees you, at most"), page.identity),
        _written(_("Who sees your own sources"), page.sourcing),
    )


def _written(title: str, side: Side) -> Written:
    headed = columns(_("Who"), _("Sees"), _("Does not see"), _("Why"), _("Since"), _("Until"))
    return Written(title, headed, [(r.who, r.shown, r.hidden, r.why, r.since, r.until) for r in side.rows])
