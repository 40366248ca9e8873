"""A workbook of answers come back: rows by their ids, columns by their headings, whatever their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from amont.exchange.answering.words import HEADINGS, ORIGINS, READ, STATES, by_word
from amont.exchange.cells import ERRORS
from amont.exchange.marked import marked_copy, reason_at
from amont.exchange.reading import read_file, refuse
from amont.exchange.tables import Row, Sheet, Table, address
from amont.kernel import clock
from amont.kernel.errors import Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.requests import actions, read
from amont.requests.facts_answers import AnswerSaid
from amont.requests.rules_answers import Wrong, validity

LOOKED_AT, PARTS = 50, 4
Errors = Mapping[str, Sequence[object]]


def bring(viewer: Viewer, content: bytes, *, file_name: str) -> str:
    """Say what a workbook says, and return the public id of its report, "" where all stood as it says already.

    Rows that do go in; the others are told at their cells. Empty cells change nothing. Raises `Denied`, and `Refused`
    at "file" for one that cannot be read, is no workbook of answers, or was made for another firm.
    """
    found = understood(content, file_name=file_name, tag=read.own_tag(viewer))
    return actions.bring_answers(
        viewer, rows=found.rows, wrong=found.wrong, file_name=file_name, mark=Marks(found.table, found.columns).of
    )


def understood(content: bytes, *, file_name: str, tag: str) -> "Rows":
    """Return the rows of a workbook as they are understood, for the firm of this tag. Raises `Refused` at "file"."""
    table, columns = _table(read_file(content, file_name))
    return Rows(table, columns, tag)


def _table(sheets: Sequence[Sheet]) -> tuple[Table, dict[str, int]]:
    """Return the table of answers, and the column of each heading that is read."""
    names = by_word(HEADINGS)
    for sheet in sheets:
        for place, row in enumerate(sheet.rows[:LOOKED_AT]):
            columns: dict[str, int] = {}
            for column, cell in enumerate(row.cells):
                columns.setdefault(names.get(folded(cell), ""), column)
            if {"key", "value"} <= columns.keys():
                kept = {name: columns[name] for name in READ if name in columns}
                return Table(sheet.name, row.cells, row.number, sheet.rows[place + 1 :]), kept
    refuse(_("This is no workbook of answers: its columns “Key” and “Your answer” are missing. Take a new one."))
    raise AssertionError


class Rows:
    """The rows of a workbook that say something: those that can be read, and those that cannot."""

    def __init__(self, table: Table, columns: Mapping[str, int], tag: str) -> None:
        self.table, self.columns, self._tag = table, columns, tag
        self._states, self._origins = by_word(STATES), by_word(ORIGINS)
        self._seen: set[tuple[str, ...]] = set()
        self.rows: dict[int, actions.Saying] = {}
        self.wrong: dict[int, Errors] = {}
        for row in table.rows:
            self._take(row)

    def _take(self, row: Row) -> None:
        told = {name: row.cell(column).strip() for name, column in self.columns.items()}
        if told["key"] and not told["key"].startswith(f"{self._tag}/") and told["key"].count("/") == PARTS - 1:
            refuse(_("This workbook was made for another firm. Nothing of it was read."))
        if not told["value"] and not told.get("state"):
            return
        try:
            self.rows[row.number] = self._said(told)
        except Refused as refusal:
            self.wrong[row.number] = refusal.errors

    def _said(self, told: Mapping[str, str]) -> actions.Saying:
        key = tuple(told["key"].split("/"))
        if len(key) != PARTS:
            raise Refused({"key": [_("This row has lost its key. Copy it from a new workbook.")]})
        if key in self._seen:
            raise Refused({"key": [_("This row stands twice in the file. Keep one.")]})
        self._seen.add(key)
        broken = {
            name: [_("This cell shows an error. Write the value itself.")] for name in told if told[name] in ERRORS
        }
        if broken:
            raise Refused(broken)
        state = self._word(told, "state", self._states, "value")
        if told["value"] and state != "value":
            raise Refused({"state": [_("Give an answer, or say why not: one of the two.")]})
        said = AnswerSaid(
            state=state,
            value=(told["value"],) if state == "value" else (),
            origin=self._word(told, "origin", self._origins, "record"),
            note=told.get("note", ""),
            valid_until=_until(told.get("valid_until", "")),
        )
        return actions.Saying(key[1], key[2], key[3], said)

    def _word(self, told: Mapping[str, str], name: str, words: Mapping[str, str], default: str) -> str:
        written = told.get(name, "")
        if written and folded(written) not in words:
            raise Refused({name: [_("This is not in the list. Choose from it.")]})
        return words[folded(written)] if written else default


def _until(written: str) -> date | None:
    try:
        return validity(written, clock.today())
    except Wrong:
        raise Refused({"valid_until": [_("Enter a day from today on, within ten years.")]}) from None


@dataclass(frozen=True, slots=True)
class Marks:
    """What is told of refused rows: the marked copy, and each cell with its reason."""

    table: Table
    columns: Mapping[str, int]

    def of(self, refused: Mapping[int, Errors]) -> tuple[bytes, list[list[str]]]:
        """Return the marked copy of the refused rows, and [cell, reason] of each."""
        reasons: dict[int, list[tuple[int | None, str]]] = {}
        told: list[list[str]] = []
        for row in sorted(refused):
            for name, words in refused[row].items():
                column = self.columns.get(name)
                reason = " ".join(str(each) for each in words)
                reasons.setdefault(row, []).append((column, reason_at(row, column, reason, "").strip()))
                told.append([address(row, column) if column is not None else str(row), reason])
        rows = [row for row in self.table.rows if row.number in refused]
        return marked_copy(self.table, rows, reasons), told
