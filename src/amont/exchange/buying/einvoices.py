"""Electronic invoices read: UBL 2.1, UN/CEFACT CII, and Factur-X PDF; held against XSD and the rules on totals."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from django.utils.translation import gettext as _
from lxml import etree

from amont.exchange.reading import MOST_BYTES
from amont.kernel.errors import Refused
from amont.purchasing.facts import DocumentDraft, LineDraft

_CREDIT = frozenset({"381", "396", "261", "262"})
_DAY = 8
Node: TypeAlias = Any
"""A node of lxml, which has no types."""


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where a syntax keeps what is read; paths of local names, from the root, or from a line."""

    number: str
    issued: str
    kind: str
    currency: str
    seller: str
    customers: tuple[str, ...]
    corrects: str
    line: str
    line_number: str
    reference: str
    name: str
    quantity: str
    amount: str
    vat: str
    totals: dict[str, str]


def _path(text: str) -> str:
    return "/".join(
        f"*[local-name()='{step}']" if step and not step.startswith((".", "@")) else step for step in text.split("/")
    )


def _ubl(kind: str) -> _Ways:
    line, quantity = f"{kind}Line", "InvoicedQuantity" if kind == "Invoice" else "CreditedQuantity"
    party = "AccountingCustomerParty/Party"
    total = "LegalMonetaryTotal"
    return _Ways(
        number="ID",
        issued="IssueDate",
        kind=f"{kind}TypeCode",
        currency="DocumentCurrencyCode",
        seller="AccountingSupplierParty/Party/PartyLegalEntity/CompanyID",
        customers=(
            "AccountingCustomerParty/SupplierAssignedAccountID",
            f"{party}/PartyIdentification/ID",
            f"{party}/PartyLegalEntity/CompanyID",
        ),
        corrects="BillingReference/InvoiceDocumentReference/ID",
        line=line,
        line_number="ID",
        reference="Item/SellersItemIdentification/ID",
        name="Item/Name",
        quantity=quantity,
        amount="LineExtensionAmount",
        vat="Item/ClassifiedTaxCategory/Percent",
        totals={
            "lines": f"{total}/LineExtensionAmount",
            "allowances": f"{total}/AllowanceTotalAmount",
            "charges": f"{total}/ChargeTotalAmount",
            "net": f"{total}/TaxExclusiveAmount",
            "tax": "TaxTotal/TaxAmount",
            "gross": f"{total}/TaxInclusiveAmount",
        },
    )


_DEAL = "SupplyChainTradeTransaction"
_SUM = f"{_DEAL}/ApplicableHeaderTradeSettlement/SpecifiedTradeSettlementHeaderMonetarySummation"
_CII = _Ways(
    number="ExchangedDocument/ID",
    issued="ExchangedDocument/IssueDateTime/DateTimeString",
    kind="ExchangedDocument/TypeCode",
    currency=f"{_DEAL}/ApplicableHeaderTradeSettlement/InvoiceCurrencyCode",
    seller=f"{_DEAL}/ApplicableHeaderTradeAgreement/SellerTradeParty/SpecifiedLegalOrganization/ID",
    customers=(
        f"{_DEAL}/ApplicableHeaderTradeAgreement/BuyerTradeParty/ID",
        f"{_DEAL}/ApplicableHeaderTradeAgreement/BuyerTradeParty/GlobalID",
        f"{_DEAL}/ApplicableHeaderTradeAgreement/BuyerTradeParty/SpecifiedLegalOrganization/ID",
    ),
    corrects=f"{_DEAL}/ApplicableHeaderTradeSettlement/InvoiceReferencedDocument/IssuerAssignedID",
    line=f"{_DEAL}/IncludedSupplyChainTradeLineItem",
    line_number="AssociatedDocumentLineDocument/LineID",
    reference="SpecifiedTradeProduct/SellerAssignedID",
    name="SpecifiedTradeProduct/Name",
    quantity="SpecifiedLineTradeDelivery/BilledQuantity",
    amount="SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",
    vat="SpecifiedLineTradeSettlement/ApplicableTradeTax/RateApplicablePercent",
    totals={
        "lines": f"{_SUM}/LineTotalAmount",
        "allowances": f"{_SUM}/AllowanceTotalAmount",
        "charges": f"{_SUM}/ChargeTotalAmount",
        "net": f"{_SUM}/TaxBasisTotalAmount",
        "tax": f"{_SUM}/TaxTotalAmount",
        "gross": f"{_SUM}/GrandTotalAmount",
    },
)
_ROOTS: dict[str, Callable[[], _Ways]] = {
    "Invoice": lambda: _ubl("Invoice"),
    "CreditNote": lambda: _ubl("CreditNote"),
    "CrossIndustryInvoice": lambda: _CII,
}


def is_xml(content: bytes) -> bool:
    """Tell whether a file is XML by how it begins."""
    return (
        content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
        or b"urn:oasis:names:specification:ubl" in content[:2000]
    )


def read_pdf(content: bytes) -> DocumentDraft:
    """Return the invoice inside a Factur-X PDF. Raises `Refused` at "file"."""
    import facturx  # noqa: PLC0415 - takes a second: only where a PDF is read

    _check_size(content)
    try:
        _name, found = facturx.get_xml_from_pdf(io.BytesIO(content), check_xsd=False, check_schematron=False)
    except Exception as trouble:  # the library raises what its parts raise
        raise _refused(_("This PDF cannot be read.")) from trouble
    if not found:
        raise _refused(_("This PDF holds no electronic invoice: bring a Factur-X PDF, UBL, or a table."))
    return read_xml(bytes(found))


def read_xml(content: bytes) -> DocumentDraft:
    """Return what a UBL or CII invoice or credit note says.

    Raises `Refused` at "file": no such document, against its XSD, or with totals that do not hold, by the rule's name.
    """
    _check_size(content)
    root = _parsed(content)
    ways = _ROOTS.get(etree.QName(root).localname)
    if ways is None:
        raise _refused(_("This is no invoice or credit note in UBL or CII."))
    _check_shape(content)
    return _document(root, ways())


def _check_size(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise _refused(
            _("This file is larger than 50 MB. Cut it in two, or leave out the columns that are not needed.")
        )


def _parsed(content: bytes) -> Node:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as trouble:
        raise _refused(_("This is broken XML, at line %(line)s.") % {"line": trouble.lineno or 1}) from trouble
    if root.getroottree().docinfo.doctype:
        raise _refused(_("An electronic invoice has no document type declaration."))
    return root


def _check_shape(content: bytes) -> None:
    import facturx  # noqa: PLC0415 - as above

    try:
        facturx.xml_check_xsd(content)
    except Exception as trouble:  # the library raises plain exceptions
        raise _refused(_("This document does not have the form of an invoice (XSD).")) from trouble


def _refused(message: str) -> Refused:
    return Refused({"file": [message]})


def _document(root: Node, ways: _Ways) -> DocumentDraft:
    lines = tuple(_line(each, ways) for each in _all(root, ways.line))
    _check_totals(root, ways, lines)
    kind = _text(root, ways.kind)
    credit = kind in _CREDIT or etree.QName(root).localname == "CreditNote"
    return DocumentDraft(
        place="file",
        number=_text(root, ways.number),
        kind="credit" if credit else "invoice",
        dated_on=_day(_text(root, ways.issued)),
        currency=_text(root, ways.currency),
        customer=next((said for way in ways.customers if (said := _text(root, way))), ""),
        corrects=_text(root, ways.corrects),
        lines=lines,
        seller=_text(root, ways.seller),
    )


def _line(node: Node, ways: _Ways) -> LineDraft:
    number = _text(node, ways.line_number)
    quantity = next(_all(node, ways.quantity), None)
    return LineDraft(
        place=_("line %(number)s") % {"number": number},
        number=number.lstrip("0") or number,
        reference=_text(node, ways.reference),
        name=_text(node, ways.name),
        unit=str(quantity.get("unitCode", "")) if quantity is not None else "",
        quantity=_number(node, ways.quantity),
        amount=_number(node, ways.amount),
        vat_percent=_number(node, ways.vat),
    )


def _check_totals(root: Node, ways: _Ways, lines: tuple[LineDraft, ...]) -> None:
    """Hold the totals against three rules of EN 16931 that catch an error of one cent."""
    said = {name: _number(root, way) for name, way in ways.totals.items()}
    wrong = []
    if sum((line.amount for line in lines), Decimal(0)) != said["lines"]:
        wrong.append("BR-CO-10")
    if said["lines"] - said["allowances"] + said["charges"] != said["net"]:
        wrong.append("BR-CO-13")
    if said["net"] + said["tax"] != said["gross"]:
        wrong.append("BR-CO-15")
    if wrong:
        raise _refused(_("The totals do not hold (%(rules)s of EN 16931).") % {"rules": ", ".join(wrong)})


def _all(node: Node, way: str) -> Iterator[Node]:
    return iter(node.xpath(_path(way)))


def _text(node: Node, way: str) -> str:
    return next(((each.text or "").strip() for each in _all(node, way)), "")


def _number(node: Node, way: str) -> Decimal:
    try:
        return Decimal(_text(node, way) or "0")
    except InvalidOperation as trouble:
        raise _refused(_("“%(text)s” is no number.") % {"text": _text(node, way)}) from trouble


def _day(text: str) -> date:
    try:
        if len(text) == _DAY and text.isdigit():
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return date.fromisoformat(text[:10])
    except ValueError as trouble:
        raise _refused(_("“%(text)s” is no day.") % {"text": text}) from trouble
