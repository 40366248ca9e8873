"""Coverage and the lines behind its figures as files: the tables of their pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Value, Written, columns
from amont.insight.facts import Coverage, Share
from amont.sight.facts import LineSight
from amont.web.home import present


def coverage_written(found: Coverage) -> tuple[Written, ...]:
    """Return the tables of the page of coverage, in its order: tiers, ends, what was asked, volume, dependencies."""
    lines, volume = _("Share of lines (%)"), _("Share of volume (%)")
    return (
        _tiers(found),
        _shares(_("How the chain ends"), present.ends(found)),
        _shares(_("By what was asked"), present.asked(found)),
        Written(
            _("By volume"),
            columns(_("Yearly volume"), _("Lines"), _("Tier 1"), _("Tier 2"), _("Tier 3")),
            [
                (str(word), all_.lines, *(each.lines for each in reached))
                for word, all_, reached in present.bands(found)
            ],
        ),
        Written(
            _("Largest dependencies"),
            columns(_("Kind"), _("What lines stand on"), _("Lines"), lines, volume),
            [(str(row.kind), str(row.word), *_share(row.share)) for row in present.dependencies(found)],
        ),
    )


def _tiers(found: Coverage) -> Written:
    headings = (_("Tier"), _("Confirmed"), _("Share of lines (%)"), _("Share of volume (%)"))
    rest = (_("Only stated"), _("Only claimed by you"), _("Nothing known"))
    rows = (
        (tier.number, *_share(tier.confirmed), tier.stated.lines, tier.claimed.lines, tier.silent.lines)
        for tier in found.tiers
    )
    return Written(_("By tier"), columns(*headings, *rest), list(rows))


def _shares(title: str, rows: Iterable[present.Row]) -> Written:
    headed = columns(_("State"), _("Lines"), _("Share of lines (%)"), _("Share of volume (%)"))
    return Written(title, headed, [(str(row.word), *_share(row.share)) for row in rows])


def _share(share: Share) -> tuple[Value, ...]:
    return share.lines, share.percent, share.volume_percent


def behind_written(title: str, lines: Iterable[LineSight]) -> Written:
    """Return the lines behind a figure."""
    headed = columns(_("Reference"), _("Line"), _("Confirmed to tier"), _("Direct suppliers"))
    rows = ((line.reference, line.name, line.tier, ", ".join(sorted(line.suppliers))) for line in lines)
    return Written(title, headed, rows)
