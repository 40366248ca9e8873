"""Small electronic invoices for tests, in UBL and CII; figures are given, sums are made."""

from decimal import Decimal

UBL = "urn:oasis:names:specification:ubl:schema:xsd"
Rows = list[tuple[str, str, str]]


def ubl(
    number: str, rows: Rows, *, credit: str = "", tax_off: str = "0", sum_off: str = "0", customer: str = "A"
) -> bytes:
    """Return an invoice, or a credit note to the invoice `credit`: reference, quantity, net a line, VAT at 20 %."""
    kind = "CreditNote" if credit else "Invoice"
    quantity = "CreditedQuantity" if credit else "InvoicedQuantity"
    net = sum((Decimal(each[2]) for each in rows), Decimal(0))
    tax = (net * Decimal("0.2")).quantize(Decimal("0.01"))
    said = net + Decimal(sum_off)
    gross = said + tax + Decimal(tax_off)
    lines = "".join(
        f"""<cac:{kind}Line><cbc:ID>{at}</cbc:ID><cbc:{quantity} unitCode="BX">{many}</cbc:{quantity}>
        <cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount>
        <cac:Item><cbc:Name>Paper</cbc:Name><cac:SellersItemIdentification><cbc:ID>{reference}</cbc:ID>
        </cac:SellersItemIdentification><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent>
        <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></cac:Item>
        <cac:Price><cbc:PriceAmount currencyID="EUR">2.5</cbc:PriceAmount></cac:Price></cac:{kind}Line>"""
        for at, (reference, many, amount) in enumerate(rows, start=1)
    )
    before = (
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{credit}</cbc:ID>"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
        if credit
        else ""
    )
    code = "381" if credit else "380"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <{kind} xmlns="{UBL}:{kind}-2" xmlns:cac="{UBL}:CommonAggregateComponents-2"
     xmlns:cbc="{UBL}:CommonBasicComponents-2">
    <cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-02-10</cbc:IssueDate><cbc:{kind}TypeCode>{code}</cbc:{kind}TypeCode>
    <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{before}
    <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Vendor</cbc:Name></cac:PartyName></cac:Party>
    </cac:AccountingSupplierParty>
    <cac:AccountingCustomerParty><cac:Party><cac:PartyIdentification><cbc:ID>{customer}</cbc:ID>
    </cac:PartyIdentification></cac:Party></cac:AccountingCustomerParty>
    <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount></cac:TaxTotal>
    <cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">{said}</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">{said}</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount currencyID="EUR">{gross}</cbc:TaxInclusiveAmount>
    <cbc:PayableAmount currencyID="EUR">{gross}</cbc:PayableAmount></cac:LegalMonetaryTotal>{lines}</{kind}>""".encode()


_CII = "urn:un:unece:uncefact:data:standard"


def cii(number: str, rows: Rows, *, customer: str = "A") -> bytes:
    """Return the XML inside a Factur-X invoice."""
    net = sum((Decimal(each[2]) for each in rows), Decimal(0))
    tax = (net * Decimal("0.2")).quantize(Decimal("0.01"))
    lines = "".join(
        f"""<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>{at}</ram:LineID>
        </ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:SellerAssignedID>{reference}</ram:SellerAssignedID>
        <ram:Name>Paper</ram:Name></ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice>
        <ram:ChargeAmount>2.5</ram:ChargeAmount></ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
        <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="BX">{many}</ram:BilledQuantity>
        </ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>
        <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{amount}</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
        </ram:IncludedSupplyChainTradeLineItem>"""
        for at, (reference, many, amount) in enumerate(rows, start=1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <rsm:CrossIndustryInvoice xmlns:rsm="{_CII}:CrossIndustryInvoice:100"
     xmlns:ram="{_CII}:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="{_CII}:UnqualifiedDataType:100">
    <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID>
    </ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
    <rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>380</ram:TypeCode><ram:IssueDateTime>
    <udt:DateTimeString format="102">20260210</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
    <rsm:SupplyChainTradeTransaction>{lines}<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty><ram:Name>Vendor</ram:Name>
    <ram:PostalTradeAddress><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress></ram:SellerTradeParty><ram:BuyerTradeParty>
    <ram:ID>{customer}</ram:ID><ram:Name>A</ram:Name><ram:PostalTradeAddress><ram:CountryID>FR</ram:CountryID>
    </ram:PostalTradeAddress></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode><ram:ApplicableTradeTax>
    <ram:CalculatedAmount>{tax}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>{net}</ram:BasisAmount>
    <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
    <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>{net}</ram:LineTotalAmount>
    <ram:TaxBasisTotalAmount>{net}</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="EUR">{tax}</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>{net + tax}</ram:GrandTotalAmount><ram:DuePayableAmount>{net + tax}</ram:DuePayableAmount>
    </ram:SpecifiedTradeSettlementHeaderMonetarySummation></ram:ApplicableHeaderTradeSettlement>
    </rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()
