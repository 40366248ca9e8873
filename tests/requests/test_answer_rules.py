"""What a written answer means: days, numbers with units, choices, formulas, texts without end."""

from datetime import date

import pytest

from amont.consortia.facts import AnswerType, Code, Question
from amont.requests.rules_answers import Why, Wrong, meant, validity

TODAY = date(2026, 11, 23)
CHOICES = (Code("plant", "Végétale", "Plant"), Code("mixed", "Mélangée, autre", "Mixed, other"))


def _question(kind: AnswerType, *, low: int | None = None, high: int | None = None) -> Question:
    return Question("q", "q", "q", 1, "", "", type=kind, low=low, high=high, unit_fr="t", unit_en="t")


def _meant(question: Question, *written: str) -> tuple[str, ...]:
    return meant(question, written, choices=CHOICES, countries=(), today=TODAY)


@pytest.mark.parametrize("text", ["1900-01-01", "31/12/2199", "01.01.1900", "1999-12-31", "2199-01-01"])
def test_a_day_of_another_century_is_refused(text: str) -> None:
    with pytest.raises(Wrong) as wrong:
        _meant(_question(AnswerType.DATE), text)
    assert wrong.value.code is Why.DAY


@pytest.mark.parametrize("text", ["2026-02-30", "30/02/2026", "soon", "2026", "1/2"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Wrong) as wrong:
        _meant(_question(AnswerType.DATE), text)
    assert wrong.value.code is Why.DATE


@pytest.mark.parametrize("text", ["2026-03-31", "31/03/2026", "31.3.2026"])
def test_a_day_is_read_as_french_and_english_people_write_it(text: str) -> None:
    assert _meant(_question(AnswerType.DATE), text) == ("2026-03-31",)


@pytest.mark.parametrize("text", ["1900-01-01", "2199-12-31", "2026-11-22"])
def test_an_answer_holds_until_a_day_to_come_within_ten_years(text: str) -> None:
    with pytest.raises(Wrong):
        validity(text, TODAY)
    assert validity("2027-01-31", TODAY) == date(2027, 1, 31)


@pytest.mark.parametrize(("text", "kept"), [("1 234,5", "1234.5"), ("1,234.5 t", "1234.5"), ("40 T", "40"), ("0", "0")])
def test_a_number_is_kept_bare_with_its_unit_or_without(text: str, kept: str) -> None:
    assert _meant(_question(AnswerType.NUMBER), text) == (kept,)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("40 kg", Why.UNIT),
        ("101", Why.RANGE),
        ("-1", Why.RANGE),
        ("many", Why.NUMBER),
        ("=1+1", Why.FORMULA),
        ("+cmd|'/c calc'!A1", Why.FORMULA),
        ("@SUM(A1)", Why.FORMULA),
        ("9" * 5000, Why.RANGE),
    ],
)
def test_a_number_that_does_not_do_is_refused_with_the_reason(text: str, why: Why) -> None:
    with pytest.raises(Wrong) as wrong:
        _meant(_question(AnswerType.NUMBER, high=100), text)
    assert wrong.value.code is why


def test_a_text_without_end_is_refused_and_a_list_is_chosen_from_in_either_language() -> None:
    with pytest.raises(Wrong) as wrong:
        _meant(_question(AnswerType.TEXT, high=200), "x" * 5000)
    assert wrong.value.code is Why.LONG
    choices = _question(AnswerType.CHOICES)
    assert _meant(choices, "végétale; Mixed, other") == ("plant", "mixed")
    assert _meant(choices, "Mixed, other") == ("mixed",)
    with pytest.raises(Wrong):
        _meant(choices, "Plant; stone")
    with pytest.raises(Wrong):
        _meant(_question(AnswerType.CHOICE), "plant", "mixed")
