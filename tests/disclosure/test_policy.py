"""What one owner gives, and what two give together: section 3 of the rule, clause by clause, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amont.disclosure.facts import LONG_AGO, NEVER, Defaults, GrantFact, Ruling, Stance, Subject, Terms, Why
from amont.disclosure.levels import Audience, Covers
from amont.disclosure.rules import level, policy

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)
BUYER, SUPPLIER, VIEWER, OTHER = 1, 2, 3, 4
TERMS = Terms(BUYER, SUPPLIER, LONG_AGO, Defaults(), floor=0, consortium=1)
STRANGER = Stance(VIEWER)
REQUESTER = Stance(VIEWER, requester=True, once_requester=True)
ITEM, LINK, ORGANIZATION = Subject.ITEM, Subject.LINK, Subject.ORGANIZATION


def grant(
    audience: Audience | int,
    to: int,
    subject: Subject = LINK,
    *,
    starts: datetime = LONG_AGO,
    ends: datetime = NEVER,
    number: int = 1,
) -> GrantFact:
    named = audience if isinstance(audience, int) and not isinstance(audience, Audience) else None
    return GrantFact(number, subject, Audience.ORGANIZATION if named else Audience(audience), named, to, starts, ends)


def identity(*grants: GrantFact, stance: Stance = STRANGER, terms: Terms = TERMS) -> int:
    return policy(Covers.IDENTITY, replace(terms, identity=grants), stance, NOW).level


def sourcing(*grants: GrantFact, stance: Stance = STRANGER, terms: Terms = TERMS) -> int:
    return policy(Covers.SOURCING, replace(terms, sourcing=grants), stance, NOW).level


def test_an_owner_sees_all_of_its_own() -> None:
    sealed = grant(Audience.CHAIN, 0)
    assert identity(sealed, stance=Stance(SUPPLIER)) == 4
    assert sourcing(sealed, stance=Stance(BUYER)) == 4


def test_without_a_grant_the_charters_defaults_speak() -> None:
    assert identity() == sourcing() == 1
    assert identity(stance=REQUESTER) == sourcing(stance=REQUESTER) == 2
    generous = replace(TERMS, defaults=Defaults(customers=4))
    assert identity(stance=Stance(BUYER), terms=generous) == 4


def test_a_grant_that_names_the_viewer_decides_alone_even_downward() -> None:
    assert identity(grant(VIEWER, 0), grant(Audience.CHAIN, 4)) == 0
    assert identity(grant(OTHER, 4)) == 1


def test_the_narrowest_subject_decides_then_the_latest_start_then_the_lower_level() -> None:
    wide, narrow = grant(VIEWER, 4, ORGANIZATION, starts=NOW - DAY), grant(VIEWER, 1, ITEM)
    assert identity(wide, narrow) == 1
    assert identity(grant(VIEWER, 4, ITEM), grant(VIEWER, 2, ITEM, starts=NOW - DAY)) == 2
    assert identity(grant(VIEWER, 4, ITEM, starts=NOW), grant(VIEWER, 3, ITEM, starts=NOW)) == 3


def test_of_several_audiences_the_most_generous_speaks() -> None:
    assert identity(grant(Audience.REQUESTERS, 0), stance=REQUESTER) == 1
    assert identity(grant(Audience.CHAIN, 3), stance=REQUESTER) == 3
    assert identity(grant(Audience.REQUESTERS, 3)) == 1


def test_sealing_takes_all_three_audiences() -> None:
    chain, requesters = grant(Audience.CHAIN, 0), grant(Audience.REQUESTERS, 0)
    assert identity(chain, stance=REQUESTER) == 2
    assert identity(chain, requesters, stance=REQUESTER) == 0


@pytest.mark.parametrize(
    ("starts", "ends", "given"),
    [
        (NOW, NEVER, 3),
        (NOW + timedelta(seconds=1), NEVER, 1),
        (LONG_AGO, NOW, 1),
        (LONG_AGO, NOW + timedelta(seconds=1), 3),
        (NOW, NOW, 1),
    ],
)
def test_a_grant_holds_from_its_start_inclusive_to_its_end_exclusive(
    starts: datetime, ends: datetime, given: int
) -> None:
    assert identity(grant(Audience.CHAIN, 3, starts=starts, ends=ends)) == given


def test_the_buyer_of_a_link_always_knows_its_supplier() -> None:
    buyer = Stance(BUYER)
    assert identity(grant(BUYER, 0), stance=buyer) == 3
    assert identity(stance=buyer, terms=replace(TERMS, defaults=Defaults(customers=0))) == 3
    assert level(replace(TERMS, identity=(grant(Audience.CUSTOMERS, 0),)), buyer, NOW).level == 3


def test_customers_of_sourcing_have_no_default() -> None:
    customer = Stance(VIEWER, customer=True)
    assert sourcing(stance=customer) == 1
    assert sourcing(grant(Audience.CUSTOMERS, 3), stance=customer) == 3
    assert sourcing(grant(Audience.CUSTOMERS, 3)) == 1
    assert identity(grant(Audience.CUSTOMERS, 3), stance=customer) == 1


def test_a_floor_serves_members_that_come_as_requesters_and_nobody_else() -> None:
    floored = replace(TERMS, floor=3)
    member = replace(REQUESTER, member=True)
    assert identity(grant(VIEWER, 0), stance=member, terms=floored) == 3
    assert sourcing(stance=member, terms=floored) == 3
    assert identity(stance=REQUESTER, terms=floored) == 2
    assert identity(stance=replace(STRANGER, member=True), terms=floored) == 1


def test_both_owners_must_agree() -> None:
    one = replace(TERMS, sourcing=(grant(Audience.CHAIN, 3),))
    assert level(one, STRANGER, NOW).level == 1
    assert level(replace(one, identity=(grant(VIEWER, 4),)), STRANGER, NOW).level == 3


class TestWithinAFirm:
    """Steps between two items of one organization."""

    firm = replace(TERMS, buyer=SUPPLIER, defaults=Defaults(0, 0, 0), floor=4)

    def test_they_stay_with_the_firm_whatever_the_charter_says(self) -> None:
        assert level(self.firm, STRANGER, NOW).level == 3
        assert level(self.firm, replace(REQUESTER, member=True), NOW).level == 3

    def test_only_grants_about_that_very_link_count(self) -> None:
        wide = replace(self.firm, sourcing=(grant(VIEWER, 0, ITEM), grant(VIEWER, 0, ORGANIZATION)))
        assert level(wide, STRANGER, NOW).level == 3
        assert level(replace(self.firm, sourcing=(grant(VIEWER, 4),)), STRANGER, NOW).level == 3
        both = replace(self.firm, sourcing=(grant(VIEWER, 4),), identity=(grant(VIEWER, 4),))
        assert level(both, STRANGER, NOW).level == 4

    def test_less_than_named_counts_as_sealed(self) -> None:
        for given in (1, 2):
            assert level(replace(self.firm, identity=(grant(Audience.CHAIN, given),)), STRANGER, NOW).level == 0
        shut = replace(self.firm, identity=(grant(Audience.CHAIN, 1),))
        assert level(shut, REQUESTER, NOW).level == 3


class TestLookingBack:
    """What has once been named does not become nameless."""

    @staticmethod
    def link(*given: GrantFact, accepted: datetime = LONG_AGO) -> Terms:
        return replace(TERMS, accepted=accepted, sourcing=given, identity=given)

    def test_a_revoked_name_leaves_an_origin_and_no_pseudonym(self) -> None:
        revoked = grant(Audience.REQUESTERS, 3, ends=NOW - DAY)
        assert level(self.link(revoked), REQUESTER, NOW).level == 1
        assert level(self.link(revoked), REQUESTER, NOW - 2 * DAY).level == 3

    def test_what_was_given_before_acceptance_named_nobody(self) -> None:
        before = grant(Audience.REQUESTERS, 3, ends=NOW - 2 * DAY)
        assert level(self.link(before, accepted=NOW - DAY), REQUESTER, NOW).level == 2

    def test_a_grant_in_force_at_acceptance_counts(self) -> None:
        around = grant(Audience.REQUESTERS, 3, starts=NOW - 3 * DAY, ends=NOW - DAY)
        assert level(self.link(around, accepted=NOW - 2 * DAY), REQUESTER, NOW).level == 1

    def test_a_name_given_for_one_second_counts(self) -> None:
        brief = grant(Audience.REQUESTERS, 3, starts=NOW - DAY, ends=NOW - DAY + timedelta(seconds=1))
        assert level(self.link(brief), REQUESTER, NOW).level == 1

    def test_two_consents_that_never_met_named_nobody(self) -> None:
        early = grant(Audience.REQUESTERS, 3, ends=NOW - 2 * DAY)
        late = grant(Audience.REQUESTERS, 3, starts=NOW - 2 * DAY, ends=NOW - DAY)
        assert level(replace(TERMS, sourcing=(early,), identity=(late,)), REQUESTER, NOW).level == 2

    def test_a_newer_grant_names_again(self) -> None:
        old, new = grant(Audience.REQUESTERS, 3, ends=NOW - DAY), grant(Audience.REQUESTERS, 3, starts=NOW, number=2)
        assert level(self.link(old, new), REQUESTER, NOW).level == 3

    def test_once_a_requester_is_a_requester_for_the_look_back(self) -> None:
        given = (grant(Audience.REQUESTERS, 3), grant(Audience.CHAIN, 2, number=2))
        assert level(self.link(*given), STRANGER, NOW).level == 2
        assert level(self.link(*given), replace(STRANGER, once_requester=True), NOW).level == 1

    def test_a_floor_counts_for_who_was_once_a_requester(self) -> None:
        floored = replace(self.link(grant(Audience.CHAIN, 2)), floor=3)
        assert level(floored, replace(STRANGER, once_requester=True, member=True), NOW).level == 1
        assert level(floored, replace(STRANGER, once_requester=True), NOW).level == 2

    def test_a_purchase_that_ended_counts_for_the_look_back(self) -> None:
        terms = replace(
            TERMS,
            sourcing=(grant(Audience.CUSTOMERS, 3), grant(Audience.CHAIN, 2, number=2)),
            identity=(grant(Audience.CHAIN, 3, number=3),),
        )
        assert level(terms, STRANGER, NOW).level == 2
        assert level(terms, replace(STRANGER, once_customer=True), NOW).level == 1


def test_what_nobody_checked_is_named_to_its_direct_buyers_alone() -> None:
    terms = replace(TERMS, identity=(grant(Audience.CHAIN, 4),), sourcing=(grant(Audience.CHAIN, 4, number=2),))
    unchecked = replace(terms, supplier_checked=False)
    assert level(terms, STRANGER, NOW).level == 4
    assert level(unchecked, STRANGER, NOW).level == 2
    assert level(unchecked, replace(STRANGER, buys_from_supplier=True), NOW).level == 4
    assert level(unchecked, Stance(BUYER), NOW).level >= 3


def test_the_deciding_grants_are_told() -> None:
    terms = replace(TERMS, identity=(grant(VIEWER, 1, number=7),), sourcing=(grant(Audience.CHAIN, 3, number=8),))
    assert level(terms, STRANGER, NOW).grants == (7,)


class TestWhy:
    """By what an owner gives, as its own pages tell it."""

    def test_an_owner_its_grants_the_charter_its_floor_and_the_purchase(self) -> None:
        granted = replace(TERMS, identity=(grant(Audience.CHAIN, 3, number=8),))
        member = replace(REQUESTER, member=True)
        assert policy(Covers.IDENTITY, TERMS, Stance(SUPPLIER), NOW) == Ruling(4, (), Why.OWNER)
        assert policy(Covers.IDENTITY, granted, STRANGER, NOW) == Ruling(3, (8,), Why.GRANT)
        named = replace(TERMS, identity=(grant(VIEWER, 3, number=9),))
        assert policy(Covers.IDENTITY, named, STRANGER, NOW) == Ruling(3, (9,), Why.GRANT)
        assert policy(Covers.IDENTITY, TERMS, STRANGER, NOW) == Ruling(1, (), Why.DEFAULT)
        assert policy(Covers.IDENTITY, replace(TERMS, floor=3), member, NOW) == Ruling(3, (), Why.FLOOR)
        shut = replace(TERMS, defaults=Defaults(0, 0, 0))
        assert policy(Covers.IDENTITY, shut, Stance(BUYER), NOW) == Ruling(3, (), Why.BUYER)

    def test_within_a_firm_what_is_shut_says_by_which_grant(self) -> None:
        firm = replace(TERMS, buyer=SUPPLIER, identity=(grant(Audience.CHAIN, 1, number=5),))
        assert policy(Covers.IDENTITY, firm, STRANGER, NOW) == Ruling(0, (5,), Why.GRANT)

    def test_of_two_only_the_grants_of_whoever_gives_the_least_decide(self) -> None:
        one = replace(
            TERMS,
            sourcing=(grant(Audience.CHAIN, 2, number=5),),
            identity=(grant(Audience.CHAIN, 3, number=6),),
        )
        assert level(one, STRANGER, NOW).grants == (5,)
        both = replace(one, identity=(grant(Audience.CHAIN, 2, number=6),))
        assert level(both, STRANGER, NOW).grants == (5, 6)
        assert level(replace(both, supplier_checked=False), STRANGER, NOW).grants == (5, 6)
