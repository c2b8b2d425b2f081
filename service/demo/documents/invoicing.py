"""From orders to what their vendor's invoice says: who, for what, when, and sums that add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from service.demo.company.values import DemoCompany, Order, OrderLine, OwnCompany, Product, Vendor, net_amount
from service.demo.documents.content import Bank, DocumentContent, Item, Party, TaxRow
from service.domain.documents import DocumentKind
from service.domain.money import to_cents

_PRINTING_GTINS = frozenset({13, 19})  # the vendors that print article numbers under their items


def seller_of(vendor: Vendor) -> Party:
    """The vendor as it writes itself."""
    return Party(vendor.name, vendor.address, vendor.vat_id, vendor.email, vendor.phone)


def buyer_of(own: OwnCompany) -> Party:
    """Our company as vendors write it."""
    return Party(own.name, own.address, own.vat_id)


def bank_of(vendor: Vendor) -> Bank:
    """Where the vendor wants its money."""
    return Bank(vendor.bank_name, vendor.iban, vendor.bic)


def item_of(product: Product, quantity: Decimal, price: Decimal, discount: Decimal, rate: Decimal) -> Item:
    """An item line for a quantity of a product, as its vendor words it."""
    return Item(
        description=product.vendor_name,
        code=product.vendor_code,
        gtin=product.barcode if product.vendor_id in _PRINTING_GTINS else None,
        quantity=quantity,
        unit=product.unit.code,
        unit_price=price,
        discount_percent=discount or None,
        tax_rate=rate,
        total=net_amount(quantity, price, discount),
    )


def item_for(company: DemoCompany, line: OrderLine, quantity: Decimal) -> Item:
    """An item line for a quantity of an order line, at the order's price."""
    return item_of(company.product(line.product_id), quantity, line.unit_price, line.discount_percent, line.tax_rate)


def items_for(company: DemoCompany, order: Order, quantities: Mapping[int, Decimal] | None = None) -> tuple[Item, ...]:
    """Item lines for ``quantities`` by order line id; without them for all that may be billed now."""
    wanted = {line.id: line.to_invoice for line in order.lines} if quantities is None else quantities
    return tuple(
        item_for(company, line, wanted[line.id]) for line in order.lines if wanted.get(line.id, Decimal(0)) > 0
    )


def invoice(
    company: DemoCompany, vendor: Vendor, number: str | None, issued_on: date, items: Sequence[Item]
) -> DocumentContent:
    """The vendor's invoice over ``items``; it refers to no order yet."""
    content = DocumentContent(
        kind=DocumentKind.SUPPLIER_INVOICE,
        language=vendor.language,
        seller=seller_of(vendor),
        buyer=buyer_of(company.own),
        customer_number=vendor.customer_number,
        number=number,
        issue_date=issued_on,
        currency="EUR",
        items=tuple(items),
        net_total=Decimal(0),
        taxes=(),
        tax_total=Decimal(0),
        grand_total=Decimal(0),
        due_date=issued_on + timedelta(days=vendor.terms_days),
        terms_days=vendor.terms_days,
        bank=bank_of(vendor),
    )
    return with_sums(content)


def referring_to(content: DocumentContent, company: DemoCompany, *orders: Order) -> DocumentContent:
    """The content with the orders' numbers and, where goods arrived, their delivery."""
    arrivals = [
        receipt.done_at.date() for order in orders for receipt in company.receipts_of(order.id) if receipt.done_at
    ]
    notes = [
        f"LS{receipt.id:03d}-{receipt.done_at:%y%m}"
        for order in orders
        for receipt in company.receipts_of(order.id)
        if receipt.done_at
    ]
    return replace(
        content,
        order_references=tuple(order.name for order in orders),
        delivery_notes=tuple(notes),
        delivery_date=max(arrivals) if len(orders) == 1 and arrivals else None,
    )


def with_sums(content: DocumentContent) -> DocumentContent:
    """The content with net, tax and grand total worked out from its items and its freight."""
    taxable: dict[Decimal, Decimal] = {}
    for rate, amount in _amounts(content):
        taxable[rate] = taxable.get(rate, Decimal(0)) + amount
    taxes = tuple(TaxRow(rate, amount, to_cents(amount * rate / 100)) for rate, amount in taxable.items())
    net = sum((row.taxable for row in taxes), Decimal(0))
    tax = sum((row.tax for row in taxes), Decimal(0))
    return replace(content, net_total=net, taxes=taxes, tax_total=tax, grand_total=net + tax)


def _amounts(content: DocumentContent) -> Iterable[tuple[Decimal, Decimal]]:
    """Taxable amounts with their rates; freight bears the highest rate of the goods."""
    yield from ((item.tax_rate, item.total) for item in content.items)
    if content.freight is not None:
        yield max(item.tax_rate for item in content.items), content.freight
