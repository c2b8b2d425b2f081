"""Customers' return forms: good ones, and one for each way in which a return can go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from service.demo.company.values import TODAY, Address, Delivery, DemoCompany
from service.demo.documents.content import Party
from service.demo.documents.forms.content import FormContent
from service.demo.documents.scans import ScanFile, ScanKind
from service.demo.documents.scenarios.scenes import Scenario, Scenes
from service.demo.documents.selling import RETURN_WINDOW, Sold, customer_party, return_form, sold, sold_in
from service.domain.codes import Code
from service.domain.fields import Resolution, ReturnReason

_ONE = Decimal(1)
_STRANGER = Party(
    "Ottilie Grünbein", Address("Lindenhof 3", "34212", "Melsungen", "DE"), "", "ottilie@gruenbein.example",
    "+49 5661 5550914",
)  # fmt: skip


def returns(scenes: Scenes) -> Iterator[Scenario]:
    """The papers, in the order in which they arrive."""
    stock = iter(_lately_sold(scenes.company))
    for parts in (_good, _wrong_sale, _wrong_goods):
        yield from parts(scenes, stock)
    yield from _before(scenes)


def _lately_sold(company: DemoCompany) -> list[Sold]:
    """One line each of orders that were delivered in the last weeks."""
    first: dict[int, Sold] = {}
    for piece in sold(company):
        if TODAY - piece.delivered_on < RETURN_WINDOW - timedelta(days=4):
            first.setdefault(piece.order.id, piece)
    return list(first.values())


def _filed_on(piece: Sold) -> date:
    return min(piece.delivered_on + timedelta(days=5), TODAY)


def _form(scenes: Scenes, piece: Sold, reason: ReturnReason, quantity: Decimal = _ONE) -> FormContent:
    return return_form(scenes.company, {piece: quantity}, _filed_on(piece), reason)


def _good(scenes: Scenes, stock: Iterator[Sold]) -> Iterator[Scenario]:
    yield Scenario("return-damaged", "slip_boxes", _form(scenes, next(stock), ReturnReason.DAMAGED))
    unneeded = replace(_form(scenes, next(stock), ReturnReason.NO_LONGER_NEEDED), number="RMA-26-0117")
    yield Scenario("return-unneeded", "dotted_lines", unneeded, (), ScanKind.CLEAN)
    unclear = _form(scenes, next(stock), ReturnReason.WRONG_SIZE)
    yield Scenario("return-unclear", "slip_boxes", unclear, (Code.LOW_CONFIDENCE_FIELD,), ScanKind.COARSE)
    piece = next(stock)
    swap = return_form(scenes.company, {piece: _ONE}, _filed_on(piece), ReturnReason.WRONG_ITEM, Resolution.EXCHANGE)
    yield Scenario("return-exchange", "dotted_lines", swap, (), ScanKind.POOR, ScanFile.JPEG)


def _wrong_sale(scenes: Scenes, stock: Iterator[Sold]) -> Iterator[Scenario]:
    lost = replace(_form(scenes, next(stock), ReturnReason.LATE), sale_order="S09917", invoice=None, refund_amount=None)
    yield Scenario("return-no-such-order", "slip_boxes", lost, (Code.SALE_ORDER_NOT_FOUND,))
    nobody = _form(scenes, next(stock), ReturnReason.GIFT)
    nobody = replace(
        nobody,
        customer=_STRANGER,
        lines=tuple(replace(line, serial_number=None) for line in nobody.lines),
        sale_order=None,
        invoice=None,
        purchased_on=None,
        refund_amount=None,
        iban=None,
    )
    yield Scenario("return-stranger", "dotted_lines", nobody, (Code.UNKNOWN_CUSTOMER,))
    namesake = replace(
        nobody, customer=customer_party(scenes.company.namesakes[0]), filed_on=nobody.filed_on - timedelta(days=1)
    )
    yield Scenario("return-namesake", "fillable", namesake, (Code.AMBIGUOUS_CUSTOMER, Code.SALE_ORDER_NOT_FOUND))
    piece, other = next(stock), next(stock)
    while other.order.customer_id == piece.order.customer_id:
        other = next(stock)
    foreign = replace(
        _form(scenes, piece, ReturnReason.DEFECTIVE),
        customer=customer_party(scenes.company.customer(other.order.customer_id)),
    )
    yield Scenario("return-of-another", "slip_boxes", foreign, (Code.CUSTOMER_MISMATCH,), ScanKind.CLEAN)
    unsigned = _form(scenes, next(stock), ReturnReason.NOT_AS_DESCRIBED)
    unsigned = replace(unsigned, customer=replace(unsigned.customer, name=""), is_signed=False)
    yield Scenario("return-no-name", "fillable", unsigned, (Code.MISSING_MANDATORY_FIELD,))


def _wrong_goods(scenes: Scenes, stock: Iterator[Sold]) -> Iterator[Scenario]:
    piece, other = next(stock), next(stock)
    while any(line.product_id == other.product.id for line in piece.order.lines):
        other = next(stock)
    strange = _form(scenes, piece, ReturnReason.WRONG_ITEM)
    line = replace(
        strange.lines[0],
        description=other.product.name,
        product_code=other.product.code,
        serial_number=None,
    )
    strange = replace(strange, lines=(line,), refund_amount=None)
    yield Scenario("return-never-ordered", "slip_boxes", strange, (Code.PRODUCT_NOT_ON_ORDER,))
    piece = next(stock)
    many = return_form(
        scenes.company, {piece: piece.line.quantity + 2}, _filed_on(piece), ReturnReason.OTHER, Resolution.STORE_CREDIT
    )
    yield Scenario("return-too-many", "dotted_lines", many, (Code.QUANTITY_OVER_DELIVERED,))
    greedy = _form(scenes, next(stock), ReturnReason.WITHDRAWAL)
    assert greedy.refund_amount is not None
    greedy = replace(greedy, refund_amount=greedy.refund_amount + Decimal("12.50"))
    yield Scenario("return-more-money", "slip_boxes", greedy, (Code.REFUND_AMOUNT_MISMATCH,), ScanKind.POOR)
    old = next(piece for piece in sold(scenes.company) if 40 < (TODAY - piece.delivered_on).days < 120)
    late = return_form(
        scenes.company, {old: _ONE}, TODAY - timedelta(days=2), ReturnReason.NO_LONGER_NEEDED, Resolution.STORE_CREDIT
    )
    yield Scenario("return-late", "fillable", late, (Code.OUTSIDE_RETURN_WINDOW,))


def _before(scenes: Scenes) -> Iterator[Scenario]:
    """Goods that came back before: without and with money paid back."""
    company = scenes.company
    back, sent = _came_back(company, lambda delivery: not _credits(company, delivery))
    piece = next(sold_in(company, company.sale_order(back.sale_order_id), sent))
    again = return_form(
        company, {piece: piece.line.quantity}, _soon_after(sent), ReturnReason.DAMAGED, Resolution.EXCHANGE
    )
    yield Scenario("return-again", "slip_boxes", again, (Code.ALREADY_RETURNED,))
    back, sent = _came_back(company, lambda delivery: _credits(company, delivery))
    piece = next(sold_in(company, company.sale_order(back.sale_order_id), sent))
    paid = return_form(company, {piece: piece.line.quantity}, _soon_after(sent), ReturnReason.DEFECTIVE)
    yield Scenario("return-paid-back", "dotted_lines", paid, (Code.ALREADY_REFUNDED,), ScanKind.CLEAN)


def _soon_after(delivery: Delivery) -> date:
    assert delivery.done_at is not None
    return delivery.done_at.date() + timedelta(days=20)


def _credits(company: DemoCompany, back: Delivery) -> bool:
    return any(i.is_refund and i.state == "posted" for i in company.invoices_of(back.sale_order_id))


def _came_back(company: DemoCompany, fits: Callable[[Delivery], bool]) -> tuple[Delivery, Delivery]:
    """A done return of all of the first goods, and the delivery that it took back."""
    for back in company.deliveries:
        if back.is_return and back.state == "done" and back.moves[0].to_refund and fits(back):
            sent = next(delivery for delivery in company.deliveries if delivery.id == back.returned_id)
            if back.moves[0].quantity == sent.moves[0].quantity:
                return back, sent
    raise ValueError("the company has no such return")
