"""Invoices and credit notes from a file: a CSV or XLSX table of lines, UBL, or Factur-X; told by the content."""

from dataclasses import replace

from amont.exchange.buying.columns import Cells, Words, cells_of, place
from amont.exchange.buying.einvoices import is_xml, read_pdf, read_xml
from amont.exchange.tables import Row
from amont.kernel.errors import Refused
from amont.kernel.folding import folded
from amont.kernel.viewer import Viewer
from amont.purchasing import actions
from amont.purchasing.facts import Brought, DocumentDraft, LineDraft

WORDS: Words = {
    "document": (
        "document",
        "invoice",
        "facture",
        "invoice number",
        "numéro de facture",
        "n° facture",
        "numéro",
        "number",
    ),
    "kind": ("kind", "type", "nature"),
    "date": ("date", "invoice date", "date de facture", "date facture"),
    "line": ("line", "ligne", "line number", "n° ligne", "numéro de ligne"),
    "customer": (
        "customer",
        "client",
        "customer number",
        "numéro client",
        "n° client",
        "code client",
        "buyer",
        "acheteur",
    ),
    "reference": ("reference", "référence", "ref", "réf", "sku", "article", "code article"),
    "name": ("name", "désignation", "libellé", "description"),
    "unit": ("unit", "unité", "uom"),
    "quantity": ("quantity", "quantité", "qté", "qty"),
    "amount": ("amount", "montant", "montant ht", "net amount", "net", "total ht"),
    "vat": ("vat", "tva", "vat %", "taux de tva", "vat rate", "taux tva"),
    "currency": ("currency", "devise", "monnaie"),
    "corrects": ("corrects", "facture d'origine", "original invoice", "corrected invoice", "facture corrigée"),
}
CREDIT = frozenset({"credit", "credit note", "avoir", "note de credit", "creditnote", "a"})


def bring_documents(viewer: Viewer, agreement: str, content: bytes, file_name: str, *, currency: str) -> Brought:
    """Bring what a file holds; `currency` is that of a table that names none.

    Raises `NotKnown`, `Denied`, `Refused` with the places that do not do; then nothing is kept.
    """
    if content.lstrip().startswith(b"%PDF"):
        return actions.bring(viewer, agreement, documents=[read_pdf(content)], channel="facturx")
    if is_xml(content):
        return actions.bring(viewer, agreement, documents=[read_xml(content)], channel="xml")
    return actions.bring(viewer, agreement, documents=read_table(content, file_name, currency), channel="csv")


def read_table(content: bytes, file_name: str, currency: str) -> list[DocumentDraft]:
    """Return the documents of a table of lines, one document being all rows of its number. Raises `Refused`."""
    cells = cells_of(content, file_name, WORDS, needed=("document", "date", "reference", "quantity", "amount", "vat"))
    documents: dict[str, DocumentDraft] = {}
    lines: dict[str, list[LineDraft]] = {}
    for row in cells.rows():
        number = cells.text(row, "document", needed=True)
        documents.setdefault(number, _document(cells, row, number, currency))
        lines.setdefault(number, []).append(_line(cells, row, len(lines.get(number, ())) + 1))
    if cells.wrong:
        raise Refused(cells.wrong)
    return [replace(each, lines=tuple(lines[number])) for number, each in documents.items()]


def _document(cells: Cells, row: Row, number: str, currency: str) -> DocumentDraft:
    kind = "credit" if folded(cells.text(row, "kind")) in CREDIT else "invoice"
    return DocumentDraft(
        place=place(row),
        number=number,
        kind=kind,
        dated_on=cells.day(row, "date"),
        currency=cells.text(row, "currency").upper() or currency,
        customer=cells.text(row, "customer"),
        corrects=cells.text(row, "corrects"),
        lines=(),
    )


def _line(cells: Cells, row: Row, at: int) -> LineDraft:
    return LineDraft(
        place=place(row),
        number=cells.text(row, "line").lstrip("0") or str(at),
        reference=cells.text(row, "reference"),
        name=cells.text(row, "name"),
        unit=cells.text(row, "unit"),
        quantity=cells.number(row, "quantity"),
        amount=cells.number(row, "amount"),
        vat_percent=cells.number(row, "vat"),
    )
