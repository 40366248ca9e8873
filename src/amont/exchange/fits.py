"""Whether a value fits a schema, yes or no, fast: large right files pass here, wrong ones go on to be told why."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Fits = Callable[[Any], bool]

_NOTES = {"$schema", "$defs", "title", "description", "default", "format"}
_TYPES: Mapping[str, Fits] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "integer": lambda value: (
        (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, float) and value.is_integer())
    ),
}


def compiled(schema: Mapping[str, Any]) -> Fits:
    """Return the test that a schema without references stands for.

    Raises `KeyError` for a word of the schema language that is not known here.
    """
    words = {word: wanted for word, wanted in schema.items() if word not in _NOTES}
    if {"properties", "required", "additionalProperties"} & words.keys():
        words["properties"] = (
            {name: compiled(each) for name, each in words.pop("properties", {}).items()},
            frozenset(words.pop("required", ())),
            words.pop("additionalProperties", True),
        )
    tests = [_WORDS[word](wanted) for word, wanted in words.items()]
    return lambda value: all(test(value) for test in tests)


def _object(wanted: tuple[dict[str, Fits], frozenset[str], bool]) -> Fits:
    known, required, others = wanted

    def fits(value: Any) -> bool:  # noqa: ANN401 - any JSON
        if not isinstance(value, dict):
            return True
        if not required <= value.keys():
            return False
        return all(known[name](each) if name in known else others for name, each in value.items())

    return fits


def _pattern(wanted: str) -> Fits:
    found = re.compile(wanted)
    return lambda value: not isinstance(value, str) or found.search(value) is not None


def _items(wanted: Mapping[str, Any]) -> Fits:
    each_fits = compiled(wanted)
    return lambda value: not isinstance(value, list) or all(each_fits(each) for each in value)


def _one_of(wanted: list[Mapping[str, Any]]) -> Fits:
    each = [compiled(one) for one in wanted]
    return lambda value: sum(fits(value) for fits in each) == 1


def _not(wanted: Mapping[str, Any]) -> Fits:
    fits = compiled(wanted)
    return lambda value: not fits(value)


_number = _TYPES["number"]
_WORDS: Mapping[str, Callable[[Any], Fits]] = {
    "type": lambda wanted: _TYPES[wanted],
    "properties": _object,
    "items": _items,
    "pattern": _pattern,
    "enum": lambda wanted: lambda value: value in wanted,
    "minimum": lambda wanted: lambda value: not _number(value) or value >= wanted,
    "maximum": lambda wanted: lambda value: not _number(value) or value <= wanted,
    "minItems": lambda wanted: lambda value: not isinstance(value, list) or len(value) >= wanted,
    "minLength": lambda wanted: lambda value: not isinstance(value, str) or len(value) >= wanted,
    "maxLength": lambda wanted: lambda value: not isinstance(value, str) or len(value) <= wanted,
    "oneOf": _one_of,
    "not": _not,
}
