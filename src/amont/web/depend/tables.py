"""What lines depend on as files: the tables of its pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from amont.exchange.writing import Written, columns
from amont.web.depend import present


def concentration(rows: Iterable[present.Row]) -> Written:
    """Return concentrations, least and most."""
    headed = columns(
        _("Tier"),
        _("Kind"),
        _("Lines known"),
        _("Lines not known"),
        _("Largest of what is known"),
        _("Index, least"),
        _("Index, most"),
        _("Largest share, least (%)"),
        _("Largest share, most (%)"),
    )
    found = [(row.tier, row.kind, row.known, row.unknown, row.largest, *row.hhi, *row.share) for row in rows]
    return Written(_("Concentration"), headed, found)


def stops(rows: Iterable[present.Failure]) -> Written:
    """Return single stops with the lines that each takes down."""
    headed = columns(
        _("Kind"),
        _("If this stops"),
        _("Where, what"),
        _("Lines, every input needed"),
        _("Lines, any path enough"),
        _("Lines that may stop besides"),
        _("Share of volume (%)"),
        _("Weeks of stock"),
        _("Months to change"),
        _("Which lines"),
    )
    found = [
        (
            row.kind,
            row.name,
            row.about,
            len(row.every_input),
            row.any_path,
            row.feared,
            row.volume_percent,
            row.stock_weeks,
            row.switch_months,
            ", ".join(name for _item, name in row.every_input),
        )
        for row in rows
    ]
    return Written(_("Single stops"), headed, found)


def common(rows: Iterable[present.Common]) -> Written:
    """Return hidden common sources."""
    headed = columns(_("Supplier"), _("On whom its chain meets"), _("Branches"), _("Lines"))
    return Written(
        _("Common sources within one supplier's chain"),
        headed,
        [(row.supplier, row.what, row.branches, row.lines) for row in rows],
    )


def outcome(rows: Iterable[present.Line]) -> Written:
    """Return what becomes of each line."""
    headed = columns(_("Line"), _("What becomes of it"), _("When"), _("Months to change"), _("What stands beside"))
    return Written(
        _("Scenario"), headed, [(row.name, row.state, row.when, row.switch_months, row.replaced_by) for row in rows]
    )
