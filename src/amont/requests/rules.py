"""Rules of requests and answers: minutes, what an invitation allows, what is wrong with an answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.kernel.folding import folded
from amont.requests.facts import AnswerValues, Decision, InvitationState, Task
from amont.requests.sets import Asks

CHAIN_ENDS = ("origin_reached", "recycled", "synthetic", "pooled", "declined")
KINDS = ("ingredient", "packaging", "raw_material", "service")
FRESH = timedelta(days=30)
MOST_FORWARDS = 3
MOST_MAILS_AN_HOUR = 3
LONGEST_REASON = 400
LONGEST_NAME = 200
LONGEST_INPUT = 120
MOST_WEEKS = 520
MOST_MONTHS = 120

Problem = tuple[str, str]
"""(field, code of what is wrong)."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What may be chosen from: the codes of the charter's lists, and all countries."""

    steps: frozenset[str]
    families: frozenset[str]
    schemes: frozenset[str]
    countries: frozenset[str]


def minutes(each: Sequence[int], lines: int) -> int:
    """Return how many minutes it takes to answer, from those of each question: a further line costs two fifths.

    Questions of 1, 1 and 2 minutes come to 4 minutes for one line and to 8 for three (7.2). At least 2.
    """
    return max(2, ceil(sum(each) * (1 + 0.4 * (max(1, lines) - 1))))


def further_minutes(each: Sequence[int]) -> int:
    """Return how many minutes a further line takes, when one is answered: two fifths of the first, at least 1."""
    return max(1, ceil(sum(each) * 0.4))


def shorter_after_the_first(tasks: Iterable[Task]) -> Iterator[Task]:
    """Give tasks in the order in which they are answered, each after the first with the minutes of a further one."""
    for number, each in enumerate(tasks):
        yield replace(each, minutes=further_minutes([each.minutes])) if number else each


def closed_because(
    *, used: bool, declined: bool, cancelled: bool, replaced: bool, expires_at: datetime, at: datetime
) -> str:
    """Return why a mailed link does not open any more: used, declined, cancelled, replaced or expired; else ""."""
    told = {
        "declined": declined,
        "used": used,
        "cancelled": cancelled,
        "replaced": replaced,
        "expired": at >= expires_at,
    }
    return next((why for why, holds in told.items() if holds), "")


def state(
    *, lines: frozenset[str], taken_up: bool, opened: bool, expired: bool, mails: frozenset[str]
) -> InvitationState:
    """Return where a request is, as its asker may know, from the states of its lines and of its mails."""
    if lines <= {"cancelled"}:
        return InvitationState.CANCELLED
    if not lines & {"open", "accepted"}:
        return InvitationState.ANSWERED if "answered" in lines else InvitationState.DECLINED
    if taken_up or lines & {"accepted", "answered"}:
        return InvitationState.ANSWERING
    if expired:
        return InvitationState.EXPIRED
    return InvitationState.OPENED if opened else _of_mails(mails)


def _of_mails(mails: frozenset[str]) -> InvitationState:
    if "sent" in mails:
        return InvitationState.SENT
    return InvitationState.FAILED if mails == {"failed"} else InvitationState.WAITING


def same_thing(reference: str, words: Iterable[str]) -> bool:
    """Tell whether a customer's reference is one of the words by which the supplier knows its own item."""
    wanted = folded(reference)
    return bool(wanted) and any(folded(word) == wanted for word in words)


def problems(values: AnswerValues, codes: Codes, asks: Asks) -> list[Problem]:
    """Return all that is wrong with one answer to what is asked, field by field, in the order of the form.

    What is not asked is not demanded; said all the same it must hold.
    """
    if values.decision is not Decision.ACCEPT:
        found = values.decision is Decision.DECLINE and not values.reason.strip()
        return [("reason", "missing")] if found else []
    return [*_item(values, codes, asks), *_ends(values, asks), *_certificates(values, codes), *_inputs(values, codes)]


def _item(values: AnswerValues, codes: Codes, asks: Asks) -> Iterator[Problem]:
    if not values.name.strip() and not values.item:
        yield "name", "missing"
    if len(values.name) > LONGEST_NAME:
        yield "name", "long"
    if values.kind not in KINDS:
        yield "kind", "choose"
    yield from _code("family", values.family, codes.families, needed=asks.needs("family"))
    if values.accept_only:
        return
    yield from _code("step", values.step, codes.steps, needed=asks.needs("step"))
    yield from _code("country", values.country, codes.countries, needed=asks.needs("country"))
    yield from _code("site_country", values.site_country, codes.countries)
    if (values.site_town or values.site_country) and not values.site_name:
        yield "site_name", "missing"


def _code(field: str, value: str, known: frozenset[str], *, needed: bool = False) -> Iterator[Problem]:
    if (needed and not value) or (value and value not in known):
        yield field, "choose"


def _ends(values: AnswerValues, asks: Asks) -> Iterator[Problem]:
    if values.accept_only:
        return
    if values.chain_end and values.chain_end not in CHAIN_ENDS:
        yield "chain_end", "choose"
    if asks.needs_one and not values.chain_end and not values.inputs:
        yield "chain_end", "inputs_or_end"
    if values.chain_end and values.inputs:
        yield "chain_end", "inputs_and_end"


def _certificates(values: AnswerValues, codes: Codes) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for index, each in enumerate(values.certificates):
        yield from _code(f"certificates.{index}.scheme", each.scheme, codes.schemes, needed=True)
        if (each.scheme, each.number) in seen:
            yield f"certificates.{index}.number", "twice"
        seen.add((each.scheme, each.number))


def _inputs(values: AnswerValues, codes: Codes) -> Iterator[Problem]:
    names: set[str] = set()
    for index, each in enumerate(values.inputs):
        at = f"inputs.{index}"
        yield from _input(at, each)
        if folded(each.name) in names:
            yield f"{at}.name", "twice"
        names.add(folded(each.name))
        yield from _sources(at, each.sources, codes)


def _input(at: str, values: InputValues) -> Iterator[Problem]:
    if not values.name.strip():
        yield f"{at}.name", "missing"
    if len(values.name) > LONGEST_INPUT:
        yield f"{at}.name", "long"
    if not values.sources:
        yield f"{at}.name", "no_source"
    if values.stock_weeks is not None and not 0 <= values.stock_weeks <= MOST_WEEKS:
        yield f"{at}.stock_weeks", "number"
    if values.switch_months is not None and not 0 <= values.switch_months <= MOST_MONTHS:
        yield f"{at}.switch_months", "number"


def _sources(at: str, sources: Sequence[SourceValues], codes: Codes) -> Iterator[Problem]:
    seen: set[tuple[str, str, str]] = set()
    for index, each in enumerate(sources):
        here = f"{at}.sources.{index}"
        yield from _source(here, each, codes)
        firm = (each.item, each.contact, f"{folded(each.name)}|{each.country}" if each.name else "")
        if any(firm) and firm in seen:
            yield f"{here}.name", "twice"
        seen.add(firm)


def _source(here: str, each: SourceValues, codes: Codes) -> Iterator[Problem]:
    if each.kind is SourceKind.OWN:
        if not each.item:
            yield f"{here}.item", "choose"
        return
    if each.kind is SourceKind.INVITE and not each.contact:
        yield from _firm(here, each)
    yield from _code(
        f"{here}.country", each.country, codes.countries, needed=each.kind is SourceKind.STATED or not each.contact
    )
    yield from _code(f"{here}.step", each.step, codes.steps)
    yield from _code(f"{here}.family", each.family, codes.families)
    if each.chain_end and each.chain_end not in CHAIN_ENDS:
        yield f"{here}.chain_end", "choose"


def _firm(here: str, each: SourceValues) -> Iterator[Problem]:
    if not each.name.strip():
        yield f"{here}.name", "missing"
    if len(each.name) > LONGEST_NAME:
        yield f"{here}.name", "long"
    if not looks_like_address(each.email):
        yield f"{here}.email", "address"


def looks_like_address(written: str) -> bool:
    """Tell whether this could be an e-mail address: something, one @, a domain with a dot, no blanks."""
    name, at, domain = written.strip().partition("@")
    inside = domain.strip(".")
    return bool(name and at and "." in inside and "@" not in inside and not any(c.isspace() for c in written.strip()))


def by_field(found: Iterable[Problem], words: Mapping[str, object], prefix: str = "") -> dict[str, list[object]]:
    """Return problems as messages by field, each field with `prefix` before it."""
    told: dict[str, list[object]] = {}
    for field, code in found:
        told.setdefault(f"{prefix}{field}", []).append(words[code])
    return told
