"""An owner's own links, the other end of each laid open: what is left is what the owner itself gives."""

from datetime import timedelta

import pytest

from amont.disclosure.facts import Defaults, Terms
from amont.disclosure.guard import looking_as
from amont.disclosure.levels import Covers
from amont.kernel import clock
from amont.kernel.errors import NotKnown
from amont.sight.cut.own import OTHER_END, opened, own_of
from small_world import LONG_SINCE, SmallWorld

pytestmark = pytest.mark.django_db


def test_an_item_of_another_is_not_known(chain: SmallWorld) -> None:
    viewer = chain.viewer("T1")
    for public_id in (chain.items["t2"].public_id, "never-was"):
        with looking_as(viewer), pytest.raises(NotKnown):
            own_of(viewer, public_id, clock.now())


def test_the_other_end_lies_open_and_none_of_its_grants_is_handed_on(chain: SmallWorld) -> None:
    for firm in ("M", "T2"):
        chain.grant(firm, "sourcing", "chain", 0)
        chain.grant(firm, "identity", "chain", 0)
    mine = chain.grant("T1", "identity", "chain", 2, item=chain.items["t1"])
    viewer = chain.viewer("T1")
    with looking_as(viewer):
        own = own_of(viewer, "", clock.now())
    ((sold,), (bought,)) = own.sold, own.bought
    assert (sold.item, sold.other) == (chain.items["t1"].pk, chain.firm("M").pk)
    assert (bought.item, bought.other) == (chain.items["t1"].pk, chain.firm("T2").pk)
    assert [grant.number for grant in sold.terms.identity] == [mine.pk]
    assert {grant.level for grant in (*sold.terms.sourcing, *bought.terms.identity)} == {4}
    assert chain.firm("M").pk not in {sold.terms.buyer, sold.terms.supplier}
    assert chain.firm("T2").pk not in {bought.terms.buyer, bought.terms.supplier}
    assert (sold.terms.supplier, bought.terms.buyer) == (viewer.organization_id, viewer.organization_id)
    assert [grant.number for grant in own.granted[Covers.IDENTITY, chain.items["t1"].pk]] == [mine.pk]
    assert own.granted[Covers.IDENTITY, 0] == own.granted[Covers.SOURCING, 0] == ()
    assert (own.organization, own.checked) == (viewer.organization_id, True)
    assert (sold.terms.buyer, bought.terms.supplier) == (OTHER_END, OTHER_END)


def test_the_moment_is_kept_and_a_source_that_nobody_checked_is_taken_for_checked(chain: SmallWorld) -> None:
    chain.firm("T2").checked_by = "none"
    chain.firm("T2").save()
    viewer, at = chain.viewer("T1"), clock.now()
    with looking_as(viewer):
        own = own_of(viewer, "", at)
    assert own.at == at
    assert own.bought[0].terms.supplier_checked


@pytest.mark.parametrize("checked", [True, False])
def test_a_link_not_yet_made_is_opened_by_whether_the_owner_is_checked(*, checked: bool) -> None:
    terms = Terms(1, 2, LONG_SINCE, Defaults(), floor=0, consortium=1, supplier_checked=not checked)
    assert opened(Covers.IDENTITY, terms, checked=checked).supplier_checked is checked


def test_links_within_the_firm_and_those_to_come_do_not_count(chain: SmallWorld) -> None:
    chain.item("t1b", "T1")
    chain.link("t1", "t1b")
    chain.item("n", "N")
    chain.link("t1", "n", accepted_at=clock.now() + timedelta(days=1))
    viewer = chain.viewer("T1")
    with looking_as(viewer):
        own = own_of(viewer, chain.items["t1"].public_id, clock.now())
    assert [link.other for link in (*own.sold, *own.bought)] == [chain.firm("M").pk, chain.firm("T2").pk]
    assert own.items == {chain.items["t1"].pk}


def test_whether_anybody_checked_the_firm_is_told(chain: SmallWorld) -> None:
    chain.firm("T1").checked_by = "none"
    chain.firm("T1").save()
    viewer = chain.viewer("T1")
    with looking_as(viewer):
        own = own_of(viewer, "", clock.now())
    assert (own.checked, own.sold[0].terms.supplier_checked, own.bought[0].terms.supplier_checked) == (
        *(False, False, True),
    )
