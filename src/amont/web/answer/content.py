"""An answer as it stands in a form: from what was posted to a draft, from a draft to plain values."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from amont.chain.facts_inputs import InputValues, SourceKind, SourceValues
from amont.requests.facts import AnswerValues, CertificateValues
from amont.requests.sets import Asks

MOST_ROWS = 60

Content = dict[str, object]

ALWAYS = ("item", "name", "reference", "kind")
ITEM = (
    "item",
    "name",
    "reference",
    "kind",
    "step",
    "family",
    "country",
    "site_name",
    "site_town",
    "site_country",
    "chain_end",
)
CERTIFICATE = ("scheme", "number", "valid_until")
INPUT = ("name", "stock_weeks", "switch_months")
SOURCE = (
    "kind",
    "item",
    "contact",
    "name",
    "person",
    "email",
    "country",
    "language",
    "step",
    "family",
    "chain_end",
    "reference",
)


def posted(form: Mapping[str, str], asks: Asks) -> Content:
    """Return what was posted of what is asked as a draft's content.

    Fields named like "inputs.0.sources.1.email" become rows; what is not asked has no place in it.
    """
    content: Content = {name: form.get(name, "").strip() for name in ITEM if name in ALWAYS or asks.asks(name)}
    if asks.asks("certificates"):
        content["certificates"] = [
            {name: form.get(f"certificates.{index}.{name}", "").strip() for name in CERTIFICATE}
            for index in _rows(form, "certificates", "scheme")
        ]
    if asks.asks("inputs"):
        names = [name for name in INPUT if name == "name" or asks.asks(name)]
        content["inputs"] = [_input(form, f"inputs.{index}", names) for index in _rows(form, "inputs", "name")]
    return content


def _rows(form: Mapping[str, str], of: str, field: str) -> range:
    count = 0
    while count < MOST_ROWS and f"{of}.{count}.{field}" in form:
        count += 1
    return range(count)


def _input(form: Mapping[str, str], at: str, names: Sequence[str]) -> Content:
    row: Content = {name: form.get(f"{at}.{name}", "").strip() for name in names}
    row["sources"] = [
        {name: form.get(f"{at}.sources.{index}.{name}", "").strip() for name in SOURCE}
        for index in _rows(form, f"{at}.sources", "kind")
    ]
    return row


def rows(content: Mapping[str, object], name: str) -> list[Content]:
    """Return the rows of one kind that a content holds."""
    return cast("list[Content]", content.get(name) or [])


def text(content: Mapping[str, object], name: str) -> str:
    """Return one field of a content."""
    return str(content.get(name) or "")


def changed(content: Content, act: str) -> Content:
    """Return the content after one of the buttons that add or remove rows: "add-source.0", "remove-input.1"..."""
    verb, _, where = act.partition(".")
    numbers = [int(part) for part in where.split(".") if part.isdigit()]
    certificates, inputs = rows(content, "certificates"), rows(content, "inputs")
    if verb == "add-certificate":
        certificates.append({})
    elif verb == "remove-certificate":
        _remove(certificates, numbers[-1:])
    elif verb == "add-input":
        inputs.append({"sources": [{"kind": "invite"}]})
    elif verb == "remove-input":
        _remove(inputs, numbers[-1:])
    elif verb == "add-source" and numbers and numbers[0] < len(inputs):
        rows(inputs[numbers[0]], "sources").append({"kind": "invite"})
    elif verb == "remove-source" and numbers and numbers[0] < len(inputs):
        _remove(rows(inputs[numbers[0]], "sources"), numbers[1:2])
    told = {"certificates": certificates, "inputs": inputs}
    return {**content, **{name: found for name, found in told.items() if found or name in content}}


def _remove(found: list[Content], numbers: list[int]) -> None:
    if numbers and numbers[0] < len(found):
        found.pop(numbers[0])


def trimmed(content: Content) -> Content:
    """Return the content without rows in which nothing is written: they are no errors and no facts."""
    inputs = [
        {**each, "sources": [source for source in rows(each, "sources") if _says(source)]}
        for each in rows(content, "inputs")
    ]
    return {
        **content,
        "certificates": [each for each in rows(content, "certificates") if any(each.values())],
        "inputs": [each for each in inputs if text(each, "name") or each["sources"]],
    }


def _says(source: Content) -> bool:
    return any(text(source, name) for name in SOURCE if name not in {"kind", "language"})


def values(line: str, content: Content) -> tuple[AnswerValues, dict[str, str]]:
    """Return the plain values of a trimmed content, and the fields that hold no number or no date (field, code)."""
    wrong: dict[str, str] = {}
    certificates = tuple(
        CertificateValues(
            text(each, "scheme"),
            text(each, "number"),
            _day(text(each, "valid_until"), f"certificates.{index}.valid_until", wrong),
        )
        for index, each in enumerate(rows(content, "certificates"))
    )
    ends = text(content, "chain_end")
    inputs = () if ends else tuple(_input_values(i, each, wrong) for i, each in enumerate(rows(content, "inputs")))
    said = AnswerValues(
        line=line,
        item=text(content, "item"),
        name=text(content, "name"),
        reference=text(content, "reference"),
        kind=text(content, "kind") or "ingredient",
        step=text(content, "step"),
        family=text(content, "family"),
        country=text(content, "country"),
        site_name=text(content, "site_name"),
        site_town=text(content, "site_town"),
        site_country=text(content, "site_country"),
        chain_end=ends,
        certificates=certificates,
        inputs=inputs,
    )
    return said, wrong


def _input_values(index: int, each: Content, wrong: dict[str, str]) -> InputValues:
    at = f"inputs.{index}"
    return InputValues(
        name=text(each, "name"),
        sources=tuple(_source(source) for source in rows(each, "sources")),
        stock_weeks=_number(text(each, "stock_weeks"), f"{at}.stock_weeks", wrong),
        switch_months=_number(text(each, "switch_months"), f"{at}.switch_months", wrong),
    )


def _source(each: Content) -> SourceValues:
    kind = SourceKind(text(each, "kind")) if text(each, "kind") in set(SourceKind) else SourceKind.STATED
    if kind is SourceKind.OWN:
        return SourceValues(kind, item=text(each, "item"))
    said = {name: text(each, name) for name in SOURCE if name not in {"kind", "item", "contact"}}
    said["language"] = said["language"] or "en"
    if kind is SourceKind.STATED:
        said["email"] = ""
    return SourceValues(kind, **said)


def _number(written: str, field: str, wrong: dict[str, str]) -> int | None:
    if not written:
        return None
    if not (written.isascii() and written.isdigit()):
        wrong[field] = "number"
        return None
    return int(written)


def _day(written: str, field: str, wrong: dict[str, str]) -> date | None:
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        wrong[field] = "date"
        return None
