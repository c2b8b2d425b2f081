"""Sale orders from quotation to confirmation, with deliveries and invoices hanging on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record, total
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models import posting
from service.demo.odoo_server.models.amounts import currency_rate, rounds_globally, summed_taxes
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.models.numbering import next_name
from service.demo.odoo_server.models.sale_lines import amounts_of, ship_missing
from service.demo.odoo_server.values import JsonValue, Row

_VALIDITY = timedelta(days=30)
_DOCUMENTS = ("out_invoice", "out_refund")


class SaleOrder(ThreadModel):
    """Quotations and orders of customers."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "state": "draft",
        "locked": False,
        "invoice_status": "no",
        "picking_policy": "direct",
        "require_signature": True,
        "require_payment": True,
        "prepayment_percent": 1.0,
    }
    computed: ClassVar[Mapping[str, Compute]] = {
        "invoice_ids": lambda order: list[JsonValue](sorted((move.id for move in _invoices(order)), reverse=True)),
        "invoice_count": lambda order: len(_invoices(order)),
        "delivery_count": lambda order: len(order.ids("picking_ids")),
        "repair_count": lambda order: len(order.ids("repair_order_ids")),
        "amount_invoiced": lambda order: float(order.number("amount_total") - order.number("amount_to_invoice")),
    }

    def defaults(self, env: Environment, values: Row) -> Row:
        """Number, day, company, currency, addresses, warehouse, how the customer pays."""
        system = env.as_system()
        given, number = values.get("company_id"), values.get("partner_id")
        company = system.record("res.company", given) if isinstance(given, int) else system.company
        found: Row = {
            "name": next_name(system, self.name, "S", 5),
            "date_order": env.timestamp,
            "validity_date": (env.today + _VALIDITY).isoformat(),
            "company_id": company.id,
            "currency_id": company.value("currency_id"),
            "warehouse_id": _warehouse(system, company),
            "user_id": env.user_id,
        }
        if isinstance(number, int):
            partner = system.record("res.partner", number)
            env.models["res.partner"].check_existing([partner])
            found |= {
                "partner_invoice_id": _address(partner, "invoice"),
                "partner_shipping_id": _address(partner, "delivery"),
                "payment_term_id": partner.value("property_payment_term_id"),
            }
        return found

    def before_unlink(self, records: Sequence[Record]) -> None:
        """Only quotations and cancelled orders disappear."""
        if any(order.text("state") not in ("draft", "cancel") for order in records):
            raise UserError("You can not delete a sent quotation or a confirmed sales order. You must first cancel it.")

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its lines repeat some of its values."""
        if {"state", "partner_id", "currency_id", "company_id", "user_id", "date_order"} & set(changed):
            yield self.name, record.id
            for number in record.env.store.pointing("sale.order.line", "order_id", record.id):
                yield "sale.order.line", number

    def refresh(self, record: Record) -> None:
        """Amounts, and the states of invoicing and delivering."""
        lines = [line for line in record.many("order_line") if not line.text("display_type")]
        net = total(lines, "price_subtotal")
        company = record.one("company_id")
        tax = summed_taxes([amounts_of(line) for line in lines], globally=rounds_globally(company))
        pickings = record.many("picking_ids")
        on = record.day("date_order") or record.env.today
        record.set(
            amount_untaxed=float(net),
            amount_tax=float(tax),
            amount_total=float(net + tax),
            currency_rate=float(currency_rate(record.env, record.one("currency_id"), company, on)),
            invoice_status=_invoice_status(record, lines),
            delivery_status=_delivery_status(pickings, lines),
            effective_date=_first_delivery(pickings),
        )
        record.set(amount_to_invoice=float(_to_invoice(record)))

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_action_confirm(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Order: expect the deliveries."""
        orders = self._for_change(env, ids)
        if any(order.text("state") not in ("draft", "sent") for order in orders):
            names = ", ".join(order.display_name for order in orders)
            raise UserError(f"The following orders are not in a state requiring confirmation: {names}")
        for order in orders:
            order.set(state="sale", date_order=env.timestamp)
            for line in order.many("order_line"):
                line.set(state="sale")
                ship_missing(line)
        return True

    def remote_action_cancel(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Cancel with open deliveries and draft invoices."""
        for order in self._for_change(env, ids):
            if order.flag("locked"):
                raise UserError("You cannot cancel a locked order. Please unlock it first.")
            for picking in order.many("picking_ids"):
                for move in picking.many("move_ids"):
                    if move.text("state") != "done":
                        move.set(state="cancel")
            posting.cancel([move for move in _invoices(order) if move.text("state") == "draft"])
            order.set(state="cancel")
        return True

    def remote_action_draft(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Back to a quotation."""
        for order in self._for_change(env, ids):
            if order.text("state") in ("cancel", "sent"):
                order.set(state="draft")
        return True

    def remote_action_lock(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Lock."""
        for order in self._for_change(env, ids):
            order.set(locked=True)
        return None

    def remote_action_unlock(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Unlock."""
        for order in self._for_change(env, ids):
            order.set(locked=False)
        return None

    def _for_change(self, env: Environment, ids: Sequence[int]) -> list[Record]:
        access.check_model(env, self.name, "w")
        records = self.records(env, ids)
        self.check_existing(records)
        access.check_records(records, "w")
        return records


def _warehouse(env: Environment, company: Record) -> JsonValue:
    found = [house for house in env.all("stock.warehouse") if house.value("company_id") in (None, company.id)]
    return found[0].id if found else None


def _address(partner: Record, kind: str) -> JsonValue:
    """The contact for invoices or deliveries, else the partner."""
    return next((child.id for child in partner.many("child_ids") if child.text("type") == kind), partner.id)


def _invoices(order: Record) -> list[Record]:
    items = [item for line in order.many("order_line") for item in line.many("invoice_lines")]
    moves = {move.id: move for item in items if (move := item.one("move_id"))}
    return [move for move in moves.values() if move.text("move_type") in _DOCUMENTS]


def _invoice_status(order: Record, lines: Sequence[Record]) -> str:
    states = {line.text("invoice_status") for line in lines if not line.flag("is_downpayment")}
    if order.text("state") != "sale" or not states:
        return "no"
    if "to invoice" in states:
        return "to invoice"
    if states == {"invoiced"}:
        return "invoiced"
    return "upselling" if states <= {"invoiced", "upselling"} else "no"


def _delivery_status(pickings: Sequence[Record], lines: Sequence[Record]) -> JsonValue:
    states = {picking.text("state") for picking in pickings}
    if states <= {"cancel"}:
        return None
    if states <= {"done", "cancel"}:
        return "full"
    if "done" not in states:
        return "pending"
    return "partial" if any(line.number("qty_delivered") for line in lines) else "started"


def _first_delivery(pickings: Sequence[Record]) -> JsonValue:
    days = [
        picking.text("date_done")
        for picking in pickings
        if picking.text("state") == "done"
        and (place := picking.one("location_dest_id"))
        and place.text("usage") == "customer"
    ]
    return min(filter(None, days), default=None)


def _to_invoice(order: Record) -> Decimal:
    """The order's total less what its posted invoices ask for its lines."""
    if order.text("invoice_status") == "invoiced":
        return Decimal(0)
    lines = {line.id for line in order.many("order_line")}
    invoiced = Decimal(0)
    for move in _invoices(order):
        if move.text("state") == "posted":
            sign = 1 if move.text("move_type") == "out_invoice" else -1
            own = [item for item in move.many("invoice_line_ids") if lines & set(item.ids("sale_line_ids"))]
            invoiced += sign * total(own, "price_total")
    return order.number("amount_total") - invoiced
