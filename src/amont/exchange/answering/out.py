"""The form as a workbook: prefilled, with lists to choose from, an id in each row, help beside each question."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amont.consortia.facts import AnswerType
from amont.exchange.answering.words import HEADINGS, ORIGINS, STATES
from amont.exchange.packed import cleaned
from amont.exchange.writing import LONGEST, PLAIN
from amont.kernel.viewer import Viewer
from amont.requests import read
from amont.requests.facts_answers import AnswerSaid, Asking, SubjectForm

WIDTHS = {"about": 28, "question": 48, "value": 36, "unit": 8, "state": 24, "origin": 20, "note": 32, "help": 60}
ONE_OF_A_LIST = {AnswerType.CHOICE, AnswerType.COUNTRY}
NUMBERS = {AnswerType.NUMBER, AnswerType.SHARE}
LISTS = "Lists"


def workbook(viewer: Viewer) -> bytes:
    """Return the viewer's whole form as XLSX: a row for each question about each thing, with what is said."""
    return written(read.own_tag(viewer), read.form(viewer).subjects)


def written(tag: str, subjects: Sequence[SubjectForm]) -> bytes:
    """Return pages of a form as XLSX; `tag` stands in each row's key, so that no other firm's workbook is taken."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, PLAIN)
    sheet, lists = book.add_worksheet(_("Answers")), _Lists(book)
    bold, columns = book.add_format({"bold": True}), {name: at for at, name in enumerate(HEADINGS)}
    for name, at in columns.items():
        sheet.write_string(0, at, str(HEADINGS[name]), bold)
        sheet.set_column(at, at, WIDTHS.get(name, 16), None, {"hidden": True} if name == "key" else {})
    choices = {"state": lists.range_of(map(str, STATES.values())), "origin": lists.range_of(map(str, ORIGINS.values()))}
    for number, (subject, asking) in enumerate(_asked(subjects), 1):
        for name, text in _cells(tag, subject, asking).items():
            if name == "value" and asking.question.type in NUMBERS and text:
                sheet.write_number(number, columns[name], float(text))
            elif text:
                sheet.write_string(number, columns[name], cleaned(text)[:LONGEST])
        found = dict(choices)
        if asking.question.type in ONE_OF_A_LIST and asking.choices:
            found["value"] = lists.range_of(each.label(_language()) for each in asking.choices)
        for name, source in found.items():
            told = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.data_validation(number, columns[name], number, columns[name], told)
    sheet.freeze_panes(1, columns["value"])
    lists.hide()
    book.close()
    return held.getvalue()


class _Lists:
    """The lists to choose from, each once, on a sheet that is hidden."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library is without types
        self._sheet = book.add_worksheet(LISTS)
        self._places: dict[tuple[str, ...], str] = {}

    def range_of(self, words: Iterable[str]) -> str:
        """Return where a list stands, written down the first time."""
        key = tuple(words)
        if key not in self._places:
            column = len(self._places)
            for row, word in enumerate(key):
                self._sheet.write_string(row, column, word)
            last = xlsxwriter.utility.xl_rowcol_to_cell(len(key) - 1, column, row_abs=True, col_abs=True)
            first = xlsxwriter.utility.xl_rowcol_to_cell(0, column, row_abs=True, col_abs=True)
            self._places[key] = f"={LISTS}!{first}:{last}"
        return self._places[key]

    def hide(self) -> None:
        """Hide the sheet."""
        self._sheet.hide()


def _asked(subjects: Sequence[SubjectForm]) -> list[tuple[SubjectForm, Asking]]:
    return [(subject, asking) for subject in subjects for asking in subject.asked]


def _language() -> str:
    return get_language() or "fr"


def _cells(tag: str, subject: SubjectForm, asking: Asking) -> Mapping[str, str]:
    question, said, language = asking.question, asking.said, _language()
    told = said or AnswerSaid()
    labels = {each.code: each.label(language) for each in asking.choices}
    return {
        "key": f"{tag}/{subject.kind}/{subject.ref}/{question.code}",
        "about": subject.name,
        "question": question.label(language),
        "value": "; ".join(labels.get(each, each) for each in told.value),
        "unit": question.unit(language),
        "state": str(STATES.get(told.state, "")),
        "origin": str(ORIGINS[told.origin]) if said else "",
        "valid_until": told.valid_until.isoformat() if told.valid_until else "",
        "note": told.note,
        "help": " ".join(each for each in (question.help(language), question.purpose(language)) if each),
    }
