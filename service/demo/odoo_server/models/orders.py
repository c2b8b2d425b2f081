"""Purchase orders from request to confirmation, with receipts and bills hanging on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record, total
from service.demo.odoo_server.errors import UserError
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.amounts import currency_rate, rounds_globally, summed_taxes
from service.demo.odoo_server.models.expected import expect
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.models.numbering import next_name
from service.demo.odoo_server.models.order_lines import CONFIRMED, amounts_of
from service.demo.odoo_server.values import JsonValue, Row

_MOST_SELLERS = 10  # Odoo stops learning vendors of a product there


class Order(ThreadModel):
    """Requests for quotation and purchase orders."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "state": "draft",
        "priority": "0",
        "invoice_status": "no",
        "invoice_count": 0,
        "invoice_ids": [],
        "picking_ids": [],
        "mail_reminder_confirmed": False,
        "mail_reception_confirmed": False,
    }
    computed: ClassVar[Mapping[str, Compute]] = {
        "incoming_picking_count": lambda order: len(order.ids("picking_ids")),
        "is_shipped": lambda order: order.text("receipt_status") == "full",
    }

    def display_name(self, record: Record) -> str:
        """Our number and the vendor's."""
        theirs = record.text("partner_ref")
        return record.text("name") + (f" ({theirs})" if theirs else "")

    def defaults(self, env: Environment, values: Row) -> Row:
        """Number, day, company, currency, where the goods arrive, how the vendor is paid."""
        system = env.as_system()
        given = values.get("company_id")
        company = system.record("res.company", given) if isinstance(given, int) else system.company
        number = values.get("partner_id")
        partner = system.record("res.partner", number) if isinstance(number, int) else None
        own_currency = partner.value("property_purchase_currency_id") if partner else None
        return {
            "name": next_name(system, self.name, "P", 5) if number else "New",
            "date_order": env.timestamp,
            "company_id": company.id,
            "currency_id": own_currency or company.value("currency_id"),
            "picking_type_id": _receiving(system, company),
            "payment_term_id": partner.value("property_supplier_payment_term_id") if partner else None,
            "user_id": env.user_id,
        }

    def before_unlink(self, records: Sequence[Record]) -> None:
        """Only cancelled orders disappear."""
        for order in records:
            if order.text("state") != "cancel":
                raise UserError("In order to delete a purchase order, you must cancel it first.")

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its lines repeat some of its values."""
        if {"state", "partner_id", "currency_id", "company_id", "date_order"} & set(changed):
            yield self.name, record.id
            for number in record.env.store.pointing("purchase.order.line", "order_id", record.id):
                yield "purchase.order.line", number

    def refresh(self, record: Record) -> None:
        """Amounts, and the states of billing and receiving."""
        lines = [line for line in record.many("order_line") if not line.text("display_type")]
        net = total(lines, "price_subtotal")
        company = record.one("company_id")
        tax = summed_taxes([amounts_of(line) for line in lines], globally=rounds_globally(company))
        bills = _bills(lines)
        receipts = _receipts(lines)
        planned = [line.text("date_planned") for line in lines if line.text("date_planned")]
        done = [receipt.text("date_done") for receipt in receipts if receipt.text("date_done")]
        on = record.day("date_order") or record.env.today
        record.set(
            amount_untaxed=float(net),
            amount_tax=float(tax),
            amount_total=float(net + tax),
            invoice_ids=list[JsonValue](sorted(bill.id for bill in bills)),
            invoice_count=len(bills),
            invoice_status=_invoice_status(record, lines, bool(bills)),
            picking_ids=list[JsonValue](sorted(receipt.id for receipt in receipts)),
            receipt_status=_receipt_status(receipts),
            date_planned=record.row.get("date_planned") or min(planned, default=None),
            effective_date=min(done, default=None),
            currency_rate=float(currency_rate(record.env, record.one("currency_id"), company, on)),
            date_calendar_start=record.row.get("date_approve") or record.row.get("date_order"),
        )

    # -- buttons -------------------------------------------------------------------------------------------------

    def remote_button_confirm(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Order: learn the vendor, expect the goods."""
        for order in self._for_change(env, ids):
            if order.text("state") in ("draft", "sent"):
                _learn_vendor(order)
                if _may_approve(order):
                    _approve(order)
                else:
                    order.set(state="to approve")
        return True

    def remote_button_approve(self, env: Environment, ids: Sequence[int], force: bool = False) -> JsonValue:
        """Approve what waits for it."""
        for order in self._for_change(env, ids):
            if force or _may_approve(order):
                _approve(order)
        return {}

    def remote_button_cancel(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Cancel with the open receipts. UserError where goods came or a bill is posted."""
        for order in self._for_change(env, ids):
            _check_cancellable(order)
            for receipt in order.many("picking_ids"):
                for move in receipt.many("move_ids"):
                    if move.text("state") != "done":
                        move.set(state="cancel")
            order.set(state="cancel", mail_reminder_confirmed=False)
        return None

    def remote_button_draft(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Back to a request."""
        for order in self._for_change(env, ids):
            order.set(state="draft")
        return {}

    def remote_button_done(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Lock."""
        for order in self._for_change(env, ids):
            order.set(state="done", priority="0")
        return None

    def remote_button_unlock(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Unlock."""
        for order in self._for_change(env, ids):
            order.set(state="purchase")
        return None

    def remote_action_create_invoice(self, env: Environment, ids: Sequence[int]) -> JsonValue:
        """Bill what is to be billed: one bill a vendor and currency; the action that shows it."""
        orders = [order for order in self._for_change(env, ids) if order.text("invoice_status") == "to invoice"]
        if not orders:
            raise UserError(
                "There is no invoiceable line. If a product has a control policy based on received quantity, please"
                " make sure that a quantity has been received."
            )
        groups: dict[tuple[JsonValue, ...], list[Record]] = {}
        for order in orders:
            key = tuple(order.row.get(name) for name in ("company_id", "partner_id", "currency_id"))
            groups.setdefault(key, []).append(order)
        access.check_model(env, "account.move", "c")
        bills = [env.create("account.move", _bill_values(group)) for group in groups.values()]
        action: dict[str, JsonValue] = {"type": "ir.actions.act_window", "res_model": "account.move", "name": "Bills"}
        if len(bills) == 1:
            return action | {"res_id": bills[0].id, "view_mode": "form"}
        return action | {"res_id": False, "domain": [["id", "in", [bill.id for bill in bills]]]}

    def _for_change(self, env: Environment, ids: Sequence[int]) -> list[Record]:
        access.check_model(env, self.name, "w")
        records = self.records(env, ids)
        self.check_existing(records)
        access.check_records(records, "w")
        return records


def _receiving(env: Environment, company: Record) -> JsonValue:
    kinds = [kind for kind in env.all("stock.picking.type") if kind.text("code") == "incoming" and kind.flag("active")]
    return next((kind.id for kind in kinds if kind.value("company_id") in (None, company.id)), None)


def _bills(lines: Sequence[Record]) -> list[Record]:
    moves = [move for line in lines for item in line.many("invoice_lines") if (move := item.one("move_id"))]
    return list(dict.fromkeys(moves))


def _receipts(lines: Sequence[Record]) -> list[Record]:
    found = [receipt for line in lines for move in line.many("move_ids") if (receipt := move.one("picking_id"))]
    return list(dict.fromkeys(found))


def _invoice_status(order: Record, lines: Sequence[Record], billed: bool) -> str:
    if order.text("state") not in CONFIRMED:
        return "no"
    if any(line.number("qty_to_invoice") for line in lines):
        return "to invoice"
    return "invoiced" if billed else "no"


def _receipt_status(receipts: Sequence[Record]) -> JsonValue:
    states = [receipt.text("state") for receipt in receipts]
    if not states or set(states) == {"cancel"}:
        return None
    if set(states) <= {"done", "cancel"}:
        return "full"
    return "partial" if "done" in states else "pending"


def _may_approve(order: Record) -> bool:
    company = order.one("company_id")
    if company is None or company.text("po_double_validation") != "two_step":
        return True
    limit = company.number("po_double_validation_amount")
    return order.number("amount_total") < limit or access.has_group(order.env, "purchase.group_purchase_manager")


def _approve(order: Record) -> None:
    company = order.one("company_id")
    locked = company is not None and company.text("po_lock") == "lock"
    order.set(state="done" if locked else "purchase", date_approve=order.env.timestamp)
    expect(order, [(line, line.number("product_qty")) for line in order.many("order_line")])


def _learn_vendor(order: Record) -> None:
    """A vendor who is new to a product becomes one of its sellers, at the ordered price."""
    partner = order.one("partner_id")
    vendor = (partner.one("parent_id") or partner) if partner else None
    for line in order.many("order_line"):
        product = line.one("product_id")
        if product is None or vendor is None or partner is None:
            continue
        sellers = product.many("seller_ids")
        if {seller.value("partner_id") for seller in sellers} & {vendor.id, partner.id} or len(sellers) > _MOST_SELLERS:
            continue
        values: Row = {"partner_id": vendor.id, "product_tmpl_id": product.value("product_tmpl_id"), "delay": 0}
        values |= {"price": float(line.number("price_unit")), "currency_id": order.value("currency_id")}
        order.env.create("product.supplierinfo", values | {"sequence": len(sellers) + 1, "min_qty": 0.0})


def _check_cancellable(order: Record) -> None:
    moves = [move for line in order.many("order_line") for move in line.many("move_ids")]
    if any(move.text("state") == "done" for move in moves):
        name = order.text("name")
        raise UserError(f"Unable to cancel purchase order {name} as some receptions have already been done.")
    if any(bill.text("state") not in ("cancel", "draft") for bill in order.many("invoice_ids")):
        raise UserError("Unable to cancel this purchase order. You must first cancel the related vendor bills.")


def _bill_values(orders: Sequence[Record]) -> Row:
    first = orders[0]
    references = list(dict.fromkeys(order.text("partner_ref") for order in orders))
    lines: list[JsonValue] = []
    for line in (line for order in orders for line in order.many("order_line")):
        if line.number("qty_to_invoice"):
            lines.append([0, 0, _bill_line(line, sequence=10 + len(lines))])
    return {
        "move_type": "in_invoice",
        "partner_id": first.value("partner_id"),
        "company_id": first.value("company_id"),
        "currency_id": first.value("currency_id"),
        "invoice_payment_term_id": first.value("payment_term_id"),
        "invoice_origin": ", ".join(order.text("name") for order in orders),
        "ref": ", ".join(references) or False,
        "payment_reference": references[0] if len(references) == 1 else False,
        "invoice_user_id": first.value("user_id"),
        "invoice_line_ids": lines,
    }


def _bill_line(line: Record, sequence: int) -> dict[str, JsonValue]:
    order = line.one("order_id")
    return {
        "name": f"{order.text('name') if order else ''}: {line.text('name')}",
        "product_id": line.value("product_id"),
        "product_uom_id": line.value("product_uom"),
        "quantity": float(line.number("qty_to_invoice") or Decimal(0)),
        "discount": float(line.number("discount")),
        "price_unit": float(line.number("price_unit")),
        "tax_ids": [[6, 0, list[JsonValue](line.ids("taxes_id"))]],
        "purchase_line_id": line.id,
        "sequence": sequence,
    }
