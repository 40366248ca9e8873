"""Reading the ledger: its version, one's own lines, and whether it holds."""

from collections.abc import Iterator, Mapping

from django.db.models import Q, QuerySet

from amont.kernel.viewer import Viewer
from amont.ledger import rules
from amont.ledger.facts import Line, Verdict
from amont.ledger.models import Entry, Head


def network_version() -> int:
    """Return the number that every transaction which changes chains raises; 0 before the first."""
    return Head.objects.filter(pk=1).values_list("network_version", flat=True).first() or 0


def network_mark() -> tuple[int, str]:
    """Return the version of the network and the hash of the line that made it; (0, "") before the first.

    The hash tells apart what the number does not: another database, or a version that was rolled back.
    """
    return Head.objects.filter(pk=1).values_list("network_version", "network_hash").first() or (0, "")


def lines_of(viewer: Viewer, *, last: int = 100) -> tuple[Line, ...]:
    """Return the `last` acts of the viewer's own organization, newest first."""
    rows = Entry.objects.filter(organization_id=viewer.organization_id).order_by("-sequence")[:last]
    return tuple(Line(row.sequence, row.at, row.act, row.about) for row in rows)


def first_broken_line() -> int | None:
    """Return the number of the first line whose digest or hash does not hold, or None if all hold."""
    return verdict().broken


def verdict(heads: Mapping[int, str] | None = None) -> Verdict:
    """Walk the whole chain and return what holds of it.

    A line that was erased has no record to hold its digest against; it holds where a later line names it as erased.
    `heads` are numbers and hashes that were noted before, and kept apart: each must still stand in the chain.
    """
    erased = {number for row in Entry.objects.filter(act=rules.ERASE) for number in _named(row)}
    wanted, previous, expected, gone = dict(heads or {}), rules.GENESIS, 0, 0
    for row in _opening(Entry.objects.order_by("sequence")).iterator():
        expected += 1
        gone += not row.salt
        if not _holds(row, previous, expected, erased) or wanted.pop(expected, row.hash) != row.hash:
            return Verdict(expected - 1, gone, previous, row.sequence)
        previous = row.hash
    head = Head.objects.filter(pk=1).first()
    whole = not wanted and (head is None or (head.sequence, head.hash) == (expected, previous))
    return Verdict(expected, gone, previous, None if whole else expected)


def exported(organization: int | None = None, *, whole: bool = False) -> Iterator[str]:
    """Give the ledger as lines of an export: opened are those of one organization, or all, or none.

    What was erased is said to be; which lines were is opened to everybody. Read in one transaction.
    """
    lines = Entry.objects.order_by("sequence")
    mine = lines.exclude(salt="") if whole else lines.filter(Q(organization_id=organization or 0) | Q(act=rules.ERASE))
    last = lines.last()
    opened = mine.exclude(salt="").count()
    yield rules.export_header(lines=lines.count(), head=last.hash if last else rules.GENESIS, opened=opened)
    for row in _opening(lines).iterator():
        is_open = whole or row.act == rules.ERASE or (organization and row.organization_id == organization)
        opening = (row.salt, row.record) if is_open else None
        yield rules.export_line((row.sequence, row.digest, row.hash), opening, erased=not row.salt)


def head() -> tuple[int, str]:
    """Return number and hash of the last line: noted apart, they prove later that nothing before them changed."""
    return Head.objects.filter(pk=1).values_list("sequence", "hash").first() or (0, rules.GENESIS)


def _opening(lines: QuerySet[Entry]) -> QuerySet[Entry]:
    """Let these lines come with who acted, whose public ids their records hold."""
    return lines.select_related("organization", "person")


def _named(row: Entry) -> set[int]:
    return {number for number in rules.within(row.detail.get("lines", "")) if number < row.sequence}


def _holds(row: Entry, previous: str, expected: int, erased: set[int]) -> bool:
    told = row.digest == rules.digest(row.salt, row.record) if row.salt else row.sequence in erased
    return told and row.sequence == expected and row.hash == rules.chained(previous, row.sequence, row.digest)


def opened_lines_of(viewer: Viewer) -> Iterator[dict[str, object]]:
    """Give the acts of the viewer's organization, oldest first, each with salt and digest: the digest proves it.

    Whoever has an export finds the digest in it. Numbers and hashes of the chain would tell how much others do.
    """
    lines = Entry.objects.filter(organization_id=viewer.organization_id).order_by("sequence")
    for row in _opening(lines).iterator():
        yield {"digest": row.digest, "salt": row.salt, "record": row.record}
