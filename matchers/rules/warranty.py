"""A claim, or a form that names serial numbers, against what was sold, to whom, and when the warranty ends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from matchers.case import Case, Linkage, Sale
from matchers.claimed import ClaimedLine
from matchers.compare.deliveries import buyer_of, handed_over_on, is_open_repair, is_own_repair, last_delivery
from matchers.compare.parties import name_similarity
from matchers.explain import numbers_text, percent_text
from matchers.rules.duplicates import is_same_name
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.documents import DocumentKind
from service.domain.keys import account_key, name_words
from service.domain.records import Repair, Serial
from service.domain.terms import months_later
from service.ports import Sibling

_SAME_FAULT = 0.6


def serial_unknown(_: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """SERIAL_UNKNOWN: a serial number that Odoo doesn't have."""
    sale = linkage.sale
    unknown = [line for line in sale.lines if line.serial_key and not sale.serials.get(line.number)]
    return tuple(
        finding(
            Code.SERIAL_UNKNOWN,
            f"The serial number {line.serial} of line {line.number} ({line.shown}) isn't in Odoo.",
            field="serial_number",
            line=line.number,
            actual=line.serial,
            odoo_refs=tuple(pair.order_line.ref for pair in sale.pairs_of(line.number)),
            releases_when=f"The serial number {line.serial} appears in Odoo.",
        )
        for line in unknown
    )


def serial_not_sold_to_customer(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """SERIAL_NOT_SOLD_TO_CUSTOMER: none of the serials of that number went to this customer, nor to the dealer that a
    claim names. ``expected`` is who has it, None where it was never delivered.
    """
    if linkage.customer is None:
        return ()
    found = (_sold_to_another(case, line, linkage) for line in linkage.sale.lines)
    return tuple(entry for entry in found if entry is not None)


def _sold_to_another(case: Case, line: ClaimedLine, linkage: Linkage) -> Discrepancy | None:
    sale, customer = linkage.sale, linkage.customer
    serials = sale.serials.get(line.number, ())
    if customer is None or not serials or any(_is_theirs(case, serial, linkage) for serial in serials):
        return None
    serial = serials[0]
    last = last_delivery(serial, sale)
    owner = linkage.index.partners.get(buyer_of(last, sale) or 0) if last else None
    shown = f"was delivered to {owner.ref.name if owner else 'another'} by {last.transfer.ref.name}" if last else ""
    return finding(
        Code.SERIAL_NOT_SOLD_TO_CUSTOMER,
        f"The serial number {line.serial} of line {line.number} {shown or 'was never delivered'}, not to "
        f"{customer.ref.name}.",
        field="serial_number",
        line=line.number,
        expected=owner.ref.name if owner else None,
        actual=customer.ref.name,
        odoo_refs=(serial.ref, *((last.transfer.ref,) if last else ()), customer.ref),
        releases_when=f"A delivery of {serial.number} to {customer.ref.name} is in Odoo.",
    )


def _is_theirs(case: Case, serial: Serial, linkage: Linkage) -> bool:
    """Whether the customer, or the dealer named on the claim, ever got it."""
    dealer = case.extraction.text("dealer_name")
    for moved in linkage.sale.sold.handed_over.get(serial.ref.id, ()):
        for partner_id in (moved.transfer.partner_id, buyer_of(moved, linkage.sale)):
            owner = linkage.index.partners.get(linkage.index.head_id(partner_id) or 0)
            if owner is not None and (owner == linkage.customer or is_same_name(dealer, owner.ref.name)):
                return True
    return False


def out_of_warranty(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """OUT_OF_WARRANTY: the failure, else the claim, lies after the last day of the warranty; one for all goods of the
    same last day. It runs from the serial's delivery, else the order's, else the purchase date.
    """
    failed_on = case.extraction.day("failure_date") or case.extraction.day("claim_date") or case.today
    starts = [(line, _warranty_start(case, line, linkage.sale)) for line in linkage.sale.lines or (None,)]
    late: dict[date, list[ClaimedLine | None]] = {}
    for line, start in starts:
        if start is not None and failed_on > months_later(start, case.policy.warranty_months):
            late.setdefault(start, []).append(line)
    return tuple(_expired(case, failed_on, start, lines, linkage.sale) for start, lines in sorted(late.items()))


def _warranty_start(case: Case, line: ClaimedLine | None, sale: Sale) -> date | None:
    serials = sale.serials.get(line.number, ()) if line else ()
    order_lines = [pair.order_line.ref.id for pair in sale.pairs_of(line.number)] if line else []
    delivered_on = handed_over_on(sale, next(iter(serials), None), order_lines)
    invoiced = max((bill.billed_on for bill in sale.invoices if bill.billed_on), default=None)
    return delivered_on or invoiced or case.extraction.day("purchase_date")


def _expired(case: Case, failed_on: date, start: date, lines: list[ClaimedLine | None], sale: Sale) -> Discrepancy:
    months = case.policy.warranty_months
    until = months_later(start, months)
    named = [line for line in lines if line is not None]
    what = f" of line {numbers_text(line.number for line in named)} ({named[0].shown})" if named else ""
    serials = (serial.ref for line in named for serial in sale.serials.get(line.number, ()))
    return finding(
        Code.OUT_OF_WARRANTY,
        f"The failure{what} on {failed_on} lies after {until}, the end of {months} months from {start}.",
        field="failure_date" if case.extraction.day("failure_date") else "claim_date",
        line=named[0].number if named else None,
        expected=until.isoformat(),
        actual=failed_on.isoformat(),
        difference=Decimal((failed_on - until).days),
        tolerance=f"{months} months",
        odoo_refs=(*serials, *(order.ref for order in sale.chosen)),
        money_at_risk=case.extraction.amount("claimed_amount"),
    )


def proof_of_purchase_missing(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PROOF_OF_PURCHASE_MISSING: the claim names no sale, and neither a serial number nor the customer's orders show
    one beyond doubt.
    """
    sale = linkage.sale
    is_sure = any(match.chosen and match.score >= case.policy.automatic_score for match in sale.orders)
    serials = (serial for found in sale.serials.values() for serial in found)
    if is_sure or sale.references or any(_is_theirs(case, serial, linkage) for serial in serials):
        return ()
    nearest = next(iter(sale.orders), None)
    closest = f"; perhaps it is {nearest.ref.name}, which fits at {percent_text(nearest.score)}" if nearest else ""
    return (
        finding(
            Code.PROOF_OF_PURCHASE_MISSING,
            f"The claim names neither order nor invoice, and no sale in Odoo stands for it{closest}.",
            field="invoice_reference",
            expected=nearest.ref.name if nearest else None,
            odoo_refs=(nearest.ref,) if nearest else (),
            money_at_risk=case.extraction.amount("claimed_amount"),
            releases_when="The document names an order or invoice that is in Odoo.",
        ),
    )


def duplicate_claim(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """DUPLICATE_CLAIM: a repair of the same goods is open, or an earlier claim is about the same serial and fault."""
    shown = {match.ref for match in linkage.sale.repairs}
    open_ = [
        repair
        for repair in linkage.index.records.repairs
        if repair.ref in shown and is_open_repair(repair) and not is_own_repair(case, repair)
    ]
    if open_:
        return (_under_repair(open_[0], linkage),)
    earlier = [sibling for sibling in case.siblings if _is_same_claim(case, sibling, linkage.sale)]
    return (_claimed_before(min(earlier, key=lambda s: s.document.received_at), linkage),) if earlier else ()


def _under_repair(repair: Repair, linkage: Linkage) -> Discrepancy:
    line, serial = _line_of(repair, linkage.sale)
    goods = f"serial number {serial.number}" if serial else "the same goods of this customer"
    return finding(
        Code.DUPLICATE_CLAIM,
        f"Repair {repair.ref.name} of {goods} is open already ({repair.state.replace('_', ' ')}).",
        field="serial_number",
        line=line,
        expected=repair.ref.name,
        actual=serial.number if serial else None,
        odoo_refs=(repair.ref, *((serial.ref,) if serial else ())),
        releases_when=f"{repair.ref.name} is done or cancelled in Odoo.",
    )


def _line_of(repair: Repair, sale: Sale) -> tuple[int | None, Serial | None]:
    for number, serials in sale.serials.items():
        for serial in serials:
            if serial.ref.id == repair.serial_id:
                return number, serial
    return None, None


def _is_same_claim(case: Case, sibling: Sibling, sale: Sale) -> bool:
    if sibling.document.kind is not DocumentKind.WARRANTY_CLAIM or sibling.document.id == case.document.id:
        return False
    theirs = {account_key(number) for number in sibling.serial_numbers}
    if not theirs.intersection(line.serial_key for line in sale.lines if line.serial_key):
        return False
    fault = name_words(case.extraction.text("fault_description") or "")
    other = name_words(sibling.fault or "")
    return not fault or not other or name_similarity(fault, other) >= _SAME_FAULT


def _claimed_before(first: Sibling, linkage: Linkage) -> Discrepancy:
    numbers = {account_key(number) for number in first.serial_numbers}
    line = next(line for line in linkage.sale.lines if line.serial_key in numbers)
    return finding(
        Code.DUPLICATE_CLAIM,
        f"Serial number {line.serial} was claimed for before, on {first.document.received_at.date()} by "
        f"{first.document.filename}.",
        field="serial_number",
        line=line.number,
        expected=first.document.id,
        actual=line.serial,
    )
