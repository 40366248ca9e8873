"""What a file that waits would do: its table, what its columns mean, and what each row would come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from amont.exchange import fields, guess, reading
from amont.exchange.headers import table_of
from amont.exchange.manner import FIND, Manner
from amont.exchange.tables import Sheet, Table, repeated_headings
from amont.kernel.errors import Refused
from amont.kernel.folding import folded

KINDS = ("ingredient", "packaging", "raw_material", "service")
_UNIT_IN_HEADING = re.compile(r"[(\[/]\s*([^)\]]+)")


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices for a file: sheet and header row, what each column means, and what the file does not say.

    `whose` tells whether sites are "own" or those of "suppliers". `line` is the public id of the own line above which
    paths stand, `new_line` the name of one to be made instead.
    `as_last` are the columns whose meaning is the one chosen last time, and still is.
    """

    sheet: str = ""
    header_row: int = 0
    columns: Mapping[int, str] = field(default_factory=dict)
    kind: str = "ingredient"
    line: str = ""
    new_line: str = ""
    whose: str = "suppliers"
    as_last: tuple[int, ...] = ()
    manner: Manner = field(default_factory=Manner)

    @property
    def table(self) -> tuple[object, ...]:
        """Return what makes another table of the same file."""
        return self.sheet, self.header_row, self.manner.header_rows, self.manner.text

    def as_json(self) -> dict[str, object]:
        """Return the choices as they are kept."""
        columns = {str(column): code for column, code in self.columns.items()}
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "columns": columns,
            "kind": self.kind,
            "line": self.line,
            "new_line": self.new_line,
            "whose": self.whose,
            "as_last": list(self.as_last),
            "manner": self.manner.as_json(),
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, object]) -> "Settings":
        """Return the choices that were kept."""
        columns, header_row, as_last = kept.get("columns"), kept.get("header_row"), kept.get("as_last")
        return cls(
            sheet=str(kept.get("sheet", "")),
            header_row=header_row if isinstance(header_row, int) else 0,
            columns={int(column): str(code) for column, code in columns.items()} if isinstance(columns, dict) else {},
            kind=str(kept.get("kind", "ingredient")),
            line=str(kept.get("line", "")),
            new_line=str(kept.get("new_line", "")),
            whose=str(kept.get("whose", "suppliers")),
            as_last=tuple(as_last) if isinstance(as_last, list) else (),
            manner=Manner.of_json(kept.get("manner")),
        )


def first_settings(sheets: Sequence[Sheet], shape: str = "") -> tuple[str, Settings]:
    """Return the shape (found, unless given) and the choices that a file suggests.

    Raises `Refused` at "file" for a file in which no table is found.
    """
    tables = [found for sheet in sheets if (found := table_of(sheet, fields.how_known))]
    if not tables:
        raise Refused({"file": [_("No table was found: there should be a row of headings, and rows below it.")]})
    table = max(tables, key=lambda each: (sum(map(fields.how_known, each.header)), min(len(each.rows), 2)))
    if not table.rows:
        raise Refused({"file": [_("This file has headings, but no row below them. Export it again with its rows.")]})
    check_rows(table)
    shape = shape if shape in fields.SHAPES else guess.shape_of(table)
    columns = guess.columns_of(shape, table)
    name = _("Palm") if shape == "paths" and any("mill" in folded(each) for each in table.header) else ""
    manner = Manner(header_rows=table.header_rows)
    return shape, Settings(table.sheet, table.header_row, columns, new_line=name, manner=manner)


def fresh(sheets: Sequence[Sheet], shape: str, settings: Settings, *, before: Settings) -> Settings:
    """Return new choices with the columns found anew, and the header too where the text or the sheet is another one."""
    same = (settings.sheet, settings.manner.text) == (before.sheet, before.manner.text)
    manner = settings.manner if same else replace(settings.manner, header_rows=FIND)
    wanted = replace(settings, header_row=settings.header_row if same else 0, manner=manner)
    try:
        table = table_for(sheets, wanted)
    except Refused:
        return settings  # the page says what is wrong with them
    return replace(
        settings,
        sheet=table.sheet,
        header_row=table.header_row,
        columns=guess.columns_of(shape, table),
        manner=replace(manner, header_rows=table.header_rows),
        as_last=(),
    )


def as_last_time(settings: Settings, keys: Sequence[str], known: Mapping[str, str], *, kind: str = "") -> Settings:
    """Return the choices with the columns meaning what they meant last time; `keys` are their headings, folded.

    A meaning that was chosen for a column is taken from another that only seemed to have it.
    """
    chosen = {column: known[key] for column, key in enumerate(keys) if key in known}
    taken = {code for code in chosen.values() if code not in fields.MANY}
    found = {column: code for column, code in settings.columns.items() if column not in chosen and code not in taken}
    columns = dict(sorted((found | {column: code for column, code in chosen.items() if code}).items()))
    return replace(settings, columns=columns, kind=kind or settings.kind, as_last=tuple(chosen))


def table_for(sheets: Sequence[Sheet], settings: Settings) -> Table:
    """Return the table that the choices name. Raises `Refused` at "header_row" when there is none."""
    sheet = next((each for each in sheets if each.name == settings.sheet), sheets[0])
    rows = settings.manner.header_rows
    found = table_of(sheet, fields.how_known, header_row=settings.header_row, header_rows=rows)
    if found is None:
        raise Refused({"header_row": [_("There is no such row.")]})
    check_rows(found)
    return found


def check_rows(table: Table) -> None:
    """Raise `Refused` at "file" for a table with more rows than a file may have, titles and headings not counted."""
    if len(table.rows) > reading.MOST_ROWS:
        reading.refuse(
            _("This file has more than 100,000 rows. Cut it in two and bring the parts one after the other.")
        )


def check_columns(shape: str, table: Table, settings: Settings) -> None:
    """Refuse, at the column, a meaning chosen twice, and for the whole what is needed and was not chosen."""
    errors: dict[str, list[object]] = {}
    first: dict[str, int] = {}
    for column, code in settings.columns.items():
        if code in first and code not in fields.MANY:
            other = table.header[first[code]] or str(first[code] + 1)
            errors[f"column-{column}"] = [_("Already chosen for the column “%(other)s”.") % {"other": other}]
        first.setdefault(code, column)
    labels = {choice.code: str(choice.label) for choice in fields.choices(shape)}
    missing = [labels[code] for code in fields.NEEDED[shape] if code not in first]
    if missing:
        errors["columns"] = [_("Choose the column for: %(fields)s.") % {"fields": ", ".join(missing)}]
    if shape == "paths" and not settings.line and not folded(settings.new_line):
        errors["line"] = [_("Choose the line above which these paths stand, or name a new one.")]
    if errors:
        raise Refused(errors)


def heading_unit(table: Table, settings: Settings) -> str:
    """Return the unit that stands in the heading of the volume: "Volume (kg)" gives "kg"."""
    column = next((column for column, code in settings.columns.items() if code == "volume"), None)
    if column is None or column >= len(table.header):
        return ""
    found = _UNIT_IN_HEADING.search(table.header[column])
    return found.group(1).strip() if found else ""


def doubled(table: Table) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the headings that stand twice, with their columns."""
    return repeated_headings(table.header, folded)
