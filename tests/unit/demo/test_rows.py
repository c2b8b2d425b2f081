"""The company as rows: ids that resolve, statuses and sums as Odoo works them out, entries that balance."""

from __future__ import annotations

from typing import Any

import pytest

from service.demo.company import build_company, odoo_rows

LINKS = {
    "partner_id": "res.partner",
    "parent_id": "res.partner",
    "company_id": "res.company",
    "currency_id": "res.currency",
    "country_id": "res.country",
    "product_id": "product.product",
    "product_tmpl_id": "product.template",
    "uom_id": "uom.uom",
    "product_uom": "uom.uom",
    "order_id": "purchase.order",
    "purchase_line_id": "purchase.order.line",
    "picking_id": "stock.picking",
    "backorder_id": "stock.picking",
    "move_id": "account.move",
    "account_id": "account.account",
    "journal_id": "account.journal",
    "partner_bank_id": "res.partner.bank",
    "tax_line_id": "account.tax",
    "invoice_payment_term_id": "account.payment.term",
    "payment_term_id": "account.payment.term",
    "property_supplier_payment_term_id": "account.payment.term",
    "location_id": "stock.location",
    "picking_type_id": "stock.picking.type",
}
LISTS = {
    "taxes_id": "account.tax",
    "tax_ids": "account.tax",
    "supplier_taxes_id": "account.tax",
    "invoice_ids": "account.move",
    "picking_ids": "stock.picking",
}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=(1, 2026))
def rows(request: pytest.FixtureRequest) -> Any:
    return odoo_rows(build_company(request.param))


def test_ids_are_unique_and_sorted(rows: Rows) -> None:
    for model, entries in rows.items():
        ids = [row["id"] for row in entries]
        assert ids == sorted(set(ids)), model


def test_every_row_of_a_model_has_the_same_fields(rows: Rows) -> None:
    for model, entries in rows.items():
        assert all(set(row) == set(entries[0]) for row in entries), model


def test_links_point_to_rows(rows: Rows) -> None:
    ids = {model: {row["id"] for row in entries} for model, entries in rows.items()}
    for model, entries in rows.items():
        own_links = {**LINKS, **({"parent_id": model} if model == "product.category" else {})}
        for row in entries:
            for name, target in own_links.items():
                assert not row.get(name) or row[name] in ids[target], (model, name)
            for name, target in LISTS.items():
                assert set(row.get(name) or ()) <= ids[target], (model, name)


def test_order_totals_are_their_lines(rows: Rows) -> None:
    for order in rows["purchase.order"]:
        lines = [line for line in rows["purchase.order.line"] if line["order_id"] == order["id"]]
        assert order["amount_untaxed"] == pytest.approx(sum(line["price_subtotal"] for line in lines), abs=0.001)
        assert order["amount_tax"] == pytest.approx(sum(line["price_tax"] for line in lines), abs=0.03)
        assert order["amount_total"] == pytest.approx(order["amount_untaxed"] + order["amount_tax"], abs=0.001)
        assert order["write_date"] >= max(line["create_date"] for line in lines)


def test_order_statuses_follow_from_lines_receipts_and_bills(rows: Rows) -> None:
    pickings = {row["id"]: row for row in rows["stock.picking"]}
    for order in rows["purchase.order"]:
        lines = [line for line in rows["purchase.order.line"] if line["order_id"] == order["id"]]
        states = {pickings[id_]["state"] for id_ in order["picking_ids"]} - {"cancel"}
        full = {frozenset(): False, frozenset({"done"}): "full", frozenset({"assigned"}): "pending"}
        assert order["receipt_status"] == full.get(frozenset(states), "partial")
        waits = any(line["qty_to_invoice"] for line in lines)
        expected = "to invoice" if waits else "invoiced" if order["invoice_ids"] else "no"
        assert order["invoice_status"] == (expected if order["state"] in ("purchase", "done") else "no")


def test_bills_balance(rows: Rows) -> None:
    for bill in rows["account.move"]:
        items = [line for line in rows["account.move.line"] if line["move_id"] == bill["id"]]
        assert sum(item["debit"] for item in items) == pytest.approx(sum(item["credit"] for item in items), abs=0.001)
        goods = [item for item in items if item["display_type"] == "product"]
        assert bill["amount_untaxed"] == pytest.approx(sum(item["price_subtotal"] for item in goods), abs=0.001)
        assert all(item["purchase_line_id"] for item in goods)
        assert bill["amount_residual"] == (0 if bill["payment_state"] == "paid" else bill["amount_total"])
        assert [item["display_type"] for item in items].count("payment_term") == 1


def test_services_are_billed_on_order_and_goods_on_receipt(rows: Rows) -> None:
    methods = {(row["detailed_type"], row["purchase_method"]) for row in rows["product.product"]}
    assert methods == {("service", "purchase"), ("product", "receive")}
