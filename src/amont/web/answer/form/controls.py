"""Questions of the bank as a page shows them: each with its control, what is said, and what was said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amont.consortia.facts import AnswerType, Code, Question
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.kernel.folding import folded
from amont.requests.facts_answers import AnswerSaid, Asking
from amont.requests.rules_answers import Wrong, validity

FEW = 16
SHORT = 200
STATES: Mapping[str, str | Promise] = {
    "value": gettext_lazy("I answer"),
    "not_known": gettext_lazy("Not known"),
    "confidential": gettext_lazy("Declined: confidential"),
    "not_applicable": gettext_lazy("Not applicable"),
    "pooled": gettext_lazy("Pooled supply, origins are mixed"),
}
ORIGINS: Mapping[str, str | Promise] = {
    "record": gettext_lazy("Our own record"),
    "statement": gettext_lazy("Our supplier’s statement"),
    "estimate": gettext_lazy("An estimate"),
}
CONTROLS = {
    AnswerType.CHOICE: "select",
    AnswerType.COUNTRY: "select",
    AnswerType.DATE: "date",
    AnswerType.NUMBER: "number",
    AnswerType.SHARE: "number",
}


@dataclass(frozen=True, slots=True)
class Control:
    """One question on a page: `type` select, several (boxes), many (a long list), text, long, number or date."""

    asking: Asking
    label: str
    help: str
    purpose: str
    basis: str
    declined: str
    type: str
    options: tuple[tuple[str, str], ...]
    unit: str
    value: tuple[str, ...]
    state: str
    origin: str
    note: str
    valid_until: str
    told: str
    errors: Mapping[str, str]

    @property
    def code(self) -> str:
        """Return the question's code."""
        return self.asking.question.code

    @property
    def text(self) -> str:
        """Return the one value that is written."""
        return self.value[0] if self.value else ""


def control(
    asking: Asking, *, errors: Mapping[str, Sequence[object]] | None = None, posted: AnswerSaid | None = None
) -> Control:
    """Return one question for the page; what was posted and refused stands in the place of what is kept."""
    language, question = get_language() or "fr", asking.question
    said = posted or asking.said or AnswerSaid()
    return Control(
        asking=asking,
        label=question.label(language),
        help=question.help(language),
        purpose=question.purpose(language),
        basis=question.basis(language),
        declined=question.declined(language),
        type=_type(asking),
        options=_options(question, asking.choices, language),
        unit=question.unit(language),
        value=said.value,
        state=said.state,
        origin=said.origin,
        note=said.note,
        valid_until=said.valid_until.isoformat() if said.valid_until else "",
        told=in_words(question, asking.choices, asking.said) if asking.said else "",
        errors={name: str(found[0]) for name, found in (errors or {}).items() if found},
    )


def _type(asking: Asking) -> str:
    question = asking.question
    if question.type is AnswerType.TEXT:
        return "long" if (question.high or 0) > SHORT else "text"
    if question.type in {AnswerType.CHOICES, AnswerType.COUNTRIES}:
        return "several" if len(asking.choices) <= FEW else "many"
    return CONTROLS[question.type]


def _options(question: Question, choices: Sequence[Code], language: str) -> tuple[tuple[str, str], ...]:
    found = [(each.code, each.label(language)) for each in choices]
    if question.list in {"steps", "families", "schemes"} or not question.choices:
        found.sort(key=lambda each: folded(each[1]))
    return tuple(found)


def in_words(question: Question, choices: Sequence[Code], said: AnswerSaid) -> str:
    """Return an answer in the language of the page."""
    if said.state != "value":
        return str(STATES[said.state])
    language = get_language() or "fr"
    labels = {each.code: each.label(language) for each in choices}
    if question.type is AnswerType.DATE and said.value:
        return date_format(clock.day(said.value[0]))
    told = ", ".join(labels.get(each, each) for each in said.value)
    unit = question.unit(language)
    return f"{told} {unit}" if unit and told else told


def posted(data: QueryDict) -> AnswerSaid:
    """Return what a question's form says. Raises `Refused` at "valid_until" for a day that is none."""
    try:
        until = validity(data.get("valid_until", ""), clock.today())
    except Wrong:
        raise Refused({"valid_until": [_("Enter a day from today on, within ten years.")]}) from None
    return AnswerSaid(
        state=data.get("state", "value"),
        value=tuple(each for each in data.getlist("value") if each.strip()),
        origin=data.get("origin", "record"),
        note=data.get("note", ""),
        valid_until=until,
    )
