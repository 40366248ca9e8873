"""The made-up consortium has the size of the seed, and shows one chain three ways."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from amont.demo.build import Played, build
from amont.demo.cast import bought_by_members, firms, wares
from amont.demo.lines import LINES, lines_of
from amont.disclosure.guard import looking_as
from amont.disclosure.unsealed import unsealed
from amont.kernel.errors import Refused
from amont.kernel.viewer import Viewer
from amont.ledger.read import first_broken_line
from amont.parties import read as parties
from amont.post import read as post
from amont.purchasing import read as buying
from amont.purchasing import read_quotes, read_settlements
from amont.sight import read as sight
from amont.sight.asking import asked_until, questions
from amont.sight.facts import Chain, Mark


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Played]:  # noqa: ARG001
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        found = build()
        assert found is not None
        yield found
        with unsealed("a test empties the tables"):
            call_command("flush", interactive=False, verbosity=0)


def _seat(key: str) -> Viewer:
    viewer = parties.viewer_of_address(firms()[key].email)
    assert viewer is not None
    return viewer


def _es40(viewer: Viewer) -> Chain:
    with looking_as(viewer):
        item = next(line.item for line in sight.lines(viewer) if line.name.endswith("ES 40"))
        return sight.chain_above(viewer, item)


def _named(chain: Chain) -> set[str]:
    return {place.organization for place in chain.places if place.mark is Mark.NAMED}


@pytest.mark.django_db
def test_the_visitors_firm_leads_with_quotations_to_compare_and_others_still_sealed(played: Played) -> None:  # noqa: ARG001
    buyer = parties.viewer_of_address("buyer@demo.example")
    assert buyer is not None
    with looking_as(buyer):
        sealed, opened = read_quotes.requests(buyer, buying.networks(buyer)[0].network)
    assert (sealed.is_opened, sealed.quotes) == (False, ())
    assert [each.declined for each in opened.quotes] == [False, False, False, True]
    assert opened.quotes[0].standing.priced == len(opened.lines)


@pytest.mark.django_db
def test_the_demo_has_the_size_of_the_seed(played: Played) -> None:
    assert played == Played(members=18, partners=50, lines=1500, adherents=300)
    assert first_broken_line() is None


@pytest.mark.django_db
def test_played_twice_it_changes_nothing(played: Played) -> None:  # noqa: ARG001
    before = len(post.newest(most=10_000))
    assert build() is None
    assert len(post.newest(most=10_000)) == before


@pytest.mark.django_db
def test_a_brand_and_its_rival_see_the_same_item_and_only_one_sees_a_second_name(played: Played) -> None:  # noqa: ARG001
    brand, rival = _es40(_seat("orvanne")), _es40(_seat("tressault"))
    assert _named(brand) == {"Oléonde", "Oleoport Chemicals"}
    assert _named(rival) == {"Oléonde"}
    pseudonyms = [{place.ref for place in chain.places if place.mark is Mark.NAMELESS} for chain in (brand, rival)]
    assert pseudonyms[0]
    assert not pseudonyms[0] & pseudonyms[1]


@pytest.mark.django_db
def test_the_supplier_in_between_sees_origins_beyond_its_own_suppliers(played: Played) -> None:  # noqa: ARG001
    marks = Counter(place.mark for place in _es40(_seat("oleonde")).places)
    assert marks[Mark.ORIGIN] > 0
    assert marks[Mark.SEALED] > 0
    assert marks[Mark.NAMELESS] == 0


@pytest.mark.django_db
def test_the_chain_climbs_six_tiers(played: Played) -> None:  # noqa: ARG001
    viewer = _seat("orvanne")
    chain = _es40(viewer)
    above = {step.buyer: [each.supplier for each in chain.steps if each.buyer == step.buyer] for step in chain.steps}

    def height(ref: str) -> int:
        return 1 + max((height(each) for each in above.get(ref, ())), default=0)

    assert height(chain.root.ref) - 1 == 6


@pytest.mark.django_db
def test_members_are_checked_by_their_coordinator(played: Played) -> None:  # noqa: ARG001
    found = [parties.me(_seat(key)) for key, firm in firms().items() if firm.is_member]
    assert {me.checked_by for me in found if me} == {"coordinator"}


@pytest.mark.django_db
def test_one_asking_for_more_is_granted_and_one_consent_is_held(played: Played) -> None:  # noqa: ARG001
    viewer, names = _seat("orvanne"), {firm.name for firm in firms().values()}
    with looking_as(viewer):
        view, waiting = sight.view(viewer), asked_until(viewer)
    places = {place.ref: place for place in (*view.own, *view.places)}
    above = {
        (places[step.buyer].organization, places[step.supplier].organization)
        for step in view.steps
        if step.buyer in places and step.supplier in places
    }
    assert (firms()["emulgent"].name, firms()["kelapasari"].name) in above
    held = [places[ref] for ref in waiting if ref in places]
    assert [place.mark for place in held] == [Mark.NAMELESS]
    assert not names & {place.organization for place in held}
    for key, said in (("oleoport", ["yes"]), ("johorfine", ["nothing"])):
        with looking_as(_seat(key)):
            assert [str(each.asked.said) for each in questions(_seat(key))] == said


def _under_the_agreement(email: str) -> tuple[Viewer, str]:
    viewer = parties.viewer_of_address(email)
    assert viewer is not None
    with looking_as(viewer):
        (network,) = buying.networks(viewer)
        found = buying.agreements(viewer, network.network)
    return viewer, next(each.agreement for each in found if each.name.startswith("Fournitures"))


@pytest.mark.django_db
def test_an_agreement_of_35000_a_year_has_become_400000_with_300_adherents(played: Played) -> None:  # noqa: ARG001
    vendor, agreement = _under_the_agreement("vendor@demo.example")
    with looking_as(vendor):
        joined = buying.adhesions(vendor, agreement)
        latest = read_settlements.settlements(vendor, agreement)[0]
    assert [each.state for each in joined] == ["accepted"] * 300
    assert (latest.volume, latest.entitlement) == (Decimal(400_000), Decimal(24_000))
    owner, agreement = _under_the_agreement("owner@demo.example")
    with looking_as(owner):
        own = buying.own(owner, agreement)
    assert own.spent == Decimal(35_000)
    assert (own.statements[0].pool, own.statements[0].paid) == (Decimal(400_000), Decimal(2_100))


@pytest.mark.django_db
def test_the_visitors_firm_has_lines_that_are_not_as_agreed_and_one_agreement_left_to_join(played: Played) -> None:  # noqa: ARG001
    buyer, agreement = _under_the_agreement("buyer@demo.example")
    with looking_as(buyer):
        own = buying.own(buyer, agreement)
        (network,) = buying.networks(buyer)
        left = [each for each in buying.agreements(buyer, network.network) if each.adhesion is None]
    assert {"over", "off-list"} <= {line.verdict for line in own.lines}
    assert own.statements[0].paid == Decimal(300)
    assert len(left) == 1


@pytest.mark.django_db
def test_one_invitation_waits_for_the_visitor(played: Played) -> None:  # noqa: ARG001
    assert any(letter.to == "guest@demo.example" and "/invitation/" in letter.text for letter in post.newest())


def test_lines_are_the_same_at_every_call_and_1500_in_all() -> None:
    members = [firm for firm in firms().values() if firm.is_member]
    assert sum(len(lines_of(member)) for member in members) == LINES
    assert [lines_of(member) for member in members] == [lines_of(member) for member in members]


def test_every_source_named_is_made_by_somebody_of_the_cast() -> None:
    known = set(wares())
    assert all(set(component.wares) <= known for ware in wares().values() for component in ware.components)
    assert {ware.firm for ware in wares().values()} <= set(firms())
    assert len(bought_by_members()) > 40


@pytest.mark.django_db
def test_the_demo_is_refused_outside_of_demo_mode() -> None:
    with override_settings(DEMO=False), pytest.raises(Refused):
        build()
