"""Saying needs and voting on who leads, in the browser's own steps."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from amont.disclosure.guard import looking_as
from amont.kernel import clock
from amont.purchasing import actions, read
from amont.purchasing.models import Mandate
from amont.purchasing.publishing import sum_needs
from purchasing.stage import NOON, OFFICE
from web.test_buying import Opened, SignedIn

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Network:
    """A network with six buyers and a stranger, each in its browser."""

    def __init__(self, opened: Opened, signed_in: SignedIn) -> None:
        owner = opened("owner")
        with looking_as(owner):
            self.network = actions.found(owner, name="Small firms together")
            self.category = actions.allow_category(owner, self.network, OFFICE)
            token = read.network(owner, self.network).joining
        self.clients: dict[str, Client] = {"owner": signed_in(owner), "stranger": signed_in(opened("stranger"))}
        for name in "abcdef":
            viewer = opened(name)
            with looking_as(viewer):
                actions.join(viewer, token)
            self.clients[name] = signed_in(viewer)

    def url(self, page: str, *more: str) -> str:
        return reverse(f"buy:{page}", args=(self.network, *more))

    def say(self, who: str, amount: str = "1000") -> int:
        said = {"category": self.category, "year": "2026", "amount": amount, "currency": "EUR"}
        return self.clients[who].post(self.url("needs"), said).status_code


@pytest.fixture
def network(opened: Opened, signed_in: SignedIn) -> Iterator[Network]:
    with clock.held_at(NOON):
        yield Network(opened, signed_in)


def test_needs_are_said_and_their_sum_is_read_by_all_buyers(network: Network) -> None:
    for name in "abcdef":
        assert network.say(name) == 302
    assert "1000.00" in network.clients["a"].get(network.url("needs") + "?file=csv").content.decode()
    with clock.held_at(MARCH):
        assert sum_needs() == 1
        page = network.clients["owner"].get(network.url("needs")).content.decode()
        assert "6000.00 EUR" in page.replace(",", "")
        assert "1000.00" not in page.replace(",", "")


def test_a_need_is_changed_and_taken_back(network: Network) -> None:
    network.say("a", "1234")
    form = network.clients["a"].get(network.url("needs") + f"?category={network.category}&year=2026").content.decode()
    assert 'value="1234.00"' in form
    said = {"category": network.category, "year": "2026"}
    assert network.clients["a"].post(network.url("forget_need"), said).status_code == 302
    assert "1,234" not in network.clients["a"].get(network.url("needs")).content.decode()
    assert network.clients["a"].post(network.url("forget_need"), {"year": "x"}).status_code == 404


def test_who_has_no_part_finds_neither_needs_nor_leads(network: Network) -> None:
    for page in ("needs", "leads"):
        answer = network.clients["stranger"].get(network.url(page))
        assert answer.status_code == 404
        assert b"Office" not in answer.content
    assert network.say("stranger") == 404
    assert network.say("a", "-1") == 200


def test_a_buyer_offers_to_lead_and_the_others_vote(network: Network) -> None:
    said = {"category": network.category, "first_on": "2026-03-01", "last_on": "2026-12-31", "reason": "We know paper"}
    assert network.clients["a"].post(network.url("leads"), {**said, "first_on": "2026-02-02"}).status_code == 200
    assert not Mandate.objects.exists()
    assert network.clients["a"].post(network.url("leads"), said).status_code == 302
    mandate = Mandate.objects.get().public_id
    for name in "abcd":
        answer = network.clients[name].post(network.url("vote_on_lead", mandate), {"say": "yes"})
        assert answer.status_code == 302
    assert b"You said yes." in network.clients["a"].get(network.url("leads")).content
    assert "Maison A" in network.clients["b"].get(network.url("leads") + "?file=csv").content.decode()
    with clock.held_at(MARCH):
        page = network.clients["b"].get(network.url("leads")).content.decode()
        assert "leads now" in page
        assert "4 yes, 0 no; 4 of 7 voted" in page
        late = network.clients["b"].post(network.url("vote_on_lead", mandate), {"say": "no"})
        assert late.status_code == 200
        assert b"The votes are counted." in late.content
    assert network.clients["stranger"].post(network.url("vote_on_lead", mandate), {"say": "no"}).status_code == 404
