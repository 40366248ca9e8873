"""Every route with every method, as every kind of viewer: what is hidden is answered as what never was, byte for byte.

`make matrix SECONDS=600` goes on by the clock; a run of the tests goes through one world for each kind of viewer.
"""

import random
from typing import Any

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from disclosure.entries import ENTRIES, TYPED
from disclosure.naive_consents import moment
from house.routes import Route, routes
from proof.campaign import SEED, Campaign
from proof.loading import forget, public
from proof.observing import Asked, Observer
from proof.pairs import KINDS, Pair, loaded, pair_of
from proof.strategies import NOTHING, TABLE_OF, keys_of

METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS")
NEVER = (NOTHING, "never2never3never4xx")
"""Two ids that are nobody's: what differs between them alone is the address itself."""


def tables(kind: str) -> tuple[str, ...]:
    """Return the tables whose rows a parameter may name."""
    return ("Site", "ClaimedPlace") if kind == "site" else (TABLE_OF[kind],) if kind in TABLE_OF else ()


def hidden_ids(pair: Pair, kind: str) -> list[str]:
    """Return the ids of rows that are there and that the viewer was never given."""
    known = pair.eyes(pair.one).ids()
    found = [key for key in keys_of(pair.one) if key[0] in tables(kind) and key not in known]
    return [public(of, key, "hidden") for of, key in sorted(found)]


def asked(route: Route, method: str, named: str, others: dict[str, str], form: dict[str, str]) -> Asked | None:
    parameters = {name: others.get(name, named) for name in route.parameters}
    try:
        return Asked(route.name, method, reverse(route.name, kwargs=parameters), tuple(form.items()))
    except NoReverseMatch:
        return None


def answered(observer: Observer, each: Asked, named: str) -> dict[str, Any]:
    """Return the answer, with the id that was asked for taken out of where an address stands."""
    forget()
    with transaction.atomic():
        found = observer.observe(each, chance="the same")
        transaction.set_rollback(True)
    observer.again()
    body = found["body"]
    return found | {
        "headers": [(name, text.replace(named, "…")) for name, text in found["headers"]],
        "body": body.replace(named.encode(), "…".encode()) if isinstance(body, bytes) else body,
    }


def go_through(number: int, campaign: Campaign) -> None:
    """Go through all routes that name something, as the viewer of one pair, on its first world."""
    pair = pair_of(SEED, number)
    dice = random.Random(f"{SEED}/{number}/matrix")  # noqa: S311 - repeatable on purpose
    known = pair.eyes(pair.one).ids()
    with loaded(pair, pair.one, known, "hidden") as rows:
        person = rows.rows["Person"][f"p0.{pair.viewer}"] if pair.viewer else None
        observer = Observer(moment(pair.at), person, frozenset(pair.eyes(pair.one).addresses()))
        for route in routes():
            kinds = dict(zip(route.parameters, ENTRIES[route.name], strict=False))
            last = route.parameters[-1] if route.parameters else ""
            found = hidden_ids(pair, kinds.get(last, "")) if last else []
            if not found:
                continue
            others = {name: public("consortium", "one", "") for name, kind in kinds.items() if kind == "consortium"}
            for method in METHODS if pair.number % 3 == 0 else METHODS[:2]:
                form = dict(TYPED.get(route.name, ({},))[0]) if method == "POST" else {}
                form = {name: text for name, text in form.items() if "{" not in text}
                same = [dice.choice(found), *NEVER]
                told = [
                    answered(observer, one, named)
                    for named in same
                    if (one := asked(route, method, named, others, form)) is not None
                ]
                assert told.count(told[0]) == len(told), (number, pair.kind, route.name, method, told[:2])
                campaign.done["cells"] += 1


@pytest.mark.django_db
def test_hidden_and_never_there_are_one_answer() -> None:
    campaign = Campaign("matrix", small=len(KINDS))
    campaign.steps(lambda number: go_through(number, campaign))
    assert campaign.done["cells"] > campaign.done["steps"] * 20
