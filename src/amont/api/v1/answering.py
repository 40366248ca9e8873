"""What programs send as an answer, and how it becomes the values of the domain."""

from typing import Literal

from pydantic import Field

from amont.api.fields import Address, Code, Country, Day, Id, Language, Number, Sent, Short, Text, Yes
from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.requests.facts import AnswerValues, CertificateValues

Kind = Literal["ingredient", "packaging", "raw_material", "service"]
End = Literal["", "origin_reached", "recycled", "synthetic", "pooled", "declined"]


class CertificateSent(Sent):
    """A certificate; `scheme` is a code of the charter's list."""

    scheme: Code
    number: Short = ""
    valid_until: Day | None = None


class SourceSent(Sent):
    """One source of an input: an own item, a firm to invite (`contact` of the book, or name and address), or stated."""

    kind: SourceKind
    item: Id = ""
    contact: Id = ""
    name: Text = ""
    person: Short = ""
    email: Address = ""
    country: Country = ""
    language: Language = "en"
    step: Code = ""
    family: Code = ""
    chain_end: End = ""
    reference: Text = ""


class InputSent(Sent):
    """One thing that the item is made from."""

    name: str = Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")
    sources: list[SourceSent] = Field(default_factory=list, max_length=50)
    stock_weeks: Number | None = None
    switch_months: Number | None = None


class AnswerSent(Sent):
    """Facts of the own item that the line means; `item` empty: a new one. All names are those of the form."""

    item: Id = ""
    name: Text = ""
    reference: Short = ""
    kind: Kind = "ingredient"
    step: Code = ""
    family: Code = ""
    country: Country = ""
    site_name: Text = ""
    site_town: Short = ""
    site_country: Country = ""
    chain_end: End = ""
    certificates: list[CertificateSent] = Field(default_factory=list, max_length=100)
    inputs: list[InputSent] = Field(default_factory=list, max_length=200)
    accept_only: Yes = False

    def values(self, line: str) -> AnswerValues:
        """Return it as the answer to a line."""
        said = self.dict(exclude={"certificates", "inputs"})
        return AnswerValues(
            line=line,
            certificates=tuple(CertificateValues(**each.dict()) for each in self.certificates),
            inputs=tuple(_input(each) for each in self.inputs),
            **said,
        )


def _input(sent: InputSent) -> InputValues:
    return InputValues(
        name=sent.name,
        sources=tuple(SourceValues(**each.dict()) for each in sent.sources),
        stock_weeks=sent.stock_weeks,
        switch_months=sent.switch_months,
    )
