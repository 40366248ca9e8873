"""The question bank: whole, in both languages, each question with type, purpose, basis and a way to decline."""

import re

import pytest

from amont.consortia import bank, lists
from amont.consortia.facts import AnswerType, Subject

OF_THE_CHARTER = {"steps", "families", "schemes"}
SECTION = {
    *(f"C{number}" for number in range(1, 13)),
    *(f"S{number}" for number in range(1, 12)),
    *(f"I{number}" for number in range(2, 22) if number != 3),
    *(f"P{number}" for number in range(1, 14)),
}
"""What the research lists; I1 and I3 are asked by the form of each line."""


def _refs() -> set[str]:
    return {row["ref"] for row in bank._rows("questions")}


def test_the_whole_bank_is_there() -> None:
    assert _refs() == SECTION
    assert {"family", "country", "step", "inputs", "certificates", "stock_weeks"} <= {q.code for q in lists.questions()}


def test_every_question_says_purpose_basis_and_why_one_may_decline_in_both_languages() -> None:
    for each in bank.questions():
        for say in (each.label, each.help, each.purpose, each.basis, each.declined):
            assert say("fr")
            assert say("en")
        assert each.purpose("fr") != each.purpose("en")


def test_codes_are_unique_and_stable_in_form() -> None:
    codes = [each.code for each in lists.questions()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z][a-z0-9_-]{1,39}", code) for code in codes)


@pytest.mark.parametrize("question", bank.questions(), ids=lambda each: str(each.code))
def test_each_type_has_what_it_needs(question: lists.Question) -> None:
    if question.type in {AnswerType.CHOICE, AnswerType.CHOICES}:
        assert question.choices or question.list in OF_THE_CHARTER
    if question.type in {AnswerType.NUMBER, AnswerType.SHARE}:
        assert question.low is not None
        assert question.high is not None
        assert question.unit("fr")
    if question.type is AnswerType.TEXT:
        assert question.high
    assert 1 <= question.level <= bank.OWNER_ALONE
    assert question.about


@pytest.mark.parametrize("code", lists.SECTORS)
def test_a_sector_offers_the_bank_without_what_it_has_no_use_for(code: str) -> None:
    offered = {each.code for each in lists.questions(code)}
    everything = {each.code for each in lists.questions()}
    assert offered == everything - lists.sector(code).without
    assert lists.sector(code).without <= everything
    assert set(lists.sector(code).proposal.questions) <= offered


def test_cosmetics_offers_all_and_asks_twelve_by_default() -> None:
    assert not lists.sector("cosmetics").without
    assert len(lists.sector("cosmetics").proposal.questions) == 12


def test_a_sector_words_a_question_its_own_way_and_it_stays_the_same_question() -> None:
    of_food = {each.code: each for each in lists.questions("food")}
    assert "étiquette" in of_food["line-inci"].help("fr")
    assert of_food["line-inci"].about == (Subject.INGREDIENT,)
