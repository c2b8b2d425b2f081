"""From sales to what their customers' forms say: what comes back or broke, who wants what, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from service.demo.company.values import TODAY, Customer, Delivery, DemoCompany, Product, SaleLine, SaleOrder, Serial
from service.demo.documents.content import Party
from service.demo.documents.forms.content import Claim, FormContent, FormLine
from service.demo.documents.wording.form_words import Fault, form_wording
from service.domain.documents import DocumentKind
from service.domain.fields import ClaimLineType, Resolution, ReturnReason
from service.domain.money import to_cents

RETURN_WINDOW = timedelta(days=30)
WARRANTY = timedelta(days=730)
_OPEN_REPAIRS = frozenset({"draft", "confirmed", "under_repair"})


@dataclass(frozen=True, slots=True)
class Sold:
    """One line of a sale order that was delivered at once, with the pieces' serial numbers where they have them."""

    order: SaleOrder
    line: SaleLine
    product: Product
    delivery: Delivery
    serials: tuple[Serial, ...]

    @property
    def delivered_on(self) -> date:
        """When the customer got it."""
        assert self.delivery.done_at is not None
        return self.delivery.done_at.date()

    def price(self, quantity: Decimal) -> Decimal:
        """What the customer paid for so many, with tax, not rounded."""
        return self.line.net * quantity / self.line.quantity * (100 + self.line.tax_rate) / 100


def sold(company: DemoCompany) -> Iterator[Sold]:
    """All that customers got in one delivery and kept, oldest order first."""
    for order in company.sale_orders:
        deliveries = company.deliveries_of(order.id)
        if order.state == "sale" and [delivery.state for delivery in deliveries] == ["done"]:
            yield from sold_in(company, order, deliveries[0])


def sold_in(company: DemoCompany, order: SaleOrder, delivery: Delivery) -> Iterator[Sold]:
    """The lines of one delivery."""
    lines = {line.id: line for line in order.lines}
    for move in delivery.moves:
        serials = tuple(company.serial(serial_id) for serial_id in move.serial_ids)
        yield Sold(order, lines[move.sale_line_id], company.product(move.product_id), delivery, serials)


def customer_party(customer: Customer) -> Party:
    """The customer as it writes itself."""
    return Party(customer.name, customer.address, customer.vat_id or "", customer.email, customer.phone)


def own_party(company: DemoCompany) -> Party:
    """Our company as customers write it."""
    own = company.own
    return Party(own.name, own.address, own.vat_id, own.email, own.phone)


def return_form(
    company: DemoCompany,
    goods: Mapping[Sold, Decimal],
    filed_on: date,
    reason: ReturnReason,
    resolution: Resolution = Resolution.REFUND,
) -> FormContent:
    """A form for so many pieces of goods of one sale; asks for what was paid where money is wanted."""
    order = next(iter(goods)).order
    customer = company.customer(order.customer_id)
    due = to_cents(sum((piece.price(quantity) for piece, quantity in goods.items()), Decimal(0)))
    return FormContent(
        kind=DocumentKind.RETURN_FORM,
        language=customer.language,
        recipient=own_party(company),
        customer=customer_party(customer),
        filed_on=filed_on,
        lines=tuple(_returned(piece, quantity, reason, customer) for piece, quantity in goods.items()),
        sale_order=order.name,
        invoice=_invoice_name(company, order),
        purchased_on=order.ordered_at.date(),
        resolution=resolution,
        refund_amount=due if resolution is Resolution.REFUND else None,
        iban=customer.iban if resolution is Resolution.REFUND else None,
    )


def _returned(piece: Sold, quantity: Decimal, reason: ReturnReason, customer: Customer) -> FormLine:
    return FormLine(
        description=piece.product.name,
        quantity=quantity,
        product_code=piece.product.code,
        serial_number=piece.serials[0].number if piece.serials and quantity == 1 else None,
        unit_price=to_cents(piece.price(Decimal(1))),
        reason=reason,
        condition=form_wording(customer.language).conditions[0],
    )


def claim_form(
    company: DemoCompany, piece: Sold, failed_on: date, fault: Fault, serial: Serial | None = None
) -> FormContent:
    """A claim for one piece with its serial number, its first one unless another is given."""
    customer = company.customer(piece.order.customer_id)
    number = serial or (piece.serials[0] if piece.serials else None)
    line = FormLine(
        description=piece.product.name,
        quantity=Decimal(1),
        product_code=piece.product.code,
        serial_number=number.number if number else None,
        line_type=ClaimLineType.PRODUCT,
        fault=fault.short,
    )
    return FormContent(
        kind=DocumentKind.WARRANTY_CLAIM,
        language=customer.language,
        recipient=own_party(company),
        customer=customer_party(customer),
        filed_on=min(failed_on + timedelta(days=3), TODAY),
        lines=(line,),
        sale_order=piece.order.name,
        invoice=_invoice_name(company, piece.order),
        purchased_on=piece.order.ordered_at.date(),
        resolution=Resolution.REPAIR,
        claim=Claim(fault=fault.text, failed_on=failed_on),
    )


def under_repair(company: DemoCompany) -> frozenset[int]:
    """The sale orders of whose goods something is being repaired."""
    return frozenset(
        repair.sale_order_id
        for repair in company.repairs
        if repair.state in _OPEN_REPAIRS and repair.sale_order_id is not None
    )


def _invoice_name(company: DemoCompany, order: SaleOrder) -> str | None:
    posted = (i for i in company.invoices_of(order.id) if i.state == "posted" and not i.is_refund)
    first = next(posted, None)
    return first.name if first else None
