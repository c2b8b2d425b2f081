"""Who pays what: transfers for bills, invoices and credit notes, and money that nobody can explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random

from service.demo.company.cashbook import Cashbook, Transfer, Way
from service.demo.company.identifiers import account
from service.demo.company.sale_plan import Comeback, SalePlan, Settlement
from service.demo.company.values import TODAY, Bill, Customer, Invoice, Vendor
from service.domain.money import to_cents

_FIRST_NEWER_VENDOR = 51  # the older ones' unpaid bills stay as they are: papers refer to them
_BILL_WAYS = (Way.BANKED, Way.BANKED, Way.DIRECT, Way.BANKED, Way.ENTERED)
_YESTERDAY = TODAY - timedelta(days=1)
_PARTLY_PAID_EVERY, _BANKED_ONLY_EVERY = 4, 7
_TWICE_EVERY, _IN_PARTS_EVERY = 9, 5


def settle(
    cashbook: Cashbook,
    bills: Sequence[Bill],
    vendors: Mapping[int, Vendor],
    sales: Sequence[tuple[SalePlan, Invoice]],
    credit_notes: Sequence[tuple[SalePlan, Invoice]],
    customers: Mapping[int, Customer],
    rng: Random,
) -> None:
    """Enter everything that was paid until now."""
    offsets = _offset(cashbook, bills, sales, credit_notes)
    transfers = [
        *_paid_bills([bill for bill in bills if bill.is_paid], vendors),
        *_unpaid_bills(_open_bills(bills), offsets, vendors),
        *(transfer for sale in sales for transfer in _invoice_paid(*sale, customers, offsets, rng)),
        *(transfer for sale in credit_notes for transfer in _paid_out(*sale, customers)),
        *_unallocated(vendors, customers, rng),
        *_strange(rng),
    ]
    cashbook.enter(transfers)


def _open_bills(bills: Iterable[Bill]) -> list[Bill]:
    """Posted, unpaid bills of the newer vendors."""
    return [
        bill
        for bill in bills
        if bill.state == "posted" and not bill.is_paid and not bill.is_refund and bill.vendor_id >= _FIRST_NEWER_VENDOR
    ]


def _offset(
    cashbook: Cashbook,
    bills: Sequence[Bill],
    sales: Sequence[tuple[SalePlan, Invoice]],
    credit_notes: Sequence[tuple[SalePlan, Invoice]],
) -> dict[int, Decimal]:
    """Posting a credit note sets it against its document where that is still open; the amounts by document."""
    offsets: dict[int, Decimal] = {}
    by_id = {bill.id: bill for bill in bills}
    for credit in (bill for bill in bills if bill.reversed_id is not None):
        bill = by_id[credit.reversed_id or 0]
        if not bill.is_paid:
            offsets[bill.id] = cashbook.offset(bill, credit, credit.created_at.date())
    invoices = {invoice.id: invoice for _, invoice in sales}
    for plan, note in credit_notes:
        if plan.settlement is Settlement.OPEN and note.state == "posted":
            invoice = invoices[note.reversed_id or 0]
            offsets[invoice.id] = cashbook.offset(invoice, note, note.created_at.date())
    return offsets


def _paid_bills(bills: Sequence[Bill], vendors: Mapping[int, Vendor]) -> Iterator[Transfer]:
    for position, (bill, way) in enumerate(zip(bills, cycle(_BILL_WAYS), strict=False)):
        vendor = vendors[bill.vendor_id]
        on = bill.changed_at.date()
        if position % _IN_PARTS_EVERY == _IN_PARTS_EVERY - 1:
            part = to_cents(bill.total * 2 / 5)
            yield _bill_transfer(bill, vendor, on - timedelta(days=4), Way.BANKED, part)
            yield _bill_transfer(bill, vendor, on, way, bill.total - part)
        else:
            yield _bill_transfer(bill, vendor, on, way, bill.total)
        if position % _TWICE_EVERY == _TWICE_EVERY - 1 and vendor.id >= _FIRST_NEWER_VENDOR:
            again = min(on + timedelta(days=6), _YESTERDAY)
            yield Transfer(again, Way.BANKED, True, bill.total, bill.number, vendor)


def _bill_transfer(bill: Bill, vendor: Vendor, on: date, way: Way, amount: Decimal) -> Transfer:
    return Transfer(on, way, True, amount, bill.number, vendor, bill)


def _unpaid_bills(
    bills: Sequence[Bill], offsets: Mapping[int, Decimal], vendors: Mapping[int, Vendor]
) -> Iterator[Transfer]:
    """Some are paid in part, of some only the bank knows."""
    for position, bill in enumerate(bills):
        vendor = vendors[bill.vendor_id]
        on = min(bill.billed_on + timedelta(days=12), _YESTERDAY)
        left = bill.total - offsets.get(bill.id, Decimal(0))
        if position % _PARTLY_PAID_EVERY == 1:
            yield _bill_transfer(bill, vendor, on, Way.BANKED, to_cents(left / 2))
        elif position % _BANKED_ONLY_EVERY == 2:
            yield Transfer(on, Way.UNMATCHED, True, left, f"{vendor.name} {bill.number}", vendor)


def _invoice_paid(
    plan: SalePlan,
    invoice: Invoice,
    customers: Mapping[int, Customer],
    offsets: Mapping[int, Decimal],
    rng: Random,
) -> Iterator[Transfer]:
    customer = customers[invoice.customer_id]
    on = min(invoice.invoiced_on + timedelta(days=rng.randrange(0, 3 + customer.terms_days)), _YESTERDAY)
    on = max(on, invoice.invoiced_on)
    text = f"{invoice.name} {invoice.reference}"
    if invoice.state != "posted" or plan.settlement is Settlement.OPEN:
        if invoice.state == "posted" and invoice.id % _BANKED_ONLY_EVERY == 0 and invoice.id not in offsets:
            yield Transfer(on, Way.UNMATCHED, False, invoice.total, text, customer)
        return
    for days, way, amount, document in _customer_parts(plan.settlement, invoice):
        yield Transfer(min(on + timedelta(days=days), TODAY), way, False, amount, text, customer, document)


def _customer_parts(settlement: Settlement, invoice: Invoice) -> Iterator[tuple[int, Way, Decimal, Invoice | None]]:
    """Days later, way, amount and what it is for."""
    half = to_cents(invoice.total / 2)
    if settlement is Settlement.PART:
        yield 0, Way.BANKED, half, invoice
    elif settlement is Settlement.PARTS:
        yield 0, Way.BANKED, half, invoice
        yield 11, Way.DIRECT, invoice.total - half, invoice
    elif settlement is Settlement.BANK:
        yield 0, Way.DIRECT, invoice.total, invoice
    else:
        yield 0, Way.ENTERED if settlement is Settlement.UNBANKED else Way.BANKED, invoice.total, invoice
    if settlement is Settlement.TWICE:
        yield 3, Way.BANKED, invoice.total, None


def _paid_out(plan: SalePlan, note: Invoice, customers: Mapping[int, Customer]) -> Iterator[Transfer]:
    if plan.comeback is Comeback.CREDITED and plan.settlement is not Settlement.OPEN:
        on = max(min(note.invoiced_on + timedelta(days=2), _YESTERDAY), note.invoiced_on)
        yield Transfer(on, Way.BANKED, True, note.total, note.name, customers[note.customer_id], note)


def _unallocated(vendors: Mapping[int, Vendor], customers: Mapping[int, Customer], rng: Random) -> Iterator[Transfer]:
    """Payments on account, one that was never posted and one that was called off."""
    newer = [vendor for vendor in vendors.values() if vendor.id >= _FIRST_NEWER_VENDOR]
    for text, vendor in zip(("Deposit season 2027", "Advance payment", "Deposit fair goods"), newer[::9], strict=False):
        amount = Decimal(rng.randrange(4, 20) * 50)
        yield Transfer(_days_ago(rng, 10, 60), Way.BANKED, True, amount, text, vendor)
    for customer in list(customers.values())[4::19]:
        amount = Decimal(rng.randrange(3, 12) * 25)
        yield Transfer(_days_ago(rng, 5, 50), Way.BANKED, False, amount, "Prepayment web shop", customer)
    yield Transfer(_days_ago(rng, 2, 4), Way.DRAFT, True, Decimal("318.50"), "Collective order", newer[3])
    yield Transfer(_days_ago(rng, 20, 30), Way.CANCELLED, True, Decimal("127.90"), "Paid by mistake", newer[5])


def _strange(rng: Random) -> Iterator[Transfer]:
    """Statement lines of people whom the books don't know."""
    rows = (
        (True, "14.90", "Kontoführung Oktober", None, False),
        (True, "236.15", "Beitrag 7718-02 Inhaltsversicherung", "Bergische Versicherung VVaG", True),
        (True, "89.00", "Miete Kartenterminal", "Zahlwerk Terminal GmbH", True),
        (False, "64.70", "Danke fuer die Lieferung", "H. PAUL", True),
        (False, "129.00", "Bestellung WEB-1O0391", "SCHUSTER UND SOEHNE", True),
        (True, "1475.20", "Rechnung 2026-0871", "BROCKMANN LADENBAU", True),
    )
    for is_outgoing, amount, text, name, has_account in rows:
        number = account("DE", "FREM", rng) if has_account else None
        yield Transfer(_days_ago(rng, 2, 28), Way.UNMATCHED, is_outgoing, Decimal(amount), text, named=(name, number))


def _days_ago(rng: Random, youngest: int, oldest: int) -> date:
    return TODAY - timedelta(days=rng.randrange(youngest, oldest))
