"""At each door that takes an address, one that has an account and one that has none cost the same queries."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from proof.observing import LISTS, ROWS, SAVEPOINTS
from proof.test_timing import Compared, addresses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


def queries(door: Compared, address: str) -> Counter[str]:
    """Return how often each form of query runs for a request."""
    found: Counter[str] = Counter()

    def count(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        if not SAVEPOINTS.search(sql):
            found[ROWS.sub(r"\1", LISTS.sub("(…)", sql))] += 1
        return execute(sql, params, many, context)

    cache.clear()
    with transaction.atomic(), connection.execute_wrapper(count):
        door.ask(address)
        transaction.set_rollback(True)
    return found


def test_an_address_that_is_known_costs_the_same_queries_as_any_other() -> None:
    told = {}
    for door in addresses():
        known, unknown = (queries(door, address) for address in door.kinds)
        if known != unknown:
            told[door.name] = (known - unknown, unknown - known)
    assert told == {}
