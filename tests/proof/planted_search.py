"""Finds planted leaks by search: `make planted SECONDS=1200 SEED=1`; no part of a run of the tests, which replay them.

What is found is kept in planted.json; printed are how many pairs each took, and those not found yet.
"""

import json
import statistics

import pytest

from proof.campaign import SEED, Campaign
from proof.pairs import KINDS
from proof.planted import PLANTED
from proof.test_planted import FOUND, leaks_seen, stored


@pytest.mark.django_db
def test_leaks_are_found_by_search(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, tried = Campaign("planted", small=len(KINDS)), dict.fromkeys(PLANTED, 0)

    def step(number: int) -> None:
        told = stored()
        open_ones = [name for name in PLANTED if name not in told]
        for name in open_ones:
            tried[name] += KINDS[number % len(KINDS)] in PLANTED[name].kinds
        try:
            seen = leaks_seen(SEED, number, open_ones, monkeypatch)
        except Exception as trouble:  # noqa: BLE001 - changes that no database of the product can hold
            print(f"pair {number} left out: {trouble!r:.200}")  # noqa: T201
            return
        told |= {name: {"seed": SEED, "number": number, "pairs": tried[name]} for name in seen}
        FOUND.write_text(json.dumps(dict(sorted(told.items())), indent=1) + "\n")
        campaign.done.update({"leaks found": len(seen), "pairs": 1})

    campaign.steps(step)
    needed = [told["pairs"] for told in stored().values()]
    print(f"{len(needed)} of {len(PLANTED)}; pairs needed: median {statistics.median(needed)}, most {max(needed)}")  # noqa: T201
    print("not found:", sorted(set(PLANTED) - set(stored())))  # noqa: T201
