"""Suppliers' papers from abroad and as scans; wrong accounts, doubtful sellers, money that moved already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from service.demo.company.standing import bill_standings, unallocated_payments
from service.demo.company.values import Order, Vendor
from service.demo.documents.content import Bank, DocumentContent, Item
from service.demo.documents.invoicing import invoice, items_for, referring_to, with_sums
from service.demo.documents.scans import ScanFile, ScanKind
from service.demo.documents.scenarios.purchases import unknown_vendor
from service.demo.documents.scenarios.scenes import Scenario, Scenes, is_open
from service.domain.codes import Code
from service.domain.money import to_cents

_D = Decimal
_STANDARD_RATE = _D(19)
_FIRST_ADDED = 51  # the first vendors have papers of their own
_PLAIN = str.maketrans("äöüéèñ", "aoueen", "ß")
STRANGE_BANK = Bank("Kreditbank Neustadt", "DE02160800000000123456", "NEUSDE33XXX")


def other_vendors(scenes: Scenes) -> Iterator[Scenario]:
    """The papers, in the order in which they arrive."""
    for parts in (_from_abroad, _doubtful_sellers, _closed_and_foreign, _paid):
        yield from parts(scenes)


def open_orders(scenes: Scenes, language: str) -> tuple[Order, ...]:
    """Orders that may be billed whole, of later vendors who write in that language."""
    vendors = {vendor.id for vendor in scenes.company.vendors if vendor.language == language}
    return tuple(
        order
        for order in scenes.company.billable_orders()
        if order.vendor_id in vendors and order.vendor_id >= _FIRST_ADDED and is_open(order)
    )


def _name(scenes: Scenes, order: Order) -> str:
    """The first words of the vendor's name, as file names have them."""
    name = scenes.company.vendor(order.vendor_id).name.lower()
    plain = name.translate(_PLAIN)
    return "-".join("".join(sign for sign in word if sign.isalnum()) for word in plain.split()[:2])


def _from_abroad(scenes: Scenes) -> Iterator[Scenario]:
    ways = (
        ("fr", "boxed_form", None, ScanFile.PDF),
        ("es", "footer_only", ScanKind.CLEAN, ScanFile.PDF),
        ("nl", "typewriter", None, ScanFile.PDF),
        ("it", "boxed_form", ScanKind.CLEAN, ScanFile.TIFF),
        ("en", "us_letter", ScanKind.POOR, ScanFile.PDF),
    )
    for language, layout, scan, file in ways:
        order = open_orders(scenes, language)[0]
        yield Scenario(_name(scenes, order), layout, scenes.invoice_of(order), (), scan, file)
    german = open_orders(scenes, "de")
    yield Scenario(_name(scenes, german[0]), "footer_only", scenes.invoice_of(german[0]), (), ScanKind.CLEAN,
                   ScanFile.JPEG)  # fmt: skip
    dearer = _dearer(scenes.invoice_of(german[1]))
    name = f"{_name(scenes, german[1])}-dearer"
    yield Scenario(name, "boxed_form", dearer, (Code.PRICE_VARIANCE,), ScanKind.POOR)
    yield Scenario("thalheim-credit", "typewriter", scenes.credit_note(12, _D(2), "GS"), (), ScanKind.POOR)


def _dearer(content: DocumentContent) -> DocumentContent:
    """The first item 6 % dearer than ordered."""
    first, *others = content.items
    price = to_cents(first.unit_price * _D("1.06"))
    total = to_cents(first.quantity * price * (100 - (first.discount_percent or _D(0))) / 100)
    return with_sums(replace(content, items=(replace(first, unit_price=price, total=total), *others)))


def _doubtful_sellers(scenes: Scenes) -> Iterator[Scenario]:
    company = scenes.company
    twice = _service(scenes, company.doubled_vendors[0], "Natursteinplatten verlegen, Schaufläche Eingang", "840.00")
    yield Scenario("grauwald-twice", "din_letter", twice, (Code.AMBIGUOUS_VENDOR, Code.PO_MISSING))
    former = _service(scenes, company.former_vendor, "Teichfilter reinigen und Dichtungen tauschen", "315.00")
    yield Scenario("teichgraf-former", "open_page", former, (Code.PO_MISSING, Code.VENDOR_BLOCKED))
    orders = open_orders(scenes, "de")
    other = scenes.invoice_of(orders[2])
    other = replace(other, seller=replace(other.seller, vat_id="DE136695976"))
    yield Scenario(f"{_name(scenes, orders[2])}-vat-id", "din_letter", other, (Code.VAT_ID_MISMATCH,))
    moved = replace(scenes.invoice_of(orders[3]), bank=STRANGE_BANK)
    yield Scenario(f"{_name(scenes, orders[3])}-account", "footer_only", moved, (Code.BANK_ACCOUNT_MISMATCH,))


def _service(scenes: Scenes, vendor: Vendor, words: str, price: str) -> DocumentContent:
    """A job that no order tells of."""
    issued_on = scenes.recent_day()
    item = Item(words, _D(1), "C62", _D(price), vendor.tax_rate, _D(price))
    return invoice(scenes.company, vendor, scenes.next_number(vendor, issued_on), issued_on, (item,))


def _closed_and_foreign(scenes: Scenes) -> Iterator[Scenario]:
    company = scenes.company
    dropped = next(order for order in company.orders if order.state == "cancel" and order.vendor_id >= _FIRST_ADDED)
    items = items_for(company, dropped, {line.id: line.quantity for line in dropped.lines})
    closed = replace(scenes.invoice(dropped.vendor_id, items), order_references=(dropped.name,))
    yield Scenario(f"{_name(scenes, dropped)}-cancelled", "boxed_form", closed, (Code.PO_CLOSED,))
    pounds = replace(scenes.invoice_of(open_orders(scenes, "en")[1]), currency="GBP")
    yield Scenario("in-pounds", "us_letter", pounds, (Code.CURRENCY_MISMATCH,))
    moved = {-line.amount for line in company.statement_lines}
    bill = next(
        bill
        for bill in reversed(company.bills)
        if bill.state == "posted"
        and bill.vendor_id >= _FIRST_ADDED
        and bill.total not in moved
        and company.open_amount(bill) == bill.total
    )
    order = next(order for order in company.orders if order.id == bill.order_id)
    items = items_for(company, order, {line.order_line_id: line.quantity for line in bill.lines})
    vendor = company.vendor(bill.vendor_id)
    again = invoice(company, vendor, scenes.next_number(vendor, bill.billed_on), bill.billed_on, items)
    again = referring_to(again, company, order)
    codes = (Code.PO_CLOSED, Code.POSSIBLE_DUPLICATE_INVOICE)
    yield Scenario(f"{_name(scenes, order)}-perhaps-again", "typewriter", again, codes)


def _paid(scenes: Scenes) -> Iterator[Scenario]:
    company = scenes.company
    advance = next(
        payment
        for payment in reversed(unallocated_payments(company))
        if payment.is_outgoing and company.vendor(payment.partner_id).tax_rate == _STANDARD_RATE
        and not any(standing.document.total == payment.amount for standing in bill_standings(company))
    )  # fmt: skip
    net = to_cents(advance.amount / _D("1.19"))
    vendor = company.vendor(advance.partner_id)
    issued_on = advance.paid_on - timedelta(days=3)
    item = Item("Messestand, Anteil laut Absprache", _D(1), "C62", net, _STANDARD_RATE, net)
    content = invoice(company, vendor, scenes.next_number(vendor, issued_on), issued_on, (item,))
    yield Scenario("paid-in-advance", "din_letter", content, (Code.ALREADY_PAID, Code.PO_MISSING))
    short = replace(unknown_vendor(scenes), number="2026-0871")
    yield Scenario("brockmann-paid-in-part", "ledger_sheet", short,
                   (Code.PAYMENT_AMOUNT_MISMATCH, Code.UNKNOWN_VENDOR))  # fmt: skip
