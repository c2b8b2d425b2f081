"""An approved return or claim to what it asks for in Odoo: a return transfer with its refund, or a repair order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from matchers.claimed import claimed_lines
from matchers.index import RecordIndex, index_of
from matchers.sold import Charged, Moved, Sold, sold_of
from service.domain.codes import Code
from service.domain.documents import DocumentKind
from service.domain.drafts import RepairDraft, ReturnDraft, ReturnLineDraft
from service.domain.errors import UsageError
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.fields import Resolution
from service.domain.keys import account_key
from service.domain.matching import LineMatch, Reconciliation, Role
from service.domain.records import Receipt, SaleOrderLine, Serial

_ZERO = Decimal(0)
_POSTED = "posted"
# Where a replacement or a repair follows, the sale stands as it is.
_TO_REFUND = frozenset({None, Resolution.REFUND.value, Resolution.STORE_CREDIT.value})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What comes back of one sale order line: ``serial_ids`` are the numbers that the form names."""

    line: SaleOrderLine
    quantity: Decimal
    serial_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Approved:
    """What a draft is made of, looked up once."""

    extraction: Extraction
    reconciliation: Reconciliation
    index: RecordIndex
    sold: Sold

    @property
    def lines(self) -> Mapping[int, SaleOrderLine]:
        """The lines of the chosen sale orders by id, as they were matched."""
        return {line.ref.id: line for order in self.reconciliation.sale_orders for line in order.lines}

    def serials_of(self, number: int) -> tuple[Serial, ...]:
        """The serials in Odoo of a line's number."""
        printed = self.extraction.lines[number - 1].text("serial_number") or ""
        return self.sold.serials.get(account_key(printed), ())


def _approved(extraction: Extraction, reconciliation: Reconciliation, records: Records, marker: str) -> _Approved:
    index = index_of(records)
    return _Approved(extraction, reconciliation, index, sold_of(index, marker))


def return_draft(extraction: Extraction, reconciliation: Reconciliation, records: Records, marker: str) -> ReturnDraft:
    """The return transfer to create, of the oldest delivery that has everything left, at most what is left to return;
    where the form asks for money and an invoice is there, with the credit note's lines.

    UsageError where no order line is matched, nothing is left, or it would take several transfers or credit notes.
    """
    approved = _approved(extraction, reconciliation, records, marker)
    wanted = _wanted(approved)
    delivery, lines = _from_one_delivery(wanted, approved)
    invoice_id, refund_lines = _refund(wanted, approved)
    return ReturnDraft(
        marker=marker,
        delivery_id=delivery.ref.id,
        lines=lines,
        refund_of=invoice_id,
        reason=_reason(extraction),
        refund_on=None,
        refund_lines=refund_lines,
    )


def _wanted(approved: _Approved) -> tuple[_Wanted, ...]:
    matched: dict[int, list[LineMatch]] = {}
    for match in approved.reconciliation.line_matches:
        if match.ref.id in approved.lines and match.quantity > 0:
            matched.setdefault(match.ref.id, []).append(match)
    if not matched or approved.extraction.kind is not DocumentKind.RETURN_FORM:
        raise UsageError(
            "No return can be made of this document: none of its items is matched with a sale.",
            advice="Correct the order number or the items, then approve it again.",
        )
    found = (_wanted_of(approved.lines[line_id], matches, approved) for line_id, matches in matched.items())
    left = tuple(wanted for wanted in found if wanted.quantity > 0)
    if not left:
        raise UsageError(
            "Nothing of these goods is left to be returned.", advice="Reject it, or look at the deliveries in Odoo."
        )
    return left


def _wanted_of(line: SaleOrderLine, matches: list[LineMatch], approved: _Approved) -> _Wanted:
    asked = sum((match.quantity for match in matches), _ZERO)
    left = sum((quantity for _, quantity in approved.sold.returnable(line)), _ZERO)
    serials = (serial.ref.id for match in matches for serial in approved.serials_of(match.line))
    return _Wanted(line, min(asked, left), frozenset(serials))


def _from_one_delivery(wanted: tuple[_Wanted, ...], approved: _Approved) -> tuple[Receipt, tuple[ReturnLineDraft, ...]]:
    """First in, first out: the oldest delivery that covers all, the one that the named serials came by before."""
    open_ = {entry.line.ref.id: approved.sold.returnable(entry.line) for entry in wanted}
    deliveries = {moved.transfer.ref: moved.transfer for found in open_.values() for moved, _ in found}
    named = {serial for entry in wanted for serial in entry.serial_ids}
    by_age = sorted(deliveries.values(), key=lambda t: (not _has_any(t, named), t.done_at is None, t.done_at, t.ref.id))
    to_refund = approved.extraction.text("requested_resolution") in _TO_REFUND
    for delivery in by_age:
        lines = [_taken(entry, open_[entry.line.ref.id], delivery, to_refund=to_refund) for entry in wanted]
        if all(lines):
            return delivery, tuple(line for taken in lines for line in taken)
    names = ", ".join(delivery.ref.name for delivery in by_age)
    raise UsageError(
        f"The goods were delivered by several transfers ({names}), and a return takes back one.",
        advice="Make the returns in Odoo, then reject this document with a note.",
    )


def _has_any(transfer: Receipt, serial_ids: set[int]) -> bool:
    return any(not serial_ids.isdisjoint(movement.serial_ids) for movement in transfer.movements)


def _taken(
    wanted: _Wanted, open_: Iterable[tuple[Moved, Decimal]], delivery: Receipt, *, to_refund: bool
) -> tuple[ReturnLineDraft, ...]:
    """The lines that take all of it back of that delivery, the serials' movements first; nothing where it has less."""
    mine = [(moved.movement, left) for moved, left in open_ if moved.transfer.ref == delivery.ref]
    mine.sort(key=lambda entry: (wanted.serial_ids.isdisjoint(entry[0].serial_ids), entry[0].ref.id))
    rest, lines = wanted.quantity, []
    for movement, left in mine:
        share = min(rest, left)
        if share > 0:
            lines.append(ReturnLineDraft(movement.ref.id, movement.product_id, share, to_refund))
            rest -= share
    return tuple(lines) if not rest else ()


def _refund(wanted: tuple[_Wanted, ...], approved: _Approved) -> tuple[int | None, tuple[tuple[int, Decimal], ...]]:
    """The invoice to credit and how much of its lines, at most what earlier credit notes leave of them."""
    if approved.extraction.text("requested_resolution") != Resolution.REFUND.value:
        return None, ()
    due = {entry.line.ref.id: min(entry.quantity, _refundable(entry.line, approved.sold)) for entry in wanted}
    due = {line_id: quantity for line_id, quantity in due.items() if quantity > 0}
    charged = {line_id: _posted(approved.sold.invoiced.get(line_id, ())) for line_id in due}
    invoices = {entry.bill.ref: entry.bill for found in charged.values() for entry in found}
    if not invoices:
        return None, ()
    for invoice in sorted(invoices.values(), key=lambda bill: (bill.billed_on is None, bill.billed_on, bill.ref.id)):
        parts = [_credited(due[line_id], charged[line_id], invoice.ref.id) for line_id in due]
        if all(parts):
            return invoice.ref.id, tuple(part for taken in parts for part in taken)
    names = ", ".join(ref.name for ref in invoices)
    raise UsageError(
        f"The goods were invoiced by several invoices ({names}), and a credit note takes back one.",
        advice="Make the credit notes in Odoo, then reject this document with a note.",
    )


def _refundable(line: SaleOrderLine, sold: Sold) -> Decimal:
    return sold.invoiced_quantity(line) - sold.refunded_quantity(line)


def _posted(charged: Iterable[Charged]) -> tuple[Charged, ...]:
    return tuple(entry for entry in charged if entry.bill.state == _POSTED)


def _credited(quantity: Decimal, charged: Iterable[Charged], invoice_id: int) -> tuple[tuple[int, Decimal], ...]:
    rest, parts = quantity, []
    for entry in charged:
        share = min(rest, entry.line.quantity)
        if entry.bill.ref.id == invoice_id and share > 0:
            parts.append((entry.line.ref.id, share))
            rest -= share
    return tuple(parts) if not rest else ()


def _reason(extraction: Extraction) -> str:
    """The form's number and why each item comes back, as the customer put it."""
    said = (line.text("reason_raw") or (line.text("reason") or "").replace("_", " ") for line in extraction.lines)
    number = extraction.text("return_number")
    return "; ".join(dict.fromkeys(text for text in (number and f"Return {number}", *said) if text)) or "Return"


def repair_draft(extraction: Extraction, reconciliation: Reconciliation, records: Records, marker: str) -> RepairDraft:
    """The repair order to create for the claim's one product; under warranty unless OUT_OF_WARRANTY was found.

    UsageError naming all that is missing: customer, our company, the product; or that several are claimed for.
    """
    approved = _approved(extraction, reconciliation, records, marker)
    customer = next(iter(reconciliation.chosen(Role.CUSTOMER)), None)
    serial, products = _serial(approved), _products(approved)
    company_id = _company_id(approved)
    needed = (
        ("a kind of document that a repair can be made of", extraction.kind is DocumentKind.WARRANTY_CLAIM),
        ("the customer", customer is not None),
        ("which of our companies sold it", company_id is not None),
        ("the product", bool(products)),
    )
    missing = [name for name, is_there in needed if not is_there]
    if missing:
        raise UsageError(
            f"No repair can be made of this document, it lacks {', '.join(missing)}.",
            advice="Correct the document's values, then approve it again.",
        )
    if len(products) > 1:
        raise UsageError(
            "The claim is for several products, and a repair order is for one.",
            advice="Make the repairs in Odoo, then reject this document with a note.",
        )
    assert customer is not None
    assert company_id is not None
    orders = reconciliation.sale_orders
    return RepairDraft(
        marker=marker,
        partner_id=customer.ref.id,
        company_id=company_id,
        product_id=products[0],
        serial_id=serial.ref.id if serial else None,
        sale_order_id=orders[0].ref.id if orders else None,
        under_warranty=all(found.code is not Code.OUT_OF_WARRANTY for found in reconciliation.discrepancies),
        note=_note(extraction),
    )


def _serial(approved: _Approved) -> Serial | None:
    """The serial that this customer has, else the only one of that number."""
    named = [serial for line in claimed_lines(approved.extraction) for serial in approved.serials_of(line.number)]
    chosen = {match.ref for match in approved.reconciliation.chosen(Role.SERIAL)}
    theirs = [serial for serial in named if serial.ref in chosen] or named
    return theirs[0] if len({serial.ref for serial in theirs}) == 1 else None


def _products(approved: _Approved) -> tuple[int, ...]:
    """The products claimed for: the serials', else the matched order lines', else those of the printed codes."""
    products: dict[int, None] = {}
    chosen = {match.ref for match in approved.reconciliation.chosen(Role.SERIAL)}
    for line in claimed_lines(approved.extraction):
        numbered = approved.serials_of(line.number)
        numbered = tuple(serial for serial in numbered if serial.ref in chosen) or numbered
        matched = [match.ref.id for match in approved.reconciliation.line_matches if match.line == line.number]
        sold = (approved.lines[line_id].product_id for line_id in matched if line_id in approved.lines)
        coded = (p.ref.id for p in approved.index.products.values() if line.code and _code(p.code) == line.code)
        candidates = (*(serial.product_id for serial in numbered), *(product for product in sold if product), *coded)
        products.update(dict.fromkeys(candidates[:1]))
    return tuple(products)


def _code(code: str | None) -> str:
    return account_key(code or "").lstrip("0")


def _company_id(approved: _Approved) -> int | None:
    selling = {order.company_id for order in approved.reconciliation.sale_orders}
    known = selling or {company.ref.id for company in approved.index.records.companies}
    return known.pop() if len(known) == 1 else None


def _note(extraction: Extraction) -> str:
    number, fault = extraction.text("claim_number"), extraction.text("fault_description")
    wants = (extraction.text("requested_resolution") or "").replace("_", " ")
    said = (number and f"Claim {number}", fault, wants and f"Asked for: {wants}")
    return "\n".join(text for text in said if text) or "Warranty claim"
