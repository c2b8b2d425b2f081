"""Our own client writes returns, refunds and repairs over the demonstration's company, and finds each again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from service.domain.drafts import RepairDraft, ReturnDraft, ReturnLineDraft
from service.odoo.rpc import OdooRpcClient, OdooSettings
from tests.support.odoo_sandbox import OdooSandbox, running_sandbox
from tests.support.odoo_work import one, values

MARKER = "CONCORD-0123456789abcdef"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("odoo")) as running:
        yield running


@pytest.fixture
def admin(sandbox: OdooSandbox) -> Any:
    return sandbox.login("admin")


@pytest.fixture
def client(sandbox: OdooSandbox) -> OdooRpcClient:
    settings = OdooSettings(
        url=sandbox.url, db=sandbox.db, user=sandbox.user, password=sandbox.password, timeout_s=30, company_ids=(1,)
    )
    return OdooRpcClient(settings)


def returnable(admin: Any) -> ReturnDraft:
    """The first invoiced line of the demonstration that was delivered whole and never came back."""
    wanted = [("qty_delivered", ">", 0), ("qty_invoiced", ">", 0), ("order_id.delivery_status", "=", "full")]
    for line in admin.env["sale.order.line"].search_read(wanted, ["move_ids", "invoice_lines", "product_id"]):
        if len(line["move_ids"]) == len(line["invoice_lines"]) == 1:
            item = one(admin, "account.move.line", line["invoice_lines"][0], "move_id", "parent_state")
            if item["parent_state"] == "posted":
                move = line["move_ids"][0]
                back = ReturnLineDraft(move, line["product_id"][0], Decimal(1), to_refund=True)
                return ReturnDraft(
                    marker=MARKER,
                    delivery_id=one(admin, "stock.move", move, "picking_id")[0],
                    lines=(back,),
                    refund_of=item["move_id"][0],
                    reason="Does not work",
                    refund_on=date(2026, 11, 24),
                    refund_lines=((line["invoice_lines"][0], Decimal(1)),),
                )
    raise AssertionError("the demonstration has no delivery to return")


def test_a_return_is_made_once_and_validated_by_people(client: OdooRpcClient, admin: Any) -> None:
    draft = returnable(admin)
    assert client.find_return(draft) is None
    made = client.create_return(draft)
    assert client.find_return(draft) == made
    picking, moves = values(admin, "stock.picking", made.id, "return_id", "move_ids")
    assert picking == draft.delivery_id
    line = one(admin, "stock.move", moves[0], "sale_line_id")[0]
    before = one(admin, "sale.order.line", line, "qty_delivered")
    assert admin.env["stock.picking"].button_validate([made.id]) is True
    assert one(admin, "sale.order.line", line, "qty_delivered") == before - 1


def test_a_refund_is_drafted_once_and_posted_by_people(client: OdooRpcClient, admin: Any) -> None:
    draft = returnable(admin)
    assert client.find_refund(draft.marker) is None
    made = client.create_refund(draft)
    assert client.find_refund(draft.marker) == made
    row = one(admin, "account.move", made.id, "state", "move_type", "reversed_entry_id", "invoice_line_ids")
    assert (row["state"], row["move_type"], row["reversed_entry_id"][0]) == ("draft", "out_refund", draft.refund_of)
    sold_line = one(admin, "account.move.line", row["invoice_line_ids"][0], "sale_line_ids")
    assert sold_line == one(admin, "account.move.line", draft.refund_lines[0][0], "sale_line_ids")
    admin.env["account.move"].action_post([made.id])
    assert one(admin, "account.move", made.id, "state") == "posted"


def test_a_repair_is_ordered_once(client: OdooRpcClient, admin: Any) -> None:
    lot = admin.env["stock.lot"].search_read(
        [("location_id.usage", "=", "customer")], ["product_id", "sale_order_ids", "last_delivery_partner_id"], limit=1
    )[0]
    draft = RepairDraft(
        marker=MARKER,
        partner_id=lot["last_delivery_partner_id"][0],
        company_id=1,
        product_id=lot["product_id"][0],
        serial_id=lot["id"],
        sale_order_id=lot["sale_order_ids"][0],
        under_warranty=True,
        note="Pump leaks",
    )
    assert client.find_repair(draft.marker) is None
    made = client.create_repair(draft)
    assert client.find_repair(draft.marker) == made
    assert values(admin, "repair.order", made.id, "state", "lot_id", "under_warranty") == ["draft", lot["id"], True]
