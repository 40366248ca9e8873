"""What comes of a file of the corpus: the reason of its refusal, or what was read, told beside what must come."""

from dataclasses import dataclass

from django.utils import translation

from amont.catalogue import lists
from amont.exchange import plan
from amont.exchange.reading import read_file
from amont.exchange.shapes import rows_of
from amont.kernel.errors import Refused
from exchange.corpus import Case


@dataclass(frozen=True)
class Come:
    """What came: rows read and refused, header found; or the reason of a refusal, at which fields."""

    shape: str = ""
    rows: int = 0
    refused: int = 0
    first: tuple[str, ...] = ()
    header: tuple[int, int] = (0, 0)
    why: str = ""
    fields: tuple[str, ...] = ()

    def wrong(self, case: Case) -> str:
        """Return what differs from what must come, "" if nothing does."""
        if self.why or case.why:
            does = bool(self.why) and case.why in self.why and self.fields == ("file",)
            return "" if does else f"refused with {self.why!r}"
        must, came = [(case.shape, case.rows, case.first)], [(self.shape, self.rows, self.first[: len(case.first)])]
        if case.refused >= 0:
            must.append((case.refused,))
            came.append((self.refused,))
        if case.header:
            must.append(case.header)
            came.append(self.header)
        return "" if must == came else f"{came} came of it"


def come_of(content: bytes, file_name: str) -> Come:
    """Read a file as bringing it does, up to the checked rows."""
    with translation.override("en"):
        try:
            sheets = read_file(content, file_name)
            shape, settings = plan.first_settings(sheets)
        except Refused as refused:
            return Come(why=str(refused), fields=tuple(refused.errors))
        table = plan.table_for(sheets, settings)
        found = rows_of(shape, table, settings.columns, families=lists.families(), manner=settings.manner)
    header = (table.header_row, table.header_rows)
    return Come(shape, found.read, len(found.refused), table.rows[0].cells, header)
