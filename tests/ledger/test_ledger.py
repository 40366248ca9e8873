"""The ledger holds, and tells when it does not."""

import pytest
from django.db import transaction

from amont.ledger import actions, read
from amont.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def _write(number: int) -> None:
    for each in range(number):
        with transaction.atomic():
            actions.append(None, "found_consortium", about=str(each), network=bool(each % 2))


def test_lines_are_chained_and_hold() -> None:
    _write(5)
    assert read.first_broken_line() is None
    assert read.network_version() == 2


def test_a_changed_line_is_found() -> None:
    _write(5)
    Entry.objects.filter(sequence=3).update(about="forged")
    assert read.first_broken_line() == 3


def test_a_removed_last_line_is_found() -> None:
    _write(3)
    Entry.objects.filter(sequence=3).delete()
    assert read.first_broken_line() == 2


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        actions.append(None, "found_consortium")
    assert not Entry.objects.exists()
