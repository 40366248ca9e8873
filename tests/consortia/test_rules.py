"""What a charter may say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from amont.consortia import lists
from amont.consortia.facts import CharterChoice, FloorChoice, SeatState
from amont.consortia.rules import Trouble, is_heavy, mailed_state, state_of, troubles_of, troubles_of_name
from amont.kernel.errors import NotKnown

SECTOR = lists.sector("cosmetics")
PROPOSAL = SECTOR.proposal
ASKED = {each.code: each.within for each in lists.questions()}


def _troubles(choice: CharterChoice) -> list[tuple[str, Trouble]]:
    return list(troubles_of(choice, SECTOR, asked=ASKED, today=date(2026, 11, 22)))


@pytest.mark.parametrize("code", lists.SECTORS)
def test_what_a_template_proposes_does(code: str) -> None:
    sector = lists.sector(code)
    assert list(troubles_of(sector.proposal, sector, asked=ASKED, today=date(2026, 11, 22))) == []
    assert (sector.proposal.customers, sector.proposal.requesters, sector.proposal.chain) == (3, 2, 1)


@pytest.mark.parametrize("code", lists.SECTORS)
def test_a_code_stands_once_in_a_template_and_has_both_labels(code: str) -> None:
    sector = lists.sector(code)
    codes = [*sector.families, *sector.steps, *sector.schemes]
    assert len({each.code for each in codes}) == len(codes)
    assert all(each.fr and each.en for each in codes)


def test_a_template_that_is_not_there_is_not_known() -> None:
    with pytest.raises(NotKnown):
        lists.sector("../cosmetics")


def test_a_label_is_said_in_the_language_and_an_unknown_code_is_its_own() -> None:
    assert lists.label("glass", "fr") == "Verre"
    assert lists.label("glass", "en") == "Glass"
    assert lists.label("unobtainium", "fr") == "unobtainium"


def test_a_wider_circle_never_sees_more() -> None:
    assert _troubles(replace(PROPOSAL, requesters=1, chain=2)) == [("chain", Trouble.ORDER)]
    assert _troubles(replace(PROPOSAL, customers=2, requesters=3)) == [("requesters", Trouble.ORDER)]


def test_a_level_above_full_is_no_level() -> None:
    assert ("customers", Trouble.LEVEL) in _troubles(replace(PROPOSAL, customers=5))


@pytest.mark.parametrize("level", [-1, 0, 5])
def test_a_floor_is_at_least_an_origin_and_at_most_everything(level: int) -> None:
    assert _troubles(replace(PROPOSAL, floors=(FloorChoice("palm", level),))) == [("floors", Trouble.FLOOR)]


def test_a_family_has_one_floor_and_is_one_of_the_list() -> None:
    twice = (FloorChoice("palm", 2), FloorChoice("palm", 3))
    assert _troubles(replace(PROPOSAL, floors=twice)) == [("floors", Trouble.FLOOR_TWICE)]
    assert _troubles(replace(PROPOSAL, floors=(FloorChoice("gold", 2),))) == [("floors", Trouble.UNKNOWN_FAMILY)]


def test_questions_are_asked_and_known() -> None:
    assert _troubles(replace(PROPOSAL, questions=())) == [("questions", Trouble.NO_QUESTION)]
    alone = replace(PROPOSAL, questions=("step", "stock_weeks"))
    assert _troubles(alone) == [("questions", Trouble.QUESTION_ALONE)]
    assert _troubles(replace(alone, questions=("inputs", "stock_weeks"))) == []
    assert _troubles(replace(PROPOSAL, questions=("price",))) == [("questions", Trouble.UNKNOWN_QUESTION)]


def test_targets_are_not_negative_and_lie_ahead() -> None:
    assert _troubles(replace(PROPOSAL, target_lines=-1)) == [("target_lines", Trouble.TARGET)]
    assert _troubles(replace(PROPOSAL, target_on=date(2026, 11, 22))) == [("target_on", Trouble.PAST)]
    assert _troubles(replace(PROPOSAL, target_on=date(2026, 11, 23))) == []


def test_a_consortium_has_a_name() -> None:
    assert list(troubles_of_name("  ")) == [("name", Trouble.NO_NAME)]
    assert list(troubles_of_name("x" * 201)) == [("name", Trouble.LONG_NAME)]


def test_a_seat_waits_until_it_is_taken_or_expires() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    assert state_of(None, now + timedelta(seconds=1), now) is SeatState.WAITING
    assert state_of(None, now, now) is SeatState.EXPIRED
    assert state_of(now, now, now) is SeatState.TAKEN


def test_a_seat_that_waits_says_where_its_mail_is() -> None:
    assert mailed_state(SeatState.WAITING, "failed") is SeatState.FAILED
    assert mailed_state(SeatState.WAITING, "sent") is SeatState.SENT
    assert mailed_state(SeatState.WAITING, "") is SeatState.WAITING
    assert mailed_state(SeatState.TAKEN, "failed") is SeatState.TAKEN


def test_a_set_past_twenty_questions_or_twenty_minutes_is_heavy() -> None:
    assert not is_heavy(20, 20)
    assert is_heavy(21, 1)
    assert is_heavy(20, 21)
