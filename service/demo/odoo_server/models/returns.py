"""The wizard that sends goods back: to a vendor, or from a customer to us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.models.messages import post_note
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of

_NOT_COPIED = frozenset(
    "create_date create_uid write_date write_uid state quantity picked date date_deadline product_qty move_orig_ids"
    " move_dest_ids stock_valuation_layer_ids account_move_ids next_serial next_serial_count reservation_date"
    " delay_alert_date rule_id route_ids".split()
)


class ReturnPicking(RemoteModel):
    """A done transfer and how much of each of its moves goes back."""

    def defaults(self, env: Environment, _values: Row) -> Row:
        """The transfer in the context."""
        if env.context.get("active_model") != "stock.picking":
            return {}
        if len(ids_of(env.context.get("active_ids"))) > 1:
            raise UserError("You may only return one picking at a time.")
        return {"picking_id": env.context.get("active_id") or next(iter(ids_of(env.context.get("active_ids"))), None)}

    def after_create(self, record: Record, values: Row) -> None:
        """Everything that did not go back yet is proposed. UserError for a transfer that isn't done."""
        system = record.env.as_system()
        picking = system.record(self.name, record.id).one("picking_id")
        if picking is None:
            return
        if picking.text("state") != "done":
            raise UserError("You may only return Done pickings.")
        moves = [
            move for move in picking.many("move_ids") if move.text("state") != "cancel" and not move.flag("scrapped")
        ]
        record.set(
            location_id=record.row.get("location_id") or _back_to(picking),
            original_location_id=picking.value("location_id"),
            move_dest_exists=any(move.ids("move_dest_ids") for move in moves),
        )
        if "product_return_moves" not in values:
            for move in moves:
                line: Row = {"wizard_id": record.id, "move_id": move.id, "product_id": move.value("product_id")}
                system.create("stock.return.picking.line", {**line, "quantity": float(_not_back_yet(move))})

    def remote_create_returns(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Make the return and reserve its goods; the action that shows it."""
        access.check_model(env, "stock.picking", "c")
        wizard = self.records(env.as_system(), ids)[0]
        picking = wizard.one("picking_id")
        if picking is None:
            raise UserError("There is no transfer to return.")
        lines = wizard.many("product_return_moves")
        if any(line.one("move_id") is None for line in lines):
            raise UserError("You have manually created product lines, please delete them to proceed.")
        wanted = [line for line in lines if line.number("quantity")]
        if not wanted:
            raise UserError("Please specify at least one non-zero quantity.")
        made = _made(wizard, picking)
        for line in wanted:
            _return(line, made)
        post_note(
            env.record(made.model, made.id),
            "<p>This transfer has been created from: "
            f'<a href="#" data-oe-model="stock.picking" data-oe-id="{picking.id}">{picking.text("name")}</a></p>',
        )
        return {
            "name": "Returned Picking",
            "view_mode": "form,tree,calendar",
            "res_model": "stock.picking",
            "res_id": made.id,
            "type": "ir.actions.act_window",
            "context": {**env.context, "default_partner_id": picking.value("partner_id")},
        }


class ReturnPickingLine(RemoteModel):
    """How much of one move goes back, and whether that lowers the order's quantity."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"to_refund": True}


def _back_to(picking: Record) -> JsonValue:
    kind = picking.one("picking_type_id")
    return (kind.value("default_location_return_id") if kind else None) or picking.value("location_id")


def _not_back_yet(move: Record) -> Decimal:
    back = [
        other
        for other in move.env.pointing("stock.move", "origin_returned_move_id", move.id)
        if other.text("state") != "cancel"
    ]
    return move.number("quantity") - sum((other.number("quantity") for other in back), Decimal(0))


def _made(wizard: Record, picking: Record) -> Record:
    kind = picking.one("picking_type_id")
    back = kind.value("return_picking_type_id") if kind else None
    values: Row = {
        "picking_type_id": back or picking.value("picking_type_id"),
        "partner_id": picking.value("partner_id"),
        "origin": f"Return of {picking.text('name')}",
        "return_id": picking.id,
        "group_id": picking.value("group_id"),
        "sale_id": picking.value("sale_id"),
        "company_id": picking.value("company_id"),
        "location_id": picking.value("location_dest_id"),
        "location_dest_id": wizard.value("location_id"),
        "move_type": picking.value("move_type"),
        "date": picking.text("date")[:19] or None,
        "user_id": None,
    }
    return wizard.env.create("stock.picking", values)


def _return(line: Record, picking: Record) -> None:
    """A move the other way; it is linked to the one that it returns from both sides."""
    move = line.one("move_id")
    if move is None:
        return
    copied: Row = {name: value for name, value in move.row.items() if name not in _NOT_COPIED}
    values: Row = {
        **copied,
        "product_uom_qty": float(line.number("quantity")),
        "product_uom": line.value("uom_id"),
        "picking_id": picking.id,
        "reference": picking.text("name"),
        "date": line.env.timestamp[:19],
        "location_id": move.value("location_dest_id"),
        "location_dest_id": picking.value("location_dest_id"),
        "picking_type_id": picking.value("picking_type_id"),
        "partner_id": picking.value("partner_id"),
        "origin_returned_move_id": move.id,
        "procure_method": "make_to_stock",
        "to_refund": line.flag("to_refund"),
        "move_orig_ids": [[4, move.id]],
    }
    line.env.create("stock.move", values)
