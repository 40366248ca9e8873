"""What a face may hold of consortia: charter, members, seats offered."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a charter's list: its code and its label in French and English."""

    code: str
    fr: str
    en: str
    at_risk: bool = False

    def label(self, language: str) -> str:
        """Return the label in "fr" (or a variety of it), else in English."""
        return self.fr if language.startswith("fr") else self.en


class Needed(StrEnum):
    """Whether a question must be answered before sending: yes, no, or it or the other one that is marked so."""

    YES = "yes"
    NO = "no"
    EITHER = "either"


class Subject(StrEnum):
    """What a question is about: a firm, one of its sites, one of its products of a kind."""

    COMPANY = "company"
    SITE = "site"
    INGREDIENT = "ingredient"
    PACKAGING = "packaging"


class AnswerType(StrEnum):
    """How a question is answered: in the fields of the line's own form, or by one value of this type."""

    FORM = "form"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DATE = "date"
    COUNTRY = "country"
    COUNTRIES = "countries"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that an answer is asked for, what for, and the minutes it costs who answers.

    `fields` are those of an answer that it asks for; `within` is the question of whose rows it is part ("": none).
    `code` is its identity, in every set and version. A `type` other than FORM is answered by one value: of `choices`
    (those of the charter's `list` where that is "steps", "families" or "schemes"), a number in `unit` from `low` to
    `high`, or a text of at most `high` characters. `level` is the least at which it shows; 5 shows to nobody else.
    """

    code: str
    fr: str
    en: str
    minutes: int
    purpose_fr: str
    purpose_en: str
    help_fr: str = ""
    help_en: str = ""
    fields: tuple[str, ...] = ()
    needed: Needed = Needed.NO
    within: str = ""
    version: int = 1
    about: tuple[Subject, ...] = (Subject.INGREDIENT, Subject.PACKAGING)
    type: AnswerType = AnswerType.FORM
    unit_fr: str = ""
    unit_en: str = ""
    low: int | None = None
    high: int | None = None
    list: str = ""
    choices: tuple[Code, ...] = ()
    level: int = 2
    basis_fr: str = ""
    basis_en: str = ""
    declined_fr: str = ""
    declined_en: str = ""

    @property
    def is_once(self) -> bool:
        """Tell whether it is asked once of a firm or a site, not of each product."""
        return Subject.COMPANY in self.about or Subject.SITE in self.about

    def unit(self, language: str) -> str:
        """Return the unit of a number, in "fr", else in English."""
        return self.unit_fr if language.startswith("fr") else self.unit_en

    def basis(self, language: str) -> str:
        """Return on what legal ground it is asked, in "fr", else in English."""
        return self.basis_fr if language.startswith("fr") else self.basis_en

    def declined(self, language: str) -> str:
        """Return why one may decline, in "fr", else in English."""
        return self.declined_fr if language.startswith("fr") else self.declined_en

    def label(self, language: str) -> str:
        """Return the question in "fr", else in English."""
        return self.fr if language.startswith("fr") else self.en

    def purpose(self, language: str) -> str:
        """Return what it is asked for, in "fr", else in English."""
        return self.purpose_fr if language.startswith("fr") else self.purpose_en

    def help(self, language: str) -> str:
        """Return how to answer it, in "fr", else in English."""
        return self.help_fr if language.startswith("fr") else self.help_en


@dataclass(frozen=True, slots=True)
class FloorChoice:
    """The least level that members get, as requesters, of a family."""

    family: str
    level: int


@dataclass(frozen=True, slots=True)
class CharterChoice:
    """What a founder chooses; levels are 0 to 4, codes those of the sector's lists."""

    customers: int = 3
    requesters: int = 2
    chain: int = 1
    floors: tuple[FloorChoice, ...] = ()
    families_at_risk: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    target_partners: int = 0
    target_lines: int = 0
    target_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sector:
    """A template to found from: its lists, and the charter that it proposes."""

    code: str
    fr: str
    en: str
    about_fr: str
    about_en: str
    families: tuple[Code, ...]
    steps: tuple[Code, ...]
    schemes: tuple[Code, ...]
    proposal: CharterChoice
    without: frozenset[str] = frozenset()

    def label(self, language: str) -> str:
        """Return its name in "fr", else in English."""
        return self.fr if language.startswith("fr") else self.en

    def about(self, language: str) -> str:
        """Return what it is for in "fr", else in English."""
        return self.about_fr if language.startswith("fr") else self.about_en


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many a statistic is published, and the largest share of it that one may hold, in percent."""

    suppliers: int = 5
    members: int = 3
    supplier_share: int = 25
    member_share: int = 50


@dataclass(frozen=True, slots=True)
class FloorFact:
    """A floor of the charter, and the moment from which links accepted come under it."""

    family: str
    level: int
    holds_from: datetime


@dataclass(frozen=True, slots=True)
class CharterFacts:
    """One version of a charter. Levels are 0 to 4."""

    version: int
    in_force_from: datetime
    customers: int
    requesters: int
    chain: int
    families: tuple[Code, ...]
    steps: tuple[Code, ...]
    schemes: tuple[Code, ...]
    questions: tuple[Question, ...]
    floors: tuple[FloorFact, ...]
    thresholds: Thresholds
    target_partners: int
    target_lines: int
    target_on: date | None
    quorum: int = 50
    majority: int = 50
    notice_days: int = 30
    sector: str = ""

    @property
    def families_at_risk(self) -> tuple[Code, ...]:
        """Return the families that the charter holds to be at risk."""
        return tuple(each for each in self.families if each.at_risk)

    @property
    def minutes(self) -> int:
        """Return the minutes that a first line costs who answers, with what is asked of firm and site."""
        return sum(each.minutes for each in self.questions)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a participant is in one consortium: all that a menu needs to know of it."""

    consortium: str
    is_member: bool
    is_coordinator: bool


@dataclass(frozen=True, slots=True)
class ConsortiumFacts:
    """A consortium as one of its participants knows it; `helped_from`: it accepts the coordinator's help since then.

    `key` and `charter_key` are database keys, never shown.
    """

    public_id: str
    name: str
    sector: str
    founded_at: datetime
    is_member: bool
    is_coordinator: bool
    charter: CharterFacts
    helped_from: datetime | None
    key: int = field(repr=False)
    charter_key: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class MemberFact:
    """A member, as members know each other."""

    organization: str
    name: str
    country: str
    is_coordinator: bool
    joined_at: datetime
    is_me: bool
    is_checked: bool


class SeatState(StrEnum):
    """Where an offered seat is: its last mail waits to leave, has left, or did not arrive; taken; expired."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    TAKEN = "taken"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat offered, as coordinators know it; whether the address has an account is not in it."""

    public_id: str
    firm: str
    email: str
    language: str
    state: SeatState
    created_at: datetime
    expires_at: datetime

    @property
    def is_open(self) -> bool:
        """Tell whether the seat may still be taken."""
        return self.state not in {SeatState.TAKEN, SeatState.EXPIRED}


@dataclass(frozen=True, slots=True)
class SeatOffer:
    """What the page behind a seat's link shows before any account.

    `proves_address` is True for the link that was mailed: whoever holds it reads that mailbox. A link that the
    coordinator copied proves nothing, and leads to the mail.
    """

    consortium: str
    inviter: str
    inviter_person: str
    inviter_email: str
    firm: str
    email: str
    state: SeatState
    expires_at: datetime
    proves_address: bool
    charter: CharterFacts


class ProposalState(StrEnum):
    """Where a proposal is: votes are cast, adopted and to come, in force, rejected, withdrawn."""

    OPEN = "open"
    COMING = "coming"
    IN_FORCE = "in_force"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version says otherwise: `field`, and what it says before and after ("" for nothing).

    `about` is the code of a family (field "floor") or of a question (field "question").
    """

    field: str
    before: str
    after: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How votes stand: how many may vote, how many did, and (once the notice is over) what they said."""

    voters: int
    cast: int
    yes: int = 0
    no: int = 0


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposal as a member knows it: `said` is its own vote ("" if it has none). Counts of yes and no come last.

    `base_key` and `charter_key` are the versions that it changes and makes: database keys, never shown.
    """

    proposal: str
    kind: str
    reason: str
    proposed_by: str
    is_mine: bool
    proposed_at: datetime
    closes_at: datetime
    in_force_from: datetime
    quorum: int
    majority: int
    state: ProposalState
    count: Count
    said: str
    changes: tuple[Change, ...]
    coming: CharterFacts
    base_key: int = field(repr=False)
    charter_key: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class CharterChange:
    """What is to be otherwise in a charter: who sees what, minimums, and how members decide. None: stays."""

    customers: int | None = None
    requesters: int | None = None
    chain: int | None = None
    floors: tuple[FloorChoice, ...] | None = None
    quorum: int | None = None
    majority: int | None = None
    notice_days: int | None = None
    questions: tuple[str, ...] | None = None
