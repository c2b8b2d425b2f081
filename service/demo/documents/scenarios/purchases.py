"""Suppliers' papers with the first vendors: good ones, and one for each way in which a bill can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from service.demo.company.values import Address, Order
from service.demo.documents.content import Bank, DocumentContent, Item, Party
from service.demo.documents.invoicing import invoice, item_of, items_for, referring_to, with_sums
from service.demo.documents.scenarios.scenes import Scenario, Scenes, is_awaited, is_open, is_partly_received
from service.domain.codes import Code
from service.domain.money import to_cents

_D = Decimal


def first_vendors(scenes: Scenes) -> Iterator[Scenario]:
    """The papers, in the order in which they arrive."""
    for parts in (_clean, _differing, _without_order, _with_faults):
        yield from parts(scenes)


def _clean(scenes: Scenes) -> Iterator[Scenario]:
    yield Scenario("hansen-voss", "din_letter", scenes.invoice_of(scenes.orders(11, is_open)[0]))
    yield Scenario("thornbury-finch", "open_page", scenes.invoice_of(scenes.orders(17, is_open)[0]))
    yield Scenario("nordlicht-collective", "ledger_sheet", _collective(scenes, scenes.orders(19, is_open)))
    yield Scenario("thornbury-finch-credit", "open_page", scenes.credit_note(17, _D(4), "CN"))


def _collective(scenes: Scenes, orders: tuple[Order, ...]) -> DocumentContent:
    content = scenes.invoice_of(*orders)
    items = tuple(
        replace(item, order_reference=order.name) for order in orders for item in items_for(scenes.company, order)
    )
    return replace(content, items=items)


def _differing(scenes: Scenes) -> Iterator[Scenario]:
    yield Scenario(
        "thalheim-dearer",
        "din_letter",
        _dearer_with_extra(scenes, scenes.orders(12, is_open)[0]),
        (Code.PRICE_VARIANCE, Code.UNMATCHED_LINE),
    )
    yield Scenario(
        "alpenglas-too-much",
        "din_letter",
        _too_much(scenes, scenes.orders(14, is_partly_received)[0]),
        (Code.QUANTITY_OVER_ORDERED, Code.QUANTITY_OVER_RECEIVED),
    )
    awaited = scenes.orders(15, is_awaited)[0]
    whole = items_for(scenes.company, awaited, {line.id: line.quantity for line in awaited.lines})
    early = referring_to(scenes.invoice(15, whole), scenes.company, awaited)
    yield Scenario("beauvallon-early", "open_page", early, (Code.GOODS_NOT_RECEIVED,))
    freight = replace(scenes.invoice_of(scenes.orders(13, is_open)[0]), freight=_D("86.00"))
    yield Scenario("gruenwald-freight", "ledger_sheet", with_sums(freight), (Code.TOTAL_VARIANCE,))


def _dearer_with_extra(scenes: Scenes, order: Order) -> DocumentContent:
    """The second line 8 % dearer than ordered, and an article that nobody ordered."""
    company = scenes.company
    first, second, *others = items_for(company, order)
    price = (second.unit_price * _D("1.08")).quantize(_D("0.01"))
    line = order.lines[1]
    dearer = item_of(company.product(line.product_id), second.quantity, price, line.discount_percent, line.tax_rate)
    ordered = {line.product_id for line in order.lines}
    extra = next(product for product in company.products_of(order.vendor_id) if product.id not in ordered)
    unordered = item_of(extra, _D(6), extra.price, _D(0), extra.tax_rate)
    return referring_to(scenes.invoice(order.vendor_id, (first, dearer, *others, unordered)), company, order)


def _too_much(scenes: Scenes, order: Order) -> DocumentContent:
    """The first line (received whole) above what was ordered, the second as ordered but above what came."""
    first, second, *others = order.lines
    quantities = {line.id: line.received for line in others}
    quantities |= {first.id: first.quantity + 12, second.id: second.quantity}
    content = scenes.invoice(order.vendor_id, items_for(scenes.company, order, quantities))
    return referring_to(content, scenes.company, order)


def _without_order(scenes: Scenes) -> Iterator[Scenario]:
    company = scenes.company
    yield Scenario("brockmann-unknown", "ledger_sheet", unknown_vendor(scenes), (Code.UNKNOWN_VENDOR,))
    yield Scenario("kastell-unordered", "ledger_sheet", _repairs(scenes, 7, _D("12.5")), (Code.PO_MISSING,))
    stray = replace(_repairs(scenes, 3, _D("6.75")), order_references=("P00987",))
    yield Scenario("kastell-stray", "din_letter", stray, (Code.PO_NOT_FOUND,))
    asked = scenes.orders(20, lambda order: order.state == "sent")[0]
    whole = items_for(company, asked, {line.id: line.quantity for line in asked.lines})
    premature = replace(scenes.invoice(20, whole), order_references=(asked.name,))
    yield Scenario("kastell-unconfirmed", "din_letter", premature, (Code.PO_NOT_CONFIRMED,))
    foreign = scenes.orders(17, is_open)[-1]
    mixed_up = scenes.invoice_of(scenes.orders(18, is_open)[0])
    mixed_up = replace(mixed_up, order_references=(foreign.name,))
    yield Scenario("kilbrannan-mixed-up", "open_page", mixed_up, (Code.PO_VENDOR_MISMATCH,))


def _repairs(scenes: Scenes, repairs: int, hours: Decimal) -> DocumentContent:
    """Work that no order of ours tells of, at prices that are on none."""
    price, wage = _D("112.40"), _D("58.00")
    return scenes.invoice(
        20,
        (
            Item(
                "Reparatur Handhubwagen, Rollen und Lager", _D(repairs), "C62", price, _D(19), repairs * price, "RP-HUB"
            ),
            Item("Monteur, Arbeitszeit in Ihrem Lager", hours, "HUR", wage, _D(19), to_cents(hours * wage), "RP-MON"),
        ),
    )


def unknown_vendor(scenes: Scenes) -> DocumentContent:
    """A shop fitter's invoice whom the books don't know."""
    template = scenes.invoice(
        12,
        (
            Item(
                "Ladenregal Rückwand gelocht, 1,00 m, weiß", _D(8), "C62", _D("118.00"), _D(19), _D("944.00"), "LR-100"
            ),
            Item("Fachboden 1,00 x 0,40 m mit Konsolen", _D(32), "C62", _D("21.50"), _D(19), _D("688.00"), "FB-140"),
            Item("Montage vor Ort, pauschal", _D(1), "C62", _D("290.00"), _D(19), _D("290.00"), "MO-1"),
        ),
    )
    seller = Party(
        "Brockmann Ladenbau GmbH",
        Address("Zum Gewerbepark 8", "37079", "Göttingen", "DE"),
        "DE455150581",
        "info@brockmann-ladenbau.example",
        "+49 551 5550733",
    )
    bank = Bank("Leine Genossenschaftsbank", "DE29183016614186091390", "LEINDE2GXXX")
    return replace(template, seller=seller, bank=bank, customer_number="26-118", number="2026-0864")


def _with_faults(scenes: Scenes) -> Iterator[Scenario]:
    wrong = scenes.invoice_of(scenes.orders(11, is_open)[-1])
    yield Scenario(
        "hansen-voss-miscounted",
        "din_letter",
        replace(wrong, grand_total=wrong.grand_total + 90),
        (Code.ARITHMETIC_MISMATCH,),
    )
    nameless = replace(scenes.invoice_of(scenes.orders(17, is_open)[-1]), number=None)
    yield Scenario("thornbury-finch-no-number", "open_page", nameless, (Code.MISSING_MANDATORY_FIELD,))
    yield Scenario("hansen-voss-again", "din_letter", _sent_again(scenes, 11), (Code.DUPLICATE_INVOICE,))
    other_words = replace(scenes.invoice_of(scenes.orders(16, is_open)[0]), number_called="Our reference")
    yield Scenario("van-der-meulen", "ledger_sheet", other_words)


def _sent_again(scenes: Scenes, vendor_id: int) -> DocumentContent:
    """The invoice behind the vendor's newest posted, unpaid bill, as it was printed then."""
    company = scenes.company
    bill = next(
        bill
        for bill in reversed(company.bills)
        if bill.vendor_id == vendor_id and bill.state == "posted" and not bill.is_paid
    )
    order = next(order for order in company.orders if order.id == bill.order_id)
    items = items_for(company, order, {line.order_line_id: line.quantity for line in bill.lines})
    content = invoice(company, company.vendor(vendor_id), bill.number, bill.billed_on, items)
    return referring_to(content, company, order)
