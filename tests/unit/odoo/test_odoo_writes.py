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


def test_a_bill_is_allowed() -> None:
    check_write("account.move", "create", BILL)


@pytest.mark.parametrize(
    ("model", "method", "values"),
    [
        ("account.move", "write", BILL),
        ("account.move", "action_post", {}),
        ("account.payment", "create", {}),
        ("res.partner.bank", "create", {"acc_number": "1"}),
        ("account.move", "create", {**BILL, "state": "posted"}),
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
