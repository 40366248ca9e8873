"""Kinds of fields that programs send: texts without control characters, days, codes; nothing beyond what is named."""

from datetime import date
from typing import Annotated, LiteralString

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

_LINE = r"^[^\x00-\x1f\x7f]*$"
_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Id = Annotated[str, StringConstraints(max_length=32, pattern=_LINE)]
Code = Annotated[str, StringConstraints(max_length=60, pattern=_LINE)]
Twelve = Annotated[str, StringConstraints(max_length=12, pattern=_LINE)]
Short = Annotated[str, StringConstraints(max_length=80, pattern=_LINE)]
Text = Annotated[str, StringConstraints(max_length=200, pattern=_LINE)]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_LINE)]
Long = Annotated[str, StringConstraints(max_length=400, pattern=_LINE)]
Letter = Annotated[str, StringConstraints(max_length=2000, pattern=_LINES)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Language = Annotated[str, StringConstraints(pattern=r"^(fr|en)?$")]
Address = Annotated[str, StringConstraints(max_length=254, pattern=_LINE)]
Number = Annotated[int, Field(ge=0, le=10_000, strict=True)]
Yes = Annotated[bool, Field(strict=True)]

_NO_TEXT: tuple[LiteralString, LiteralString] = ("date_type", "a day or a moment is written as a text")


def _written(value: object) -> object:
    """Refuse what is no text: pydantic would take a number for seconds since 1970."""
    if not isinstance(value, str):
        raise PydanticCustomError(*_NO_TEXT)
    return value


Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]


class Sent(Schema):
    """What a program sends: a field that is not named here is refused."""

    model_config = ConfigDict(extra="forbid")
