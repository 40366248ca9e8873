"""JSON of a fixed shape, read strictly: no field twice, no number that is none, and every misfit at its place."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from amont.exchange.fits import Fits, compiled
from amont.kernel.errors import Refused

_WORDS = {"$schema", "$defs", "title", "description", "default", "x-result"}
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]")
_BLANK = re.compile(r"[ \t\n\r]*")


class _Twice(ValueError):
    """An object of the file names a field twice."""


def read_json(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    """Return what a text holds. Raises `Refused` at its line and column, or at "$"."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except json.JSONDecodeError as trouble:
        place = f"line {trouble.lineno}, column {trouble.colno}"
        raise Refused({place: [f"not JSON: {trouble.msg}"]}) from trouble
    except RecursionError as trouble:
        raise Refused({"$": ["nested too deep"]}) from trouble
    except ValueError as trouble:
        raise Refused({"$": [str(trouble)]}) from trouble


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        message = f"an object names {next(name for name in names if names.count(name) > 1)!r} twice"
        raise _Twice(message)
    return found


def _no_number(word: str) -> None:
    message = f"{word} is not a JSON number"
    raise ValueError(message)


def day(text: str) -> date:
    """Return a day written as 2026-01-31. Raises `ValueError` for any other form, or no such day."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    message = f"{text!r} is not a day like 2026-01-31"
    raise ValueError(message)


def line_of(text: str, place: str) -> int:
    """Return the line (from 1) on which a place like $.events[3].amount begins; if it is absent, what holds it."""
    at = _blank(text, 0)
    for name, number, quoted in _STEP.findall(place.removeprefix("$")):
        found = _inside(text, at, int(number) if number else None, name or quoted)
        if found is None:
            break
        at = found
    return text.count("\n", 0, at) + 1


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _inside(text: str, at: int, number: int | None, name: str) -> int | None:
    """Return where an item, or a field's value, begins in the array or object that begins here."""
    if text[at] != ("{" if number is None else "["):
        return None
    scan, at = json.JSONDecoder().raw_decode, _blank(text, at + 1)
    passed = 0
    while text[at] not in "]}":
        key = None
        if number is None:
            key, at = scan(text, at)
            at = _blank(text, _blank(text, at) + 1)
        if key == name if number is None else passed == number:
            return at
        _value, at = scan(text, at)
        at = _blank(text, at)
        if text[at] == ",":
            at = _blank(text, at + 1)
        passed += 1
    return None


class Shape:
    """The shape that a schema file fixes; `reasons` words what its own alternatives mean."""

    def __init__(self, schema: Path, reasons: Mapping[str, str] | None = None) -> None:
        self._path, self._reasons = schema, reasons or {}

    def misfits(self, content: object) -> Iterator[tuple[str, str]]:
        """Give each place that does not fit, as a JSON path, with the reason."""
        if self.quick(content):
            return
        for error in self.validator.iter_errors(content):
            yield error.json_path, self._reason(error)

    @cached_property
    def _schema(self) -> Any:  # noqa: ANN401 - JSON has no closer type
        schema = json.loads(self._path.read_text(encoding="utf-8"))
        return _written_out(schema, schema["$defs"])

    @cached_property
    def quick(self) -> Fits:
        """Tell yes or no, fast."""
        return compiled(self._schema)

    @cached_property
    def validator(self) -> Draft202012Validator:
        """Tell what is wrong."""
        return Draft202012Validator(self._schema)

    def _reason(self, error: ValidationError) -> str:
        wanted: Any = error.validator_value
        found = json.dumps(error.instance, ensure_ascii=False)
        found = found if len(found) <= 60 else found[:57] + "..."  # noqa: PLR2004 - what fits on a line
        reasons: dict[str, Callable[[], str]] = {
            "type": lambda: f"{found} is not of type {wanted}",
            "enum": lambda: f"{found} is not one of {', '.join(map(str, wanted))}",
            "pattern": lambda: f"{found} does not have the form {wanted}",
            "oneOf": lambda: f"{found} {self._reasons['oneOf']}",
            "not": lambda: self._reasons["not"],
            "minLength": lambda: "empty",
            "minItems": lambda: "empty",
            "maxLength": lambda: f"longer than {wanted} characters",
        }
        return reasons.get(str(error.validator), lambda: error.message)()


def _written_out(part: Any, definitions: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON has no closer type
    """Put each definition where it is referred to: following references is most of the work on a large file."""
    if isinstance(part, list):
        return [_written_out(each, definitions) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _written_out(definitions[part["$ref"].rsplit("/", 1)[-1]], definitions)
    return {word: _written_out(each, definitions) for word, each in part.items() if word not in _WORDS}
