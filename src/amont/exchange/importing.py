"""From a file to rows in the domains: keep it, show what it would do, import it once, keep the report."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import field as made

from django.db import transaction
from django.utils.translation import gettext as _

from amont.catalogue.actions import imports as keeping
from amont.catalogue.facts import ImportFact, LineDraft
from amont.catalogue.lists import Code
from amont.catalogue.read import imports as kept
from amont.catalogue.read import lines as own_lines
from amont.catalogue.rules import Outcome
from amont.chain.actions.claims import bring_paths
from amont.chain.actions.contacts import bring_contacts
from amont.chain.actions.lines import bring_lines
from amont.chain.book import PlannedContact
from amont.chain.read.book import contacts_planned
from amont.chain.read.lines import LinesOutcome, lines_brought_planned
from amont.chain.read.paths import PathsOutcome, paths_above_line_planned
from amont.exchange import cells, fields, marked, plan, reasons
from amont.exchange.cells import CellError, Wrong
from amont.exchange.plan import Settings
from amont.exchange.reading import read_file
from amont.exchange.shapes import Rows, rows_of
from amont.exchange.tables import Sheet, Table, address
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer

MOST_ERRORS_KEPT = 5_000
PALM = ("palm", "palme")


@dataclass(slots=True)
class Result:
    """What the rows of a file come to: outcome by row, the cells that do not do, and what else is to be told."""

    outcomes: dict[int, Outcome]
    errors: list[CellError]
    read: int
    more: dict[str, object] = made(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows came to this."""
        return sum(each is outcome for each in self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that waits, as the user's choices read it."""

    fact: ImportFact
    sheets: tuple[Sheet, ...]
    table: Table
    settings: Settings
    errors: Mapping[str, Sequence[object]]


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that waits, what each row would come to (None when the choices do not do), and what is wrong with them."""

    opened: Opened
    result: Result | None
    errors: Mapping[str, Sequence[object]]


def bring_file(viewer: Viewer, content: bytes, *, file_name: str, shape: str = "") -> ImportFact:
    """Read a file, find its shape (unless given) and its columns, and keep it for its owner to look at.

    Raises `Refused` at "file" with the reason for a file that does not do, `Denied`.
    """
    sheets = read_file(content, file_name)
    found, settings = plan.first_settings(sheets, shape)
    if found == "paths":
        settings = _with_line(viewer, settings)
    return keeping.keep_file(viewer, content, file_name=file_name, shape=found, settings=settings.as_json())


def _with_line(viewer: Viewer, settings: Settings) -> Settings:
    """Propose an own line of the name that the file suggests, if there is one already."""
    names = {folded(settings.new_line), *(PALM if settings.new_line else ())}
    same = [line for line, label in own_lines.line_choices(viewer) if folded(label) in names]
    if not same:
        return settings
    return Settings(settings.sheet, settings.header_row, settings.columns, settings.kind, line=same[0])


def opened(viewer: Viewer, public_id: str) -> Opened:
    """Return a file that waits. Raises `NotKnown`, also for a file that was imported or dropped."""
    fact = kept.import_of(viewer, public_id)
    content = kept.content_of(viewer, public_id)
    if content is None:
        raise NotKnown
    sheets = read_file(content, fact.file_name)
    settings = Settings.of_json(fact.settings)
    try:
        return Opened(fact, sheets, plan.table_for(sheets, settings), settings, {})
    except Refused as refused:
        table = plan.table_for(sheets, Settings(sheet=settings.sheet))
        return Opened(fact, sheets, table, settings, refused.errors)


def preview(viewer: Viewer, public_id: str) -> Preview:
    """Return what a file that waits would do. Writes nothing.

    Raises `NotKnown`, also for a file that was imported or dropped.
    """
    found = opened(viewer, public_id)
    if found.errors:
        return Preview(found, None, found.errors)
    try:
        plan.check_columns(found.fact.shape, found.table, found.settings)
    except Refused as refused:
        return Preview(found, None, refused.errors)
    return Preview(found, _planned(viewer, found.fact.shape, found.table, settings=found.settings), {})


def choose(viewer: Viewer, public_id: str, *, shape: str, settings: Settings) -> ImportFact:
    """Remember the user's choices; a new shape, sheet or header row finds its columns anew.

    Raises `NotKnown`, `Denied`.
    """
    before = opened(viewer, public_id)
    same_sheet = settings.sheet == before.settings.sheet
    same_table = same_sheet and settings.header_row == before.settings.header_row
    if shape != before.fact.shape or not same_table:
        settings = _fresh(before.sheets, shape, settings, same_sheet=same_sheet)
    return keeping.choose(viewer, public_id, shape=shape, settings=settings.as_json())


def _fresh(sheets: tuple[Sheet, ...], shape: str, settings: Settings, *, same_sheet: bool) -> Settings:
    wanted = Settings(settings.sheet, settings.header_row if same_sheet else 0)
    try:
        table = plan.table_for(sheets, wanted)
    except Refused:
        return settings  # the page says what is wrong with them
    columns = fields.columns_of(shape, table.header)
    return Settings(table.sheet, table.header_row, columns, settings.kind, settings.line, settings.new_line)


def run(viewer: Viewer, public_id: str) -> ImportFact:
    """Import a file that waits: good rows go in, the others are told cell by cell; the report is kept, the file is not.

    A second time changes nothing and returns the same report. Raises `NotKnown`, `Denied`, and `Refused` for choices
    that do not do.
    """
    with transaction.atomic():
        content = keeping.take(viewer, public_id)
        fact = kept.import_of(viewer, public_id)
        if content is None:
            if fact.done_at is None:
                raise NotKnown
            return fact
        settings = Settings.of_json(fact.settings)
        table = plan.table_for(read_file(content, fact.file_name), settings)
        plan.check_columns(fact.shape, table, settings)
        rows = _rows(viewer, fact.shape, table, settings=settings)
        result = _done(viewer, fact.shape, rows, settings=settings)
        copy = _copy(table, result) if result.errors else None
        report = _report(fact.shape, table, result) | {"marked": copy is not None}
        if fact.shape == "paths":
            report["line"] = settings.line or own_lines.line_named(viewer, settings.new_line)
        return keeping.close(viewer, public_id, report=report, marked=copy)


def _rows(viewer: Viewer, shape: str, table: Table, *, settings: Settings) -> Rows:
    unit = plan.heading_unit(table, settings)
    return rows_of(shape, table, settings.columns, families=own_lines.families(viewer), volume_unit=unit)


def _planned(viewer: Viewer, shape: str, table: Table, *, settings: Settings) -> Result:
    rows = _rows(viewer, shape, table, settings=settings)
    if shape == "lines":
        _plan, lines = lines_brought_planned(viewer, rows.lines, rows.suppliers)
        return _of_lines(rows, lines, settings)
    if shape == "contacts":
        return _of_contacts(rows, contacts_planned(viewer, rows.contacts), settings)
    line = "" if settings.new_line else settings.line
    _paths_plan, paths = paths_above_line_planned(viewer, rows.paths, line=line, new_line=settings.new_line)
    return _of_paths(rows, paths)


def _done(viewer: Viewer, shape: str, rows: Rows, *, settings: Settings) -> Result:
    if shape == "lines":
        return _of_lines(rows, bring_lines(viewer, rows.lines, rows.suppliers, kind=settings.kind), settings)
    if shape == "contacts":
        return _of_contacts(rows, bring_contacts(viewer, rows.contacts), settings)
    families = own_lines.families(viewer)
    new = new_line_draft(settings.new_line, families) if settings.new_line else None
    return _of_paths(rows, bring_paths(viewer, rows.paths, line=settings.line, new_line=new))


def new_line_draft(name: str, families: tuple[Code, ...]) -> LineDraft:
    """Return the line made for paths: of this name, and of the family that its name says, if it says one."""
    try:
        family = cells.family(families)(name)
    except Wrong:
        family = ""
    return LineDraft(row=0, name=" ".join(name.split())[:200], family=family)


def _of_lines(rows: Rows, lines: LinesOutcome, settings: Settings) -> Result:
    codes = ("reference", "name")
    column = next((column for code in codes for column, each in settings.columns.items() if each == code), None)
    said = {draft.row: draft.reference or draft.name for draft in rows.lines}
    clashes = [CellError(row, column, said[row], "clash", {"row": str(clash)}) for row, clash in lines.clashes.items()]
    more: dict[str, object] = {"firms_added": lines.firms_added, "sources_added": lines.sources_added}
    return _result(rows, dict(lines.outcomes), clashes, more)


def _of_contacts(rows: Rows, contacts: Sequence[PlannedContact], settings: Settings) -> Result:
    column = next((column for column, each in settings.columns.items() if each == "name"), None)
    said = {draft.row: draft.name for draft in rows.contacts}
    outcomes, clashes = {}, []
    for each in contacts:
        outcomes[each.row] = each.outcome
        if each.clash:
            clashes.append(CellError(each.row, column, said[each.row], "clash", {"row": str(each.clash)}))
        if each.is_unclear:
            clashes.append(CellError(each.row, column, said[each.row], "which_firm"))
    return _result(rows, outcomes, clashes, {})


def _of_paths(rows: Rows, paths: PathsOutcome) -> Result:
    told = asdict(paths)
    outcomes = dict(told.pop("outcomes"))
    odd = {heading: counts for heading, counts in rows.odd.items() if len(counts) <= 20}  # noqa: PLR2004 - a code list
    return _result(rows, outcomes, [], {"paths": told, "kept_values": odd})


def _result(rows: Rows, outcomes: dict[int, Outcome], clashes: list[CellError], more: dict[str, object]) -> Result:
    for row in rows.refused:
        outcomes[row] = Outcome.REFUSED
    errors = sorted((*rows.errors, *clashes), key=lambda each: (each.row, -1 if each.column is None else each.column))
    return Result(outcomes, errors, rows.read, more)


def _copy(table: Table, result: Result) -> bytes:
    said: dict[int, list[tuple[int | None, str]]] = {}
    for each in result.errors:
        reason, remedy = reasons.in_words(each.code, each.said)
        said.setdefault(each.row, []).append((each.column, marked.reason_at(each.row, each.column, reason, remedy)))
    return marked.marked_copy(table, [row for row in table.rows if row.number in said], said)


def _report(shape: str, table: Table, result: Result) -> dict[str, object]:
    """Return the report as it is kept: counts that close, the first errors by cell, and what else is to be told."""
    return {
        "shape": shape,
        "sheet": table.sheet,
        "read": result.read,
        **{outcome.value: result.count(outcome) for outcome in Outcome},
        "wrong_cells": len(result.errors),
        "errors": [error_as_json(table, each) for each in result.errors[:MOST_ERRORS_KEPT]],
        "doubled": [heading for heading, _columns in plan.doubled(table)],
        **result.more,
    }


def error_as_json(table: Table, each: CellError) -> dict[str, object]:
    """Return one cell that does not do as it is kept: where, what stands there, the reason's code."""
    heading = table.header[each.column] if each.column is not None and each.column < len(table.header) else ""
    return {
        "row": each.row,
        "cell": "" if each.column is None else address(each.row, each.column),
        "heading": heading,
        "value": each.value[:200],
        "code": each.code,
        "said": dict(each.said),
    }


def shape_name(shape: str) -> str:
    """Return what a file of this shape holds, in words."""
    return {"lines": _("Article lines"), "contacts": _("Suppliers"), "paths": _("Supply paths")}[shape]
