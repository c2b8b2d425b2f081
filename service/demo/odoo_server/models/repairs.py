"""Repair orders, and the warning about pieces that aren't in our stock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UndefinedFunction, UserError, ValidationError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.models.numbering import next_name
from service.demo.odoo_server.models.stock_at import on_hand
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row

_NO_KIND = (
    "operator does not exist: integer = boolean\nLINE 1: SELECT number_next FROM ir_sequence WHERE id=false FOR"
    " UPDAT...\n"
    "                                                    ^\nHINT:  No operator matches the given name and argument"
    " types. You might need to add explicit type casts.\n"
)
_PLACES = {
    "location_id": "default_location_src_id",
    "location_dest_id": "default_location_dest_id",
    "parts_location_id": "default_remove_location_dest_id",
    "recycle_location_id": "default_recycle_location_dest_id",
}


class Repair(ThreadModel):
    """Repairs; their parts are moves with a kind of their own."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "state": "draft",
        "priority": "0",
        "product_qty": 1.0,
        "under_warranty": False,
        "is_parts_available": False,
        "is_parts_late": False,
    }
    narrowed: ClassVar = {"move_ids": lambda move: bool(move.text("repair_line_type"))}
    computed: ClassVar[Mapping[str, Compute]] = {"is_returned": lambda repair: _is_returned(repair)}

    def defaults(self, env: Environment, values: Row) -> Row:
        """Number and places by the kind of operation. Odoo 17 fails in the database where none is given."""
        number, product_number = values.get("picking_type_id"), values.get("product_id")
        if not isinstance(number, int):
            raise UndefinedFunction(_NO_KIND)
        system = env.as_system()
        kind = system.record("stock.picking.type", number)
        system.models[kind.model].check_existing([kind])
        warehouse = kind.one("warehouse_id")
        name = next_name(system, self.name, f"{(warehouse.text('code') if warehouse else '') or 'WH'}/RO/", 5)
        product = system.record("product.product", product_number) if isinstance(product_number, int) else None
        places: Row = {own: kind.value(theirs) for own, theirs in _PLACES.items()}
        return {
            **places,
            "name": name,
            "company_id": kind.value("company_id") or env.company.id,
            "user_id": env.user_id,
            "schedule_date": env.timestamp,
            "product_uom": product.value("uom_id") if product else None,
            "procurement_group_id": system.create("procurement.group", {"name": name}).id,
        }

    def after_create(self, record: Record, _values: Row) -> None:
        """A number of another product is dropped."""
        self._check_lot(record)

    def after_write(self, record: Record, values: Row) -> None:
        """A number of another product is dropped."""
        if {"product_id", "lot_id"} & values.keys():
            self._check_lot(record)

    def _check_lot(self, record: Record) -> None:
        lot = record.one("lot_id")
        if lot is not None and lot.value("product_id") != record.value("product_id"):
            record.set(lot_id=None)

    def before_unlink(self, records: Sequence[Record]) -> None:
        """What goes is cancelled first."""
        _cancel([record for record in records if record.text("state") not in ("draft", "cancel")])

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Whether its parts are there."""
        return [(self.name, record.id)] if "state" in changed else []

    def refresh(self, record: Record) -> None:
        """Parts count as there once the repair is confirmed."""
        record.set(is_parts_available=record.text("state") in ("confirmed", "under_repair"))

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_action_validate(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Confirm; for a piece that isn't in our stock the warning that asks whether that is right."""
        repair = self._for_change(env, ids)[0]
        product = repair.one("product_id")
        if product is None or product.text("type") == "consu" or _is_here(repair, product):
            return _confirm([repair])
        context: dict[str, JsonValue] = {
            "default_product_id": product.id,
            "default_location_id": repair.value("location_id"),
            "default_repair_id": repair.id,
            "default_quantity": float(repair.number("product_qty")),
            "default_product_uom_name": unit.text("name") if (unit := product.one("uom_id")) else "",
        }
        return {
            "name": f"{product.display_name}: Insufficient Quantity To Repair",
            "view_mode": "form",
            "res_model": "stock.warn.insufficient.qty.repair",
            "view_id": False,
            "type": "ir.actions.act_window",
            "context": context,
            "target": "new",
        }

    def remote_action_repair_start(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Under repair, confirmed or not."""
        repairs = self._for_change(env, ids)
        _confirm(repairs)
        for repair in repairs:
            repair.set(state="under_repair")
        return True

    def remote_action_repair_end(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Done; the piece's move tells that it was repaired."""
        repairs = self._for_change(env, ids)
        if any(repair.text("state") != "under_repair" for repair in repairs):
            raise UserError("Repair must be under repair in order to end reparation.")
        for repair in repairs:
            _finish(repair)
        return True

    def remote_action_repair_cancel(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Cancel."""
        _cancel(self._for_change(env, ids))
        return True

    def remote_action_repair_cancel_draft(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Back to new."""
        repairs = self._for_change(env, ids)
        _cancel([repair for repair in repairs if repair.text("state") != "cancel"])
        for repair in repairs:
            repair.set(state="draft")
        return True

    def remote_action_create_sale_order(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """A quotation for the repair; the action that shows it."""
        repair = self._for_change(env, ids)[0]
        if repair.value("sale_order_id") is not None:
            raise UserError(
                "You cannot create a quotation for a repair order that is already linked to an existing sale order.\n"
                f"Concerned repair order(s) :\n{repair.text('name')}"
            )
        if repair.value("partner_id") is None:
            raise UserError(
                "You need to define a customer for a repair order in order to create an associated quotation.\n"
                f"Concerned repair order(s) :\n{repair.text('name')}"
            )
        values: Row = {"partner_id": repair.value("partner_id"), "company_id": repair.value("company_id")}
        order = env.create("sale.order", values)
        repair.set(sale_order_id=order.id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "views": [[False, "form"]],
            "res_id": order.id,
        }

    def _for_change(self, env: Environment, ids: Sequence[int]) -> list[Record]:
        access.check_model(env, self.name, "w")
        records = self.records(env, ids)
        self.check_existing(records)
        access.check_records(records, "w")
        return [env.as_system().record(self.name, record.id) for record in records]


class RepairWarning(RemoteModel):
    """The question whether a piece that isn't in stock is repaired nevertheless."""

    def remote_action_done(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Yes."""
        access.check_model(env, "repair.order", "w")
        return _confirm(
            [repair for wizard in self.records(env.as_system(), ids) if (repair := wizard.one("repair_id"))]
        )


def _is_returned(repair: Record) -> bool:
    picking = repair.one("picking_id")
    return picking is not None and picking.text("state") == "done"


def _is_here(repair: Record, product: Record) -> bool:
    lot = repair.value("lot_id")
    stock = on_hand(product, frozenset((repair.integer("location_id"),)))
    return stock.get(lot if isinstance(lot, int) else None, Decimal(0)) >= repair.number("product_qty")


def _confirm(repairs: Sequence[Record]) -> bool:
    for repair in repairs:
        if repair.text("state") == "draft":
            repair.set(state="confirmed")
    return True


def _cancel(repairs: Sequence[Record]) -> None:
    if any(repair.text("state") == "done" for repair in repairs):
        raise UserError("You cannot cancel a Repair Order that's already been completed")
    for repair in repairs:
        repair.set(state="cancel")


def _finish(repair: Record) -> None:
    product = repair.one("product_id")
    if product is not None:
        if product.text("tracking") != "none" and repair.value("lot_id") is None:
            raise ValidationError(f"Serial number is required for product to repair : {product.display_name}")
        repair.set(move_id=_moved(repair).id)
    repair.set(state="done")


def _moved(repair: Record) -> Record:
    """A done move of the piece to where it is."""
    shared: Row = {
        "product_id": repair.value("product_id"),
        "location_id": repair.value("location_id"),
        "location_dest_id": repair.value("location_id"),
        "company_id": repair.value("company_id"),
        "state": "done",
        "picked": True,
        "quantity": float(repair.number("product_qty")),
        "date": repair.env.timestamp,
    }
    line = {**shared, "lot_id": repair.value("lot_id"), "product_uom_id": repair.value("product_uom")}
    values: Row = {
        **shared,
        "name": repair.text("name"),
        "origin": repair.text("name"),
        "reference": repair.text("name"),
        "product_uom": repair.value("product_uom"),
        "product_uom_qty": float(repair.number("product_qty")),
        "partner_id": repair.value("partner_id"),
        "picking_type_id": repair.value("picking_type_id"),
        "group_id": repair.value("procurement_group_id"),
        "repair_id": repair.id,
        "move_line_ids": [[0, 0, {**line, "reference": repair.text("name")}]],
    }
    return repair.env.create("stock.move", values)
