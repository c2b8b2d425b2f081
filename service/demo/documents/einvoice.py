"""The XML that a supplier's software puts into its PDF: Cross Industry Invoice, as Factur-X embeds it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import pypdfium2

from service.demo.documents.content import DocumentContent, Item, Party
from service.domain.money import to_cents

_NAME = "factur-x.xml"
_SPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
}
_MADE_AT = re.compile(rb"/CreationDate\(D:\d{14}\)")
_IDENTITY = re.compile(rb"/ID\[<([0-9A-F]{32})><[0-9A-F]{32}>\]")
_INVOICE, _CREDIT_NOTE = "380", "381"
_STANDARD, _ZERO_RATED = "S", "Z"
_DAY = "102"  # UNTDID 2379: yyyymmdd


def embedded(pdf: bytes, content: DocumentContent, lines_sum: Decimal | None = None) -> bytes:
    """The PDF with ``content`` as XML in it; ``lines_sum`` is what the XML says that the lines come to, where that is
    another figure than they do.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.new_attachment(_NAME).set_data(cross_industry_invoice(content, lines_sum))
        out = BytesIO()
        document.save(out)
    finally:
        document.close()
    return _reproducible(out.getvalue(), content.issue_date)


def _reproducible(pdf: bytes, day: date) -> bytes:
    """The file without the moment and the chance of its making, its lengths unchanged."""
    dated = _MADE_AT.sub(f"/CreationDate(D:{day:%Y%m%d}120000)".encode(), pdf)
    return _IDENTITY.sub(rb"/ID[<\1><\1>]", dated)


def cross_industry_invoice(content: DocumentContent, lines_sum: Decimal | None = None) -> bytes:
    """The content in UN/CEFACT's syntax; amounts and dates as the standard writes them."""
    for prefix, space in _SPACES.items():
        register_namespace(prefix, space)
    root = Element(_tag("rsm:CrossIndustryInvoice"))
    _put(
        root,
        "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
        "urn:cen.eu:en16931:2017",
    )
    head = _put(root, "rsm:ExchangedDocument")
    _put(head, "ram:ID", content.number or "")
    _put(head, "ram:TypeCode", _CREDIT_NOTE if content.is_credit_note else _INVOICE)
    _day(_put(head, "ram:IssueDateTime"), content.issue_date)
    trade = _put(root, "rsm:SupplyChainTradeTransaction")
    for number, item in enumerate(content.items, start=1):
        _line(trade, number, item)
    _agreement(trade, content)
    delivery = _put(trade, "ram:ApplicableHeaderTradeDelivery")
    if content.delivery_date is not None:
        _day(_put(delivery, "ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime"), content.delivery_date)
    _settlement(_put(trade, "ram:ApplicableHeaderTradeSettlement"), content, lines_sum)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


def _put(parent: Element, path: str, text: str | Decimal | None = None, **attributes: str) -> Element:
    """New elements along the path, the last one with the text."""
    for name in path.split("/"):
        parent = SubElement(parent, _tag(name))
    parent.attrib.update(attributes)
    parent.text = None if text is None else str(text)
    return parent


def _day(parent: Element, day: date) -> None:
    _put(parent, "udt:DateTimeString", day.strftime("%Y%m%d"), format=_DAY)


def _line(trade: Element, number: int, item: Item) -> None:
    line = _put(trade, "ram:IncludedSupplyChainTradeLineItem")
    _put(line, "ram:AssociatedDocumentLineDocument/ram:LineID", str(number))
    product = _put(line, "ram:SpecifiedTradeProduct")
    if item.gtin is not None:
        _put(product, "ram:GlobalID", item.gtin, schemeID="0160")
    if item.code is not None:
        _put(product, "ram:SellerAssignedID", item.code)
    _put(product, "ram:Name", item.description)
    price = _put(line, "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice")
    _put(price, "ram:ChargeAmount", item.unit_price)
    delivery = _put(line, "ram:SpecifiedLineTradeDelivery")
    _put(delivery, "ram:BilledQuantity", item.quantity, unitCode=item.unit)
    settlement = _put(line, "ram:SpecifiedLineTradeSettlement")
    _tax(settlement, item.tax_rate)
    discount = to_cents(item.quantity * item.unit_price) - item.total
    if discount > 0:
        allowance = _put(settlement, "ram:SpecifiedTradeAllowanceCharge")
        _put(allowance, "ram:ChargeIndicator/udt:Indicator", "false")
        _put(allowance, "ram:ActualAmount", discount)
    _put(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount", item.total)


def _tax(parent: Element, rate: Decimal, taxable: Decimal | None = None, amount: Decimal | None = None) -> None:
    tax = _put(parent, "ram:ApplicableTradeTax")
    if amount is not None:
        _put(tax, "ram:CalculatedAmount", amount)
    _put(tax, "ram:TypeCode", "VAT")
    if taxable is not None:
        _put(tax, "ram:BasisAmount", taxable)
    _put(tax, "ram:CategoryCode", _STANDARD if rate else _ZERO_RATED)
    _put(tax, "ram:RateApplicablePercent", rate)


def _agreement(trade: Element, content: DocumentContent) -> None:
    agreement = _put(trade, "ram:ApplicableHeaderTradeAgreement")
    _party(_put(agreement, "ram:SellerTradeParty"), content.seller)
    _party(_put(agreement, "ram:BuyerTradeParty"), content.buyer)
    for reference in content.order_references[:1]:
        _put(agreement, "ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID", reference)


def _party(element: Element, party: Party) -> None:
    _put(element, "ram:Name", party.name)
    address = _put(element, "ram:PostalTradeAddress")
    _put(address, "ram:PostcodeCode", party.address.postcode)
    _put(address, "ram:LineOne", party.address.street)
    _put(address, "ram:CityName", party.address.city)
    _put(address, "ram:CountryID", party.address.country)
    _put(element, "ram:SpecifiedTaxRegistration/ram:ID", party.vat_id, schemeID="VA")


def _settlement(element: Element, content: DocumentContent, lines_sum: Decimal | None) -> None:
    _put(element, "ram:InvoiceCurrencyCode", content.currency)
    if content.bank is not None:
        means = _put(element, "ram:SpecifiedTradeSettlementPaymentMeans")
        _put(means, "ram:TypeCode", "58")
        _put(means, "ram:PayeePartyCreditorFinancialAccount/ram:IBANID", content.bank.iban)
    for row in content.taxes:
        _tax(element, row.rate, row.taxable, row.tax)
    if content.due_date is not None:
        _day(_put(element, "ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime"), content.due_date)
    sums = _put(element, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
    _put(sums, "ram:LineTotalAmount", _total(content.items) if lines_sum is None else lines_sum)
    _put(sums, "ram:TaxBasisTotalAmount", content.net_total)
    _put(sums, "ram:TaxTotalAmount", content.tax_total, currencyID=content.currency)
    _put(sums, "ram:GrandTotalAmount", content.grand_total)
    _put(sums, "ram:DuePayableAmount", content.grand_total)


def _total(items: Iterable[Item]) -> Decimal:
    return sum((item.total for item in items), Decimal(0))
