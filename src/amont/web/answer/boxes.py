"""The answer's form as a page shows it: each field a box with its label, value, choices and error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amont.consortia.facts import Code, Question
from amont.kernel.countries import countries
from amont.kernel.folding import folded
from amont.requests.facts import AnswerForm
from amont.web.answer.content import ALWAYS, Content, rows, text

Words = str | Promise
Choices = tuple[tuple[str, Words], ...]

KINDS: Choices = (
    ("ingredient", _("Ingredient")),
    ("packaging", _("Packaging")),
    ("raw_material", _("Raw material")),
    ("service", _("Service")),
)
ENDS: Choices = (
    ("", _("It goes on: it is made from the inputs below")),
    ("origin_reached", _("It ends here: grown, picked, mined or pumped here")),
    ("recycled", _("It ends here: recycled material")),
    ("synthetic", _("It ends here: synthesis")),
    ("pooled", _("It ends here: pooled supply, origins are mixed")),
    ("declined", _("I cannot share how it goes on")),
)
GOES_ON = _("It goes on: it is made from other materials")
FIRM_ENDS: Choices = (
    ("", _("not known")),
    ("origin_reached", _("origin reached: grown, picked, mined or pumped there")),
    ("recycled", _("recycled material")),
    ("synthetic", _("synthesis")),
    ("pooled", _("pooled supply, origins are mixed")),
    ("declined", _("not shared")),
)
SOURCES: Choices = (
    ("invite", _("A supplier whom I invite")),
    ("stated", _("A firm that I state, without inviting it")),
    ("own", _("Another item of mine")),
)
MORE = (("stock_weeks", _("Weeks of stock")), ("switch_months", _("Months to change supplier")))
LANGUAGES: Choices = (("en", "English"), ("fr", "Français"))


@dataclass(frozen=True, slots=True)
class Box:
    """One field: `name` is that of the draft, `type` text, email, date, number, select or radio."""

    name: str
    label: Words
    value: str = ""
    error: str = ""
    type: str = "text"
    hint: Words = ""
    choices: Choices = ()
    optional: bool = False
    auto: str = "off"

    @property
    def id(self) -> str:
        """Return the element's id."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One alternative source of an input."""

    at: str
    number: int
    kind: Box
    item: Box
    firm: tuple[Box, ...]
    mail: tuple[Box, ...]
    stated: tuple[Box, ...]

    @property
    def says_more(self) -> bool:
        """Whether something stands, or is wrong, in what is folded away at first."""
        return any(box.value or box.error for box in self.stated)


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input with its sources."""

    at: str
    number: int
    name: Box
    more: tuple[Box, ...]
    sources: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole form; `parts` are the codes of the questions asked, a part that none asks for stays away."""

    parts: frozenset[str]

    item: tuple[Box, ...]
    site: tuple[Box, ...]
    certificates: tuple[tuple[str, tuple[Box, ...]], ...]
    helps: Mapping[str, str]
    chain_end: Box
    inputs: tuple[InputRow, ...]
    errors: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes boxes for one form, in one language, with these errors."""

    form: AnswerForm
    language: str
    errors: Mapping[str, Sequence[object]]

    def box(self, content: Mapping[str, object], at: str, name: str, label: Words, **more: object) -> Box:
        full = f"{at}.{name}" if at else name
        error = str(next(iter(self.errors.get(full, ())), ""))
        return Box(full, label, text(content, name), error, **more)  # type: ignore[arg-type]

    def help(self, code: str) -> str:
        return next((each.help(self.language) for each in self.form.asks.questions if each.code == code), "")

    def codes(self, codes: Sequence[Code]) -> Choices:
        found = sorted(((each.code, each.label(self.language)) for each in codes), key=lambda each: folded(each[1]))
        return (("", "—"), *found)

    def asked(self, content: Mapping[str, object], name: str, label: Words, choices: Choices) -> Box:
        return self.box(content, "", name, label, type="select", choices=choices, hint=self.help(name))

    @property
    def countries(self) -> Choices:
        spoken = "fr" if self.language.startswith("fr") else "en"
        return (("", "—"), *((each.code, each.fr if spoken == "fr" else each.en) for each in countries(spoken)))


def asked_in_words(questions: Sequence[Question]) -> tuple[tuple[str, str], ...]:
    """Return each question with what it is asked for, in the language of the page."""
    language = get_language() or "fr"
    return tuple((each.label(language), each.purpose(language)) for each in questions)


def sheet(
    form: AnswerForm, content: Content, *, language: str, errors: Mapping[str, Sequence[object]] | None = None
) -> Sheet:
    """Return the form to show for this content; an answer with nothing said yet has one empty input."""
    make = _Maker(form, language, errors or {})
    asks = form.asks
    inputs = rows(content, "inputs") or [{"sources": [{"kind": "invite"}]}]
    return Sheet(
        parts=asks.codes,
        helps={each.code: each.help(language) for each in asks.questions},
        item=_item(make, content),
        site=_site(make, content),
        certificates=tuple(
            (f"certificates.{index}", _certificate(make, each, f"certificates.{index}"))
            for index, each in enumerate(rows(content, "certificates"))
        ),
        chain_end=make.box(
            content,
            "",
            "chain_end",
            _("How does the chain go on?"),
            type="select",
            choices=ENDS if asks.asks("inputs") else (("", GOES_ON), *ENDS[1:]),
            hint=make.help("chain_end"),
        ),
        inputs=tuple(_input(make, each, index) for index, each in enumerate(inputs)),
        errors=tuple((name.replace(".", "-"), str(found[0])) for name, found in (errors or {}).items() if found),
    )


def _item(make: _Maker, content: Content) -> tuple[Box, ...]:
    form = make.form
    found = (
        make.box(content, "", "name", _("Your name for it")),
        make.box(content, "", "reference", _("Your reference"), optional=True),
        make.box(content, "", "kind", _("What it is"), type="select", choices=KINDS),
        make.asked(content, "family", _("Family"), make.codes(form.families)),
        make.asked(content, "step", _("What you do"), make.codes(form.steps)),
        make.asked(content, "country", _("In which country"), make.countries),
    )
    return tuple(each for each in found if each.name in ALWAYS or form.asks.asks(each.name))


def _site(make: _Maker, content: Content) -> tuple[Box, ...]:
    """Return the site's fields: its country is that of the making, and asked only where that one is not."""
    name = make.box(content, "", "site_name", _("Name of the site"), optional=True, hint=make.help("site"))
    town = make.box(content, "", "site_town", _("Town"), optional=True)
    if make.form.asks.asks("country"):
        return name, town
    label = _("Country of the site")
    choices = make.countries
    return name, town, make.box(content, "", "site_country", label, type="select", choices=choices, optional=True)


def _certificate(make: _Maker, each: Content, at: str) -> tuple[Box, ...]:
    return (
        make.box(each, at, "scheme", _("Certificate"), type="select", choices=make.codes(make.form.schemes)),
        make.box(each, at, "number", _("Number"), optional=True),
        make.box(each, at, "valid_until", _("Valid until"), type="date", optional=True),
    )


def _input(make: _Maker, each: Content, index: int) -> InputRow:
    at = f"inputs.{index}"
    sources = rows(each, "sources") or [{"kind": "invite"}]
    return InputRow(
        at=at,
        number=index + 1,
        name=make.box(each, at, "name", _("Input"), hint=_("For example: palm oil, fragrance base, cap.")),
        more=tuple(
            make.box(each, at, name, label, type="number", optional=True, hint=make.help(name))
            for name, label in MORE
            if make.form.asks.asks(name)
        ),
        sources=tuple(_source(make, source, f"{at}.sources.{number}", number) for number, source in enumerate(sources)),
    )


def _source(make: _Maker, each: Content, at: str, number: int) -> SourceRow:
    each = {**each, "kind": text(each, "kind") or "invite", "language": text(each, "language") or "en"}
    form = make.form
    items: Choices = (("", "—"), *form.own_items)
    return SourceRow(
        at=at,
        number=number + 1,
        kind=make.box(each, at, "kind", _("Where it comes from"), type="radio", choices=SOURCES),
        item=make.box(each, at, "item", _("Which item of yours"), type="select", choices=items),
        firm=(
            make.box(each, at, "name", _("Firm")),
            make.box(each, at, "country", _("Country"), type="select", choices=make.countries),
        ),
        mail=(
            make.box(each, at, "email", _("E-mail"), type="email"),
            make.box(each, at, "language", _("Language of the mail"), type="select", choices=LANGUAGES),
        ),
        stated=(
            make.box(each, at, "step", _("What it does"), type="select", choices=make.codes(form.steps), optional=True),
            make.box(each, at, "family", _("Family"), type="select", choices=make.codes(form.families), optional=True),
            make.box(
                each, at, "chain_end", _("How the chain ends there"), type="select", choices=FIRM_ENDS, optional=True
            ),
        ),
    )
