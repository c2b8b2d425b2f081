"""Receipts that a confirmed order makes the warehouse expect."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.values import JsonValue, Row


def expect(order: Record, quantities: Sequence[tuple[Record, Decimal]]) -> None:
    """Moves for the lines' quantities, in the order's open receipt or a new one."""
    env = order.env.as_system()
    goods = [pair for pair in quantities if _is_stocked(pair[0])]
    if not goods:
        return
    order = env.record(order.model, order.id)
    waiting = [receipt for receipt in order.many("picking_ids") if receipt.text("state") not in ("done", "cancel")]
    receipt = waiting[0] if waiting else _new_receipt(env, order)
    for line, quantity in goods:
        _new_move(env, order, receipt, line, quantity)


def _is_stocked(line: Record) -> bool:
    product = line.one("product_id")
    return product is not None and product.text("type") in ("product", "consu")


def _new_receipt(env: Environment, order: Record) -> Record:
    kind = order.one("picking_type_id")
    if order.one("group_id") is None:
        group = env.create("procurement.group", {"name": order.text("name"), "partner_id": order.value("partner_id")})
        order.set(group_id=group.id)
    values: Row = {
        "picking_type_id": kind.id if kind else None,
        "partner_id": order.value("partner_id"),
        "origin": order.text("name"),
        "group_id": order.value("group_id"),
        "location_id": _vendor_place(order),
        "location_dest_id": kind.value("default_location_dest_id") if kind else None,
        "company_id": order.value("company_id"),
        "date": order.text("date_order")[:19],
        "scheduled_date": order.text("date_planned")[:19] or order.text("date_order")[:19],
        "date_deadline": order.text("date_planned")[:19] or None,
    }
    return env.create("stock.picking", values)


def _vendor_place(order: Record) -> JsonValue:
    partner = order.one("partner_id")
    place = partner.value("property_stock_supplier") if partner else None
    if place is None:
        raise UserError(f"You must set a Vendor Location for this partner {partner.text('name') if partner else ''}")
    return place


def _new_move(env: Environment, order: Record, receipt: Record, line: Record, quantity: Decimal) -> None:
    product = line.one("product_id")
    planned = line.text("date_planned")[:19] or None
    values: Row = {
        "name": product.display_name if product else "",
        "product_id": line.value("product_id"),
        "product_uom": line.value("product_uom"),
        "product_uom_qty": float(quantity),
        "date": planned,
        "date_deadline": planned,
        "location_id": receipt.value("location_id"),
        "location_dest_id": receipt.value("location_dest_id"),
        "picking_id": receipt.id,
        "picking_type_id": receipt.value("picking_type_id"),
        "partner_id": order.value("dest_address_id"),
        "purchase_line_id": line.id,
        "company_id": order.value("company_id"),
        "price_unit": float(line.number("price_unit")),
        "group_id": order.value("group_id"),
        "origin": order.text("name"),
        "description_picking": line.text("name"),
        "sequence": line.integer("sequence"),
    }
    env.create("stock.move", values)
