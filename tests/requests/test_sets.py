"""What a set of questions asks decides what an answer must say; what it does not ask is never lost."""

from dataclasses import replace

import pytest

from amont.catalogue.models import Item
from amont.chain.facts_inputs import InputValues
from amont.chain.models import Input
from amont.consortia import lists
from amont.consortia.facts import AnswerType
from amont.consortia.models import Charter
from amont.disclosure.guard import looking_as
from amont.evidence.models import Reliance
from amont.kernel.errors import Refused
from amont.requests import actions, read, rules
from amont.requests.charters import asked_of
from amont.requests.facts import AnswerForm, AnswerValues, CertificateValues
from amont.requests.models import Request, RequestLine
from amont.requests.sets import Asks, union
from stories import cast

ADDRESS = "olea@olea.example"
CODES = rules.Codes(frozenset({"mill"}), frozenset({"palm"}), frozenset(), frozenset({"IT"}))


def _asks(*codes: str) -> Asks:
    return Asks(lists.question_set(codes, floored=False))


def _wrong(values: AnswerValues, *codes: str) -> set[str]:
    return {field for field, _ in rules.problems(values, CODES, _asks(*codes))}


def test_every_question_asks_for_something_and_no_two_for_the_same() -> None:
    fields = [field for each in lists.questions() for field in each.fields]
    assert all(bool(each.fields) == (each.type is AnswerType.FORM) for each in lists.questions())
    assert len(fields) == len(set(fields))


def test_every_question_speaks_both_languages() -> None:
    told = [(each.label, each.help, each.purpose) for each in lists.questions()]
    assert all(say("fr") and say("en") and say("fr") != say("en") for said in told for say in said[1:])


@pytest.mark.parametrize("field", ["step", "country", "family"])
def test_what_is_not_asked_is_not_demanded(field: str) -> None:
    empty = AnswerValues(line="x", name="Oil")
    assert _wrong(empty, field) == {field}
    assert _wrong(empty) == set()


def test_what_is_not_asked_and_said_all_the_same_must_hold() -> None:
    assert _wrong(AnswerValues(line="x", name="Oil", step="free text")) == {"step"}


def test_inputs_or_an_end_are_demanded_where_both_are_asked() -> None:
    empty = AnswerValues(line="x", name="Oil")
    assert _wrong(empty, "inputs", "chain_end") == {"chain_end"}
    assert _wrong(empty, "inputs") == set()
    assert _wrong(empty, "chain_end") == set()


def test_the_union_asks_each_question_once_in_the_order_of_the_list() -> None:
    sets = (_asks("inputs", "step").questions, _asks("country", "step").questions)
    assert [each.code for each in union(sets, lists.questions()).questions] == ["step", "country", "inputs"]
    assert union(reversed(sets), lists.questions()) == union(sets, lists.questions())


def test_minutes_follow_from_what_is_asked() -> None:
    assert rules.minutes(_asks("step", "country").minutes, 1) == 2
    assert rules.minutes(_asks("step", "country", "inputs", "stock_weeks").minutes, 1) == 7
    assert rules.further_minutes(_asks("step", "inputs").minutes) == 2


def test_stock_is_asked_of_inputs_alone_and_minimums_ask_for_the_family() -> None:
    assert not _asks("stock_weeks").questions
    asked = lists.question_set(("step",), floored=True)
    assert [each.code for each in asked] == ["step", "family"]


def _set(*codes: str) -> None:
    """Give the consortium a further version of its charter, with these questions."""
    last = Charter.objects.order_by("-version")[0]
    Charter.objects.filter(pk=last.pk).update(in_force_from=last.in_force_from.replace(year=2020))
    last.pk, last.version, last.questions = None, last.version + 1, list(codes)
    last.save()


def _form(firm: cast.Firm, line: str) -> AnswerForm:
    with looking_as(firm.viewer):
        return read.answer_form(firm.viewer, line)


def _own(firm: cast.Firm) -> Item:
    return next(row for row in cast.all_rows(Item) if row.owner_id == firm.viewer.organization_id)


@pytest.fixture
def brand(db: None) -> cast.Firm:  # noqa: ARG001 - rows need the database
    return cast.member("Maison Claire")


def _full(olea: cast.Firm) -> AnswerValues:
    made = cast.answer(olea, cast.tasks(olea)[0], cast.invite("Borneo Oils", "b@borneo.example"))
    inputs = tuple(replace(each, stock_weeks=6, switch_months=9) for each in made.inputs)
    return replace(made, site_name="Works", inputs=inputs, certificates=(CertificateValues("rspo", "1"),))


@pytest.mark.both
def test_a_set_that_asks_for_less_loses_nothing_that_was_answered(brand: cast.Firm) -> None:
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    cast.send(olea, _full(olea))
    before, line = _own(olea), cast.tasks(olea)[0].line
    _set("country", "inputs")
    cast.ask(brand, cast.line(brand, "Wax", "Olea", ADDRESS))
    wax = next(each.line for each in cast.tasks(olea) if each.reference == "Wax")
    assert _form(olea, wax).asks.codes == {"country", "inputs"}
    assert _form(olea, line).asks.codes > {"country", "inputs"}
    said = InputValues("palm oil", (cast.invite("Borneo Oils", "b@borneo.example"),))
    cast.send(olea, AnswerValues(line=wax, item=before.public_id, name=before.name, country="FR", inputs=(said,)))
    after, (stock,) = _own(olea), [row for row in cast.all_rows(Input) if row.name == "palm oil"]
    assert (after.country, after.step, after.family, after.site_id) == ("FR", "refining", "palm", before.site_id)
    assert (stock.stock_weeks, stock.switch_months) == (6, 9)
    assert len(cast.all_rows(Reliance)) == 1


def test_a_request_asks_what_the_version_it_was_made_with_asks(brand: cast.Firm) -> None:
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    _set("country")
    olea = cast.join(ADDRESS, "Olea")
    assert "step" in _form(olea, cast.tasks(olea)[0].line).asks.codes
    with looking_as(olea.viewer), pytest.raises(Refused) as refused:
        actions.send_answer(olea.viewer, answers=[AnswerValues(line=cast.tasks(olea)[0].line, name="Oil")])
    assert set(refused.value.errors) == {"step", "country", "family", "chain_end"}


def test_requests_over_one_link_are_one_task_that_asks_the_union(brand: cast.Firm) -> None:
    _set("step", "country")
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    (line,), (request,) = cast.all_rows(RequestLine), cast.all_rows(Request)
    _set("country", "family")
    with looking_as(brand.viewer):
        request.pk, request.public_id, request.passed = None, "another", True
        request.charter = Charter.objects.order_by("-version")[0]
        request.save()
        line.pk, line.public_id, line.passed, line.request = None, "beside", True, request
        line.save()
    (task,) = cast.tasks(olea)
    form = _form(olea, task.line)
    assert [each.code for each in form.asks.questions] == ["step", "country", "family"]
    assert task.minutes == 3
    with looking_as(olea.viewer):
        rows = list(RequestLine.objects.all())
        assert len(set(asked_of(rows).values())) == 1


def test_an_end_of_the_chain_is_refused_for_an_item_whose_inputs_are_known(brand: cast.Firm) -> None:
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    cast.send(olea, _full(olea))
    _set("chain_end")
    cast.ask(brand, cast.line(brand, "Wax", "Olea", ADDRESS))
    wax = next(each.line for each in cast.tasks(olea) if each.reference == "Wax")
    said = AnswerValues(line=wax, item=_own(olea).public_id, name="Oil", chain_end="synthetic")
    with looking_as(olea.viewer), pytest.raises(Refused) as refused:
        actions.send_answer(olea.viewer, answers=[said])
    assert set(refused.value.errors) == {"chain_end"}
    assert [row for row in cast.all_rows(Input) if row.name == "palm oil"]


def test_a_draft_keeps_what_is_not_asked_any_more(brand: cast.Firm) -> None:
    cast.ask(brand, cast.line(brand, "Emulsifier", "Olea", ADDRESS))
    olea = cast.join(ADDRESS, "Olea")
    line = cast.tasks(olea)[0].line
    with looking_as(olea.viewer):
        actions.save_draft(olea.viewer, line=line, content={"name": "Oil", "step": "refining"})
        actions.save_draft(olea.viewer, line=line, content={"name": "Oil 2"})
        assert read.answer_form(olea.viewer, line).content == {"name": "Oil 2", "step": "refining"}
