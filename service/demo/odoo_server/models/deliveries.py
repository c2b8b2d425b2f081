"""Deliveries that a confirmed sale makes the warehouse expect."""

from __future__ import annotations

from decimal import Decimal

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.values import JsonValue, Row

_CLOSED = ("done", "cancel")


def deliver(order: Record, line: Record, quantity: Decimal) -> None:
    """A move for so much of the line, in the order's open delivery or a new one."""
    env = order.env.as_system()
    order = env.record(order.model, order.id)
    kind = _kind(env, order)
    open_ones = [
        picking
        for picking in order.many("picking_ids")
        if picking.text("state") not in _CLOSED and picking.value("picking_type_id") == kind.id
    ]
    picking = open_ones[0] if open_ones else _new_delivery(env, order, kind)
    _new_move(env, order, picking, line, quantity)


def _kind(env: Environment, order: Record) -> Record:
    """How the order's warehouse delivers."""
    found = [
        kind
        for kind in env.all("stock.picking.type")
        if kind.text("code") == "outgoing"
        and kind.flag("active")
        and kind.value("company_id") == order.value("company_id")
    ]
    own = [kind for kind in found if kind.value("warehouse_id") == order.value("warehouse_id")]
    if not found:
        raise UserError("There is no operation type for deliveries in this company.")
    return (own or found)[0]


def _new_delivery(env: Environment, order: Record, kind: Record) -> Record:
    if order.one("procurement_group_id") is None:
        shared: Row = {"name": order.text("name"), "partner_id": order.value("partner_shipping_id")}
        group = env.create(
            "procurement.group", {**shared, "sale_id": order.id, "move_type": order.text("picking_policy")}
        )
        order.set(procurement_group_id=group.id)
    values: Row = {
        "picking_type_id": kind.id,
        "partner_id": order.value("partner_shipping_id"),
        "origin": order.text("name"),
        "group_id": order.value("procurement_group_id"),
        "sale_id": order.id,
        "location_id": kind.value("default_location_src_id"),
        "location_dest_id": _customer_place(order),
        "company_id": order.value("company_id"),
        "move_type": order.text("picking_policy") or "direct",
        "date": order.text("date_order")[:19],
        "scheduled_date": _planned(order),
        "date_deadline": _planned(order),
    }
    return env.create("stock.picking", values)


def _planned(order: Record) -> str:
    return (order.text("commitment_date") or order.text("date_order"))[:19]


def _customer_place(order: Record) -> JsonValue:
    partner = order.one("partner_shipping_id")
    place = partner.value("property_stock_customer") if partner else None
    if place is None:
        raise UserError(f"You must set a Customer Location for this partner {partner.text('name') if partner else ''}")
    return place


def _new_move(env: Environment, order: Record, picking: Record, line: Record, quantity: Decimal) -> None:
    product = line.one("product_id")
    values: Row = {
        "name": product.display_name if product else "",
        "product_id": line.value("product_id"),
        "product_uom": line.value("product_uom"),
        "product_uom_qty": float(quantity),
        "date": _planned(order),
        "date_deadline": _planned(order),
        "location_id": picking.value("location_id"),
        "location_dest_id": picking.value("location_dest_id"),
        "picking_id": picking.id,
        "picking_type_id": picking.value("picking_type_id"),
        "partner_id": order.value("partner_shipping_id"),
        "sale_line_id": line.id,
        "company_id": order.value("company_id"),
        "warehouse_id": order.value("warehouse_id"),
        "group_id": order.value("procurement_group_id"),
        "origin": order.text("name"),
        "description_picking": product.text("name") if product else "",
        "sequence": line.integer("sequence"),
        "propagate_cancel": False,
    }
    env.create("stock.move", values)
