"""E-invoices in every syntax, written for the tests: one invoice of two rates with a charge, or a credit note of it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
from reportlab.pdfgen.canvas import Canvas

# ruff: noqa: E501  (elements read better in one line)

_CII_NAMES = (
    'xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" '
    'xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" '
    'xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"'
)
_OLDER = {
    "SupplyChainTradeTransaction": "SpecifiedSupplyChainTradeTransaction",
    "ExchangedDocumentContext": "SpecifiedExchangedDocumentContext",
    "ApplicableHeaderTrade": "ApplicableSupplyChainTrade",
    "SpecifiedLineTradeAgreement": "SpecifiedSupplyChainTradeAgreement",
    "SpecifiedLineTradeDelivery": "SpecifiedSupplyChainTradeDelivery",
    "SpecifiedLineTradeSettlement": "SpecifiedSupplyChainTradeSettlement",
    "SettlementHeaderMonetary": "SettlementMonetary",
    "SettlementLineMonetary": "SettlementMonetary",
    "RateApplicablePercent": "ApplicablePercent",
    "IssuerAssignedID": "ID",
    "rsm:ExchangedDocument>": "rsm:HeaderExchangedDocument>",
    "rsm:CrossIndustryInvoice": "rsm:CrossIndustryDocument",
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100": "urn:ferd:CrossIndustryDocument:invoice:1p0",
}
_LINES = (
    ("1", "Lamp", "L-1", "4006381333931", "4", "C62", "25.00", "100.00", "19"),
    ("2", "Book", "B-7", "", "10", "C62", "5.00", "50.00", "7"),
)


def cii(type_code: str = "380", grand: str = "184.40") -> bytes:
    """Cross Industry Invoice D16B."""
    lines = "".join(
        f"""<ram:IncludedSupplyChainTradeLineItem>
        <ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID></ram:AssociatedDocumentLineDocument>
        <ram:SpecifiedTradeProduct>{f'<ram:GlobalID schemeID="0160">{gtin}</ram:GlobalID>' if gtin else ""}
        <ram:SellerAssignedID>{code}</ram:SellerAssignedID><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct>
        <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount>
        </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
        <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="{unit}">{count}</ram:BilledQuantity>
        </ram:SpecifiedLineTradeDelivery><ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>
        <ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode>
        <ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{total}</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
        </ram:IncludedSupplyChainTradeLineItem>"""
        for number, name, code, gtin, count, unit, price, total, rate in _LINES
    )
    taxes = "".join(
        f"""<ram:ApplicableTradeTax><ram:CalculatedAmount>{tax}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
        <ram:BasisAmount>{base}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
        <ram:RateApplicablePercent>{rate}</ram:RateApplicablePercent></ram:ApplicableTradeTax>"""
        for rate, base, tax in (("19", "110.00", "20.90"), ("7", "50.00", "3.50"))
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?><rsm:CrossIndustryInvoice {_CII_NAMES}>
    <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID>
    </ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
    <rsm:ExchangedDocument><ram:ID>R-2026-17</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode><ram:IssueDateTime>
    <udt:DateTimeString format="102">20260227</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
    <rsm:SupplyChainTradeTransaction>{lines}<ram:ApplicableHeaderTradeAgreement><ram:SellerTradeParty>
    <ram:Name>Nordlicht GmbH</ram:Name><ram:PostalTradeAddress><ram:PostcodeCode>20095</ram:PostcodeCode>
    <ram:LineOne>Hafenstr. 1</ram:LineOne><ram:CityName>Hamburg</ram:CityName><ram:CountryID>DE</ram:CountryID>
    </ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">DE136695976</ram:ID>
    </ram:SpecifiedTaxRegistration></ram:SellerTradeParty><ram:BuyerTradeParty><ram:Name>Haus &amp; Hof</ram:Name>
    </ram:BuyerTradeParty><ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>P00007</ram:IssuerAssignedID>
    </ram:BuyerOrderReferencedDocument></ram:ApplicableHeaderTradeAgreement><ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
    <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>58</ram:TypeCode><ram:PayeePartyCreditorFinancialAccount>
    <ram:IBANID>DE89370400440532013000</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
    </ram:SpecifiedTradeSettlementPaymentMeans>{taxes}<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator>
    <udt:Indicator>true</udt:Indicator></ram:ChargeIndicator><ram:ActualAmount>10.00</ram:ActualAmount>
    <ram:ReasonCode>FC</ram:ReasonCode><ram:Reason>Freight</ram:Reason><ram:CategoryTradeTax>
    <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent>
    </ram:CategoryTradeTax></ram:SpecifiedTradeAllowanceCharge><ram:SpecifiedTradePaymentTerms>
    <ram:Description>#SKONTO#TAGE=14#PROZENT=2.00#</ram:Description><ram:DueDateDateTime>
    <udt:DateTimeString format="102">20260329</udt:DateTimeString></ram:DueDateDateTime>
    </ram:SpecifiedTradePaymentTerms><ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    <ram:LineTotalAmount>150.00</ram:LineTotalAmount><ram:ChargeTotalAmount>10.00</ram:ChargeTotalAmount>
    <ram:AllowanceTotalAmount>0.00</ram:AllowanceTotalAmount><ram:TaxBasisTotalAmount>160.00</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="EUR">24.40</ram:TaxTotalAmount><ram:GrandTotalAmount>{grand}</ram:GrandTotalAmount>
    <ram:DuePayableAmount>184.40</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def zugferd_1() -> bytes:
    """The same in ZUGFeRD 1's older names."""
    text = cii().decode()
    for newer, older in _OLDER.items():
        text = text.replace(newer, older)
    return text.encode()


def ubl(*, is_credit: bool = False, sign: str = "") -> bytes:
    """UBL 2.1; ``sign`` stands before every amount and quantity."""
    root, line = ("CreditNote", "Credited") if is_credit else ("Invoice", "Invoiced")
    lines = "".join(
        f"""<cac:{root}Line><cbc:ID>{number}</cbc:ID><cbc:{line}Quantity unitCode="{unit}">{sign}{count}</cbc:{line}Quantity>
        <cbc:LineExtensionAmount currencyID="EUR">{sign}{total}</cbc:LineExtensionAmount><cac:Item><cbc:Name>{name}</cbc:Name>
        <cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification>
        {f'<cac:StandardItemIdentification><cbc:ID schemeID="0160">{gtin}</cbc:ID></cac:StandardItemIdentification>' if gtin else ""}
        <cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent></cac:ClassifiedTaxCategory>
        </cac:Item><cac:Price><cbc:PriceAmount>{price}</cbc:PriceAmount></cac:Price></cac:{root}Line>"""
        for number, name, code, gtin, count, unit, price, total, rate in _LINES
    )
    taxes = "".join(
        f"""<cac:TaxSubtotal><cbc:TaxableAmount>{sign}{base}</cbc:TaxableAmount><cbc:TaxAmount>{sign}{tax}</cbc:TaxAmount>
        <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>{rate}</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>"""
        for rate, base, tax in (("19", "110.00", "20.90"), ("7", "50.00", "3.50"))
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
    xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>R-2026-17</cbc:ID>
    <cbc:IssueDate>2026-02-27</cbc:IssueDate><cbc:DueDate>2026-03-29</cbc:DueDate>
    <cbc:{root}TypeCode>{"381" if is_credit else "380"}</cbc:{root}TypeCode>
    <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode><cac:OrderReference><cbc:ID>P00007</cbc:ID></cac:OrderReference>
    <cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cbc:StreetName>Hafenstr. 1</cbc:StreetName>
    <cbc:CityName>Hamburg</cbc:CityName><cbc:PostalZone>20095</cbc:PostalZone><cac:Country>
    <cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress><cac:PartyTaxScheme>
    <cbc:CompanyID>22/815</cbc:CompanyID><cac:TaxScheme><cbc:ID>FC</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
    <cac:PartyTaxScheme><cbc:CompanyID>DE136695976</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
    </cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>Nordlicht GmbH</cbc:RegistrationName>
    </cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty><cac:AccountingCustomerParty><cac:Party>
    <cac:PartyLegalEntity><cbc:RegistrationName>Haus &amp; Hof</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
    </cac:AccountingCustomerParty><cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>
    <cac:PayeeFinancialAccount><cbc:ID>DE89370400440532013000</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
    <cac:PaymentTerms><cbc:Note>#SKONTO#TAGE=14#PROZENT=2.00#</cbc:Note></cac:PaymentTerms><cac:AllowanceCharge>
    <cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:AllowanceChargeReasonCode>FC</cbc:AllowanceChargeReasonCode>
    <cbc:AllowanceChargeReason>Freight</cbc:AllowanceChargeReason><cbc:Amount>{sign}10.00</cbc:Amount><cac:TaxCategory>
    <cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:AllowanceCharge><cac:TaxTotal>
    <cbc:TaxAmount currencyID="EUR">{sign}24.40</cbc:TaxAmount>{taxes}</cac:TaxTotal><cac:LegalMonetaryTotal>
    <cbc:LineExtensionAmount>{sign}150.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>{sign}160.00</cbc:TaxExclusiveAmount>
    <cbc:TaxInclusiveAmount>{sign}184.40</cbc:TaxInclusiveAmount><cbc:ChargeTotalAmount>{sign}10.00</cbc:ChargeTotalAmount>
    <cbc:PayableAmount>{sign}184.40</cbc:PayableAmount></cac:LegalMonetaryTotal>{lines}</{root}>""".strip().encode()


def hybrid(xml: bytes, name: str = "factur-x.xml", number: str = "R-2026-17") -> bytes:
    """A PDF that prints some of the invoice and carries ``xml``."""
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    for row, text in enumerate(
        (
            "Nordlicht GmbH",
            "INVOICE",
            f"Invoice number: {number}",
            "Invoice date: 27.02.2026",
            "Grand total: EUR 184.40",
            "IBAN: DE89 3704 0044 0532 0130 00",
        )
    ):
        canvas.drawString(60, 780 - 24 * row, text)
    canvas.save()
    document = pdfium.PdfDocument(file.getvalue())
    document.new_attachment(name).set_data(xml)
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
