"""Rules of answers, minutes and states, without a database."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.consortia import lists
from amont.requests import rules
from amont.requests.facts import AnswerValues, CertificateValues, Decision, InvitationState
from amont.requests.sets import Asks

CODES = rules.Codes(
    steps=frozenset({"mill"}),
    families=frozenset({"palm"}),
    schemes=frozenset({"rspo"}),
    countries=frozenset({"IT", "MY"}),
)
ALL = Asks(lists.questions())
INVITED = SourceValues(SourceKind.INVITE, name="Borneo Oils", email="b@borneo.example", country="MY")
GOOD = AnswerValues(
    line="x", name="Oil", step="mill", family="palm", country="IT", inputs=(InputValues("fruit", (INVITED,)),)
)


def _wrong(values: AnswerValues) -> set[tuple[str, str]]:
    return set(rules.problems(values, CODES, ALL))


def _with_source(source: SourceValues) -> AnswerValues:
    return replace(GOOD, inputs=(InputValues("fruit", (source,)),))


def test_a_good_answer_has_no_problems() -> None:
    assert _wrong(GOOD) == set()
    assert _wrong(replace(GOOD, inputs=(), chain_end="origin_reached")) == set()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"name": " "}, "name", "missing"),
        ({"step": "free text"}, "step", "choose"),
        ({"family": ""}, "family", "choose"),
        ({"country": "Italy"}, "country", "choose"),
        ({"kind": "thing"}, "kind", "choose"),
        ({"site_town": "Genova"}, "site_name", "missing"),
        ({"inputs": ()}, "chain_end", "inputs_or_end"),
        ({"chain_end": "pooled"}, "chain_end", "inputs_and_end"),
        ({"certificates": (CertificateValues("none"),)}, "certificates.0.scheme", "choose"),
        ({"certificates": (CertificateValues("rspo"), CertificateValues("rspo"))}, "certificates.1.number", "twice"),
        ({"inputs": (InputValues("a"),)}, "inputs.0.name", "no_source"),
        ({"inputs": (InputValues("a", (INVITED,)), InputValues("A", (INVITED,)))}, "inputs.1.name", "twice"),
        ({"inputs": (InputValues("a", (INVITED, INVITED)),)}, "inputs.0.sources.1.name", "twice"),
        ({"inputs": (InputValues("a", (INVITED,), stock_weeks=9999),)}, "inputs.0.stock_weeks", "number"),
    ],
)
def test_each_mistake_is_told_at_its_field(changes: dict[str, object], field: str, code: str) -> None:
    assert (field, code) in _wrong(replace(GOOD, **changes))  # type: ignore[arg-type]


def test_inviting_needs_a_name_a_mail_a_country() -> None:
    wrong = _wrong(_with_source(SourceValues(SourceKind.INVITE, email="nobody")))
    at = "inputs.0.sources.0"
    assert wrong == {(f"{at}.name", "missing"), (f"{at}.email", "address"), (f"{at}.country", "choose")}


def test_a_firm_stated_needs_its_country_alone() -> None:
    assert _wrong(_with_source(SourceValues(SourceKind.STATED, country="MY"))) == set()
    assert _wrong(_with_source(SourceValues(SourceKind.STATED))) == {("inputs.0.sources.0.country", "choose")}


def test_declining_needs_a_reason_and_not_mine_none() -> None:
    assert _wrong(AnswerValues(line="x", decision=Decision.DECLINE)) == {("reason", "missing")}
    assert _wrong(AnswerValues(line="x", decision=Decision.NOT_MINE)) == set()


@pytest.mark.parametrize("written", ["a@b.fr", "a.b+c@d.example"])
def test_addresses_are_known(written: str) -> None:
    assert rules.looks_like_address(written)


@pytest.mark.parametrize("written", ["", "a", "a@b", "@b.fr", "a@b@c.fr", "a b@c.fr", "a@.fr"])
def test_what_is_no_address_is_refused(written: str) -> None:
    assert not rules.looks_like_address(written)


def test_minutes_grow_slower_than_lines() -> None:
    assert rules.minutes([1, 1, 2], 1) == 4
    assert rules.minutes([1, 1, 2], 3) == 8
    assert rules.minutes([], 1) == 2


def test_a_customers_word_means_an_own_item_whatever_its_case() -> None:
    assert rules.same_thing("OLEMUL-12", ["olemul 12", ""])
    assert not rules.same_thing("", [""])


@pytest.mark.parametrize(
    ("lines", "mails", "more", "state"),
    [
        ({"open"}, set(), {}, InvitationState.WAITING),
        ({"open"}, {"sent"}, {}, InvitationState.SENT),
        ({"open"}, {"failed"}, {}, InvitationState.FAILED),
        ({"open"}, {"failed", "waiting"}, {}, InvitationState.WAITING),
        ({"open"}, {"sent"}, {"opened": True}, InvitationState.OPENED),
        ({"open"}, {"sent"}, {"expired": True}, InvitationState.EXPIRED),
        ({"open"}, {"sent"}, {"taken_up": True}, InvitationState.ANSWERING),
        ({"open", "answered"}, {"sent"}, {}, InvitationState.ANSWERING),
        ({"answered", "declined"}, {"sent"}, {}, InvitationState.ANSWERED),
        ({"declined", "cancelled"}, {"sent"}, {}, InvitationState.DECLINED),
        ({"cancelled"}, {"sent"}, {}, InvitationState.CANCELLED),
    ],
)
def test_where_a_request_is(lines: set[str], mails: set[str], more: dict[str, bool], state: InvitationState) -> None:
    flags = {"taken_up": False, "opened": False, "expired": False, **more}
    assert rules.state(lines=frozenset(lines), mails=frozenset(mails), **flags) is state


def test_a_link_closes_for_one_reason_at_a_time() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    no = {"used": False, "declined": False, "cancelled": False, "replaced": False}
    assert rules.closed_because(**no, expires_at=at.replace(year=2027), at=at) == ""
    assert rules.closed_because(**no, expires_at=at, at=at) == "expired"
    assert rules.closed_because(**{**no, "used": True}, expires_at=at, at=at) == "used"
