"""The company as rows: ids that resolve, statuses and sums as Odoo works them out, entries that balance."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest

from service.demo.company import build_company, odoo_rows
from service.demo.odoo_server.schema import load_schema

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
    "purchase_line_id": "purchase.order.line",
    "sale_line_id": "sale.order.line",
    "sale_id": "sale.order",
    "sale_order_id": "sale.order",
    "group_id": "procurement.group",
    "procurement_group_id": "procurement.group",
    "picking_id": "stock.picking",
    "backorder_id": "stock.picking",
    "return_id": "stock.picking",
    "origin_returned_move_id": "stock.move",
    "repair_id": "repair.order",
    "lot_id": "stock.lot",
    "reversed_entry_id": "account.move",
    "payment_id": "account.payment",
    "statement_line_id": "account.bank.statement.line",
    "full_reconcile_id": "account.full.reconcile",
    "debit_move_id": "account.move.line",
    "credit_move_id": "account.move.line",
    "outstanding_account_id": "account.account",
    "destination_account_id": "account.account",
    "account_id": "account.account",
    "journal_id": "account.journal",
    "partner_bank_id": "res.partner.bank",
    "tax_line_id": "account.tax",
    "invoice_payment_term_id": "account.payment.term",
    "payment_term_id": "account.payment.term",
    "property_supplier_payment_term_id": "account.payment.term",
    "property_payment_term_id": "account.payment.term",
    "location_id": "stock.location",
    "location_dest_id": "stock.location",
    "picking_type_id": "stock.picking.type",
}
OWN_LINKS = {
    "product.category": {"parent_id": "product.category"},
    "purchase.order.line": {"order_id": "purchase.order"},
    "sale.order.line": {"order_id": "sale.order"},
    "stock.move.line": {"move_id": "stock.move"},
    "repair.order": {"move_id": "stock.move"},
    "account.move.line": {"move_id": "account.move"},
    "account.payment": {"move_id": "account.move"},
    "account.bank.statement.line": {"move_id": "account.move"},
    "account.payment.term.line": {"payment_id": "account.payment.term"},
}
LISTS = {
    "tax_id": "account.tax",
    "sale_line_ids": "sale.order.line",
    "invoice_lines": "account.move.line",
    "move_orig_ids": "stock.move",
    "reconciled_bill_ids": "account.move",
    "reconciled_invoice_ids": "account.move",
    "reconciled_statement_line_ids": "account.bank.statement.line",
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
        own_links = LINKS | OWN_LINKS.get(model, {})
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


def test_columns_are_odoos(rows: Rows) -> None:
    schema = load_schema()
    for model, entries in rows.items():
        assert set(entries[0]) <= set(schema[model].fields), model


def test_order_statuses_follow_from_lines_receipts_and_bills(rows: Rows) -> None:
    pickings = {row["id"]: row for row in rows["stock.picking"]}
    for order in rows["purchase.order"]:
        lines = [line for line in rows["purchase.order.line"] if line["order_id"] == order["id"]]
        states = {pickings[id_]["state"] for id_ in order["picking_ids"]} - {"cancel"}
        assert all(pickings[id_]["picking_type_id"] in (1, 2) for id_ in order["picking_ids"])
        full = {frozenset(): False, frozenset({"done"}): "full", frozenset({"assigned"}): "pending"}
        assert order["receipt_status"] == full.get(frozenset(states), "partial")
        waits = any(line["qty_to_invoice"] for line in lines)
        expected = "to invoice" if waits else "invoiced" if order["invoice_ids"] else "no"
        assert order["invoice_status"] == (expected if order["state"] in ("purchase", "done") else "no")


def test_entries_balance(rows: Rows) -> None:
    sums: Counter[int] = Counter()
    for item in rows["account.move.line"]:
        assert item["balance"] == pytest.approx(item["debit"] - item["credit"], abs=0.001)
        sums[item["move_id"]] += round(item["debit"] * 100) - round(item["credit"] * 100)
    assert set(sums) == {row["id"] for row in rows["account.move"]}
    assert not any(sums.values())


def test_documents_are_their_items(rows: Rows) -> None:
    items = defaultdict(list)
    for item in rows["account.move.line"]:
        items[item["move_id"]].append(item)
    for document in (row for row in rows["account.move"] if row["move_type"] != "entry"):
        goods = [item for item in items[document["id"]] if item["display_type"] == "product"]
        link = "purchase_line_id" if document["move_type"].startswith("in_") else "sale_line_ids"
        assert document["amount_untaxed"] == pytest.approx(sum(item["price_subtotal"] for item in goods), abs=0.001)
        assert all(item[link] for item in goods)
        (term,) = (item for item in items[document["id"]] if item["display_type"] == "payment_term")
        assert abs(term["amount_residual"]) == pytest.approx(document["amount_residual"], abs=0.001)
        assert document["amount_total_signed"] == pytest.approx(term["balance"], abs=0.001)


def test_services_are_billed_on_order_and_goods_on_receipt(rows: Rows) -> None:
    methods = {(row["detailed_type"], row["purchase_method"]) for row in rows["product.product"]}
    assert methods == {("service", "purchase"), ("product", "receive")}
