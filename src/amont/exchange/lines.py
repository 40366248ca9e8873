"""From rows of text to article lines with who supplies them: the shape that comes by the hundred thousand.

What a column says is read once for each text that it holds, and a row costs little more than its new texts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from amont.catalogue.facts import LineDraft
from amont.catalogue.lists import Code
from amont.chain.actions.contacts import is_mail
from amont.chain.facts_book import ContactDraft, SupplierDraft
from amont.exchange import cells
from amont.exchange.cells import CellError, Wrong
from amont.exchange.tables import Row

CODES = ("id", "reference", "name", "kind", "inci", "material", "hs_code", "family", "unit")
SUPPLIER = tuple(
    f"supplier{each}" for each in ("", "_country", "_registry", "_person", "_mail", "_language", "_reference")
)
_MOST_KEPT = 50_000


class _Known(dict[str, "str | Wrong"]):
    """What each text of a column means, read when it is met first."""

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__({"": ""})
        self.read = read

    def __missing__(self, written: str) -> "str | Wrong":
        try:
            found: str | Wrong = self.read(written)
        except Wrong as wrong:
            found = wrong
        if len(self) < _MOST_KEPT:
            self[written] = found
        return found


@dataclass(slots=True)
class Lines:
    """The good lines of some rows, their suppliers by row, and the cells that do not do."""

    drafts: list[LineDraft] = field(default_factory=list)
    suppliers: dict[int, SupplierDraft] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)


class LineReader:
    """Reads rows of a table of lines; `unit` is that of volumes without one, `decimal` the sign before decimals."""

    def __init__(self, columns: Mapping[int, str], families: tuple[Code, ...], *, unit: str, decimal: str) -> None:
        """Find where each meaning stands."""
        self.unit, self.decimal = unit, decimal
        self.at = {code: column for column, code in reversed(list(columns.items()))}
        readers = _readers(families)
        self.own = [(self.at.get(code, -1), _Known(readers[code])) for code in CODES]
        self.supplier = [(self.at.get(code, -1), _Known(readers[code])) for code in SUPPLIER]
        self.volumes: dict[str, _Known] = {}
        self.firms: dict[tuple[str, ...], SupplierDraft] = {}

    def read(self, rows: Sequence[Row]) -> Lines:
        """Return what these rows say."""
        found = Lines()
        has_supplier = any(column >= 0 for column, _known in self.supplier)
        has_reference = "reference" in self.at
        for row in rows:
            texts = row.cells
            width = len(texts)
            own = [known[texts[column]] if 0 <= column < width else "" for column, known in self.own]
            firm = (
                [known[texts[column]] if 0 <= column < width else "" for column, known in self.supplier]
                if has_supplier
                else ()
            )
            band = self._band(texts, str(own[-1]))
            if not own[2] or (has_reference and not own[1]) or (firm and not firm[0]) or _are_wrong(own, firm, band):
                errors = list(self._errors(row, own, firm, band))
                found.errors += errors
                if errors:
                    continue
            public_id, *said = own
            found.drafts.append(LineDraft._make((row.number, *said, band, public_id)))
            if firm and firm[0]:
                found.suppliers[row.number] = self._firm(row.number, tuple(firm))  # type: ignore[arg-type]
        return found

    def _band(self, texts: Sequence[str], unit: str) -> "str | Wrong":
        column = self.at.get("volume", -1)
        if not 0 <= column < len(texts) or not texts[column]:
            return ""
        unit = unit or self.unit
        known = self.volumes.get(unit)
        if known is None:
            known = self.volumes[unit] = _Known(
                lambda written: cells.volume_band(written, unit, decimal=self.decimal),
            )
        return known[texts[column]]

    def _firm(self, number: int, said: tuple[str, ...]) -> SupplierDraft:
        """Return who supplies a line; a firm that stands on many rows alike is made once, with the first of them."""
        known = self.firms.get(said)
        if known is None:
            name, country, registry_id, person, email, language, reference = said
            firm = ContactDraft(
                row=number,
                name=name,
                country=country,
                registry_id=registry_id,
                person=person,
                email=email,
                language=language,
            )
            known = SupplierDraft(firm, reference)
            if len(self.firms) < _MOST_KEPT:
                self.firms[said] = known
        return known

    def _errors(
        self, row: Row, own: Sequence["str | Wrong"], firm: Sequence["str | Wrong"], band: "str | Wrong"
    ) -> Iterator[CellError]:
        """Give the cells of a row that do not do; what is missing is told once all that is written does."""
        wrong = dict(zip((*CODES, *SUPPLIER), (*own, *firm), strict=False))
        told = [self._error(row, code, value) for code, value in wrong.items() if isinstance(value, Wrong)]
        if told:
            yield from sorted(told, key=lambda each: each.column or 0)
            return
        if not own[2]:
            yield CellError(row.number, self.at.get("name"), "", "missing")
        if not own[1] and "reference" in self.at:
            yield CellError(row.number, self.at["reference"], "", "no_reference")
        spoken = next((code for code in SUPPLIER[2:] if firm and not firm[0] and wrong[code]), "")
        if spoken:
            yield CellError(row.number, self.at[spoken], row.cell(self.at[spoken]), "supplier_missing")
        if isinstance(band, Wrong):
            yield self._error(row, "volume", band)

    def _error(self, row: Row, code: str, wrong: Wrong) -> CellError:
        return CellError(row.number, self.at[code], row.cell(self.at[code]), wrong.code, wrong.said)


def _are_wrong(own: Sequence["str | Wrong"], firm: Sequence["str | Wrong"], band: "str | Wrong") -> bool:
    return Wrong in {*map(type, own), *map(type, firm), type(band)}


def _readers(families: tuple[Code, ...]) -> Mapping[str, Callable[[str], str]]:
    return {
        "id": cells.public_id,
        "reference": cells.text(80),
        "name": cells.name(200),
        "kind": cells.kind,
        "inci": cells.text(400),
        "material": cells.text(200),
        "hs_code": cells.hs_code,
        "family": cells.family(families),
        "unit": cells.unit,
        "supplier": cells.name(200),
        "supplier_country": cells.country,
        "supplier_mail": cells.mail(is_mail),
        "supplier_person": cells.text(120),
        "supplier_language": cells.language,
        "supplier_registry": cells.registry_id,
        "supplier_reference": cells.text(120),
    }
