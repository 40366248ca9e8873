"""Dropping lines of access logs that have been kept for their time."""

from datetime import timedelta

from django.db import transaction

from amont.disclosure.models import Reading
from amont.disclosure.reading import Channel
from amont.disclosure.unsealed import unsealed
from amont.kernel import clock
from amont.ledger import actions as ledger

PAGES_KEPT = timedelta(days=396)
FILES_KEPT = timedelta(days=5 * 366)
"""What left as a file or by the API stays with its reader: its line is kept longer."""


def sweep_readings() -> int:
    """Drop, for all owners, what is older than is kept: thirteen months for pages, five years for files and the API.

    Returns how many lines were dropped. One ledger line, of the software itself, where there was anything.
    """
    now = clock.now()
    with transaction.atomic(), unsealed("lines of access logs end after their time, for all owners"):
        pages = Reading.objects.filter(channel=Channel.PAGE, hour__lt=now - PAGES_KEPT)
        dropped = pages.delete()[0] + Reading.objects.filter(hour__lt=now - FILES_KEPT).delete()[0]
        if dropped:
            ledger.append(None, "sweep_readings", detail={"lines": dropped})
    return dropped
