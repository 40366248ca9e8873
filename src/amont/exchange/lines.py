"""From rows of text to article lines with who supplies them: the shape that comes by the hundred thousand.

What a column says is read once for each text that it holds, and a row costs little more than its new texts.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from amont.catalogue.facts import LineDraft
from amont.catalogue.lists import Code
from amont.chain.actions.contacts import is_mail
from amont.chain.facts_book import ContactDraft, SupplierDraft
from amont.exchange import cells
from amont.exchange.cells import PLAIN, CellError, Wrong
from amont.exchange.tables import Row

CODES = ("id", "reference", "name", "kind", "inci", "material", "hs_code", "family", "unit")
SUPPLIER = tuple(
    f"supplier{each}" for each in ("", "_country", "_registry", "_person", "_mail", "_language", "_reference")
)
TEXTS = {"reference": 80, "inci": 400, "material": 200, "supplier_person": 120, "supplier_reference": 120}
_MOST_KEPT = 50_000
_BLANKS = re.compile(r"\s\s|[^\S ]|(?:^|\0) | (?:\0|$)")
"""Blanks that a text is not kept with, in texts joined by zeros."""

Columns = Sequence[Sequence["str | Wrong"]]


class _Known(dict[str, "str | Wrong"]):
    """What each text of a column means, read when it is met first."""

    def of(self, column: Sequence[str]) -> "Sequence[str | Wrong]":
        """Return what each text of a column means."""
        return list(map(self.__getitem__, column))

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__({"": ""})
        self.read = read

    def __missing__(self, written: str) -> "str | Wrong":
        try:
            cells.check_value(written)
            found: str | Wrong = self.read(written)
        except Wrong as wrong:
            found = wrong
        if len(self) < _MOST_KEPT:
            self[written] = found
        return found


class _Texts(_Known):
    """Plain texts up to a length: a column in which each is as it should be is taken whole."""

    def __init__(self, read: Callable[[str], str], longest: int, *, is_name: bool = False) -> None:
        super().__init__(read)
        self.longest, self.is_name = longest, is_name

    def of(self, column: Sequence[str]) -> "Sequence[str | Wrong]":
        """Return the texts."""
        joined = "\0".join(column)
        fits = max(map(len, column), default=0) <= self.longest and "#" not in joined and not _BLANKS.search(joined)
        return column if fits and (not self.is_name or all(map(PLAIN.search, column))) else super().of(column)


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
        self.own = [(self.at.get(code, -1), readers[code]) for code in CODES]
        self.supplier = [(self.at.get(code, -1), readers[code]) for code in SUPPLIER]
        self.volumes: dict[str, _Known] = {}
        self.firms: dict[tuple[str, ...], SupplierDraft] = {}
        self.has_supplier = any(column >= 0 for column, _known in self.supplier)

    def read(self, numbers: Sequence[int], texts: Sequence[Sequence[str]]) -> Lines:
        """Return what rows say, `texts` by column: all at once, then the few with something wrong one by one."""
        blank = ("",) * len(numbers)
        own = [self._said(texts, column, known) or blank for column, known in self.own]
        firm = [self._said(texts, column, known) or blank for column, known in self.supplier]
        bands = self._bands(texts, own[-1]) or blank
        odd = self._odd(own, firm, bands)
        found = Lines()
        for at in sorted(odd):
            row = Row(numbers[at], tuple(each[at] for each in texts))
            said, told = [each[at] for each in own], [each[at] for each in firm]
            errors = list(self._errors(row, said, told if self.has_supplier else (), bands[at]))
            found.errors += errors
            if not errors:
                odd.discard(at)
        found.drafts = list(map(LineDraft._make, zip(numbers, *own[1:], bands, own[0], strict=True)))
        if self.has_supplier:
            named = enumerate(zip(numbers, *firm, strict=True))
            found.suppliers = {said[0]: self._firm(*said) for at, said in named if said[1] and at not in odd}
        if odd:
            found.drafts = [draft for at, draft in enumerate(found.drafts) if at not in odd]
        return found

    def _said(self, texts: Sequence[Sequence[str]], column: int, known: "_Known") -> "Sequence[str | Wrong] | None":
        return known.of(texts[column]) if 0 <= column < len(texts) else None

    def _odd(self, own: "Columns", firm: "Columns", bands: "Sequence[str | Wrong]") -> set[int]:
        """Return the places of rows that lack something or say something that does not do."""
        found = set(_empty(own[2]))
        if "reference" in self.at:
            found.update(_empty(own[1]))
        if self.has_supplier:
            found.update(_empty(firm[0]))
        for column in (*own, *firm, bands):
            if Wrong in set(map(type, column)):
                found.update(at for at, said in enumerate(column) if isinstance(said, Wrong))
        return found

    def _bands(self, texts: Sequence[Sequence[str]], units: "Sequence[str | Wrong]") -> "Sequence[str | Wrong] | None":
        column = self.at.get("volume", -1)
        if not 0 <= column < len(texts):
            return None
        return [self._of_unit(unit)[text] if text else "" for unit, text in zip(units, texts[column], strict=True)]

    def _of_unit(self, unit: "str | Wrong") -> "_Known":
        unit = str(unit) or self.unit
        known = self.volumes.get(unit)
        if known is None:
            known = self.volumes[unit] = _Known(
                lambda written: cells.volume_band(written, unit, decimal=self.decimal),
            )
        return known

    def _firm(self, number: int, *said: str) -> SupplierDraft:
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


def _empty(column: "Sequence[str | Wrong]") -> list[int]:
    return [at for at, said in enumerate(column) if not said] if "" in column else []


def _readers(families: tuple[Code, ...]) -> Mapping[str, _Known]:
    read: Mapping[str, Callable[[str], str]] = {
        "id": cells.public_id,
        "kind": cells.kind,
        "hs_code": cells.hs_code,
        "family": cells.family(families),
        "unit": cells.unit,
        "supplier_country": cells.country,
        "supplier_mail": cells.mail(is_mail),
        "supplier_language": cells.language,
        "supplier_registry": cells.registry_id,
    }
    names = {code: _Texts(cells.name(200), 200, is_name=True) for code in ("name", "supplier")}
    texts = {code: _Texts(cells.text(longest), longest) for code, longest in TEXTS.items()}
    return {code: _Known(each) for code, each in read.items()} | names | texts
