"""What a charter may say, and when a seat may be taken: no database, no clock."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum

from amont.consortia.facts import Change, CharterChoice, CharterFacts, Count, SeatState, Sector

HIGHEST = 4
LONGEST_NAME = 200
LARGEST_TARGET = 1_000_000
SEAT_DAYS = 30
NOTICE_DAYS = (7, 90)
LONGEST_REASON = 1000
LATEST_DAYS = 731
FULL_SET_MINUTES = 20
FULL_SET_QUESTIONS = 20


class Trouble(StrEnum):
    """What is wrong with a charter, field by field."""

    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    LEVEL = "level"
    ORDER = "order"
    FLOOR = "floor"
    FLOOR_TWICE = "floor_twice"
    UNKNOWN_FAMILY = "unknown_family"
    NO_QUESTION = "no_question"
    UNKNOWN_QUESTION = "unknown_question"
    QUESTION_ALONE = "question_alone"
    TARGET = "target"
    PAST = "past"


def troubles_of_name(name: str) -> Iterator[tuple[str, Trouble]]:
    """Give what is wrong with a consortium's name."""
    if not name.strip():
        yield "name", Trouble.NO_NAME
    if len(name.strip()) > LONGEST_NAME:
        yield "name", Trouble.LONG_NAME


def troubles_of(
    choice: CharterChoice, sector: Sector, *, asked: Mapping[str, str], today: date
) -> Iterator[tuple[str, Trouble]]:
    """Give what is wrong with a charter: (field, trouble).

    `asked` are all questions there are, by code, each with the one of whose rows it is part ("" for none).
    Levels are 0 to 4, anyone in the chain <= those who asked <= customers; a floor is 1 to 4, once for a family.
    """
    yield from _of_levels(choice)
    yield from _of_families(choice, frozenset(each.code for each in sector.families))
    if not choice.questions:
        yield "questions", Trouble.NO_QUESTION
    if any(each not in asked for each in choice.questions):
        yield "questions", Trouble.UNKNOWN_QUESTION
    if any(asked.get(each, "") not in {"", *choice.questions} for each in choice.questions):
        yield "questions", Trouble.QUESTION_ALONE
    for field in ("target_partners", "target_lines"):
        if not 0 <= getattr(choice, field) <= LARGEST_TARGET:
            yield field, Trouble.TARGET
    if choice.target_on is not None and choice.target_on <= today:
        yield "target_on", Trouble.PAST


def is_heavy(minutes: int, questions: int) -> bool:
    """Tell whether a set costs more than small suppliers will give: past 20 minutes a line, or 20 questions."""
    return minutes > FULL_SET_MINUTES or questions > FULL_SET_QUESTIONS


def _of_levels(choice: CharterChoice) -> Iterator[tuple[str, Trouble]]:
    for field in ("customers", "requesters", "chain"):
        if not 0 <= getattr(choice, field) <= HIGHEST:
            yield field, Trouble.LEVEL
    if choice.requesters > choice.customers:
        yield "requesters", Trouble.ORDER
    if choice.chain > choice.requesters:
        yield "chain", Trouble.ORDER


def _of_families(choice: CharterChoice, families: frozenset[str]) -> Iterator[tuple[str, Trouble]]:
    floored = [each.family for each in choice.floors]
    if not families.issuperset(floored):
        yield "floors", Trouble.UNKNOWN_FAMILY
    if len(set(floored)) != len(floored):
        yield "floors", Trouble.FLOOR_TWICE
    if any(not 1 <= each.level <= HIGHEST for each in choice.floors):
        yield "floors", Trouble.FLOOR
    if not families.issuperset(choice.families_at_risk):
        yield "families_at_risk", Trouble.UNKNOWN_FAMILY


def state_of(used_at: datetime | None, expires_at: datetime, now: datetime) -> SeatState:
    """Return where a seat is; it may be taken until the moment it expires, exclusive."""
    if used_at is not None:
        return SeatState.TAKEN
    return SeatState.WAITING if now < expires_at else SeatState.EXPIRED


def mailed_state(state: SeatState, mail: str) -> SeatState:
    """Return where a seat is as its coordinator knows it: while it waits, where its last mail is ("sent", "failed")."""
    known = {"sent": SeatState.SENT, "failed": SeatState.FAILED}
    return known.get(mail, state) if state is SeatState.WAITING else state


def counted(said: Iterable[str]) -> Count:
    """Return how votes stand: each is "yes", "no", "abstain" or "nothing"."""
    votes = list(said)
    cast = [each for each in votes if each != "nothing"]
    return Count(len(votes), len(cast), yes=cast.count("yes"), no=cast.count("no"))


def is_adopted(count: Count, *, quorum: int, majority: int) -> bool:
    """Tell whether votes adopt: enough members voted (percent), and yes exceeds its share of yes and no (percent).

    Abstaining counts for the quorum alone. Without any yes or no nothing is adopted.
    """
    enough = count.cast * 100 >= quorum * count.voters
    return enough and count.yes * 100 > majority * (count.yes + count.no)


def changes(before: CharterFacts, after: CharterFacts) -> Iterator[Change]:
    """Give what one version of a charter says otherwise than another, in the order in which it is read."""
    for field in ("customers", "requesters", "chain"):
        yield from _changed(field, str(getattr(before, field)), str(getattr(after, field)))
    floors = [{each.family: str(each.level) for each in version.floors} for version in (before, after)]
    for family in sorted(floors[0].keys() | floors[1].keys()):
        yield from _changed("floor", floors[0].get(family, ""), floors[1].get(family, ""), about=family)
    asked = [[each.code for each in version.questions] for version in (before, after)]
    for code in dict.fromkeys((*asked[0], *asked[1])):
        told = ["asked" if code in each else "" for each in asked]
        yield from _changed("question", told[0], told[1], about=code)
    for field in ("quorum", "majority", "notice_days"):
        yield from _changed(field, str(getattr(before, field)), str(getattr(after, field)))


def _changed(field: str, before: str, after: str, *, about: str = "") -> Iterator[Change]:
    if before != after:
        yield Change(field, before, after, about)
