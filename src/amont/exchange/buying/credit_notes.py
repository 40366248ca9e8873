"""Credit notes of a settlement written as UBL 2.1 by EN 16931; a correction against the buyer is an invoice."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from lxml import etree
from stdnum.eu import vat

from amont.kernel.errors import Refused
from amont.kernel.money import digits
from amont.purchasing.facts import CreditNote

_SPACE = "urn:oasis:names:specification:ubl:schema:xsd"
_CAC, _CBC = f"{_SPACE}:CommonAggregateComponents-2", f"{_SPACE}:CommonBasicComponents-2"
_NUMBER = re.compile(r"(?P<head>.*?)(?P<tail>\d+)", re.DOTALL)
_LONGEST, _CENTS = 40, 2
_ALWAYS = (1980, 1, 1, 0, 0, 0)
Node: TypeAlias = Any
"""A node of lxml, which has no types."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who writes the credit notes, for what: name, country and VAT number of the seller; the agreement and its days."""

    name: str
    country: str
    vat_number: str
    agreement: str
    currency: str
    first_on: date
    settled_on: date


@dataclass(frozen=True, slots=True)
class _Kind:
    root: str
    code: str
    line: str
    quantity: str
    sign: int


_CREDIT = _Kind("CreditNote", "381", "CreditNoteLine", "CreditedQuantity", 1)
_INVOICE = _Kind("Invoice", "380", "InvoiceLine", "InvoicedQuantity", -1)


def packed(issuer: Issuer, notes: Sequence[CreditNote], *, first: str, issued: date) -> bytes:
    """Return the credit notes as a ZIP of UBL files, numbered from `first` on, by buyer; those written by `writable`.

    Raises `Refused` at "vat" for a VAT number that is none, "first" for a number that cannot be counted on, and at ""
    for a currency that EN 16931 does not know (it has two decimals).
    """
    checked = _checked(issuer, first)
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as parts:
        for number, note in zip(_numbers(first), writable(notes), strict=False):
            about = ZipInfo(f"{re.sub(r'[^A-Za-z0-9._-]', '_', number)}.xml", _ALWAYS)
            about.compress_type = ZIP_DEFLATED
            parts.writestr(about, written(checked, note, number=number, issued=issued))
    return out.getvalue()


def writable(notes: Sequence[CreditNote]) -> tuple[CreditNote, ...]:
    """Return the notes that can be written: why a buyer is invoiced without VAT is not known here."""
    return tuple(note for note in notes if all(percent > 0 for percent, _net, _tax in note.vat))


def _checked(issuer: Issuer, first: str) -> Issuer:
    wrong: dict[str, list[object]] = {}
    if not vat.is_valid(issuer.vat_number):
        wrong["vat"] = [_("This is no VAT number of the European Union, for example FR83404833048.")]
    if not _NUMBER.fullmatch(first) or len(first) > _LONGEST:
        wrong["first"] = [_("End the first number with digits: the next ones count on from it.")]
    if digits(issuer.currency) != _CENTS:
        wrong[""] = [_("Electronic invoices (EN 16931) have two decimals; this currency has others.")]
    if wrong:
        raise Refused(wrong)
    return issuer


def _numbers(first: str) -> Iterator[str]:
    found = _NUMBER.fullmatch(first)
    head, tail = (found["head"], found["tail"]) if found else ("", "1")
    number = int(tail)
    while True:
        yield f"{head}{number:0{len(tail)}}"
        number += 1


def written(issuer: Issuer, note: CreditNote, *, number: str, issued: date) -> bytes:
    """Return one credit note as UBL; where the buyer owes (a correction), the invoice of it."""
    kind = _CREDIT if note.total >= 0 else _INVOICE
    root = etree.Element(
        f"{{{_SPACE}:{kind.root}-2}}{kind.root}", nsmap={None: f"{_SPACE}:{kind.root}-2", "cac": _CAC, "cbc": _CBC}
    )
    _said(root, "CustomizationID", "urn:cen.eu:en16931:2017")
    _said(root, "ID", number)
    _said(root, "IssueDate", issued.isoformat())
    _said(root, f"{kind.root}TypeCode", kind.code)
    said = {"agreement": issuer.agreement, "day": issuer.settled_on.isoformat()}
    _said(root, "Note", _("Rebate under “%(agreement)s”, settled on %(day)s.") % said)
    _said(root, "DocumentCurrencyCode", issuer.currency)
    period = _part(root, "InvoicePeriod")
    _said(period, "StartDate", issuer.first_on.isoformat())
    _said(period, "EndDate", issuer.settled_on.isoformat())
    seller = _part(root, "AccountingSupplierParty", "Party")
    _party(seller, issuer.name, issuer.country, vat_number=vat.compact(issuer.vat_number))
    _party(_part(root, "AccountingCustomerParty", "Party"), note.buyer, note.country, number=note.customer)
    _said(_part(root, "PaymentTerms"), "Note", _("Settled on account."))
    _sums(root, kind, issuer.currency, note)
    for at, (percent, net, _tax) in enumerate(note.vat, start=1):
        _line(root, kind, issuer, at=at, percent=percent, net=net * kind.sign)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _part(node: Node, *names: str) -> Node:
    for name in names:
        node = etree.SubElement(node, f"{{{_CAC}}}{name}")
    return node


def _said(node: Node, name: str, text: str, **about: str) -> None:
    etree.SubElement(node, f"{{{_CBC}}}{name}", about).text = text


def _money(node: Node, name: str, amount: Decimal, currency: str) -> None:
    _said(node, name, f"{amount:.2f}", currencyID=currency)


def _party(party: Node, name: str, country: str, *, vat_number: str = "", number: str = "") -> None:
    if number:
        _said(_part(party, "PartyIdentification"), "ID", number)
    _said(_part(party, "PostalAddress", "Country"), "IdentificationCode", country)
    if vat_number:
        scheme = _part(party, "PartyTaxScheme")
        _said(scheme, "CompanyID", vat_number)
        _said(_part(scheme, "TaxScheme"), "ID", "VAT")
    _said(_part(party, "PartyLegalEntity"), "RegistrationName", name)


def _sums(root: Node, kind: _Kind, currency: str, note: CreditNote) -> None:
    total = _part(root, "TaxTotal")
    _money(total, "TaxAmount", (note.total - note.net) * kind.sign, currency)
    for percent, net, tax in note.vat:
        part = _part(total, "TaxSubtotal")
        _money(part, "TaxableAmount", net * kind.sign, currency)
        _money(part, "TaxAmount", tax * kind.sign, currency)
        _category(_part(part, "TaxCategory"), percent)
    sums = _part(root, "LegalMonetaryTotal")
    for name, amount in (
        ("LineExtensionAmount", note.net),
        ("TaxExclusiveAmount", note.net),
        ("TaxInclusiveAmount", note.total),
        ("PayableAmount", note.total),
    ):
        _money(sums, name, amount * kind.sign, currency)


def _category(node: Node, percent: Decimal) -> None:
    _said(node, "ID", "S")
    _said(node, "Percent", f"{percent.normalize():f}")
    _said(_part(node, "TaxScheme"), "ID", "VAT")


def _line(root: Node, kind: _Kind, issuer: Issuer, *, at: int, percent: Decimal, net: Decimal) -> None:
    """Write what falls on one VAT rate: one piece at its net, less than nothing as minus one piece (BR-27)."""
    line = _part(root, kind.line)
    _said(line, "ID", str(at))
    _said(line, kind.quantity, "1" if net >= 0 else "-1", unitCode="C62")
    _money(line, "LineExtensionAmount", net, issuer.currency)
    item = _part(line, "Item")
    _said(item, "Name", _("Rebate under “%(agreement)s”") % {"agreement": issuer.agreement})
    _category(_part(item, "ClassifiedTaxCategory"), percent)
    _money(_part(line, "Price"), "PriceAmount", abs(net), issuer.currency)
