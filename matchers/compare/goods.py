"""An order line as it is compared: its codes, its names, its net price and what is still to be billed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from matchers.index import RecordIndex
from matchers.printed import compared_text
from service.domain.keys import account_key, reference_key
from service.domain.records import OrderLine, Product, PurchaseOrder, Tax

_BRACKETED = re.compile(r"^\s*\[([^\]]+)\]\s*")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Goods:
    """One order line with what its product is called. Codes carry no leading zeros, so that a GTIN-13 that prints
    a UPC-12 is the same.
    """

    order: PurchaseOrder
    line: OrderLine
    product: Product | None
    order_keys: frozenset[str]
    barcode: str | None
    vendor_codes: frozenset[str]
    codes: frozenset[str]
    names: tuple[str, ...]
    net_price: Decimal

    @property
    def open_quantity(self) -> Decimal:
        """Ordered and not billed yet, never below 0."""
        return max(Decimal(0), self.line.quantity - self.line.invoiced)

    @property
    def receivable_quantity(self) -> Decimal:
        """Received and not billed yet, never below 0."""
        return max(Decimal(0), self.line.received - self.line.invoiced)


def goods_of(order: PurchaseOrder, vendor_ids: frozenset[int], index: RecordIndex) -> tuple[Goods, ...]:
    """The order's lines that order something; ``vendor_ids`` are the partners whose product codes count."""
    order_keys = frozenset(reference_key(text) for text in (order.ref.name, order.vendor_reference) if text)
    return tuple(_goods(order, line, order_keys, vendor_ids, index) for line in order.lines if _orders_something(line))


def _orders_something(line: OrderLine) -> bool:
    # Odoo keeps headings and remarks among the lines, without product, quantity and price.
    return line.product_id is not None or bool(line.quantity) or bool(line.unit_price)


def _goods(
    order: PurchaseOrder, line: OrderLine, order_keys: frozenset[str], vendor_ids: frozenset[int], index: RecordIndex
) -> Goods:
    product = index.product(line.product_id)
    bracketed = _BRACKETED.match(line.description)
    barcode = _code(product.barcode) if product else None
    vendor_codes, vendor_names = _vendor_words(product, vendor_ids, index)
    own = (_code(product.code) if product else None, _code(bracketed[1]) if bracketed else None, barcode)
    names = (compared_text(line.description), *vendor_names)
    return Goods(
        order=order,
        line=line,
        product=product,
        order_keys=order_keys,
        barcode=barcode,
        vendor_codes=vendor_codes,
        codes=vendor_codes | frozenset(code for code in own if code),
        names=tuple(dict.fromkeys(names)),
        net_price=net_price(line, index),
    )


def net_price(line: OrderLine, index: RecordIndex) -> Decimal:
    """What one unit costs after discount and without tax."""
    if line.quantity and any(tax.included_in_price for tax in _taxes(line, index)):
        return line.net_amount / line.quantity
    return line.unit_price * (_HUNDRED - line.discount_percent) / _HUNDRED


def _taxes(line: OrderLine, index: RecordIndex) -> Iterator[Tax]:
    return (index.taxes[tax_id] for tax_id in line.tax_ids if tax_id in index.taxes)


def _vendor_words(
    product: Product | None, vendor_ids: frozenset[int], index: RecordIndex
) -> tuple[frozenset[str], tuple[str, ...]]:
    if product is None:
        return frozenset(), ()
    found = [
        code
        for code in index.vendor_codes.get(product.template_id, ())
        if code.product_id in (None, product.ref.id) and (not vendor_ids or code.partner_id in vendor_ids)
    ]
    codes = frozenset(_code(code.code) or "" for code in found if code.code)
    return codes - {""}, tuple(compared_text(code.name) for code in found if code.name)


def _code(text: str | None) -> str | None:
    return account_key(text or "").lstrip("0") or None
