"""Whether the same thing was handed in, or billed, before."""

from __future__ import annotations

from decimal import Decimal

from matchers.case import Case, Linkage
from matchers.compare.bills import is_same_bill
from matchers.compare.vendors import name_similarity
from matchers.explain import amount_text
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.documents import Document
from service.domain.extraction import Extraction
from service.domain.keys import account_key, name_words, reference_key
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
    number = reference_key(extraction.text("invoice_number") or "")
    return bool(number) and number == reference_key(sibling.invoice_number) and _is_same_seller(extraction, sibling)


def _is_same_seller(extraction: Extraction, sibling: Sibling) -> bool:
    vat_id = account_key(extraction.text("seller_vat_id") or "")
    other = account_key(sibling.seller_vat_id or "")
    if vat_id and other:
        return vat_id == other
    words = name_words(extraction.text("seller_name") or "")
    return name_similarity(words, name_words(sibling.seller_name or "")) >= _SAME_NAME


def _same_number(extraction: Extraction, first: Sibling) -> Discrepancy:
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
            f"{bill.ref.name} ({bill.vendor_reference}) over {amount_text(bill.total_amount)}.",
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


def _distance(total: Decimal | None, other: Decimal) -> Decimal:
    return Decimal(0) if total is None else abs(abs(total) - other)


def _amount(amount: Decimal | None) -> str:
    return "an unknown amount" if amount is None else amount_text(amount)
