"""Lines of sale orders: prices, and what was delivered, invoiced and is left to invoice of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.models.amounts import LineAmounts, currency_rate, in_unit, line_amounts, price_in_unit
from service.demo.odoo_server.models.deliveries import deliver
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, rounded

_FROM_ORDER = {
    "order_partner_id": "partner_id",
    "currency_id": "currency_id",
    "company_id": "company_id",
    "state": "state",
    "salesman_id": "user_id",
}
_SIGNS = {"out_invoice": 1, "out_refund": -1}
_HUNDRED = Decimal(100)


class SaleOrderLine(RemoteModel):
    """What is sold, line by line."""

    mirrors: ClassVar[Mapping[str, str]] = {"invoice_lines": "sale_line_ids"}
    initial: ClassVar[Mapping[str, JsonValue]] = {
        "sequence": 10,
        "product_uom_qty": 1.0,
        "discount": 0.0,
        "price_unit": 0.0,
        "customer_lead": 0.0,
        "qty_delivered": 0.0,
        "qty_invoiced": 0.0,
        "qty_to_invoice": 0.0,
        "is_downpayment": False,
        "is_expense": False,
    }

    def display_name(self, record: Record) -> str:
        """order - text (customer)."""
        order, customer, product = record.one("order_id"), record.one("order_partner_id"), record.one("product_id")
        text = record.text("name").split("\n")[0] or (product.text("name") if product else "")
        who = (customer.text("ref") or customer.text("name")) if customer else ""
        return f"{order.text('name') if order else ''} - {text}" + (f" ({who})" if who else "")

    def defaults(self, env: Environment, values: Row) -> Row:
        """Name, unit, taxes and price as the product has them."""
        number, product_number = values.get("order_id"), values.get("product_id")
        system = env.as_system()
        order = system.record("sale.order", number if isinstance(number, int) else 0)
        found: Row = {own: order.value(theirs) for own, theirs in _FROM_ORDER.items()} if order.exists else {}
        if values.get("display_type"):
            return found | {"product_uom_qty": 0.0}
        if isinstance(product_number, int) and order.exists:
            product = system.record("product.product", product_number)
            env.models["product.product"].check_existing([product])
            found |= _of_product(order, product, values)
        return found

    def after_create(self, record: Record, _values: Row) -> None:
        """A line added to a confirmed order is delivered as well."""
        if record.text("state") == "sale":
            ship_missing(record)

    def after_write(self, record: Record, values: Row) -> None:
        """More is delivered; less is left to people."""
        if "product_id" in values:
            record.set(qty_delivered_method=_method(record.one("product_id")))
        if "product_uom_qty" in values and record.text("state") == "sale":
            ship_missing(record)

    def before_unlink(self, records: Sequence[Record]) -> None:
        """Lines of confirmed orders stay."""
        if any(line.text("state") == "sale" and not line.text("display_type") for line in records):
            raise UserError(
                "Once a sales order is confirmed, you can't remove one of its lines (we need to track if something gets"
                " invoiced or delivered).\n                Set the quantity to 0 instead."
            )

    def dependents(self, record: Record, before: Row, _changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Itself, and the order's totals."""
        yield self.name, record.id
        number = record.row.get("order_id") or before.get("order_id")
        if isinstance(number, int):
            yield "sale.order", number

    def refresh(self, record: Record) -> None:
        """Amounts, and the quantities delivered, invoiced and to invoice."""
        order = record.one("order_id")
        if order is None:
            return
        record.set(**{own: order.row.get(theirs) for own, theirs in _FROM_ORDER.items()})
        amounts, product = amounts_of(record), record.one("product_id")
        ordered = record.number("product_uom_qty")
        gross = amounts.net + amounts.tax
        method = record.row.get("qty_delivered_method") or _method(product)  # once decided, kept
        delivered = _delivered(record) if method == "stock_move" else record.number("qty_delivered")
        invoiced = _invoiced(record)
        counted = delivered if _on_delivery(product) else ordered
        sold = order.text("state") == "sale" and not record.text("display_type")
        record.set(
            price_subtotal=float(amounts.net),
            price_tax=float(amounts.tax),
            price_total=float(gross),
            price_reduce_taxexcl=float(rounded(amounts.net / ordered)) if ordered else 0.0,
            price_reduce_taxinc=float(rounded(gross / ordered)) if ordered else 0.0,
            qty_delivered_method=method,
            qty_delivered=float(delivered),
            qty_invoiced=float(invoiced),
            qty_to_invoice=float(counted - invoiced) if sold else 0.0,
        )
        net_invoiced = _net_invoiced(record)
        price = record.number("price_unit") * (1 - record.number("discount") / _HUNDRED)
        record.set(
            untaxed_amount_invoiced=float(net_invoiced),
            untaxed_amount_to_invoice=float(rounded(price * counted) - net_invoiced) if sold else 0.0,
            invoice_status=_invoice_status(record),
        )


def amounts_of(line: Record) -> LineAmounts:
    """Net and taxes of an order's line."""
    return line_amounts(
        line.number("product_uom_qty"), line.number("price_unit"), line.number("discount"), line.many("tax_id")
    )


def _of_product(order: Record, product: Record, values: Row) -> Row:
    env, given = order.env, values.get("product_uom")
    unit = env.record("uom.uom", given) if isinstance(given, int) else product.one("uom_id")
    company, on = order.one("company_id"), order.day("date_order") or env.today
    taxes = [
        tax.id for tax in product.many("taxes_id") if company is not None and tax.value("company_id") == company.id
    ]
    price = product.number("list_price") * currency_rate(env, order.one("currency_id"), company, on)
    more = product.text("description_sale")
    return {
        "name": f"{product.display_name}\n{more}" if more else product.display_name,
        "product_uom": unit.id if unit else None,
        "tax_id": list[JsonValue](taxes),
        "price_unit": float(rounded(price_in_unit(price, product.one("uom_id"), unit))),
    }


def _method(product: Record | None) -> JsonValue:
    if product is None:
        return None
    return "stock_move" if product.text("type") in ("product", "consu") else "manual"


def _on_delivery(product: Record | None) -> bool:
    return product is not None and product.text("invoice_policy") == "delivery"


def _delivered(line: Record) -> Decimal:
    """Done moves out, less done moves back that are to be refunded."""
    return sum((sign * quantity for move, sign, quantity in _moves(line) if move.text("state") == "done"), Decimal(0))


def _moves(line: Record) -> Iterable[tuple[Record, int, Decimal]]:
    """Moves that count for the line, 1 for out and -1 for back, with the quantity in the line's unit."""
    for move in line.many("move_ids"):
        if (
            move.text("state") == "cancel"
            or move.flag("scrapped")
            or move.value("product_id") != line.value("product_id")
        ):
            continue
        to, back = move.one("location_dest_id"), move.one("location_id")
        done = move.text("state") == "done"
        quantity = move.number("quantity") if done else move.number("product_uom_qty")
        in_lines_unit = in_unit(quantity, move.one("product_uom"), line.one("product_uom"))
        returned = move.value("origin_returned_move_id") is not None
        if to is not None and to.text("usage") == "customer":
            if not returned or move.flag("to_refund"):
                yield move, 1, in_lines_unit
        elif back is not None and back.text("usage") == "customer" and move.flag("to_refund"):
            yield move, -1, in_lines_unit


def _documents(line: Record) -> Iterable[tuple[Record, Record, int]]:
    """Invoice lines of the order's line with their documents, 1 for invoices and -1 for credit notes."""
    for item in line.many("invoice_lines"):
        move = item.one("move_id")
        if move is not None and move.text("move_type") in _SIGNS:
            yield item, move, _SIGNS[move.text("move_type")]


def _invoiced(line: Record) -> Decimal:
    """Invoices less credit notes; drafts count, cancelled ones don't."""
    unit = line.one("product_uom")
    return sum(
        (
            sign * in_unit(item.number("quantity"), item.one("product_uom_id"), unit)
            for item, move, sign in _documents(line)
            if move.text("state") != "cancel"
        ),
        Decimal(0),
    )


def _net_invoiced(line: Record) -> Decimal:
    return sum(
        (
            sign * item.number("price_subtotal")
            for item, move, sign in _documents(line)
            if move.text("state") == "posted"
        ),
        Decimal(0),
    )


def _invoice_status(line: Record) -> str:
    product = line.one("product_id")
    if line.text("state") != "sale":
        return "no"
    if line.number("qty_to_invoice"):
        return "to invoice"
    ordered = line.number("product_uom_qty")
    if not _on_delivery(product) and product is not None and 0 <= ordered < line.number("qty_delivered"):
        return "upselling"
    return "invoiced" if line.number("qty_invoiced") >= ordered else "no"


def ship_missing(line: Record) -> None:
    """Deliver what of a confirmed line no transfer covers yet."""
    order = line.one("order_id")
    if order is None or _method(line.one("product_id")) != "stock_move":
        return
    covered = sum((sign * quantity for _move, sign, quantity in _moves(line)), Decimal(0))
    missing = line.number("product_uom_qty") - covered
    if missing > 0:
        deliver(order, line, missing)
