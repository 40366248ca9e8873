"""From a file to rows in the domains: keep it, show what it would do, import it once, keep the report."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from amont.catalogue.actions import imports as keeping
from amont.catalogue.actions.mapping import forget_columns, remember_columns
from amont.catalogue.facts import ImportFact, LineDraft
from amont.catalogue.lists import Code
from amont.catalogue.read import imports as kept
from amont.catalogue.read import lines as own_lines
from amont.catalogue.read.mapping import heading_keys, remembered
from amont.catalogue.tracing import Trace
from amont.chain.actions.claims import bring_paths
from amont.chain.actions.contacts import bring_contacts
from amont.chain.actions.lines import bring_lines
from amont.chain.actions.pairing import propose_new
from amont.chain.actions.sites import bring_sites
from amont.chain.network import collector_at_rest
from amont.chain.read.book import contacts_planned
from amont.chain.read.lines import lines_brought_planned
from amont.chain.read.paths import paths_above_line_planned
from amont.chain.read.sites import sites_planned
from amont.exchange import cells, guess, plan, results, sample
from amont.exchange.cells import Wrong
from amont.exchange.found import settled
from amont.exchange.plan import Settings
from amont.exchange.reading import read_file
from amont.exchange.results import Result
from amont.exchange.shapes import Rows, rows_of
from amont.exchange.tables import Sheet, Table
from amont.kernel.errors import NotKnown, Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer

MOST_AT_ONCE = 2_000
ROWS_BETWEEN = 20_000
PALM = ("palm", "palme")
Told = Callable[[str, int], None]
"""Told how far an import is: phase (reading, checking, writing) and rows done."""


def _nobody(_phase: str, _rows: int) -> None:
    """Tell nobody: a short file is in before anybody could look."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that waits, as the user's choices read it; of a long one the first rows alone."""

    fact: ImportFact
    sheets: tuple[Sheet, ...]
    table: Table
    settings: Settings
    errors: Mapping[str, Sequence[object]]

    @property
    def is_long(self) -> bool:
        """Tell whether it is the worker that looks at the file and imports it."""
        return self.fact.rows > MOST_AT_ONCE


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that waits, what each row would come to (None when the choices do not do), and what is wrong with them.

    What a long file would do is found by the worker: it stands in `opened.fact.look`, once it is there.
    """

    opened: Opened
    result: Result | None
    errors: Mapping[str, Sequence[object]]


def bring_file(viewer: Viewer, content: bytes, *, file_name: str, shape: str = "") -> ImportFact:
    """Read a file, find its shape (unless given) and its columns, and keep it for its owner to look at.

    Headings that were brought before mean what was chosen for them then.
    Raises `Refused` at "file" with the reason for a file that does not do, `Denied`.
    """
    sheets = read_file(content, file_name)
    found, settings = plan.first_settings(sheets, shape)
    found, settings = _as_last_time(viewer, sheets, found, settings, is_given=bool(shape))
    if found == "paths":
        settings = _with_line(viewer, settings)
    rows = max(len(sheet.rows) for sheet in sheets)
    first = sample.packed(sheets) if rows > MOST_AT_ONCE else None
    return keeping.keep_file(
        viewer, content, file_name=file_name, shape=found, settings=settings.as_json(), rows=rows, sample=first
    )


def _as_last_time(
    viewer: Viewer, sheets: tuple[Sheet, ...], shape: str, settings: Settings, *, is_given: bool
) -> tuple[str, Settings]:
    header = plan.table_for(sheets, settings).header
    last = remembered(viewer, header, shape=shape if is_given else "") or remembered(viewer, header, shape=shape)
    if last is None:
        return shape, settings
    if last.shape != shape:
        settings = replace(settings, columns=guess.columns_of(last.shape, plan.table_for(sheets, settings)))
    return last.shape, plan.as_last_time(settings, heading_keys(header), last.columns, kind=last.kind)


def _with_line(viewer: Viewer, settings: Settings) -> Settings:
    """Propose an own line of the name that the file suggests, if there is one already."""
    names = {folded(settings.new_line), *(PALM if settings.new_line else ())}
    same = [line for line, label in own_lines.line_choices(viewer) if folded(label) in names]
    return replace(settings, line=same[0], new_line="") if same else settings


def opened(viewer: Viewer, public_id: str) -> Opened:
    """Return a file that waits. Raises `NotKnown`, also for a file that was imported or dropped."""
    fact = kept.import_of(viewer, public_id)
    sheets = _sheets(viewer, fact)
    settings = Settings.of_json(fact.settings)
    try:
        return Opened(fact, sheets, plan.table_for(sheets, settings), settings, {})
    except Refused as refused:
        table = plan.table_for(sheets, Settings(sheet=settings.sheet))
        return Opened(fact, sheets, table, settings, refused.errors)


def _sheets(viewer: Viewer, fact: ImportFact) -> tuple[Sheet, ...]:
    first = kept.sample_of(viewer, fact.public_id)
    if first is not None:
        return sample.unpacked(first)
    content = kept.content_of(viewer, fact.public_id)
    if content is None:
        raise NotKnown
    return read_file(content, fact.file_name, Settings.of_json(fact.settings).manner)


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
    if found.is_long:
        return Preview(found, None, {})
    rows = rows_read(viewer, found.fact.shape, found.table, settings=found.settings)
    return Preview(found, planned(viewer, found.fact.shape, rows, settings=found.settings), {})


def choose(viewer: Viewer, public_id: str, *, shape: str, settings: Settings) -> ImportFact:
    """Remember the user's choices; a new shape, sheet or header row finds its columns anew.

    Raises `NotKnown`, `Denied`.
    """
    before = opened(viewer, public_id)
    sheets, first = before.sheets, None
    if settings.manner.text != before.settings.manner.text:
        sheets = read_file(kept.content_of(viewer, public_id) or b"", before.fact.file_name, settings.manner)
        first = sample.packed(sheets) if before.is_long else None
    if shape != before.fact.shape or settings.table != before.settings.table:
        settings = plan.fresh(sheets, shape, settings, before=before.settings)
    else:
        columns, last = settings.columns, before.settings
        still = [column for column in last.as_last if columns.get(column, "") == last.columns.get(column, "")]
        settings = replace(settings, as_last=tuple(still))
    return keeping.choose(viewer, public_id, shape=shape, settings=settings.as_json(), sample=first)


def forget(viewer: Viewer, public_id: str) -> ImportFact:
    """Forget what was chosen before for the headings of a file that waits, and find its columns anew.

    Raises `NotKnown`, `Denied`.
    """
    before = opened(viewer, public_id)
    forget_columns(viewer, before.table.header)
    settings = plan.fresh(before.sheets, before.fact.shape, before.settings, before=before.settings)
    return keeping.choose(viewer, public_id, shape=before.fact.shape, settings=settings.as_json())


def run(viewer: Viewer, public_id: str, *, told: Told = _nobody) -> ImportFact:
    """Import a file that waits: good rows go in, the others are told cell by cell; the report is kept, the file is not.

    Reading and checking come first; then all is written in one transaction, or nothing is. A second time changes
    nothing and returns the same report. `told` hears how far it is, and may raise to end it before anything is written.
    Raises `NotKnown`, `Denied`, and `Refused` for choices that do not do.
    """
    fact = kept.import_of(viewer, public_id)
    content = kept.content_of(viewer, public_id)
    if fact.state == "done":
        return fact
    if content is None:
        raise NotKnown
    told("reading", 0)
    settings = Settings.of_json(fact.settings)
    table = plan.table_for(read_file(content, fact.file_name, settings.manner), settings)
    plan.check_columns(fact.shape, table, settings)
    with collector_at_rest():
        rows = rows_read(viewer, fact.shape, table, settings=settings, told=told)
        return _written(viewer, fact, table, rows, settings=settings, told=told)


def _written(
    viewer: Viewer, fact: ImportFact, table: Table, rows: Rows, *, settings: Settings, told: Told
) -> ImportFact:
    public_id = fact.public_id
    told("writing", len(table.rows))
    with transaction.atomic():
        if not keeping.take(viewer, public_id):
            return kept.import_of(viewer, public_id)
        trace = Trace()
        result = _done(viewer, fact.shape, rows, settings=settings, trace=trace)
        pairs = propose_new(viewer, trace)
        result.more["alike"], result.more["alike_later"] = pairs or 0, pairs is None
        remember_columns(viewer, table.header, shape=fact.shape, columns=settings.columns, kind=settings.kind)
        done = _closed(viewer, fact, table, result, settings=settings, trace=trace)
        told("written", len(table.rows))
    return done


def _closed(
    viewer: Viewer, fact: ImportFact, table: Table, result: Result, *, settings: Settings, trace: Trace
) -> ImportFact:
    undo = trace.packed()
    copy = results.marked_rows(table, result) if result.errors else None
    report = results.report_of(fact.shape, table, result) | {"marked": copy is not None, "undo": undo is not None}
    if fact.shape == "paths":
        report["line"] = settings.line or own_lines.line_named(viewer, settings.new_line)
    return keeping.close(viewer, fact.public_id, report=report, marked=copy, undo=undo)


def rows_read(viewer: Viewer, shape: str, table: Table, *, settings: Settings, told: Told = _nobody) -> Rows:
    """Return what the rows of a table say with these choices; `told` hears how many are checked."""
    unit = plan.heading_unit(table, settings)
    families, manner = own_lines.families(viewer), settled(table, settings.columns, settings.manner)
    found = Rows()
    for start in range(0, len(table.rows), ROWS_BETWEEN):
        told("checking", start)
        part = replace(table, rows=table.rows[start : start + ROWS_BETWEEN])
        found.add(rows_of(shape, part, settings.columns, families=families, volume_unit=unit, manner=manner))
    return found


def planned(viewer: Viewer, shape: str, rows: Rows, *, settings: Settings) -> Result:
    """Return what these rows would come to. Writes nothing."""
    if shape == "lines":
        _plan, lines = lines_brought_planned(viewer, rows.lines, rows.suppliers)
        return results.of_lines(rows, lines, settings)
    if shape == "contacts":
        return results.of_contacts(rows, contacts_planned(viewer, rows.contacts), settings)
    if shape == "sites":
        _sites_plan, sites = sites_planned(viewer, rows.sites, own=settings.whose == "own")
        return results.of_sites(rows, sites, settings)
    line = "" if settings.new_line else settings.line
    _paths_plan, paths = paths_above_line_planned(viewer, rows.paths, line=line, new_line=settings.new_line)
    return results.of_paths(rows, paths)


def _done(viewer: Viewer, shape: str, rows: Rows, *, settings: Settings, trace: Trace) -> Result:
    if shape == "lines":
        brought = bring_lines(viewer, rows.lines, rows.suppliers, kind=settings.kind, trace=trace)
        return results.of_lines(rows, brought, settings)
    if shape == "contacts":
        return results.of_contacts(rows, bring_contacts(viewer, rows.contacts, trace=trace), settings)
    if shape == "sites":
        brought_sites = bring_sites(viewer, rows.sites, own=settings.whose == "own", trace=trace)
        return results.of_sites(rows, brought_sites, settings)
    families = own_lines.families(viewer)
    new = _new_line(settings.new_line, families) if settings.new_line else None
    return results.of_paths(rows, bring_paths(viewer, rows.paths, line=settings.line, new_line=new, trace=trace))


def _new_line(name: str, families: tuple[Code, ...]) -> LineDraft:
    """Return the line made for paths: of this name, and of the family that its name says, if it says one."""
    try:
        family = cells.family(families)(name)
    except Wrong:
        family = ""
    return LineDraft(row=0, name=" ".join(name.split())[:200], family=family)
