"""Bills that the books hold already: the same one, the one that a credit note takes back, and earlier parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matchers.case import Case, Linkage
from matchers.explain import amount_text, match_of, prior
from service.domain.documents import DocumentKind
from service.domain.keys import reference_key
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Bill

_PRIOR = -2.0
_OWN, _PRECEDING, _SAME_NUMBER = 5.0, 5.0, 4.0
_SAME_LINES, _AMOUNT_EQUAL = 3.0, 2.0
_MOST_MATCHES = 5
PAID = frozenset({"paid", "in_payment"})


def is_own_bill(case: Case, bill: Bill) -> bool:
    """Whether the bill was written for this very document."""
    return case.own_marker is not None and case.own_marker in (bill.origin or "")


def is_same_bill(case: Case, linkage: Linkage, bill: Bill) -> bool:
    """Whether the bill stands for the same invoice: vendor, kind and number agree, and not both the amount and the
    date tell otherwise.
    """
    if bill.is_sale or bill.state == "cancel" or is_own_bill(case, bill) or linkage.vendor is None:
        return False
    is_credit = case.extraction.kind is DocumentKind.CREDIT_NOTE
    number = reference_key(case.extraction.text("invoice_number") or "")
    if bill.is_refund is not is_credit or not number or reference_key(bill.vendor_reference or "") != number:
        return False
    return linkage.index.head_id(bill.partner_id) == linkage.vendor.ref.id and not _is_another(case, bill)


def _is_another(case: Case, bill: Bill) -> bool:
    """Vendors that count anew each year use a number twice: another amount, more than the policy's days apart."""
    total, issued_on = case.extraction.amount("grand_total"), case.extraction.day("issue_date")
    if total is None or case.policy.duplicate_amount.allows(abs(total), bill.total_amount):
        return False
    return days_apart(issued_on, bill.billed_on) > case.policy.duplicate_days


def days_apart(issued_on: date | None, billed_on: date | None) -> int:
    """Days between the two, 0 where one isn't known."""
    return 0 if issued_on is None or billed_on is None else abs((issued_on - billed_on).days)


def bill_matches(case: Case, linkage: Linkage) -> tuple[Match, ...]:
    """Bills of the same number, the invoice that a credit note names, and earlier bills of the same order lines.
    Chosen is what the document stands for or takes back; earlier partial bills are shown only.
    """
    found = []
    for bill in linkage.index.records.bills:
        evidence = tuple(_bill_evidence(case, linkage, bill))
        if bill.state != "cancel" and evidence:
            chosen = is_own_bill(case, bill) or is_same_bill(case, linkage, bill) or _is_preceding(case, linkage, bill)
            found.append(match_of(Role.BILL, bill.ref, (prior(_PRIOR), *evidence), chosen=chosen))
    found.sort(key=lambda match: (not match.chosen, -match.score, match.ref.id))
    return tuple(found[:_MOST_MATCHES])


def _bill_evidence(case: Case, linkage: Linkage, bill: Bill) -> Iterator[Evidence]:
    """Nothing where the bill has neither number nor order line in common with the document."""
    number = case.extraction.text("invoice_number")
    if is_own_bill(case, bill):
        yield Evidence("marker", case.own_marker, bill.origin, _OWN)
    if is_same_bill(case, linkage, bill):
        yield Evidence("invoice_number", number, bill.vendor_reference, _SAME_NUMBER)
    if _is_preceding(case, linkage, bill):
        preceding = case.extraction.text("preceding_invoice_reference")
        yield Evidence("preceding_invoice_reference", preceding, bill.vendor_reference, _PRECEDING)
    billed = {pair.order_line.ref.id for pair in linkage.pairs}
    shared = sum(line_id in billed for line_id in bill.order_line_ids)
    if shared:
        yield Evidence("order_lines", f"{shared} in common", bill.origin, _SAME_LINES * shared / len(billed))
    total = case.extraction.amount("grand_total")
    if shared and total is not None and case.policy.duplicate_amount.allows(abs(total), bill.total_amount):
        yield Evidence("grand_total", amount_text(total), amount_text(bill.total_amount), _AMOUNT_EQUAL)


def _is_preceding(case: Case, linkage: Linkage, bill: Bill) -> bool:
    preceding = reference_key(case.extraction.text("preceding_invoice_reference") or "")
    if not preceding or bill.is_refund or bill.is_sale or linkage.vendor is None:
        return False
    same_vendor = linkage.index.head_id(bill.partner_id) == linkage.vendor.ref.id
    return same_vendor and preceding == reference_key(bill.vendor_reference or "")
