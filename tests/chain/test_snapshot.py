"""The network in memory is never older than the database."""

import json
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from amont.chain import snapshot
from amont.chain.models import Link
from amont.disclosure.unsealed import unsealed
from amont.exchange.world.load import load
from amont.ledger import actions as ledger

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def world() -> dict[str, Any]:
    return {
        "consortium": {"name": "Small"},
        "organizations": [{"key": key, "name": key, "country": "FR"} for key in ("M", "T")],
        "items": [{"key": f"i{key}", "organization": key, "name": key} for key in ("M", "T")],
        "links": [{"key": "a", "buyer_item": "iM", "supplier_item": "iT"}],
    }


def walked_links() -> int:
    return sum(len(links) for links in snapshot.network().above.values())


def test_it_is_loaded_once_and_again_after_each_change() -> None:
    load(json.dumps(world()))
    first = snapshot.network()
    assert snapshot.network() is first
    assert walked_links() == 1
    with transaction.atomic(), unsealed("a test ends a link"):
        Link.objects.update(status=Link.Status.ENDED)
        ledger.append(None, "end_link", network=True)
    assert walked_links() == 0


def test_it_is_checked_by_one_query(django_assert_num_queries: Any) -> None:
    load(json.dumps(world()))
    snapshot.network()
    queries: CaptureQueriesContext
    with django_assert_num_queries(1) as queries:
        snapshot.network()
    assert "ledger_head" in queries.captured_queries[0]["sql"]


def test_a_change_that_was_rolled_back_leaves_no_trace() -> None:
    load(json.dumps(world()))

    class ChangedMindError(Exception):
        """Somebody thought again."""

    def end_and_look() -> None:
        with transaction.atomic(), unsealed("a test ends a link"):
            Link.objects.update(status=Link.Status.ENDED)
            ledger.append(None, "end_link", network=True)
            assert walked_links() == 0
            raise ChangedMindError

    with pytest.raises(ChangedMindError):
        end_and_look()
    assert walked_links() == 1
    with transaction.atomic():
        ledger.append(None, "found_consortium", network=True)
    assert walked_links() == 1


def test_an_empty_database_is_an_empty_network() -> None:
    assert snapshot.network().owner == {}
