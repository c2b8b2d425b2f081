"""Nothing leaves for Odoo but what the list allows."""

from __future__ import annotations

from typing import Any

import pytest

from service.domain.errors import OdooRefusedError
from service.odoo.writes import check_write

BILL: dict[str, Any] = {
    "move_type": "in_invoice",
    "partner_id": 1,
    "invoice_line_ids": [(0, 0, {"name": "x", "quantity": 1.0, "tax_ids": [(6, 0, [1])]})],
}


REFUND: dict[str, Any] = {
    "move_type": "out_refund",
    "partner_id": 1,
    "reversed_entry_id": 42,
    "invoice_line_ids": [(0, 0, {"name": "x", "quantity": 1.0, "sale_line_ids": [(6, 0, [1])]})],
}


@pytest.mark.parametrize(
    ("model", "method", "values"),
    [
        ("account.move", "create", BILL),
        ("account.move", "create", REFUND),
        ("stock.return.picking", "create", {"picking_id": 1}),
        ("stock.return.picking.line", "write", {"quantity": 1.0, "to_refund": True}),
        ("stock.return.picking", "create_returns", {}),
        ("stock.picking", "write", {"origin": "x", "note": "y"}),
        ("repair.order", "create", {"picking_type_id": 11, "internal_notes": "x"}),
    ],
)
def test_what_the_service_writes_is_allowed(model: str, method: str, values: dict[str, Any]) -> None:
    check_write(model, method, values)


@pytest.mark.parametrize(
    ("model", "method", "values"),
    [
        ("account.move", "write", BILL),
        ("account.move", "action_post", {}),
        ("account.payment", "create", {}),
        ("res.partner.bank", "create", {"acc_number": "1"}),
        ("account.move", "create", {**BILL, "state": "posted"}),
        ("account.move", "create", {**REFUND, "reversed_entry_id": False}),
        ("account.move", "create", {**REFUND, "invoice_line_ids": [(0, 0, {"purchase_line_id": 1})]}),
        ("account.move", "create", {**REFUND, "invoice_line_ids": [(0, 0, {"sale_line_ids": [(4, 1, 0)]})]}),
        ("stock.picking", "write", {"state": "done"}),
        ("stock.picking", "button_validate", {}),
        ("stock.picking", "create", {}),
        ("repair.order", "create", {"state": "confirmed"}),
        ("repair.order", "action_validate", {}),
        ("account.move", "create", {**BILL, "move_type": "out_invoice"}),
        ("account.move", "create", {**BILL, "move_type": "entry"}),
        ("account.move", "create", {"partner_id": 1}),
        ("account.move", "create", {**BILL, "line_ids": []}),
        ("account.move", "create", {**BILL, "invoice_line_ids": [(1, 7, {"name": "x"})]}),
        ("account.move", "create", {**BILL, "invoice_line_ids": [(0, 0, {"account_id": 7})]}),
        ("account.move", "create", {**BILL, "invoice_line_ids": [(0, 0, {"tax_ids": [(0, 0, {"name": "x"})]})]}),
        ("account.move", "create", {**BILL, "invoice_line_ids": [(0, 0, {"tax_ids": [1]})]}),
    ],
)
def test_everything_else_is_forbidden(model: str, method: str, values: dict[str, Any]) -> None:
    with pytest.raises(OdooRefusedError) as refused:
        check_write(model, method, values)
    assert refused.value.code == "ODOO_WRITE_FORBIDDEN"
