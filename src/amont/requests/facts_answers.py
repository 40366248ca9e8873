"""What a face may hold of answers: the form, each question with what is said, what was let out to whom."""

from dataclasses import dataclass, field
from datetime import date

from amont.consortia.facts import Code, Question
from amont.requests.facts import Task


@dataclass(frozen=True, slots=True)
class AnswerSaid:
    """One answer as it is written: its state, its value (plain texts), by whose word, a note, until when it holds."""

    state: str = "value"
    value: tuple[str, ...] = ()
    origin: str = "record"
    note: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """One question of a form as its supplier sees it: what it said, whence, whether it is new or asked again.

    `inherited`: "" for its own, "site" or "company" where a wider answer holds. `again`: what a customer said of the
    answer that it wants anew. `colleague`: the address of who was asked to answer it.
    """

    question: Question
    choices: tuple[Code, ...]
    said: AnswerSaid | None
    inherited: str = ""
    said_on: date | None = None
    stale: bool = False
    again: str = ""
    colleague: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it waits for an answer."""
        return self.said is None or self.stale or bool(self.again)


@dataclass(frozen=True, slots=True)
class SubjectForm:
    """One page of the form: the firm, a site or a product, with its questions. `ref` is a public id, "own" for firm."""

    kind: str
    ref: str
    name: str
    asked: tuple[Asking, ...]

    @property
    def answered(self) -> int:
        """Return how many questions are answered."""
        return sum(not each.is_open for each in self.asked)

    @property
    def minutes_left(self) -> int:
        """Return the minutes of what waits."""
        return sum(each.question.minutes for each in self.asked if each.is_open)


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """What one customer would read, were it sent now: how many answers, of these new or changed, and still missing.

    `reviewed`: how many of those that it has were reviewed; `held`: how many it has. `told`: each answer that would
    leave, with the name of what it is about.
    """

    organization: str
    name: str
    references: tuple[str, ...]
    due_on: date
    answers: int
    changed: int
    missing: int
    held: int
    reviewed: int
    told: tuple[tuple[str, Asking], ...] = ()


@dataclass(frozen=True, slots=True)
class WholeForm:
    """One form for all customers' lines: its pages, the lines still to be told apart, and who waits for it."""

    subjects: tuple[SubjectForm, ...]
    lines: tuple[Task, ...]
    customers: tuple[CustomerForm, ...]
    stale: int

    @property
    def asked(self) -> int:
        """Return how many questions there are."""
        return sum(len(each.asked) for each in self.subjects)

    @property
    def answered(self) -> int:
        """Return how many are answered."""
        return sum(each.answered for each in self.subjects)

    @property
    def minutes_left(self) -> int:
        """Return the minutes left."""
        return sum(each.minutes_left for each in self.subjects) + sum(each.minutes for each in self.lines)


@dataclass(frozen=True, slots=True)
class Released:
    """One answer that a supplier let out to the viewer. `item` and `owner` are keys for the cut alone, never shown."""

    release: str
    question: Question
    choices: tuple[Code, ...]
    about: str
    label: str
    said: AnswerSaid
    said_on: date
    review: str
    review_note: str
    item: int | None = field(repr=False, default=None)
    owner: int = field(repr=False, default=0)


@dataclass(frozen=True, slots=True)
class ColleagueQuestion:
    """What a colleague reads behind a mailed link: who asks it, about what, one question."""

    by: str
    firm: str
    about: str
    asking: Asking


@dataclass(frozen=True, slots=True)
class BroughtAnswers:
    """What came of a workbook of answers: rows changed and refused; `told`: cell and reason of the first that are."""

    file: str
    file_name: str
    changed: int
    refused: int
    told: tuple[tuple[str, str], ...]
    can_undo: bool
    has_marked: bool
