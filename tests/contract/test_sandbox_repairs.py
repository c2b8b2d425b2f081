"""Repair orders and the way from a serial number to its sale, through the real odoorpc."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.odoo_sandbox import OdooSandbox, running_sandbox
from tests.support.odoo_work import (
    delivered,
    new_customer,
    new_product,
    one,
    received,
    refusal,
    returned,
    sold,
    values,
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("odoo")) as running:
        yield running


@pytest.fixture
def admin(sandbox: OdooSandbox) -> Any:
    return sandbox.login("admin")


@pytest.fixture
def service(sandbox: OdooSandbox) -> Any:
    return sandbox.login()


@pytest.fixture
def sale(admin: Any) -> dict[str, int]:
    product = new_product(admin, name="Machine", tracking="serial")
    received(admin, product, 1, f"EM7-{product}")
    customer = new_customer(admin)
    order = sold(admin, customer, {"product_id": product, "product_uom_qty": 1})
    picking = delivered(admin, order)
    lot = int(admin.env["stock.lot"].search([("product_id", "=", product)])[0])
    return {"product": product, "customer": customer, "order": order, "picking": picking, "lot": lot}


def repair(client: Any, sale: dict[str, int], **given: Any) -> int:
    kind = client.env["stock.picking.type"].search([("code", "=", "repair_operation")])[0]
    facts = {"picking_type_id": kind, "product_id": sale["product"], "lot_id": sale["lot"], "under_warranty": True}
    facts |= {"partner_id": sale["customer"], "sale_order_id": sale["order"], "internal_notes": "<p>Pump leaks</p>"}
    return int(client.env["repair.order"].create({**facts, **given}))


def test_our_user_drafts_a_warranty_repair(service: Any, sale: dict[str, int]) -> None:
    number = repair(service, sale)
    row = one(
        service,
        "repair.order",
        number,
        "name",
        "state",
        "lot_id",
        "product_uom",
        "product_qty",
        "location_id",
        "parts_location_id",
        "procurement_group_id",
        "under_warranty",
    )
    assert row["name"].startswith("WH/RO/0")
    assert (row["state"], row["lot_id"][0], row["product_qty"]) == ("draft", sale["lot"], 1.0)
    assert row["location_id"][1] == "WH/Stock"
    assert row["procurement_group_id"][1] == row["name"]
    assert one(service, "sale.order", sale["order"], "repair_order_ids") == [number]
    assert one(service, "stock.lot", sale["lot"], "in_repair_count") == 1


def test_without_a_kind_of_operation_the_database_fails(service: Any, sale: dict[str, int]) -> None:
    kind, message = refusal(service.env["repair.order"].create, {"product_id": sale["product"]})
    assert kind == "UndefinedFunction"
    assert message.startswith("operator does not exist: integer = boolean")


def test_a_piece_at_the_customer_is_asked_about(service: Any, sale: dict[str, int]) -> None:
    number = repair(service, sale)
    action = service.env["repair.order"].action_validate([number])
    assert action["res_model"] == "stock.warn.insufficient.qty.repair"
    assert one(service, "repair.order", number, "state") == "draft"
    wizards = service.env["stock.warn.insufficient.qty.repair"].with_context(**action["context"])
    assert wizards.action_done([wizards.create({})]) is True
    assert values(service, "repair.order", number, "state", "is_parts_available") == ["confirmed", True]


def test_a_returned_piece_is_repaired(service: Any, admin: Any, sale: dict[str, int]) -> None:
    back = returned(service, sale["picking"], {sale["product"]: 1})
    assert service.env["stock.picking"].button_validate([back]) is True
    number = repair(service, sale, picking_id=back)
    assert one(service, "repair.order", number, "is_returned") is True
    assert service.env["repair.order"].action_validate([number]) is True
    assert refusal(service.env["repair.order"].action_repair_end, [number])[0] == "UserError"
    service.env["repair.order"].action_repair_start([number])
    assert service.env["repair.order"].action_repair_end([number]) is True
    row = one(service, "repair.order", number, "state", "move_id", "move_ids")
    assert (row["state"], row["move_ids"]) == ("done", [])
    move = one(service, "stock.move", row["move_id"][0], "state", "quantity", "repair_id", "origin")
    assert (move["state"], move["quantity"], move["repair_id"][0]) == ("done", 1.0, number)
    assert move["origin"] == one(service, "repair.order", number, "name")
    assert values(service, "stock.lot", sale["lot"], "repaired_count", "sale_order_ids") == [1, [sale["order"]]]
    assert refusal(service.env["repair.order"].action_repair_cancel, [number])[0] == "UserError"


def test_a_serial_number_is_needed_in_the_end(service: Any, sale: dict[str, int]) -> None:
    number = repair(service, sale, lot_id=False)
    service.env["repair.order"].action_repair_start([number])
    kind, message = refusal(service.env["repair.order"].action_repair_end, [number])
    assert kind == "ValidationError"
    assert message.startswith("Serial number is required for product to repair")
    service.env["repair.order"].action_repair_cancel([number])
    assert one(service, "repair.order", number, "state") == "cancel"


def test_a_number_of_another_product_is_dropped(service: Any, admin: Any, sale: dict[str, int]) -> None:
    number = repair(service, sale, product_id=new_product(admin))
    assert one(service, "repair.order", number, "lot_id") is False


def test_a_repair_is_quoted_once(admin: Any, sale: dict[str, int]) -> None:
    number = repair(admin, sale, sale_order_id=False)
    order = admin.env["repair.order"].action_create_sale_order([number])["res_id"]
    assert values(admin, "sale.order", order, "state", "partner_id") == ["draft", sale["customer"]]
    assert refusal(admin.env["repair.order"].action_create_sale_order, [number])[0] == "UserError"


def test_a_serial_number_exists_once_a_product(service: Any, sale: dict[str, int]) -> None:
    taken = {"name": f"EM7-{sale['product']}", "product_id": sale["product"]}
    assert refusal(service.env["stock.lot"].create, taken)[0] == "ValidationError"


def test_the_first_start_is_quick(tmp_path: Path) -> None:
    """With everything that the demonstration's company has in its books."""
    began = time.perf_counter()
    with running_sandbox(tmp_path) as sandbox:
        assert time.perf_counter() - began < 3
        assert sandbox.login().env["sale.order"].search_count([]) > 0
