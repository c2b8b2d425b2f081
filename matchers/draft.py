"""An approved document to what it becomes in Odoo, the draft bill first: what was printed, linked to the orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from matchers.compare.goods import goods_of
from matchers.compare.units import settled_factor
from matchers.index import RecordIndex, index_of
from matchers.printed import PrintedLine, printed_lines
from matchers.sale_draft import repair_draft, return_draft
from service.domain.documents import BILLABLE_KINDS, DocumentKind
from service.domain.drafts import BillDraft, BillLineDraft, Draft
from service.domain.errors import UsageError
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.keys import account_key
from service.domain.matching import LineMatch, Reconciliation, Role
from service.domain.money import Tolerance
from service.domain.records import Company, OrderLine, PurchaseOrder

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)
_ROUNDING = Tolerance(Decimal("0.05"))
_RATE = Tolerance(Decimal("0.05"))


@dataclass(frozen=True, slots=True)
class _Approved:
    """What the draft is made of, looked up once."""

    extraction: Extraction
    lines: tuple[PrintedLine, ...]
    links: tuple[LineMatch, ...]
    orders: tuple[PurchaseOrder, ...]
    partner_id: int | None
    company: Company | None
    index: RecordIndex


def draft_of(extraction: Extraction, reconciliation: Reconciliation, records: Records, marker: str) -> Draft:
    """What approving the document makes in Odoo, by its kind: a bill or credit note, a return, a repair.

    UsageError saying what is missing, or that documents of its kind become nothing.
    """
    make = _DRAFTS.get(extraction.kind)
    if make is None:
        kind = extraction.kind.value.replace("_", " ")
        raise UsageError(
            f"A document of the kind {kind} becomes nothing in Odoo.", advice="Correct its kind, or reject it."
        )
    return make(extraction, reconciliation, records, marker)


def bill_draft(extraction: Extraction, reconciliation: Reconciliation, records: Records, marker: str) -> BillDraft:
    """The bill to create. Amounts are the document's, products, units and taxes the lines' of the orders as they were
    matched.

    UsageError naming all that is missing: vendor, company, number, date, anything to bill.
    """
    approved = _approved(extraction, reconciliation, records)
    lines = tuple(_lines(approved))
    _check(approved, lines)
    number = extraction.text("invoice_number")
    issued_on = extraction.day("issue_date")
    assert approved.partner_id is not None
    assert approved.company is not None
    assert number is not None
    assert issued_on is not None
    return BillDraft(
        marker=marker,
        is_refund=extraction.kind is DocumentKind.CREDIT_NOTE,
        partner_id=approved.partner_id,
        company_id=approved.company.ref.id,
        currency=extraction.text("currency") or approved.company.currency,
        vendor_reference=number,
        payment_reference=extraction.text("payment_reference") or number,
        billed_on=issued_on,
        due_on=extraction.day("due_date"),
        order_names=tuple(order.ref.name for order in approved.orders),
        lines=lines,
    )


def _approved(extraction: Extraction, reconciliation: Reconciliation, records: Records) -> _Approved:
    vendor = next(iter(reconciliation.chosen(Role.VENDOR)), None)
    return _Approved(
        extraction=extraction,
        lines=printed_lines(extraction),
        links=reconciliation.line_matches,
        orders=reconciliation.orders,
        partner_id=vendor.ref.id if vendor else None,
        company=_company(extraction, reconciliation.orders, records.companies),
        index=index_of(records),
    )


def _company(
    extraction: Extraction, orders: tuple[PurchaseOrder, ...], companies: tuple[Company, ...]
) -> Company | None:
    """Which of our companies is billed: the orders', else the buyer's by VAT id, else the only one."""
    buyer = account_key(extraction.text("buyer_vat_id") or "")
    ordering = {order.company_id for order in orders}
    if ordering:
        found = [company for company in companies if company.ref.id in ordering]
    else:
        found = [company for company in companies if buyer and account_key(company.vat_id or "") == buyer]
    candidates = found or ([] if ordering else list(companies))
    return candidates[0] if len(candidates) == 1 else None


def _check(approved: _Approved, lines: tuple[BillLineDraft, ...]) -> None:
    extraction = approved.extraction
    needed = (
        ("a kind of document that can be billed", extraction.kind in BILLABLE_KINDS),
        ("the vendor", approved.partner_id is not None),
        ("which of our companies is billed", approved.company is not None),
        ("the invoice number", bool(extraction.text("invoice_number"))),
        ("the issue date", extraction.day("issue_date") is not None),
        ("an amount to bill", bool(lines)),
    )
    missing = [name for name, is_there in needed if not is_there]
    if missing:
        raise UsageError(
            f"No bill can be made of this document, it lacks {', '.join(missing)}.",
            advice="Correct the document's values, then approve it again.",
        )


def _lines(approved: _Approved) -> Iterator[BillLineDraft]:
    order_lines = {line.ref.id: (order, line) for order in approved.orders for line in order.lines}
    for line in approved.lines:
        if not line.bills_something:
            continue
        links = [
            link for link in approved.links if link.line == line.number and link.ref.id in order_lines and link.quantity
        ]
        if links:
            yield from (_linked(line, link, *order_lines[link.ref.id], approved) for link in links)
        else:
            yield _unlinked(line, approved)
    yield from _charges(approved)


def _linked(
    line: PrintedLine, link: LineMatch, order: PurchaseOrder, order_line: OrderLine, approved: _Approved
) -> BillLineDraft:
    goods = next(good for good in goods_of(order, frozenset(), approved.index) if good.line.ref == order_line.ref)
    factor = settled_factor(line, goods, approved.index)
    price, discount = _price_and_discount(line)
    included = [
        tax.rate for tax_id in order_line.tax_ids if (tax := approved.index.taxes.get(tax_id)) and tax.included_in_price
    ]
    with_tax = _ONE + sum(included, _ZERO) / _HUNDRED  # Odoo takes such a tax out of the price again
    return BillLineDraft(
        description=line.description or order_line.description,
        quantity=link.quantity * factor,
        unit_price=price * with_tax / factor,
        discount_percent=discount,
        product_id=order_line.product_id,
        unit_id=order_line.unit_id,
        order_line_id=order_line.ref.id,
        tax_ids=order_line.tax_ids,
    )


def _unlinked(line: PrintedLine, approved: _Approved) -> BillLineDraft:
    price, discount = _price_and_discount(line)
    rate = _document_rate(approved) if line.tax_rate is None else line.tax_rate
    return BillLineDraft(
        description=line.description or f"Line {line.number}",
        quantity=line.quantity or _ONE,
        unit_price=price,
        discount_percent=discount,
        product_id=None,
        unit_id=None,
        order_line_id=None,
        tax_ids=_taxes(rate, approved),
    )


def _text_line(description: str, amount: Decimal, approved: _Approved) -> BillLineDraft:
    taxes = _taxes(_document_rate(approved), approved)
    return BillLineDraft(description, _ONE, amount, _ZERO, None, None, None, taxes)


def _price_and_discount(line: PrintedLine) -> tuple[Decimal, Decimal]:
    """Unit price and discount rate as printed; where that doesn't make the printed amount, the price that does."""
    if line.list_price is not None and line.discount_percent is not None:
        return line.list_price, line.discount_percent
    return _price(line.quantity, line.net_price, line.net_amount), _ZERO


def _price(quantity: Decimal, net_price: Decimal | None, amount: Decimal) -> Decimal:
    if not quantity:
        return amount
    if net_price is not None and Tolerance(Decimal("0.02")).allows(quantity * net_price, amount):
        return net_price
    return amount / quantity


def _charges(approved: _Approved) -> Iterator[BillLineDraft]:
    """What the net total holds besides the lines: freight and allowances; the whole of it where there are no lines."""
    net = _amount(approved, "net_total")
    billed = [line for line in approved.lines if line.bills_something]
    if not billed:
        total = net if net is not None else _amount(approved, "grand_total")
        if total:
            number = approved.extraction.text("invoice_number") or ""
            yield _text_line(f"According to {number}".strip(), total, approved)
        return
    freight = _amount(approved, "freight_total") or _ZERO
    allowance = -abs(_amount(approved, "allowance_total") or _ZERO)
    rest = None if net is None else net - sum((line.net_amount for line in billed), _ZERO)
    for charges in (
        (("Freight", freight), ("Allowance", allowance)),
        (("Freight", freight),),
        (("Allowance", allowance),),
    ):
        if rest and _ROUNDING.allows(sum((amount for _, amount in charges), _ZERO), rest):
            yield from (_text_line(name, amount, approved) for name, amount in charges if amount)
            return


def _amount(approved: _Approved, name: str) -> Decimal | None:
    amount = approved.extraction.amount(name)
    is_credit = approved.extraction.kind is DocumentKind.CREDIT_NOTE
    return abs(amount) if amount is not None and is_credit else amount


def _document_rate(approved: _Approved) -> Decimal | None:
    """The one tax rate of the document in percent, where its lines or totals tell."""
    printed = {line.tax_rate for line in approved.lines if line.tax_rate is not None}
    if len(printed) == 1:
        return printed.pop()
    net, tax = _amount(approved, "net_total"), _amount(approved, "tax_total")
    return tax * _HUNDRED / net if net and tax is not None else None


def _taxes(rate: Decimal | None, approved: _Approved) -> tuple[int, ...]:
    """The company's purchase tax of that rate: one on top of the price, the oldest of several."""
    if rate is None:
        return ()
    company_id = approved.company.ref.id if approved.company else None
    fitting = [
        tax
        for tax in approved.index.taxes.values()
        if tax.is_purchase and tax.active and tax.company_id in (None, company_id) and _RATE.allows(tax.rate, rate)
    ]
    fitting.sort(key=lambda tax: (tax.included_in_price, tax.ref.id))
    return tuple(tax.ref.id for tax in fitting[:1])


_DRAFTS: Mapping[DocumentKind, Callable[[Extraction, Reconciliation, Records, str], Draft]] = MappingProxyType(
    {
        DocumentKind.SUPPLIER_INVOICE: bill_draft,
        DocumentKind.CREDIT_NOTE: bill_draft,
        DocumentKind.RETURN_FORM: return_draft,
        DocumentKind.WARRANTY_CLAIM: repair_draft,
    }
)
