"""How a file is read: what its owner told, where what is found by itself does not do."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

DECIMALS = ("", ",", ".")
ORDERS = ("", "dmy", "mdy")
FIND = -1


@dataclass(frozen=True, slots=True)
class Manner:
    """What was told of a file; what is empty (`header_rows`: -1) is found.

    `decimal` is the sign before decimals in numbers that can be read two ways, `days` the order of day and month in
    dates that can.
    """

    encoding: str = ""
    delimiter: str = ""
    header_rows: int = FIND
    decimal: str = ""
    days: str = ""

    @property
    def text(self) -> tuple[str, str]:
        """Return what changes the very text of a file."""
        return self.encoding, self.delimiter

    def as_json(self) -> dict[str, object]:
        """Return it as it is kept."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: object) -> "Manner":
        """Return what was kept; what is not known is to be found again."""
        said = kept if isinstance(kept, Mapping) else {}
        rows, decimal, days = said.get("header_rows"), said.get("decimal"), said.get("days")
        return cls(
            encoding=str(said.get("encoding") or ""),
            delimiter=str(said.get("delimiter") or ""),
            header_rows=rows if isinstance(rows, int) else FIND,
            decimal=str(decimal) if decimal in DECIMALS else "",
            days=str(days) if days in ORDERS else "",
        )
