"""Histories of acts, and the same without those that a viewer is told nothing of, give that viewer the same bytes.

`make traces SECONDS=1200 SEED=7` runs by the clock; a run of the tests makes two, and finds a fault that is planted.
"""

from dataclasses import replace
from typing import Any

import pytest

from amont.catalogue.models import Item
from amont.sight import read as sight
from disclosure.planting import around, everything
from proof.acts import ACTS
from proof.campaign import SECONDS, SEED, Campaign
from proof.histories import compare

HISTORIES, TRIES = 2, 6


@pytest.mark.django_db
def test_what_others_did_unseen_changes_not_a_byte() -> None:
    campaign = Campaign("traces", small=HISTORIES)

    def step(number: int) -> None:
        came = compare(SEED, number)
        assert not came.differences, "\n".join(came.differences[:3])
        campaign.done.update({"histories": 1, "acts taken out": came.taken.total(), "answers": came.requests})
        campaign.done.update({f"·{name}": times for name, times in came.taken.items()})

    campaign.steps(step)
    assert campaign.done["acts taken out"] > campaign.done["histories"]
    if SECONDS:
        print({name: campaign.done[f"·{name}"] for name in ACTS})  # noqa: T201 - with -s


@pytest.mark.django_db
def test_a_count_of_what_others_have_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of a firm tell how many lines and products there are in all."""

    def change(found: tuple[Any, ...], *_: Any, **__: Any) -> tuple[Any, ...]:
        with everything():
            count = Item.objects.count()
        return tuple(replace(each, name=f"{each.name} of {count}") for each in found)

    around(monkeypatch, sight, "lines", change)
    assert any(compare(SEED, number).differences for number in range(TRIES))
