"""The access log in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amont.sight.facts_log import LogLine, ReadLine

CHANNELS: MappingProxyType[str, Promise] = MappingProxyType(
    {"page": gettext_lazy("on a page"), "file": gettext_lazy("as a file"), "api": gettext_lazy("by the API")}
)


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line: when, who, how; items and what else, each with how much of it; for what purpose.

    `is_week`: the day begins a week in which somebody downstream read, and nothing more is told.
    """

    day: date
    is_week: bool
    who: str
    how: str
    items: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    purposes: tuple[str, ...]
    counted: str


def log_rows(lines: Iterable[LogLine]) -> Iterator[LogRow]:
    """Give the lines of a log in words, in their order."""
    return (_row(line) if isinstance(line, ReadLine) else _week(line.day) for line in lines)


def _row(line: ReadLine) -> LogRow:
    items = tuple((item.name, _("in full") if item.in_full else _("by name")) for item in line.items)
    return LogRow(
        day=line.day,
        is_week=False,
        who=line.reader_name,
        how=str(CHANNELS[line.channel]),
        items=items,
        others=_others(line),
        purposes=line.purposes,
        counted=ngettext("%(number)d item", "%(number)d items", len(items)) % {"number": len(items)} if items else "",
    )


def _others(line: ReadLine) -> tuple[tuple[str, str], ...]:
    if line.documents:
        said = ngettext("%(number)d document", "%(number)d documents", line.documents) % {"number": line.documents}
        return ((said, _("in full")),)
    return () if line.items else ((_("your company’s name, in a list"), _("by name")),)


def _week(monday: date) -> LogRow:
    told = (_("something of yours, by name or in full"), "")
    return LogRow(
        monday, is_week=True, who=_("Somebody downstream"), how="", items=(), others=(told,), purposes=(), counted=""
    )
