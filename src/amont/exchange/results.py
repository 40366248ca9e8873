"""What the rows of a file come to: outcomes that close, the cells that do not do, the marked copy, the report."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from dataclasses import field as made

from amont.catalogue.facts_sites import SiteDraft
from amont.catalogue.rules import Outcome, Refusal
from amont.chain.book import PlannedContact
from amont.chain.read.lines import LinesOutcome
from amont.chain.read.paths import PathsOutcome
from amont.chain.read.sites import SitesOutcome
from amont.exchange import marked, plan, reasons
from amont.exchange.cells import CellError
from amont.exchange.plan import Settings
from amont.exchange.shapes import Rows
from amont.exchange.tables import Table, address

MOST_ERRORS_KEPT = 5_000


@dataclass(slots=True)
class Result:
    """What the rows of a file come to: outcome by row, the cells that do not do, and what else is to be told."""

    outcomes: dict[int, Outcome]
    errors: list[CellError]
    read: int
    more: dict[str, object] = made(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        """Return how many rows came to this."""
        return list(self.outcomes.values()).count(outcome)


def of_lines(rows: Rows, lines: LinesOutcome, settings: Settings) -> Result:
    """Return what a file of lines comes to."""
    said = {draft.row: draft for draft in rows.lines} if lines.refusals else {}
    clashes = []
    for row, (why, clash) in lines.refusals.items():
        draft = said[row]
        column = _column_of(settings, ("id",) if why is Refusal.UNKNOWN_ID else ("reference", "name"))
        value = draft.public_id if why is Refusal.UNKNOWN_ID else draft.reference or draft.name
        clashes.append(CellError(row, column, value, why.value, {"row": str(clash)}))
    more: dict[str, object] = {"firms_added": lines.firms_added, "sources_added": lines.sources_added}
    return _result(rows, dict(lines.outcomes), clashes, more)


def _column_of(settings: Settings, codes: Sequence[str]) -> int | None:
    """Return the first column that means the first of these that any column means."""
    return next((column for code in codes for column, each in settings.columns.items() if each == code), None)


def of_contacts(rows: Rows, contacts: Sequence[PlannedContact], settings: Settings) -> Result:
    """Return what a file of firms comes to."""
    column = _column_of(settings, ("name",))
    said = {draft.row: draft for draft in rows.contacts}
    outcomes, clashes = {}, []
    for each in contacts:
        outcomes[each.row] = each.outcome
        if each.clash:
            clashes.append(CellError(each.row, column, said[each.row].name, "clash", {"row": str(each.clash)}))
        if each.is_unclear:
            clashes.append(CellError(each.row, column, said[each.row].name, "which_firm"))
        if each.refusal is Refusal.UNKNOWN_ID:
            wrong = said[each.row].public_id
            clashes.append(CellError(each.row, _column_of(settings, ("id",)), wrong, "unknown_id"))
        if each.refusal is Refusal.TAKEN:
            clashes.append(CellError(each.row, column, said[each.row].name, "firm_taken"))
    return _result(rows, outcomes, clashes, {})


def of_sites(rows: Rows, sites: SitesOutcome, settings: Settings) -> Result:
    """Return what a file of sites comes to."""
    column = {code: at for at, code in reversed(list(settings.columns.items()))}
    said = {draft.row: draft for draft in rows.sites}
    clashes = [
        CellError(row, column.get("name"), said[row].name, "clash", {"row": str(clash)})
        for row, clash in sites.clashes.items()
    ]
    firm_at = column.get("firm", column.get("group", column.get("name")))
    clashes += [CellError(row, firm_at, said[row].firm or said[row].name, "which_firm") for row in sites.unclear]
    read_as = [
        {"row": draft.row, "name": draft.name, "written": draft.point_written, "point": _point(draft)}
        for draft in rows.sites
        if draft.point_written
    ]
    told = {"own": sites.own, "firms_added": sites.firms_added, "read_as": read_as[:MOST_ERRORS_KEPT]}
    odd = {heading: counts for heading, counts in rows.odd.items() if len(counts) <= 20}  # noqa: PLR2004 - a code list
    return _result(rows, dict(sites.outcomes), clashes, {"sites": told, "kept_values": odd})


def _point(draft: SiteDraft) -> str:
    return f"{draft.latitude:.6g}, {draft.longitude:.6g}"


def of_paths(rows: Rows, paths: PathsOutcome) -> Result:
    """Return what a file of supply paths comes to."""
    told = asdict(paths)
    outcomes = dict(told.pop("outcomes"))
    odd = {heading: counts for heading, counts in rows.odd.items() if len(counts) <= 20}  # noqa: PLR2004 - a code list
    return _result(rows, outcomes, [], {"paths": told, "kept_values": odd})


def _result(rows: Rows, outcomes: dict[int, Outcome], clashes: list[CellError], more: dict[str, object]) -> Result:
    for row in rows.refused:
        outcomes[row] = Outcome.REFUSED
    errors = sorted((*rows.errors, *clashes), key=lambda each: (each.row, -1 if each.column is None else each.column))
    return Result(outcomes, errors, rows.read, more)


def marked_rows(table: Table, result: Result) -> bytes:
    """Return the refused rows as their owner wrote them, with the reasons in the language that is active."""
    said: dict[int, list[tuple[int | None, str]]] = {}
    for each in result.errors:
        reason, remedy = reasons.in_words(each.code, each.said)
        said.setdefault(each.row, []).append((each.column, marked.reason_at(each.row, each.column, reason, remedy)))
    return marked.marked_copy(table, [row for row in table.rows if row.number in said], said)


def report_of(shape: str, table: Table, result: Result) -> dict[str, object]:
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
