"""UN/CEFACT Cross Industry Invoice (D16B, and older ones by their newer names): Factur-X, ZUGFeRD, XRechnung CII."""

from __future__ import annotations

from types import MappingProxyType
from xml.etree.ElementTree import Element

from extractors.einvoice.grammar import (
    AddressPaths,
    AdjustmentPaths,
    DiscountPaths,
    FreightPaths,
    Grammar,
    LinePaths,
    TaxPaths,
    Term,
)

_DOC = "ExchangedDocument"
_TRADE = "SupplyChainTradeTransaction"
_AGREED = f"{_TRADE}/ApplicableHeaderTradeAgreement"
_DELIVERED = f"{_TRADE}/ApplicableHeaderTradeDelivery"
_SETTLED = f"{_TRADE}/ApplicableHeaderTradeSettlement"
_SUM = f"{_SETTLED}/SpecifiedTradeSettlementHeaderMonetarySummation"
_MEANS = f"{_SETTLED}/SpecifiedTradeSettlementPaymentMeans"
_TERMS = f"{_SETTLED}/SpecifiedTradePaymentTerms"
_SELLER, _BUYER = f"{_AGREED}/SellerTradeParty", f"{_AGREED}/BuyerTradeParty"
_PERIOD = f"{_SETTLED}/BillingSpecifiedPeriod"
_ITEM, _PRICE = "SpecifiedTradeProduct", "SpecifiedLineTradeAgreement/NetPriceProductTradePrice"
_LINE_TAX = "SpecifiedLineTradeSettlement/ApplicableTradeTax"

_HEADER = (
    Term("BT-1", "invoice_number", (f"{_DOC}/ID",)),
    Term("BT-2", "issue_date", (f"{_DOC}/IssueDateTime/DateTimeString", f"{_DOC}/IssueDateTime/DateTime")),
    Term("BT-3", "invoice_type_code", (f"{_DOC}/TypeCode",)),
    Term("BT-5", "currency", (f"{_SETTLED}/InvoiceCurrencyCode",)),
    Term("BT-9", "due_date", (f"{_TERMS}/DueDateDateTime/DateTimeString", f"{_TERMS}/DueDateDateTime/DateTime"), True),
    Term("BT-10", "buyer_reference", (f"{_AGREED}/BuyerReference",)),
    Term("BT-12", "contract_reference", (f"{_AGREED}/ContractReferencedDocument/IssuerAssignedID",)),
    Term("BT-13", "order_reference", (f"{_AGREED}/BuyerOrderReferencedDocument/IssuerAssignedID",), True),
    Term(
        "BT-16",
        "delivery_note_reference",
        (
            f"{_DELIVERED}/DespatchAdviceReferencedDocument/IssuerAssignedID",
            f"{_DELIVERED}/DeliveryNoteReferencedDocument/IssuerAssignedID",
        ),
        True,
    ),
    Term("BT-20", "payment_terms", (f"{_TERMS}/Description",), True),
    Term("BT-25", "preceding_invoice_reference", (f"{_SETTLED}/InvoiceReferencedDocument/IssuerAssignedID",)),
    Term("BT-27", "seller_name", (f"{_SELLER}/Name",)),
    Term("BT-31", "seller_vat_id", (f"{_SELLER}/SpecifiedTaxRegistration/ID[@schemeID='VA']",)),
    Term(
        "BT-43",
        "seller_email",
        (
            f"{_SELLER}/DefinedTradeContact/EmailURIUniversalCommunication/URIID",
            f"{_SELLER}/URIUniversalCommunication/URIID[@schemeID='EM']",
        ),
    ),
    Term("BT-44", "buyer_name", (f"{_BUYER}/Name",)),
    Term("BT-48", "buyer_vat_id", (f"{_BUYER}/SpecifiedTaxRegistration/ID[@schemeID='VA']",)),
    Term("BT-59", "payee_name", (f"{_SETTLED}/PayeeTradeParty/Name",)),
    Term("BT-72", "delivery_date", (f"{_DELIVERED}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/DateTimeString",)),
    Term("BT-73", "period_start", (f"{_PERIOD}/StartDateTime/DateTimeString",)),
    Term("BT-74", "period_end", (f"{_PERIOD}/EndDateTime/DateTimeString",)),
    Term("BT-83", "payment_reference", (f"{_SETTLED}/PaymentReference",)),
    Term("BT-84", "iban", (f"{_MEANS}/PayeePartyCreditorFinancialAccount/IBANID",)),
    Term("BT-86", "bic", (f"{_MEANS}/PayeeSpecifiedCreditorFinancialInstitution/BICID",)),
    Term("BT-107", "allowance_total", (f"{_SUM}/AllowanceTotalAmount",)),
    Term("BT-109", "net_total", (f"{_SUM}/TaxBasisTotalAmount",)),
    Term("BT-110", "tax_total", (f"{_SUM}/TaxTotalAmount[@currencyID='{{currency}}']", f"{_SUM}/TaxTotalAmount")),
    Term("BT-112", "grand_total", (f"{_SUM}/GrandTotalAmount",)),
    Term("BT-113", "prepaid_amount", (f"{_SUM}/TotalPrepaidAmount",)),
    Term("BT-114", "rounding_amount", (f"{_SUM}/RoundingAmount",)),
    Term("BT-115", "amount_due", (f"{_SUM}/DuePayableAmount",)),
)
_LINE = (
    Term("BT-126", "line_number", ("AssociatedDocumentLineDocument/LineID",)),
    Term("BT-129", "quantity", ("SpecifiedLineTradeDelivery/BilledQuantity",)),
    Term("BT-130", "unit", ("SpecifiedLineTradeDelivery/BilledQuantity/@unitCode",)),
    Term(
        "BT-131",
        "line_total",
        ("SpecifiedLineTradeSettlement/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount",),
    ),
    Term(
        "BT-132",
        "order_reference",
        ("SpecifiedLineTradeAgreement/BuyerOrderReferencedDocument/IssuerAssignedID",),
    ),
    Term("BT-146", "unit_price", (f"{_PRICE}/ChargeAmount",)),
    Term("BT-149", "price_base_quantity", (f"{_PRICE}/BasisQuantity",)),
    Term("BT-152", "tax_rate", (f"{_LINE_TAX}/RateApplicablePercent",)),
    Term("BT-153", "description", (f"{_ITEM}/Name", f"{_ITEM}/Description")),
    Term("BT-155", "seller_item_id", (f"{_ITEM}/SellerAssignedID",)),
    Term("BT-156", "buyer_item_id", (f"{_ITEM}/BuyerAssignedID",)),
    Term("BT-157", "gtin", (f"{_ITEM}/GlobalID[@schemeID='0160']",)),
)


def _adjustments(elements: str) -> AdjustmentPaths:
    return AdjustmentPaths(
        elements=elements,
        is_charge="ChargeIndicator/Indicator",
        amount="ActualAmount",
        percent="CalculationPercent",
        reason="Reason",
        reason_code="ReasonCode",
        category="CategoryTradeTax/CategoryCode",
        rate="CategoryTradeTax/RateApplicablePercent",
    )


GRAMMAR = Grammar(
    profile="ExchangedDocumentContext/GuidelineSpecifiedDocumentContextParameter/ID",
    currency=f"{_SETTLED}/InvoiceCurrencyCode",
    header=_HEADER,
    sums=(
        Term("BT-106", "", (f"{_SUM}/LineTotalAmount",)),
        Term("BT-108", "", (f"{_SUM}/ChargeTotalAmount",)),
    ),
    seller_address=AddressPaths(
        party=f"{_SELLER}/PostalTradeAddress",
        streets=("LineOne", "LineTwo", "LineThree"),
        postcode="PostcodeCode",
        city="CityName",
        country="CountryID",
    ),
    taxes=TaxPaths(
        elements=f"{_SETTLED}/ApplicableTradeTax",
        taxable="BasisAmount",
        tax="CalculatedAmount",
        category="CategoryCode",
        rate="RateApplicablePercent",
        reasons=("ExemptionReason", "ExemptionReasonCode"),
    ),
    adjustments=_adjustments(f"{_SETTLED}/SpecifiedTradeAllowanceCharge"),
    discounts=DiscountPaths(
        elements=f"{_TERMS}/ApplicableTradePaymentDiscountTerms",
        percent="CalculationPercent",
        days="BasisPeriodMeasure",
        until=("BasisDateTime/DateTimeString",),
    ),
    lines=LinePaths(
        elements=(f"{_TRADE}/IncludedSupplyChainTradeLineItem",),
        terms=_LINE,
        adjustments=_adjustments("SpecifiedLineTradeSettlement/SpecifiedTradeAllowanceCharge"),
        category=f"{_LINE_TAX}/CategoryCode",
        is_heading="AssociatedDocumentLineDocument/LineStatusReasonCode",
        headings=frozenset({"GROUP", "INFORMATION"}),
    ),
    notes=(f"{_DOC}/IncludedNote/Content",),
    freight=FreightPaths(
        elements=f"{_SETTLED}/SpecifiedLogisticsServiceCharge",
        amount="AppliedAmount",
        reason="Description",
        rate="AppliedTradeTax/RateApplicablePercent",
    ),
)

# What ZUGFeRD 1 and the other drafts before D16B called things, by the parent's newer name where that matters.
_NEWER = MappingProxyType(
    {
        "SpecifiedExchangedDocumentContext": "ExchangedDocumentContext",
        "HeaderExchangedDocument": "ExchangedDocument",
        "SpecifiedSupplyChainTradeTransaction": "SupplyChainTradeTransaction",
        "ApplicableSupplyChainTradeAgreement": "ApplicableHeaderTradeAgreement",
        "ApplicableSupplyChainTradeDelivery": "ApplicableHeaderTradeDelivery",
        "ApplicableSupplyChainTradeSettlement": "ApplicableHeaderTradeSettlement",
        "SpecifiedSupplyChainTradeAgreement": "SpecifiedLineTradeAgreement",
        "SpecifiedSupplyChainTradeDelivery": "SpecifiedLineTradeDelivery",
        "SpecifiedSupplyChainTradeSettlement": "SpecifiedLineTradeSettlement",
        "ApplicablePercent": "RateApplicablePercent",
    }
)
_SUMMATION = "SpecifiedTradeSettlementMonetarySummation"
_SUMMATIONS = MappingProxyType(
    {
        "ApplicableHeaderTradeSettlement": "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedLineTradeSettlement": "SpecifiedTradeSettlementLineMonetarySummation",
    }
)


def modernise(root: Element) -> None:
    """Give the elements of older drafts the names that D16B has for them."""
    for parent in root.iter():  # parents come first, so theirs are the newer names already
        for child in parent:
            if child.tag == _SUMMATION:
                child.tag = _SUMMATIONS.get(parent.tag, child.tag)
            elif child.tag == "ID" and parent.tag.endswith("ReferencedDocument"):
                child.tag = "IssuerAssignedID"
            else:
                child.tag = _NEWER.get(child.tag, child.tag)
