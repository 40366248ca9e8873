"""The form as a workbook: out, disordered by its owner, and back; nothing lost, nothing doubled, errors at cells."""

import io
import os
import random
from datetime import date, timedelta

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from amont.catalogue.models import Import
from amont.consortia import read as consortia
from amont.consortia.facts import AnswerType, Code, Question
from amont.consortia.models import Charter
from amont.disclosure.guard import looking_as
from amont.exchange.answering import bring, workbook
from amont.exchange.answering.back import understood
from amont.exchange.answering.out import written
from amont.exchange.workbook import read_workbook
from amont.kernel import clock
from amont.kernel.countries import countries
from amont.kernel.errors import NotKnown, Refused
from amont.requests import actions, read
from amont.requests.facts_answers import AnswerSaid, Asking, SubjectForm
from amont.requests.models import Answer
from amont.requests.rules_answers import meant
from stories import cast

TAG = "2own3firm4"
SIZE = int(os.environ.get("ANSWERS", "1000"))
COUNTRIES = tuple(Code(each.code, each.fr, each.en) for each in countries())
ASKED = [each for each in consortia.bank() if each.type is not AnswerType.FORM and (each.choices or not each.list)]


def _choices(question: Question) -> tuple[Code, ...]:
    return COUNTRIES if question.type in {AnswerType.COUNTRY, AnswerType.COUNTRIES} else question.choices


def _said(question: Question, dice: random.Random) -> AnswerSaid:
    codes = [each.code for each in _choices(question)]
    state = dice.choice(("value",) * 5 + ("not_known", "confidential", "pooled"))
    several = {AnswerType.CHOICES, AnswerType.COUNTRIES}
    if state != "value":
        value: tuple[str, ...] = ()
    elif codes:
        value = tuple(dice.sample(codes, dice.randint(1, min(3, len(codes))) if question.type in several else 1))
    elif question.type is AnswerType.DATE:
        value = ("2026-03-31",)
    elif question.type is AnswerType.TEXT:
        value = (dice.choice(("Rosa × damascena", "007", "1/2", "a; b, c", "l’huile n°5")),)
    else:
        value = (str(question.low or 1),)
    until = dice.choice((None, date(2027, 1, 31)))
    return AnswerSaid(state, value, dice.choice(("record", "estimate")), dice.choice(("", "Lot 7 ; été")), until)


def _pages(size: int, dice: random.Random) -> tuple[list[SubjectForm], dict[tuple[str, ...], AnswerSaid]]:
    """Return pages of a form with so many answers, and each by its key."""
    pages, kept = [], {}
    for number in range(-(-size // len(ASKED))):
        asked = []
        for question in ASKED[: size - number * len(ASKED)]:
            kept["item", f"item{number}", question.code] = said = _said(question, dice)
            asked.append(Asking(question, _choices(question), said))
        pages.append(SubjectForm("item", f"item{number}", f"Oil {number}", tuple(asked)))
    return pages, kept


def _disordered(content: bytes, dice: random.Random) -> bytes:
    """Return the workbook as its owner may give it back: sorted, columns moved and added, rows put in between."""
    (sheet,) = read_workbook(content)
    width = max(len(row.cells) for row in sheet.rows)
    order = [*range(width), None, None]
    dice.shuffle(order)
    head, *rows = sheet.rows
    dice.shuffle(rows)
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    out, at = book.add_worksheet("Renamed"), dice.randint(0, 3)
    for row in (head, *rows):
        for column, source in enumerate(order):
            out.write_string(at, column, "mine" if source is None else row.cell(source))
        at += dice.choice((1, 1, 1, 2))
    book.close()
    return held.getvalue()


def _back(content: bytes) -> dict[tuple[str, ...], AnswerSaid]:
    found = understood(content, file_name="answers.xlsx", tag=TAG)
    assert not found.wrong
    assert len(found.rows) == len({(each.kind, each.ref, each.question) for each in found.rows.values()})
    return {(each.kind, each.ref, each.question): each.said for each in found.rows.values()}


def _kept(question: str, said: AnswerSaid) -> AnswerSaid:
    """Return an answer as the product keeps it."""
    asked = next(each for each in ASKED if each.code == question)
    choices = _choices(asked)
    value = meant(asked, said.value, choices=choices, countries=choices, today=date(2026, 11, 23))  # type: ignore[arg-type]
    return AnswerSaid(said.state, value, said.origin, said.note, said.valid_until)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 150))
def test_whatever_the_order_and_the_columns_each_answer_comes_back_once(seed: int, size: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
    pages, kept = _pages(size, dice)
    back = _back(_disordered(written(TAG, pages), dice))
    assert {key: _kept(key[2], said) for key, said in back.items()} == kept


def test_a_large_form_comes_back_whole() -> None:
    dice = random.Random(7)  # noqa: S311 - repeatable on purpose
    pages, kept = _pages(SIZE, dice)
    content = written(TAG, pages)
    assert len(kept) == SIZE
    for given_back in (content, _disordered(content, dice)):
        assert {key: _kept(key[2], said) for key, said in _back(given_back).items()} == kept


def test_another_firms_workbook_and_a_file_without_keys_are_refused_whole() -> None:
    pages, _kept_answers = _pages(20, random.Random(1))  # noqa: S311 - repeatable on purpose
    for content, tag in ((written("2other3firm", pages), TAG), (b"a;b\n1;2\n", TAG)):
        with pytest.raises(Refused) as refusal:
            understood(content, file_name="answers.xlsx", tag=tag)
        assert list(refusal.value.errors) == ["file"]


QUESTIONS = ["step", "country", "company-role", "line-nature", "line-harvest", "line-origin-share"]


def _olea() -> cast.Firm:
    """A supplier that is asked, and has said what its product is and one thing more."""
    member = cast.member("Maison Claire")
    Charter.objects.update(questions=QUESTIONS)
    cast.ask(member, cast.line(member, "Oil", "Olea", "olea@olea.example"))
    olea = cast.join("olea@olea.example", "Olea")
    cast.send(olea, cast.answer(olea, cast.tasks(olea)[0]))
    with looking_as(olea.viewer):
        said = AnswerSaid(value=("producer",))
        actions.say(olea.viewer, kind="company", ref="own", question="company-role", said=said)
    return olea


def _filled(olea: cast.Firm, **cells: str) -> bytes:
    """Return its workbook with these answers (question by name, "_" for "-") in the column of answers."""
    with looking_as(olea.viewer):
        (sheet,) = read_workbook(workbook(olea.viewer))
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"strings_to_formulas": False})
    out = book.add_worksheet()
    for at, row in enumerate(sheet.rows):
        answer = cells.get(row.cell(0).rpartition("/")[2].replace("-", "_"))
        for column in range(len(sheet.rows[0].cells)):
            out.write_string(at, column, answer if answer is not None and column == 3 else row.cell(column))
    book.close()
    return held.getvalue()


def _bring(olea: cast.Firm, content: bytes) -> str:
    with looking_as(olea.viewer):
        return bring(olea.viewer, content, file_name="answers.xlsx")


def _standing() -> dict[str, list[str]]:
    return {row.question: row.value for row in cast.all_rows(Answer) if row.replaced_at is None}


@pytest.mark.django_db
@pytest.mark.both
def test_good_rows_go_in_others_are_told_at_their_cells_twice_adds_nothing_and_undo_brings_back() -> None:
    olea = _olea()
    codes = {each.code: each for each in consortia.bank()}
    labels = {each.code: each.label("en") for each in codes["company-role"].choices}
    trader = next(code for code, label in labels.items() if "rader" in label)
    content = _filled(
        olea, company_role=labels[trader], line_nature="plant", line_origin_share="140", line_harvest="x" * 5000
    )
    file = _bring(olea, content)
    assert _standing() == {"company-role": [trader], "line-nature": ["plant"]}
    with looking_as(olea.viewer):
        told = read.brought_answers(olea.viewer, file)
        marked = read.marked_answers(olea.viewer, file)
    assert (told.changed, told.refused, told.can_undo) == (2, 2, True)
    assert all(cell.startswith("D") for cell, _words in told.told)
    assert len(read_workbook(marked)[0].rows) == 3
    again = _bring(olea, content)
    with looking_as(olea.viewer):
        assert read.brought_answers(olea.viewer, again).changed == 0
    with looking_as(olea.viewer):
        assert actions.undo_answers(olea.viewer, file=file) == 2
    assert _standing() == {"company-role": ["producer"]}
    with looking_as(olea.viewer), pytest.raises(NotKnown):
        actions.undo_answers(olea.viewer, file=file)


@pytest.mark.django_db
def test_a_workbook_that_comes_back_as_it_was_leaves_nothing_behind() -> None:
    olea = _olea()
    assert _bring(olea, _filled(olea)) == ""
    assert not cast.all_rows(Import)


@pytest.mark.django_db
def test_after_seven_days_nothing_is_taken_back_and_nobody_else_reads_the_report() -> None:
    olea = _olea()
    file = _bring(olea, _filled(olea, line_nature="plant"))
    other = cast.member("Atelier Rival", cast.consortium())
    with looking_as(other.viewer):
        for reading in (read.brought_answers, read.marked_answers):
            with pytest.raises(NotKnown):
                reading(other.viewer, file)
        with pytest.raises(NotKnown):
            actions.undo_answers(other.viewer, file=file)
    later = clock.now() + timedelta(days=8)
    with clock.held_at(later), looking_as(olea.viewer), pytest.raises(NotKnown):
        actions.undo_answers(olea.viewer, file=file)
    assert _standing() == {"company-role": ["producer"], "line-nature": ["plant"]}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["-1", "40 kg", "=1+1", "1900-01-01", "#N/A"])
def test_a_value_that_does_not_do_is_told_at_its_cell_and_not_written(text: str) -> None:
    olea = _olea()
    file = _bring(olea, _filled(olea, line_origin_share=text))
    with looking_as(olea.viewer):
        assert [cell[0] for cell, _words in read.brought_answers(olea.viewer, file).told] == ["D"]
    assert _standing() == {"company-role": ["producer"]}


@pytest.mark.django_db
def test_rows_of_another_request_are_told_and_nothing_of_them_is_written() -> None:
    olea = _olea()
    content = _filled(olea, line_nature="plant")
    found = understood(content, file_name="answers.xlsx", tag=_tag(olea))
    rows = {
        number: actions.Saying(each.kind, "another", each.question, each.said) for number, each in found.rows.items()
    }
    with looking_as(olea.viewer):
        file = actions.bring_answers(
            olea.viewer, rows=rows, wrong={}, file_name="a.xlsx", mark=lambda refused: (b"", [["1", str(len(refused))]])
        )
        told = read.brought_answers(olea.viewer, file)
    assert (told.changed, told.refused) == (0, 2)
    assert _standing() == {"company-role": ["producer"]}


def _tag(olea: cast.Firm) -> str:
    with looking_as(olea.viewer):
        return read.own_tag(olea.viewer)
