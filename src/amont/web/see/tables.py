"""Chains and who sees what as files: the rows of their pages, already cut to what the viewer may know."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.sight.facts import Mark
from amont.web.see.lines import LineRow
from amont.web.see.preview import AudienceWords, PreviewWords
from amont.web.see.rows import TableRow
from amont.web.shell import marks


def lines_written(rows: Iterable[LineRow]) -> Written:
    """Return all own lines and how far each is seen; the ways in which places are known stand in a column each."""
    headings = (_("Reference"), _("Line"), _("Kind"), _("Family"), _("Suppliers"))
    tiers = (_("Confirmed to tier"), _("Stated to tier"), _("Claimed to tier"))
    ways = [str(marks.WORDS[mark]) for mark in Mark if mark is not Mark.OWN]
    rest = (_("Ends"), _("Every way comes to a stated end"), _("Not asked, not said"))
    found = (
        (
            *(row.reference, row.name, row.kind, row.family, row.suppliers),
            *(row.tier or None, row.stated_tier or None, row.claimed_tier or None),
            *({word: count for _picture, word, count in row.known}.get(way, 0) for way in ways),
            *(row.ends, _("yes") if row.closed else "", "; ".join(f"{word} ({count})" for word, count in row.gaps)),
        )
        for row in rows
    )
    return Written(_("Lines and chains"), columns(*headings, *tiers, *ways, *rest), found)


def chain_written(rows: Iterable[TableRow]) -> Written:
    """Return the table of a chain, the line itself included."""
    headings = (_("Tier"), _("Known as"), _("Who"), _("Item and site"), _("Country"), _("Step"), _("Family"))
    rest = (_("How it ends, and what was not said"), _("Certificates"), _("Serves"))
    found = (
        (
            *(row.tier, row.shown.how, row.shown.who, row.shown.what, row.shown.country, row.shown.step),
            *(row.shown.family, "; ".join(text for _kind, text in row.shown.notes)),
            *(row.shown.certificates, row.serves),
        )
        for row in rows
    )
    return Written(_("Chain"), columns(*headings, *rest), found)


def preview_written(preview: PreviewWords) -> tuple[Written, ...]:
    """Return who sees oneself, and who sees one's own sources."""
    return (
        _audiences(_("Who sees you, at most"), preview.identity),
        _audiences(_("Who sees your own sources"), preview.sourcing),
    )


def _audiences(title: str, rows: Iterable[AudienceWords]) -> Written:
    headed = columns(_("Who"), _("Sees"), _("Does not see"))
    return Written(title, headed, [(each.who, each.shown, each.hidden) for each in rows])
