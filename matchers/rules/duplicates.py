"""Whether the same thing was handed in, or billed, before."""

from __future__ import annotations

from decimal import Decimal

from matchers.block import document_number
from matchers.case import Case, Linkage
from matchers.compare.bills import PAID, days_apart, is_own_bill, is_same_bill
from matchers.compare.parties import name_similarity
from matchers.explain import amount_text
from matchers.rules.finding import finding
from matchers.rules.quantities import billed_lines
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.documents import CUSTOMER_KINDS, Document, DocumentKind
from service.domain.extraction import Extraction
from service.domain.keys import account_key, name_words, reference_key
from service.domain.records import Bill
from service.ports import Sibling

_SAME_NAME = 0.85


def same_bytes(earlier: Document) -> Discrepancy:
    """DUPLICATE_DOCUMENT for a file whose very bytes were received before."""
    return finding(
        Code.DUPLICATE_DOCUMENT,
        f"The same file was received on {earlier.received_at.date()} as {earlier.filename}.",
        expected=earlier.id,
        actual=earlier.sha256,
    )


def duplicate_document(case: Case, _: Linkage) -> tuple[Discrepancy, ...]:
    """DUPLICATE_DOCUMENT: the same bytes, or the same number from the same seller, were received before."""
    if case.duplicate_of is not None:
        return (same_bytes(case.duplicate_of),)
    same = [sibling for sibling in case.siblings if _is_same_paper(case, sibling)]
    if not same:
        return ()
    first = min(same, key=lambda sibling: sibling.document.received_at)
    return (_same_number(case.extraction, first),)


def _is_same_paper(case: Case, sibling: Sibling) -> bool:
    extraction = case.extraction
    if sibling.document.kind is not extraction.kind or sibling.document.id == case.document.id:
        return False
    number = reference_key(document_number(extraction) or "")
    return bool(number) and number == reference_key(sibling.invoice_number) and _is_same_sender(extraction, sibling)


def _is_same_sender(extraction: Extraction, sibling: Sibling) -> bool:
    if extraction.kind in CUSTOMER_KINDS:
        return is_same_name(extraction.text("customer_name"), sibling.customer_name)
    vat_id = account_key(extraction.text("seller_vat_id") or "")
    other = account_key(sibling.seller_vat_id or "")
    if vat_id and other:
        return vat_id == other
    return is_same_name(extraction.text("seller_name"), sibling.seller_name)


def is_same_name(name: str | None, other: str | None) -> bool:
    """Whether both name the same company or person."""
    return name_similarity(name_words(name or ""), name_words(other or "")) >= _SAME_NAME


def _same_number(extraction: Extraction, first: Sibling) -> Discrepancy:
    if extraction.kind in CUSTOMER_KINDS:
        return _same_form(extraction, first)
    total, earlier = extraction.amount("grand_total"), first.grand_total
    return finding(
        Code.DUPLICATE_DOCUMENT,
        f"Number {extraction.text('invoice_number')} over {_amount(total)} was received before, on "
        f"{first.document.received_at.date()} as {first.document.filename} over {_amount(earlier)}.",
        field="invoice_number",
        expected=_amount(earlier),
        actual=_amount(total),
        difference=None if total is None or earlier is None else total - earlier,
        money_at_risk=total,
    )


def _same_form(extraction: Extraction, first: Sibling) -> Discrepancy:
    number = document_number(extraction)
    return finding(
        Code.DUPLICATE_DOCUMENT,
        f"Number {number} was received before, on {first.document.received_at.date()} as {first.document.filename}.",
        field="return_number" if extraction.text("return_number") else "claim_number",
        expected=first.invoice_number,
        actual=number,
    )


def duplicate_invoice(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """DUPLICATE_INVOICE: the books hold a bill of this vendor under the same number, however it is written."""
    same = [bill for bill in linkage.index.records.bills if is_same_bill(case, linkage, bill)]
    if not same:
        return ()
    total = case.extraction.amount("grand_total")
    bill = min(same, key=lambda found: (_distance(total, found.total_amount), found.ref.id))
    return (
        finding(
            Code.DUPLICATE_INVOICE,
            f"Number {case.extraction.text('invoice_number')} over {_amount(total)} is in Odoo already as "
            f"{bill.ref.name} ({bill.vendor_reference}) over {amount_text(bill.total_amount)}"
            f"{', and is paid' if bill.payment_state in PAID else ''}.",
            field="invoice_number",
            expected=amount_text(bill.total_amount),
            actual=_amount(total),
            difference=None if total is None else total - bill.total_amount,
            tolerance=f"{case.policy.duplicate_amount} within {case.policy.duplicate_days} days",
            odoo_refs=tuple(found.ref for found in same),
            money_at_risk=total,
            releases_when=f"{bill.ref.name} is cancelled in Odoo.",
        ),
    )


def possible_duplicate_invoice(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """POSSIBLE_DUPLICATE_INVOICE: the books hold a bill of this vendor over the same amount, under another number or
    none, and nothing tells the two apart: not the orders that they bill, nor that this one's goods are still to bill.
    """
    alike = [bill for bill in linkage.index.records.bills if _is_alike(case, linkage, bill)]
    if not alike:
        return ()
    issued_on, total = case.extraction.day("issue_date"), case.extraction.amount("grand_total")
    bill = min(alike, key=lambda found: (days_apart(issued_on, found.billed_on), found.ref.id))
    when = f" of {bill.billed_on}" if bill.billed_on else ""
    return (
        finding(
            Code.POSSIBLE_DUPLICATE_INVOICE,
            f"{bill.ref.name} ({bill.vendor_reference or 'without number'}){when} in Odoo is over "
            f"{amount_text(bill.total_amount)} too, as this document over {_amount(total)}.",
            field="grand_total",
            expected=amount_text(bill.total_amount),
            actual=_amount(total),
            difference=None if total is None else abs(total) - bill.total_amount,
            tolerance=f"{case.policy.duplicate_amount} within {case.policy.duplicate_days} days",
            odoo_refs=tuple(found.ref for found in alike),
            money_at_risk=total,
            releases_when=f"{bill.ref.name} is cancelled in Odoo.",
        ),
    )


def _is_alike(case: Case, linkage: Linkage, bill: Bill) -> bool:
    total, vendor = case.extraction.amount("grand_total"), linkage.vendor
    if total is None or vendor is None or bill.is_sale or bill.state == "cancel" or is_own_bill(case, bill):
        return False
    is_credit = case.extraction.kind is DocumentKind.CREDIT_NOTE
    same_party = bill.is_refund is is_credit and linkage.index.head_id(bill.partner_id) == vendor.ref.id
    if not same_party or is_same_bill(case, linkage, bill):
        return False
    same_amount = total != 0 and case.policy.duplicate_amount.allows(abs(total), bill.total_amount)
    apart = days_apart(case.extraction.day("issue_date"), bill.billed_on)
    return same_amount and apart <= case.policy.duplicate_days and not _is_told_apart(case, linkage, bill)


def _is_told_apart(case: Case, linkage: Linkage, bill: Bill) -> bool:
    ordered = {pair.order_line.ref.id for pair in linkage.pairs}
    if ordered and bill.order_line_ids and ordered.isdisjoint(bill.order_line_ids):
        return True
    if case.extraction.day("issue_date") == bill.billed_on or not linkage.pairs or linkage.unpaired:
        return False
    billed = billed_lines(case, linkage)
    return all(line.earlier + line.now <= line.order_line.quantity for line in billed)


def _distance(total: Decimal | None, other: Decimal) -> Decimal:
    return Decimal(0) if total is None else abs(abs(total) - other)


def _amount(amount: Decimal | None) -> str:
    return "an unknown amount" if amount is None else amount_text(amount)
