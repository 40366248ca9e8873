"""Reading the ledger: its version, one's own lines, and whether it holds."""

from amont.kernel.viewer import Viewer
from amont.ledger import rules
from amont.ledger.facts import Line
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
    previous, expected = rules.GENESIS, 0
    for row in Entry.objects.order_by("sequence").iterator():
        expected += 1
        held = row.sequence == expected and row.digest == rules.digest(row.salt, row.record)
        if not held or row.hash != rules.chained(previous, row.sequence, row.digest):
            return row.sequence
        previous = row.hash
    head = Head.objects.filter(pk=1).first()
    return None if head is None or (head.sequence, head.hash) == (expected, previous) else expected
