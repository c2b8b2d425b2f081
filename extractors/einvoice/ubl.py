"""OASIS UBL 2.1 Invoice and CreditNote: Peppol BIS Billing 3, XRechnung UBL."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from extractors.einvoice.grammar import (
    AddressPaths,
    AdjustmentPaths,
    DiscountPaths,
    Grammar,
    LinePaths,
    TaxPaths,
    Term,
)

_SELLER, _BUYER = "AccountingSupplierParty/Party", "AccountingCustomerParty/Party"
_SUM = "LegalMonetaryTotal"
_ACCOUNT = "PaymentMeans/PayeeFinancialAccount"
_TAX = "Item/ClassifiedTaxCategory"

_HEADER = (
    Term("BT-1", "invoice_number", ("ID",)),
    Term("BT-2", "issue_date", ("IssueDate",)),
    Term("BT-3", "invoice_type_code", ("InvoiceTypeCode", "CreditNoteTypeCode")),
    Term("BT-5", "currency", ("DocumentCurrencyCode",)),
    Term("BT-9", "due_date", ("DueDate", "PaymentMeans/PaymentDueDate"), True),
    Term("BT-10", "buyer_reference", ("BuyerReference",)),
    Term("BT-12", "contract_reference", ("ContractDocumentReference/ID",)),
    Term("BT-13", "order_reference", ("OrderReference/ID",), True),
    Term("BT-16", "delivery_note_reference", ("DespatchDocumentReference/ID",), True),
    Term("BT-20", "payment_terms", ("PaymentTerms/Note",), True),
    Term("BT-25", "preceding_invoice_reference", ("BillingReference/InvoiceDocumentReference/ID",)),
    Term("BT-27", "seller_name", (f"{_SELLER}/PartyLegalEntity/RegistrationName", f"{_SELLER}/PartyName/Name")),
    Term("BT-31", "seller_vat_id", (f"{_SELLER}/PartyTaxScheme[@scheme='VAT']/CompanyID",)),
    Term("BT-43", "seller_email", (f"{_SELLER}/Contact/ElectronicMail", f"{_SELLER}/EndpointID[@schemeID='EM']")),
    Term("BT-44", "buyer_name", (f"{_BUYER}/PartyLegalEntity/RegistrationName", f"{_BUYER}/PartyName/Name")),
    Term("BT-48", "buyer_vat_id", (f"{_BUYER}/PartyTaxScheme[@scheme='VAT']/CompanyID",)),
    Term("BT-59", "payee_name", ("PayeeParty/PartyName/Name",)),
    Term("BT-72", "delivery_date", ("Delivery/ActualDeliveryDate",)),
    Term("BT-73", "period_start", ("InvoicePeriod/StartDate",)),
    Term("BT-74", "period_end", ("InvoicePeriod/EndDate",)),
    Term("BT-83", "payment_reference", ("PaymentMeans/PaymentID",)),
    Term("BT-84", "iban", (f"{_ACCOUNT}/ID",)),
    Term(
        "BT-86",
        "bic",
        (f"{_ACCOUNT}/FinancialInstitutionBranch/ID", f"{_ACCOUNT}/FinancialInstitutionBranch/FinancialInstitution/ID"),
    ),
    Term("BT-107", "allowance_total", (f"{_SUM}/AllowanceTotalAmount",)),
    Term("BT-109", "net_total", (f"{_SUM}/TaxExclusiveAmount",)),
    Term("BT-110", "tax_total", ("TaxTotal/TaxAmount[@currencyID='{currency}']", "TaxTotal/TaxAmount")),
    Term("BT-112", "grand_total", (f"{_SUM}/TaxInclusiveAmount",)),
    Term("BT-113", "prepaid_amount", (f"{_SUM}/PrepaidAmount",)),
    Term("BT-114", "rounding_amount", (f"{_SUM}/PayableRoundingAmount",)),
    Term("BT-115", "amount_due", (f"{_SUM}/PayableAmount",)),
    Term("", "withholding_tax_amount", ("WithholdingTaxTotal/TaxAmount",)),  # UBL's own, not in EN 16931
)
_LINE = (
    Term("BT-126", "line_number", ("ID",)),
    Term("BT-129", "quantity", ("InvoicedQuantity", "CreditedQuantity")),
    Term("BT-130", "unit", ("InvoicedQuantity/@unitCode", "CreditedQuantity/@unitCode")),
    Term("BT-131", "line_total", ("LineExtensionAmount",)),
    Term("BT-132", "order_reference", ("OrderLineReference/OrderReference/ID",)),
    Term("BT-146", "unit_price", ("Price/PriceAmount",)),
    Term("BT-149", "price_base_quantity", ("Price/BaseQuantity",)),
    Term("BT-152", "tax_rate", (f"{_TAX}/Percent",)),
    Term("BT-153", "description", ("Item/Name", "Item/Description")),
    Term("BT-155", "seller_item_id", ("Item/SellersItemIdentification/ID",)),
    Term("BT-156", "buyer_item_id", ("Item/BuyersItemIdentification/ID",)),
    Term(
        "BT-157",
        "gtin",
        (
            "Item/StandardItemIdentification/ID[@schemeID='0160']",
            "Item/StandardItemIdentification/ID[@schemeID='GTIN']",
        ),
    ),
)
_ADJUSTMENTS = AdjustmentPaths(
    elements="AllowanceCharge",
    is_charge="ChargeIndicator",
    amount="Amount",
    percent="MultiplierFactorNumeric",
    reason="AllowanceChargeReason",
    reason_code="AllowanceChargeReasonCode",
    category="TaxCategory/ID",
    rate="TaxCategory/Percent",
)
GRAMMAR = Grammar(
    profile="CustomizationID",
    currency="DocumentCurrencyCode",
    header=_HEADER,
    sums=(
        Term("BT-106", "", (f"{_SUM}/LineExtensionAmount",)),
        Term("BT-108", "", (f"{_SUM}/ChargeTotalAmount",)),
    ),
    seller_address=AddressPaths(
        party=f"{_SELLER}/PostalAddress",
        streets=("StreetName", "AdditionalStreetName", "AddressLine/Line"),
        postcode="PostalZone",
        city="CityName",
        country="Country/IdentificationCode",
    ),
    taxes=TaxPaths(
        elements="TaxTotal/TaxSubtotal",
        taxable="TaxableAmount",
        tax="TaxAmount",
        category="TaxCategory/ID",
        rate="TaxCategory/Percent",
        reasons=("TaxCategory/TaxExemptionReason", "TaxCategory/TaxExemptionReasonCode"),
    ),
    adjustments=_ADJUSTMENTS,
    discounts=DiscountPaths(
        elements="PaymentTerms",
        percent="SettlementDiscountPercent",
        days="SettlementPeriod/DurationMeasure",
        until=("SettlementPeriod/EndDate",),
    ),
    lines=LinePaths(
        elements=("InvoiceLine", "CreditNoteLine"),
        terms=_LINE,
        adjustments=_ADJUSTMENTS,
        category=f"{_TAX}/ID",
    ),
    notes=("Note",),
)


def name_tax_schemes(root: Element) -> None:
    """Give each tax number of a party the scheme that stands beside it (VAT or another) as an attribute."""
    for number in root.iter("PartyTaxScheme"):
        number.set("scheme", (number.findtext("TaxScheme/ID") or "VAT").strip().upper())
