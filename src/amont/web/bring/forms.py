"""Forms of files, lines and firms of one's own book."""

from collections.abc import Iterable, Iterator, Mapping

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amont.catalogue.facts import LineDraft
from amont.catalogue.lists import Code
from amont.catalogue.rules import FIELDS
from amont.chain.facts_book import ContactDraft
from amont.exchange import fields
from amont.exchange.encodings import OFFERED
from amont.exchange.encodings import shown as encoding_shown
from amont.exchange.found import NUMBERS, days_of, decimal_of
from amont.exchange.importing import Opened
from amont.exchange.manner import Manner
from amont.exchange.plan import Settings
from amont.exchange.reading import MOST_BYTES
from amont.exchange.tables import letters
from amont.web.bring.words import BANDS, KINDS, SHAPES, code_choices, country_choices
from amont.web.shell.templatetags.ui import in_country

LANGUAGES = (("", _("not known")), ("fr", "Français"), ("en", "English"))
_SAMPLES = 3


DELIMITERS = ((";", _("semicolon ;")), (",", _("comma ,")), ("\t", _("tab")), ("|", _("bar |")))
SIGNS = {";": _("semicolon"), ",": _("comma"), "\t": _("tab"), "|": _("bar"), ".": _("point")}
HEADER_ROWS = ((1, _("one row")), (2, _("two rows")), (3, _("three rows")), (0, _("none: there are no headings")))
DECIMALS = ((",", _("comma: 1 234,5")), (".", _("point: 1,234.5")))
DAYS = (("dmy", _("day, month, year")), ("mdy", _("month, day, year")))


class UploadForm(forms.Form):
    """A file to bring, or cells copied from one."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("CSV, Excel (XLSX, XLS) or ODS, up to 50 MB and 100,000 rows, as it comes out of your system."),
        allow_empty_file=True,
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods"}),
    )
    cells = forms.CharField(
        label=_("Or cells copied from a spreadsheet"),
        help_text=_("Select them with their headings, copy, and paste them here."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )
    shape = forms.ChoiceField(
        label=_("What it holds"), choices=[("", _("Find out by the headings")), *SHAPES.items()], required=False
    )

    def clean(self) -> dict[str, object]:
        """Ask for one of the two."""
        said = self.cleaned_data
        if not said.get("file") and not str(said.get("cells", "")).strip() and "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return said

    def sent(self) -> tuple[bytes, str]:
        """Return what was sent, and the name that it bears."""
        found = self.cleaned_data.get("file")
        if found is not None:
            return found.read(MOST_BYTES + 1), found.name or ""
        return self.cleaned_data["cells"].encode(), gettext("Pasted cells")


class ColumnsForm(forms.Form):
    """What the columns of a file mean, and what the file does not say."""

    shape = forms.ChoiceField(label=_("What the file holds"), choices=list(SHAPES.items()))
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(label=_("Row of the headings"), min_value=1, max_value=1_048_576)
    header_rows = forms.TypedChoiceField(label=_("Headings stand in"), choices=HEADER_ROWS, coerce=int)
    encoding = forms.ChoiceField(label=_("Encoding"), required=False)
    delimiter = forms.ChoiceField(label=_("Columns are separated by"), choices=DELIMITERS, required=False)
    decimal = forms.ChoiceField(label=_("Before decimals stands a"), choices=DECIMALS, required=False)
    days = forms.ChoiceField(label=_("Days are written"), choices=DAYS, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of the lines whose row does not say it"), choices=list(KINDS.items()), required=False
    )
    whose = forms.ChoiceField(
        label=_("Whose sites these are"),
        choices=[("suppliers", _("my suppliers’, or of firms above them")), ("own", _("my own"))],
        required=False,
    )
    line = forms.ChoiceField(label=_("These paths stand above your line"), required=False)
    new_line = forms.CharField(
        label=_("Name of the new line"), max_length=200, required=False, help_text=_("Only for a new line.")
    )

    def __init__(
        self, opened: Opened, lines: Iterable[tuple[str, str]], data: Mapping[str, object] | None = None
    ) -> None:
        """Offer what this file has; without `data` as its owner chose last."""
        super().__init__(chosen(opened) if data is None else data)
        self.opened = opened
        names = [(sheet.name, sheet.name) for sheet in opened.sheets]
        self._choose("sheet", names)
        self._choose("line", [("", gettext("a new line, named below")), *lines])
        if opened.fact.shape != "lines":
            del self.fields["kind"]
        if opened.fact.shape != "sites":
            del self.fields["whose"]
        if opened.fact.shape != "paths":
            del self.fields["line"], self.fields["new_line"]
        if len(names) < 2:  # noqa: PLR2004 - one sheet leaves no choice
            del self.fields["sheet"]
        self._offer_manners()
        self._add_columns()

    def _offer_manners(self) -> None:
        """Offer what there is to be told: of a text file its signs, of days their order."""
        found = found_of(self.opened)
        self._choose("encoding", [*OFFERED.items(), (found["encoding"], encoding_shown(found["encoding"]))])
        for name in ("encoding", "delimiter", "decimal", "days"):
            if not found[name]:
                del self.fields[name]

    def found(self) -> list[str]:
        """Return how the file is read, in words, part by part."""
        found, table = found_of(self.opened), self.opened.table
        said = [encoding_shown(found["encoding"])] if found["encoding"] else []
        if found["delimiter"]:
            said.append(gettext("separated by: %(sign)s") % {"sign": SIGNS[found["delimiter"]]})
        if len(self.opened.sheets) > 1:
            said.append(gettext("sheet “%(name)s”") % {"name": table.sheet})
        rows = {"first": table.header_row, "last": table.header_row + table.header_rows - 1}
        one, several = gettext("headings in row %(first)s"), gettext("headings in rows %(first)s to %(last)s")
        none = gettext("no headings, from row %(first)s on")
        said.append((one if table.header_rows == 1 else several if table.header_rows else none) % rows)
        if found["decimal"]:
            said.append(gettext("decimals: %(sign)s") % {"sign": SIGNS[found["decimal"]]})
        if found["days"]:
            said.append(gettext("days: %(order)s") % {"order": dict(DAYS)[found["days"]]})
        return said

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _add_columns(self) -> None:
        tiers = range(2, fields.MOST_TIERS + 1) if self.opened.fact.shape == "paths" else ()
        meanings = [(each.code, each.label) for each in fields.choices(self.opened.fact.shape, tiers)]
        offered = [("", _("left out")), *meanings]
        for column, heading in enumerate(self.opened.table.header):
            label = heading or _("Column %(letter)s") % {"letter": letters(column)}
            self.fields[f"column-{column}"] = forms.ChoiceField(label=label, choices=offered, required=False)

    def columns(self) -> Iterator[tuple[str, list[str], BoundField, bool]]:
        """Give each column's letter, its first values, its choice, and whether that is the one of last time."""
        for column in range(len(self.opened.table.header)):
            samples = [row.cell(column) for row in self.opened.table.rows if row.cell(column)][:_SAMPLES]
            yield letters(column), samples, self[f"column-{column}"], column in self.opened.settings.as_last

    def settings(self) -> Settings:
        """Return what was chosen."""
        said = self.cleaned_data
        columns = {
            column: code for column in range(len(self.opened.table.header)) if (code := said.get(f"column-{column}"))
        }
        return Settings(
            sheet=said.get("sheet") or self.opened.settings.sheet,
            header_row=said["header_row"],
            columns=columns,
            kind=said.get("kind") or self.opened.settings.kind,
            whose=said.get("whose") or self.opened.settings.whose,
            line=said.get("line", ""),
            new_line="" if said.get("line") else said.get("new_line", ""),
            manner=self._manner(),
        )

    def _manner(self) -> Manner:
        """Return what was told: of what stands as it was found, nothing."""
        said, found, kept = self.cleaned_data, found_of(self.opened), self.opened.settings.manner
        told = {
            name: getattr(kept, name) if said.get(name, found[name]) == found[name] else said[name] for name in found
        }
        return Manner(header_rows=said["header_rows"], **told)


def found_of(opened: Opened) -> dict[str, str]:
    """Return how a file is read: encoding, delimiter, sign before decimals, order of days; "" for what it lacks."""
    sheet = next((each for each in opened.sheets if each.name == opened.table.sheet), opened.sheets[0])
    kept, columns = opened.settings.manner, opened.settings.columns
    has_numbers = not NUMBERS.isdisjoint(columns.values())
    return {
        "encoding": sheet.encoding.removesuffix("-sig"),
        "delimiter": sheet.delimiter,
        "decimal": decimal_of(opened.table, columns, kept) if has_numbers else "",
        "days": days_of(opened.table, kept)[0],
    }


def chosen(opened: Opened) -> dict[str, object]:
    """Return the choices kept for a file as form values."""
    kept = opened.settings
    return {
        "shape": opened.fact.shape,
        "sheet": kept.sheet,
        "header_row": kept.header_row or opened.table.header_row,
        "header_rows": opened.table.header_rows,
        **found_of(opened),
        "kind": kept.kind,
        "whose": kept.whose,
        "line": kept.line,
        "new_line": kept.new_line,
        **{f"column-{column}": code for column, code in kept.columns.items()},
    }


class LineForm(forms.Form):
    """One article line by hand."""

    name = forms.CharField(label=_("Name"), max_length=200)
    reference = forms.CharField(
        label=_("Your reference"), max_length=80, required=False, help_text=_("That of your own system.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KINDS.items()))
    family = forms.ChoiceField(label=_("Family"), required=False)
    inci = forms.CharField(label=_("INCI name"), max_length=400, required=False)
    material = forms.CharField(label=_("Material"), max_length=200, required=False)
    hs_code = forms.CharField(
        label=_("Customs code (HS)"), max_length=20, required=False, help_text=_("4, 6, 8 or 10 digits.")
    )
    unit = forms.CharField(label=_("Unit"), max_length=12, required=False)
    volume_band = forms.ChoiceField(
        label=_("Yearly volume"),
        choices=[("", ""), *BANDS.items()],
        required=False,
        help_text=_("In tonnes, or in thousands of pieces."),
    )

    def __init__(self, families: tuple[Code, ...], data: Mapping[str, object] | None = None, **rest: object) -> None:
        """Offer the families of the charter."""
        super().__init__(data, **rest)  # type: ignore[arg-type]
        field = self.fields["family"]
        if isinstance(field, forms.ChoiceField):
            field.choices = code_choices(families)

    def draft(self) -> LineDraft:
        """Return what was said."""
        return LineDraft(row=0, **{name: self.cleaned_data[name] for name in FIELDS})


class ContactForm(forms.Form):
    """One firm of one's own book."""

    name = forms.CharField(label=_("Firm"), max_length=200)
    country = forms.ChoiceField(label=_("Country"), required=False)
    email = forms.EmailField(
        label=_("Mail"), required=False, help_text=_("Of the person who can answer: an invitation goes there.")
    )
    person = forms.CharField(label=_("Contact person"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)
    registry_id = forms.CharField(
        label=_("Registry number"), max_length=40, required=False, help_text=_("SIREN, SIRET, VAT number or LEI.")
    )
    group = forms.CharField(label=_("Group"), max_length=200, required=False)

    def __init__(self, data: Mapping[str, object] | None = None, **rest: object) -> None:
        """Offer the countries in the language of the page."""
        super().__init__(data, **rest)  # type: ignore[arg-type]
        field = self.fields["country"]
        if isinstance(field, forms.ChoiceField):
            field.choices = country_choices()

    def draft(self) -> ContactDraft:
        """Return what was said."""
        return ContactDraft(row=0, **self.cleaned_data)


class SupplierForm(forms.Form):
    """Who supplies a line: a firm of one's own book, or a new one."""

    contact = forms.ChoiceField(label=_("A firm of your book"), required=False)
    name = forms.CharField(label=_("Or a new firm"), max_length=200, required=False)
    country = forms.ChoiceField(label=_("Its country"), required=False)
    email = forms.EmailField(label=_("Its mail"), required=False)

    def __init__(self, contacts: Iterable[tuple[str, str, str]], data: Mapping[str, object] | None = None) -> None:
        """Offer the firms of the book and the countries."""
        super().__init__(data)
        named = [(each, in_country(name, country)) for each, name, country in contacts]
        for name, choices in (("contact", [("", ""), *named]), ("country", country_choices())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean(self) -> dict[str, object]:
        """Ask for one of the two."""
        said = self.cleaned_data
        if not said.get("contact") and not said.get("name"):
            self.add_error("contact", _("Choose a firm, or name a new one."))
        return said

    def draft(self) -> ContactDraft:
        """Return the new firm."""
        said = self.cleaned_data
        return ContactDraft(row=0, name=said["name"], country=said["country"], email=said["email"])
