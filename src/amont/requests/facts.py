"""What goes into requests and answers as plain values, and what a face may hold of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from amont.chain.facts_alike import ReasonFact
from amont.chain.facts_inputs import InputValues
from amont.consortia.facts import Code, Question
from amont.requests.sets import Asks


class Purpose(StrEnum):
    """Why somebody asks: one of a short list, so that a purpose passed on names nobody."""

    TRACEABILITY = "traceability"
    VIGILANCE = "vigilance"
    DEFORESTATION = "deforestation"
    FORCED_LABOUR = "forced_labour"
    SUPPLY_SECURITY = "supply_security"


class Decision(StrEnum):
    """What a supplier says to one line that it is asked about."""

    ACCEPT = "accept"
    DECLINE = "decline"
    NOT_MINE = "not_mine"


class InvitationState(StrEnum):
    """Where an invitation or a request is, as its asker may know."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    OPENED = "opened"
    ANSWERING = "answering"
    ANSWERED = "answered"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class LineAsked:
    """One own line to ask about, of which contact of one's own book (public ids).

    `reference` is what the supplier reads for it; empty: the line's name. `email` and `language` complete a firm
    whose address the book does not hold yet.
    """

    item: str
    contact: str
    reference: str = ""
    email: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking came to: the requests made, one a supplier, and how many lines had been asked before."""

    requests: tuple[str, ...]
    lines: int
    already: int


@dataclass(frozen=True, slots=True)
class CertificateValues:
    """A certificate as its holder writes it; `scheme` is a code of the charter's list."""

    scheme: str
    number: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """What a supplier says to one line (public id), and the facts of its own item that it maps the line to.

    `item` is the public id of an own item, empty for a new one. `chain_end` empty: it is made from `inputs`.
    With `accept_only` the link is accepted and the facts are left for later.
    """

    line: str
    decision: Decision = Decision.ACCEPT
    reason: str = ""
    item: str = ""
    name: str = ""
    reference: str = ""
    kind: str = "ingredient"
    step: str = ""
    family: str = ""
    country: str = ""
    site_name: str = ""
    site_town: str = ""
    site_country: str = ""
    chain_end: str = ""
    certificates: tuple[CertificateValues, ...] = ()
    inputs: tuple[InputValues, ...] = ()
    accept_only: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending answers came to: own items answered for, and requests made to own suppliers (public ids)."""

    items: tuple[str, ...]
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the firm, and the person behind it."""

    organization: str
    person: str
    email: str


@dataclass(frozen=True, slots=True)
class InvitedLine:
    """One line that the invited is asked about: what its asker states of it, and whether the invited confirmed that."""

    line: str
    reference: str
    country: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invited firm reads before any account. `proved`: it was opened by the mailed link, not by a copy.

    `minutes` are those of all lines, `further_minutes` those of each line after the first.
    """

    invitation: str
    asker: Asker
    firm: str
    country: str
    consortium: str
    purpose: str
    message: str
    due_on: date
    minutes: int
    further_minutes: int
    questions: tuple[Question, ...]
    lines: tuple[InvitedLine, ...]
    audiences: Mapping[str, int]
    passed: bool
    language: str
    email: str = ""
    proved: bool = False
    has_account: bool = False
    is_mine: bool = False

    @property
    def references(self) -> tuple[str, ...]:
        """Return what the invited reads for each line."""
        return tuple(each.reference for each in self.lines)

    @property
    def may_confirm(self) -> tuple[InvitedLine, ...]:
        """Return the lines that are not confirmed yet."""
        return tuple(each for each in self.lines if not each.confirmed)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to answer: all requests over one link, by line."""

    line: str
    reference: str
    asker: Asker
    purpose: str
    message: str
    due_on: date
    passed: bool
    status: str
    reason: str
    item: str
    item_name: str
    known: bool
    drafted_at: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class WaitingInvitation:
    """An invitation that came to the signed-in person's own address and was not taken up yet."""

    invitation: str
    asker: Asker
    references: tuple[str, ...]
    due_on: date


@dataclass(frozen=True, slots=True)
class PerhapsOurs:
    """An invitation that was sent to another address of the viewer's house, and may be meant for its firm.

    `written` is the firm's name as the asker wrote it, `reasons` say why it is shown.
    """

    invitation: str
    asker: Asker
    references: tuple[str, ...]
    due_on: date
    address: str
    written: str
    reasons: tuple[ReasonFact, ...] = ()


@dataclass(frozen=True, slots=True)
class RecognizedFact:
    """What the viewer said of such an invitation; `may_undo` while nothing that it asks was answered."""

    invitation: str
    asker: Asker
    references: tuple[str, ...]
    is_ours: bool
    may_undo: bool
    said_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """One line to be answered, filled in with the draft, or with what is known of the item."""

    task: Task
    content: Mapping[str, object]
    drafted: bool
    own_items: tuple[tuple[str, str], ...]
    contacts: tuple[tuple[str, str], ...]
    steps: tuple[Code, ...]
    families: tuple[Code, ...]
    schemes: tuple[Code, ...]
    consortium: str
    asks: Asks
    first_minutes: int


@dataclass(frozen=True, slots=True)
class SentLine:
    """One line of an own request: what was asked, and what the supplier said to it."""

    line: str
    reference: str
    item: str
    item_name: str
    status: str
    reason: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One own request to one supplier, with where it is.

    `invitation` is given where a link may be copied; `needs_a_human` when mails have done what they can.
    """

    request: str
    contact: str
    firm: str
    person: str
    email: str
    country: str
    purpose: str
    message: str
    due_on: date
    passed: bool
    created_at: datetime
    state: InvitationState
    invitation: str
    lines: tuple[SentLine, ...] = field(default=())
    needs_a_human: bool = False

    @property
    def answered(self) -> int:
        """Return how many lines are answered."""
        return sum(each.status == "answered" for each in self.lines)


@dataclass(frozen=True, slots=True)
class FirmToAsk:
    """A firm of the own book that may be asked; `email` is empty where the book holds none."""

    contact: str
    name: str
    email: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class LineToAsk:
    """One own line that may be asked about, with the suppliers that are known for it and whom one asked already."""

    item: str
    name: str
    reference: str
    kind: str
    family: str
    contacts: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedFirm:
    """A firm that one merely stated as a source of an own item, and has not asked."""

    source: str
    name: str
    person: str
    email: str
    country: str
    input: str
    item: str
    item_name: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What asking would send: each supplier with its lines, one mail each, and the text of the first."""

    firms: tuple[tuple[str, str, tuple[str, ...]], ...]
    already: int
    minutes: int
    subject: str
    text: str
    language: str
