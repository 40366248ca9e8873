"""Whether a world file has the shape that its schema fixes, and where it has not."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from amont.exchange.world.fits import Fits, compiled

_SCHEMA = Path(__file__).with_name("world.schema.json")
_WORDS = {"$schema", "$defs", "title", "description", "default"}


def misfits(content: object) -> Iterator[tuple[str, str]]:
    """Give each place that does not fit the schema, as a JSON path, with the reason."""
    if _quick()(content):
        return
    for error in _validator().iter_errors(content):
        yield error.json_path, _reason(error)


@cache
def _schema() -> Any:  # noqa: ANN401 - JSON has no closer type
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return _written_out(schema, schema["$defs"])


@cache
def _quick() -> Fits:
    return compiled(_schema())


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(_schema())


def _written_out(part: Any, definitions: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON has no closer type
    """Put each definition where it is referred to: following references is most of the work on a large file."""
    if isinstance(part, list):
        return [_written_out(each, definitions) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _written_out(definitions[part["$ref"].rsplit("/", 1)[-1]], definitions)
    return {word: _written_out(each, definitions) for word, each in part.items() if word not in _WORDS}


def _reason(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    found = json.dumps(error.instance, ensure_ascii=False)
    found = found if len(found) <= 60 else found[:57] + "..."  # noqa: PLR2004 - what fits on a line
    reasons = {
        "required": error.message,
        "additionalProperties": error.message,
        "type": f"{found} is not of type {wanted}",
        "enum": f"{found} is not one of {', '.join(map(str, wanted)) if isinstance(wanted, list) else wanted}",
        "pattern": f"{found} does not have the form {wanted}",
        "not": "about a link or about an item, not both",
        "oneOf": f'{found} is not "customers", "requesters", "chain" or one organization',
        "minLength": "empty",
        "maxLength": f"longer than {wanted} characters",
    }
    return reasons.get(str(error.validator), error.message)
