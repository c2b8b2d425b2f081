"""Lines of purchase orders: prices, and what was received and billed of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.amounts import LineAmounts, currency_rate, in_unit, line_amounts, price_in_unit
from service.demo.odoo_server.models.expected import expect
from service.demo.odoo_server.models.products import name_for_vendor, seller_of
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import STORED_DATETIME_FORMAT, JsonValue, Row, rounded

CONFIRMED = ("purchase", "done")
_FROM_ORDER = ("partner_id", "currency_id", "company_id", "state")


class OrderLine(RemoteModel):
    """What is ordered, line by line."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "sequence": 10,
        "product_qty": 1.0,
        "discount": 0.0,
        "price_unit": 0.0,
        "propagate_cancel": True,
        "qty_received_manual": 0.0,
        "qty_received": 0.0,
        "qty_invoiced": 0.0,
    }
    computed: ClassVar[Mapping[str, Compute]] = {
        "product_qty": lambda line: line.value("product_uom_qty"),
        "forecasted_issue": lambda _line: False,
    }

    def defaults(self, env: Environment, values: Row) -> Row:
        """Name, unit, taxes, price and day as the vendor and the product have them."""
        number, product_number = values.get("order_id"), values.get("product_id")
        system = env.as_system()
        order = system.record("purchase.order", number if isinstance(number, int) else 0)
        found: Row = {name: order.value(name) for name in _FROM_ORDER} if order.exists else {}
        if values.get("display_type"):
            return found | {"product_qty": 0.0}
        found["date_planned"] = order.value("date_order") if order.exists else env.timestamp
        if isinstance(product_number, int) and order.exists:
            product = system.record("product.product", product_number)
            env.models["product.product"].check_existing([product])
            found |= _of_product(order, product, values)
        return found

    def after_create(self, record: Record, _values: Row) -> None:
        """A line added to a confirmed order is expected at once."""
        if record.text("state") == "purchase":
            record.env.mark_stale([("purchase.order.line", record.id)])
            receive_change(record, record.number("product_qty"))

    def before_write(self, records: Sequence[Record], values: Row) -> None:
        """A line stays what it is; a changed quantity changes what is expected."""
        for line in records:
            if "display_type" in values and values["display_type"] != line.row.get("display_type"):
                raise UserError(
                    "You cannot change the type of a purchase order line. Instead you should delete the current line"
                    " and create a new line of the proper type."
                )
            if "product_qty" in values and line.text("state") == "purchase":
                receive_change(line, Decimal(str(values["product_qty"])) - line.number("product_qty"))

    def before_unlink(self, records: Sequence[Record]) -> None:
        """Lines of confirmed orders stay."""
        for line in records:
            if line.text("state") in CONFIRMED:
                label = dict(self.spec.fields["state"].selection)[line.text("state")]
                raise UserError(f"Cannot delete a purchase order line which is in state {label!r}.")

    def dependents(self, record: Record, before: Row, _changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Itself, and the order's totals."""
        yield self.name, record.id
        number = record.row.get("order_id") or before.get("order_id")
        if isinstance(number, int):
            yield "purchase.order", number

    def refresh(self, record: Record) -> None:
        """Amounts, and the quantities received, billed and to bill."""
        order, product = record.one("order_id"), record.one("product_id")
        if order is None:
            return
        record.set(**{name: order.row.get(name) for name in _FROM_ORDER})
        amounts = amounts_of(record)
        product_unit = product.one("uom_id") if product else None
        received, invoiced = _received(record, product), _invoiced(record)
        on_order = product is not None and product.text("purchase_method") == "purchase"
        counted = record.number("product_qty") if on_order else received
        open_quantity = counted - invoiced if order.text("state") in CONFIRMED else Decimal(0)
        record.set(
            price_subtotal=float(amounts.net),
            price_tax=float(amounts.tax),
            price_total=float(amounts.net + amounts.tax),
            product_uom_qty=float(in_unit(record.number("product_qty"), record.one("product_uom"), product_unit)),
            qty_received_method=_method(product),
            qty_received=float(received),
            qty_invoiced=float(invoiced),
            qty_to_invoice=float(open_quantity),
        )


def amounts_of(line: Record) -> LineAmounts:
    """Net and taxes of an order's line."""
    return line_amounts(
        line.number("product_qty"), line.number("price_unit"), line.number("discount"), line.many("taxes_id")
    )


def _of_product(order: Record, product: Record, values: Row) -> Row:
    env = order.env
    quantity = Decimal(str(values.get("product_qty", 1)))
    ordered_on = order.day("date_order") or env.today
    seller = seller_of(product, order.one("partner_id"), quantity, ordered_on)
    given = values.get("product_uom")
    unit = env.record("uom.uom", given) if isinstance(given, int) else product.one("uom_po_id")
    company = order.value("company_id")
    taxes = [tax.id for tax in product.many("supplier_taxes_id") if tax.value("company_id") == company]
    delay = timedelta(days=seller.integer("delay") if seller else 0)
    started = datetime.fromisoformat(order.text("date_order") or env.timestamp).replace(tzinfo=UTC)
    return {
        "name": name_for_vendor(product, seller),
        "product_uom": unit.id if unit else None,
        "taxes_id": list[JsonValue](taxes),
        "price_unit": _price(order, product, seller, unit),
        "discount": float(seller.number("discount")) if seller else 0.0,
        "date_planned": (started + delay).strftime(STORED_DATETIME_FORMAT),
    }


def _price(order: Record, product: Record, seller: Record | None, unit: Record | None) -> float:
    """The vendor's price, else the product's cost, in the order's currency and unit."""
    on = order.day("date_order") or order.env.today
    company = order.one("company_id")
    if seller is not None:
        price, currency = seller.number("price"), seller.one("currency_id")
    else:
        price, currency = product.number("standard_price"), company.one("currency_id") if company else None
    own = price / currency_rate(order.env, currency, company, on)
    in_order_currency = own * currency_rate(order.env, order.one("currency_id"), company, on)
    base = product.one("uom_po_id") if seller else product.one("uom_id")
    return float(rounded(price_in_unit(in_order_currency, base, unit)))


def _method(product: Record | None) -> JsonValue:
    if product is None:
        return None
    return "stock_moves" if product.text("type") in ("product", "consu") else "manual"


def _received(line: Record, product: Record | None) -> Decimal:
    """Done moves in, less done moves back to the vendor that are to be refunded."""
    moves = line.many("move_ids")
    if _method(product) != "stock_moves":
        return line.number("qty_received_manual") or line.number("qty_received")
    received = Decimal(0)
    for move in moves:
        if move.text("state") == "done":
            quantity = in_unit(move.number("quantity"), move.one("product_uom"), line.one("product_uom"))
            place = move.one("location_dest_id")
            if place is None or place.text("usage") != "supplier":
                received += quantity
            elif move.value("origin_returned_move_id") is None or move.flag("to_refund"):
                received -= quantity
    return received


def _invoiced(line: Record) -> Decimal:
    """Bills less credit notes; drafts count, cancelled ones don't."""
    signs = {"in_invoice": 1, "in_refund": -1}
    billed = Decimal(0)
    for item in line.many("invoice_lines"):
        move = item.one("move_id")
        if move is not None and move.text("state") != "cancel":
            sign = signs.get(move.text("move_type"), 0)
            billed += sign * in_unit(item.number("quantity"), item.one("product_uom_id"), line.one("product_uom"))
    return billed


def receive_change(line: Record, difference: Decimal) -> None:
    """Expect more of a confirmed line, or less where its open receipt allows."""
    order, product = line.one("order_id"), line.one("product_id")
    if order is None or not difference or _method(product) != "stock_moves":
        return
    moves = line.many("move_ids")
    waiting = [move for move in moves if move.text("state") not in ("done", "cancel") and not _goes_back(move)]
    if waiting:
        demand = max(waiting[0].number("product_uom_qty") + difference, Decimal(0))
        waiting[0].env.models["stock.move"].write_all([waiting[0]], {"product_uom_qty": float(demand)})
        waiting[0].env.models["stock.move"].write_all([waiting[0]], {"quantity": float(demand)})
    elif difference > 0:
        expect(order, [(line, difference)])


def _goes_back(move: Record) -> bool:
    place = move.one("location_dest_id")
    return place is not None and place.text("usage") == "supplier"
