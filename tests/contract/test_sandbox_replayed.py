"""The web sale that was recorded from Odoo 17, done again in the stand-in over the recorded books: the same records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from service.demo.odoo_server.environment import Environment
from service.demo.odoo_server.rpc import Services
from service.demo.odoo_server.server import ServerOptions, open_services

REFERENCE = Path(__file__).parents[3] / "shared" / "odoo17" / "demo"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference data is not beside the repository")

SYSTEM_USER = {"id": 1, "login": "__system__", "partner_id": 2, "active": False, "company_id": 1, "company_ids": [1]}
CUSTOMER, SPEAKER, MACHINE = 51, 42, 44
BANK_JOURNAL, RECEIVABLE = 6, 6
# Links to these are the same record; of all other links only whether and how many there are is the same.
SETTINGS = frozenset(
    "product.product res.partner res.currency res.company uom.uom account.account account.tax account.journal"
    " account.tax.group stock.location stock.picking.type".split()
)
NUMBERED = frozenset(
    "id name ref origin reference invoice_origin payment_reference move_name matching_number sequence_number"
    " internal_index".split()
)
TIMES = frozenset(
    "create_date write_date date date_order date_done date_deadline date_maturity delivery_date effective_date"
    " invoice_date invoice_date_due reservation_date schedule_date scheduled_date validity_date".split()
)
# What the stand-in keeps nothing of: sales teams, rules, valuation, tax reports, checks.
NOT_KEPT = frozenset(
    "access_token account_root_id create_uid write_uid message_ids next_serial_count picking_properties rule_id"
    " stock_valuation_layer_ids tax_repartition_line_id tax_tag_invert team_id".split()
)
# The recorded sale went on: pieces were repaired.
LATER = frozenset((("sale.order", "repair_order_ids"), ("stock.picking", "repair_ids")))


class Books:
    """The recorded books in the stand-in, used as the person who had worked in them."""

    def __init__(self, services: Services, rows: Mapping[str, list[dict[str, Any]]]) -> None:
        self._services = services
        self._rows = rows

    def call(self, model: str, method: str, *args: Any, context: dict[str, Any] | None = None) -> Any:
        """One call of a client's."""
        kept = self._services
        with kept.store.transaction():
            chosen = {"allowed_company_ids": [1], **(context or {})}
            env = Environment(kept.store, kept.models, 2, chosen, kept.now(), elevated=True)
            result = getattr(kept.models[model], f"remote_{method}")(env, *args)
            env.settle()
            return result

    def read(self, model: str, number: int, *fields: str) -> Any:
        row = self.call(model, "read", [number], list(fields))[0]
        return row[fields[0]] if len(fields) == 1 else row

    def same(self, model: str, number: int, recorded: int) -> None:
        """The record has the values of the recorded one."""
        fields = self._services.models[model].spec.fields
        row = next(row for row in self._rows[model] if row["id"] == recorded)
        names = [name for name in row if name not in NUMBERED | TIMES | NOT_KEPT and (model, name) not in LATER]
        ours = self.read(model, number, "id", *names)
        shown = {name: comparable(fields[name].type, fields[name].relation, ours[name]) for name in names}
        wanted = {name: comparable(fields[name].type, fields[name].relation, row[name]) for name in names}
        assert shown == wanted, (model, recorded)

    def items(self, move: int) -> list[int]:
        """The entry's lines, goods before taxes before what is owed."""
        kinds = ["product", "tax", "payment_term"]
        found = {number: self.read("account.move.line", number, "display_type") for number in self.lines(move)}
        return sorted(found, key=lambda number: (kinds.index(found[number]), number))

    def lines(self, move: int) -> list[int]:
        return list(self.read("account.move", move, "line_ids"))


def comparable(kind: str, relation: str, value: Any) -> Any:
    """A link to what two runs share is compared by id, any other by its being there."""
    if not relation:
        return value
    if kind == "many2one":
        return bool(value) if relation not in SETTINGS or not value else value[0]
    return sorted(value) if relation in SETTINGS else len(value)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    rows = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(REFERENCE.glob("*.json"))}
    given = {**rows, "res.users": [SYSTEM_USER, *rows["res.users"]]}
    options = ServerOptions(tmp_path / "odoo.sqlite", "retail", "integration", {})
    return Books(open_services(options, lambda: given), rows)


def test_a_web_sale_goes_as_recorded(books: Books) -> None:
    order, picking, invoice = sell(books)
    bank = pay(books, invoice)
    back, refund = take_back(books, picking, invoice)
    books.same("sale.order", order, 25)
    for line, recorded in zip(books.read("sale.order", order, "order_line"), (51, 52), strict=True):
        books.same("sale.order.line", line, recorded)
    books.same("stock.picking", picking, 32)
    books.same("stock.picking", back, 33)
    for transfer, moves, lines in ((picking, (59, 60), (49, 50)), (back, (61,), (51,))):
        for move, recorded in zip(books.read("stock.picking", transfer, "move_ids"), moves, strict=True):
            books.same("stock.move", move, recorded)
        found = sorted(books.read("stock.picking", transfer, "move_line_ids"))
        for line, recorded in zip(found, lines, strict=True):
            books.same("stock.move.line", line, recorded)
    for move, recorded, items in (
        (invoice, 42, (100, 101, 102, 103)),
        (refund, 46, (110, 112, 113)),
        (books.read("account.bank.statement.line", bank, "move_id")[0], 43, (104, 105)),
    ):
        books.same("account.move", move, recorded)
        for item, recorded_item in zip(books.items(move), items, strict=True):
            books.same("account.move.line", item, recorded_item)
    books.same("account.bank.statement.line", bank, 9)


def sell(books: Books) -> tuple[int, int, int]:
    """Order, delivery, posted invoice."""
    lines = [[0, 0, {"product_id": product, "product_uom_qty": many}] for product, many in ((SPEAKER, 2), (MACHINE, 1))]
    order = books.call(
        "sale.order", "create", {"partner_id": CUSTOMER, "client_order_ref": "WEB-100234", "order_line": lines}
    )
    books.call("sale.order", "action_confirm", [order])
    picking = books.read("sale.order", order, "picking_ids")[0]
    assert books.call("stock.picking", "button_validate", [picking]) is True
    context = {"active_model": "sale.order", "active_ids": [order]}
    wizard = books.call("sale.advance.payment.inv", "create", {"advance_payment_method": "delivered"}, context=context)
    invoice = books.call("sale.advance.payment.inv", "create_invoices", [wizard])["res_id"]
    books.call("account.move", "action_post", [invoice])
    return order, picking, invoice


def pay(books: Books, invoice: int) -> int:
    """The bank's line, matched with the invoice as it is done without a widget."""
    facts = {"journal_id": BANK_JOURNAL, "payment_ref": "INV payment WEB-100234 Lena Fischer", "amount": 700.12}
    line = books.call("account.bank.statement.line", "create", {**facts, "partner_id": CUSTOMER})
    suspense = books.lines(books.read("account.bank.statement.line", line, "move_id")[0])[1]
    books.call("account.move.line", "write", [suspense], {"account_id": RECEIVABLE})
    books.call("account.move.line", "reconcile", [suspense, books.items(invoice)[-1]])
    return int(line)


def take_back(books: Books, picking: int, invoice: int) -> tuple[int, int]:
    """One speaker comes back and is credited."""
    context = {"active_id": picking, "active_ids": [picking], "active_model": "stock.picking"}
    wizard = books.call("stock.return.picking", "create", {"picking_id": picking}, context=context)
    for row in books.call("stock.return.picking.line", "search_read", [["wizard_id", "=", wizard]], ["product_id"]):
        many = {"quantity": 1 if row["product_id"][0] == SPEAKER else 0}
        books.call("stock.return.picking.line", "write", [row["id"]], many)
    back = books.call("stock.return.picking", "create_returns", [wizard], context=context)["res_id"]
    books.call("stock.picking", "button_validate", [back])
    context = {"active_model": "account.move", "active_ids": [invoice]}
    wizard = books.call(
        "account.move.reversal", "create", {"reason": "Return RMA-501", "journal_id": 1}, context=context
    )
    refund = books.call("account.move.reversal", "reverse_moves", [wizard])["res_id"]
    speaker, machine = books.read("account.move", refund, "invoice_line_ids")
    books.call(
        "account.move", "write", [refund], {"invoice_line_ids": [[1, speaker, {"quantity": 1}], [2, machine, 0]]}
    )
    books.call("account.move", "action_post", [refund])
    return int(back), int(refund)
