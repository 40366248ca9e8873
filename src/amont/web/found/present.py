"""A charter in words, for the pages that show it."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language

from amont.consortia import lists
from amont.consortia.facts import CharterFacts, Code, Question
from amont.web.found import words
from amont.web.found.drafts import Draft


@dataclass(frozen=True, slots=True)
class CharterWords:
    """A charter as a page shows it: sentences, names, minutes, targets; no level as a number."""

    customers: Promise
    requesters: Promise
    chain: Promise
    at_risk: tuple[str, ...]
    floors: tuple[tuple[str, Promise, date | None], ...]
    questions: tuple[tuple[str, str], ...]
    minutes: int
    target_partners: int
    target_lines: int
    target_on: date | None


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """One question as the founder reads it: what the form asks, what for, whether it must be answered."""

    label: str
    help: str
    purpose: str
    needed: Promise
    minutes: int
    chosen: bool


def question_words(question: Question, language: str, *, chosen: bool) -> QuestionWords:
    """Return one question in the language of the page."""
    needed = words.NEEDED[question.needed]
    told = (question.label(language), question.help(language), question.purpose(language))
    return QuestionWords(*told, needed, question.minutes, chosen)


def charter_words(charter: CharterFacts) -> CharterWords:
    """Return a charter in the language of the page."""
    language = get_language() or "en"
    return CharterWords(
        customers=words.customers(charter.customers),
        requesters=words.ALL[charter.requesters],
        chain=words.ALL[charter.chain],
        at_risk=tuple(each.label(language) for each in charter.families_at_risk),
        floors=tuple(
            (_name(charter.families, each.family), words.ALL_FLOORS[each.level], each.holds_from.date())
            for each in charter.floors
            if each.level
        ),
        questions=tuple((each.label(language), each.purpose(language)) for each in charter.questions),
        minutes=charter.minutes,
        target_partners=charter.target_partners,
        target_lines=charter.target_lines,
        target_on=charter.target_on,
    )


def charter_of_draft(draft: Draft) -> CharterWords:
    """Return the charter of a founding on its way, in the language of the page."""
    language, choice = get_language() or "en", draft.charter
    asked = lists.question_set(choice.questions, floored=bool(choice.floors), sector_code=draft.sector.code)
    return CharterWords(
        customers=words.customers(choice.customers),
        requesters=words.ALL[choice.requesters],
        chain=words.ALL[choice.chain],
        at_risk=tuple(_name(draft.sector.families, each) for each in choice.families_at_risk),
        floors=tuple(
            (_name(draft.sector.families, each.family), words.ALL_FLOORS[each.level], None) for each in choice.floors
        ),
        questions=tuple((each.label(language), each.purpose(language)) for each in asked),
        minutes=sum(each.minutes for each in asked),
        target_partners=choice.target_partners,
        target_lines=choice.target_lines,
        target_on=choice.target_on,
    )


def _name(families: tuple[Code, ...], code: str) -> str:
    language = get_language() or "en"
    return next((each.label(language) for each in families if each.code == code), code)
