"""Transfers of goods: receipts, their moves, and what is left over as a back order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.models.numbering import next_name
from service.demo.odoo_server.models.reserving import assign
from service.demo.odoo_server.models.stock_moves import finish, picked_quantity
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of

_CLOSED = ("done", "cancel")
_RANKS = ("draft", "waiting", "confirmed", "partially_available", "assigned")


class Picking(ThreadModel):
    """Receipts, deliveries and internal transfers."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "state": "draft",
        "priority": "0",
        "move_type": "direct",
        "is_locked": True,
        "name": "/",
        "printed": False,
        "has_deadline_issue": False,
    }
    computed: ClassVar[Mapping[str, Compute]] = {
        "backorder_ids": lambda picking: list[JsonValue](
            sorted(picking.env.store.pointing("stock.picking", "backorder_id", picking.id))
        ),
        "return_count": lambda picking: len(picking.ids("return_ids")),
    }

    def defaults(self, env: Environment, values: Row) -> Row:
        """Number and places by the kind of transfer."""
        system = env.as_system()
        number = values.get("picking_type_id")
        kind = system.record("stock.picking.type", number if isinstance(number, int) else 0)
        return {
            "name": next_name(system, self.name, _prefix(kind), 5),
            "company_id": kind.value("company_id") or system.company.id,
            "location_id": kind.value("default_location_src_id"),
            "location_dest_id": kind.value("default_location_dest_id"),
            "scheduled_date": env.timestamp,
            "date": env.timestamp,
        }

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """The order's state of receiving."""
        if {"state", "date_done"} & set(changed):
            for move in record.env.pointing("stock.move", "picking_id", record.id):
                line = move.one("purchase_line_id")
                number = line.row.get("order_id") if line else None
                if isinstance(number, int):
                    yield "purchase.order", number
            sold = record.row.get("sale_id")
            if isinstance(sold, int):
                yield "sale.order", sold

    def refresh(self, record: Record) -> None:
        """The state, from the moves'."""
        moves = record.many("move_ids")
        if moves:
            planned = [move.text("date") for move in moves if move.text("state") not in _CLOSED and move.text("date")]
            record.set(state=_state(moves), scheduled_date=min(planned, default=record.row.get("scheduled_date")))

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_action_confirm(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Expect the goods."""
        for picking in self._for_change(env, ids):
            for move in picking.many("move_ids"):
                if move.text("state") == "draft":
                    assign(move)
        return True

    def remote_action_assign(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Check availability: what comes from a vendor is always there, what leaves may be in stock by now."""
        self.remote_action_confirm(env, ids)
        for picking in self._for_change(env, ids):
            waiting = [move for move in picking.many("move_ids") if move.text("state") not in _CLOSED]
            if not waiting:
                raise UserError("Nothing to check the availability for.")
            for move in waiting:
                if move.text("state") in ("confirmed", "partially_available"):
                    assign(move)
        return True

    def remote_action_cancel(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Cancel the moves that aren't done."""
        for picking in self._for_change(env, ids):
            moves = picking.many("move_ids")
            if any(move.text("state") == "done" for move in moves):
                raise UserError(
                    "You cannot cancel a stock move that has been set to 'Done'. Create a return in order to"
                    " reverse the moves which took place."
                )
            for move in moves:
                move.set(state="cancel")
            picking.set(is_locked=True, **({} if moves else {"state": "cancel"}))
        return True

    def remote_button_validate(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Book what was picked. True, or the action that asks about a back order."""
        pickings = self._for_change(env, ids)
        for picking in pickings:
            _prepare(picking)
        if not env.context.get("skip_backorder"):
            short = [picking for picking in pickings if _is_short(picking)]
            if short:
                return _backorder_action(env, short, pickings)
        dropped = ids_of(env.context.get("picking_ids_not_to_backorder"))
        for picking in pickings:
            kind = picking.one("picking_type_id")
            never = kind is not None and kind.text("create_backorder") == "never"
            book(picking, with_rest=not never and picking.id not in dropped)
        return True

    def _for_change(self, env: Environment, ids: Sequence[int]) -> list[Record]:
        access.check_model(env, self.name, "w")
        records = self.records(env, ids)
        self.check_existing(records)
        access.check_records(records, "w")
        return records


def _prefix(kind: Record) -> str:
    """The warehouse's code and the kind's, as the latest transfer of the kind has them."""
    named = [picking.text("name") for picking in kind.env.pointing("stock.picking", "picking_type_id", kind.id)]
    if named and named[-1].count("/") == 2:
        return named[-1].rpartition("/")[0] + "/"
    warehouse = kind.one("warehouse_id")
    code = (warehouse.text("code") if warehouse else "") or "WH"
    return f"{code}/{kind.text('sequence_code') or 'IN'}/"


def _state(moves: Sequence[Record]) -> str:
    states = [move.text("state") for move in moves]
    if "draft" in states:
        return "draft"
    if set(states) == {"cancel"}:
        return "cancel"
    if set(states) <= set(_CLOSED):
        return "done"
    best = max((state for state in states if state in _RANKS), key=_RANKS.index)
    return "assigned" if best == "partially_available" else best


def _prepare(picking: Record) -> None:
    """Odoo's checks before booking; where nobody picked anything, everything counts as picked."""
    moves = [move for move in picking.many("move_ids") if move.text("state") not in _CLOSED]
    if not picking.many("move_ids"):
        raise UserError("You can’t validate an empty transfer. Please add some products to move before proceeding.")
    if not any(move.number("quantity") for move in moves):
        raise UserError(
            "You cannot validate a transfer if no quantities are reserved. To force the transfer, encode quantities."
        )
    if not any(move.flag("picked") for move in moves):
        for move in moves:
            move.set(picked=True)
    untraced = [move for move in moves if move.flag("picked") and _lacks_serial(move)]
    if untraced:
        names = ", ".join(product.display_name for move in untraced if (product := move.one("product_id")))
        raise UserError(f"You need to supply a Lot/Serial number for products {names}.")


def _lacks_serial(move: Record) -> bool:
    product = move.one("product_id")
    if product is None or product.text("tracking") not in ("serial", "lot"):
        return False
    lines = [line for line in move.many("move_line_ids") if line.number("quantity")]
    return any(not line.text("lot_name") and line.one("lot_id") is None for line in lines)


def _is_short(picking: Record) -> bool:
    kind = picking.one("picking_type_id")
    if kind is not None and kind.text("create_backorder") not in ("", "ask"):
        return False
    return any(
        move.number("product_uom_qty")
        and (not move.flag("picked") or picked_quantity(move) < move.number("product_uom_qty"))
        for move in picking.many("move_ids")
        if move.text("state") != "cancel"
    )


def _backorder_action(env: Environment, short: Sequence[Record], pickings: Sequence[Record]) -> JsonValue:
    context: dict[str, JsonValue] = {
        **env.context,
        "default_show_transfers": False,
        "default_pick_ids": [[4, picking.id] for picking in short],
        "button_validate_picking_ids": [picking.id for picking in pickings],
    }
    return {
        "name": "Create Backorder?",
        "type": "ir.actions.act_window",
        "view_mode": "form",
        "res_model": "stock.backorder.confirmation",
        "target": "new",
        "context": context,
    }


def book(picking: Record, *, with_rest: bool) -> None:
    """Book the picked quantities; the rest becomes a back order, or is cancelled."""
    system = picking.env.as_system()
    picking = system.record(picking.model, picking.id)
    rest: list[Record] = []
    for move in picking.many("move_ids"):
        if move.text("state") not in _CLOSED:
            rest += finish(move)
    picking.stamp({"date_done": picking.env.timestamp, "priority": "0"})
    if not with_rest:
        for move in rest:
            move.set(state="cancel")
    elif rest:
        backorder = _copy(picking)
        for move in rest:
            move.set(picking_id=backorder.id, picked=False, reference=backorder.text("name"))
            for line in move.many("move_line_ids"):
                line.set(picking_id=backorder.id, picked=False, reference=backorder.text("name"))
    system.mark_stale([("stock.picking", picking.id)])


_COPIED = (
    "picking_type_id partner_id origin group_id sale_id location_id location_dest_id company_id date scheduled_date"
    " date_deadline move_type user_id owner_id note"
).split()


def _copy(picking: Record) -> Record:
    values: Row = {name: picking.row.get(name) for name in _COPIED}
    return picking.env.create("stock.picking", {**values, "backorder_id": picking.id})


class BackorderConfirmation(RemoteModel):
    """The question whether the rest of a transfer is still expected."""

    def remote_process(self, env: Environment, _ids: Sequence[int]) -> JsonValue:
        """Yes."""
        return self._validate(env.with_context(skip_backorder=True))

    def remote_process_cancel_backorder(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """No."""
        numbers: list[JsonValue] = [number for wizard in self.records(env, ids) for number in wizard.ids("pick_ids")]
        return self._validate(env.with_context(skip_backorder=True, picking_ids_not_to_backorder=numbers))

    def _validate(self, env: Environment) -> JsonValue:
        wanted = ids_of(env.context.get("button_validate_picking_ids"))
        pickings = env.models["stock.picking"]
        if wanted and isinstance(pickings, Picking):
            return pickings.remote_button_validate(env, wanted)
        return True
