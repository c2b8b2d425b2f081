"""Rows of vendor bills with their journal items: goods, tax and the payable."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from service.demo.company.rows.shapes import (
    BILLS_JOURNAL_ID,
    COMPANY_ID,
    EUR_ID,
    PAYABLE_ACCOUNT_ID,
    PURCHASE_TAX_IDS,
    Row,
    Rows,
    bank_account_id,
    day,
    payment_term_id,
    stamps,
)
from service.demo.company.values import Bill, BillLine, DemoCompany, net_by_rate, tax_by_rate
from service.domain.money import to_cents

_EXPENSE_ACCOUNT_IDS: Mapping[int, int] = {19: 1, 7: 2, 20: 3, 0: 3}
_SERVICES_ACCOUNT_ID = 4
_TAX_ACCOUNT_IDS: Mapping[int, int] = {19: 5, 7: 6, 20: 10, 0: 5}
_FIRST_OTHER_ITEM_ID = 1000  # goods lines have the ids below
_OTHER_ITEMS_A_BILL = 10


def bill_rows(company: DemoCompany) -> Rows:
    """Bills and their journal items."""
    names = {order.id: order.name for order in company.orders}
    items = [row for bill in company.bills for row in _items(company, bill, names[bill.order_id])]
    return {
        "account.move": [_bill(company, bill, names[bill.order_id]) for bill in company.bills],
        "account.move.line": sorted(items, key=lambda row: int(str(row["id"]))),
    }


def _bill(company: DemoCompany, bill: Bill, order_name: str) -> Row:
    vendor = company.vendor(bill.vendor_id)
    total = bill.net + bill.tax
    residual = Decimal(0) if bill.is_paid else total
    return {
        "id": bill.id,
        "name": bill.name,
        "move_type": "in_invoice",
        "state": bill.state,
        "ref": bill.number,
        "payment_reference": bill.number,
        "invoice_origin": order_name,
        "partner_id": vendor.id,
        "commercial_partner_id": vendor.id,
        "invoice_partner_display_name": vendor.name,
        "partner_bank_id": bank_account_id(vendor.id),
        "invoice_date": day(bill.billed_on),
        "date": day(bill.created_at.date()),
        "invoice_date_due": day(bill.due_on),
        "invoice_payment_term_id": payment_term_id(vendor.terms_days),
        "currency_id": EUR_ID,
        "company_id": COMPANY_ID,
        "journal_id": BILLS_JOURNAL_ID,
        "auto_post": "no",
        "payment_state": "paid" if bill.is_paid else "not_paid",
        "reversed_entry_id": False,
        "posted_before": bill.state == "posted",
        **_signed("amount_untaxed", bill.net),
        **_signed("amount_tax", bill.tax),
        **_signed("amount_total", total),
        "amount_total_in_currency_signed": float(-total),
        **_signed("amount_residual", residual),
        **stamps(bill.created_at, bill.changed_at),
    }


def _signed(name: str, amount: Decimal) -> Row:
    return {name: float(amount), f"{name}_signed": float(-amount)}


def _items(company: DemoCompany, bill: Bill, order_name: str) -> list[Row]:
    first = _FIRST_OTHER_ITEM_ID + bill.id * _OTHER_ITEMS_A_BILL
    taxed = net_by_rate(bill.lines)
    taxes = [
        _tax_item(bill, first + position, rate, taxed[rate], amount)
        for position, (rate, amount) in enumerate(tax_by_rate(bill.lines).items(), start=1)
        if amount
    ]
    goods = [_goods_item(company, bill, line, f"{order_name}: ") for line in bill.lines]
    return [*goods, *taxes, _payable_item(bill, first)]


def _goods_item(company: DemoCompany, bill: Bill, line: BillLine, prefix: str) -> Row:
    product = company.product(line.product_id)
    account = _SERVICES_ACCOUNT_ID if product.is_service else _EXPENSE_ACCOUNT_IDS[int(line.tax_rate)]
    return {
        **_item(bill, line.id, account, line.net, "product"),
        "name": f"{prefix}[{product.vendor_code}] {product.vendor_name}",
        "product_id": product.id,
        "product_uom_id": line.unit.id,
        "purchase_line_id": line.order_line_id,
        "quantity": float(line.quantity),
        "price_unit": float(line.unit_price),
        "discount": float(line.discount_percent),
        "price_subtotal": float(line.net),
        "price_total": float(line.net + to_cents(line.net * line.tax_rate / 100)),
        "tax_ids": [PURCHASE_TAX_IDS[line.tax_rate]],
    }


def _tax_item(bill: Bill, id_: int, rate: Decimal, base: Decimal, amount: Decimal) -> Row:
    return {
        **_item(bill, id_, _TAX_ACCOUNT_IDS[int(rate)], amount, "tax"),
        "name": f"{rate}%",
        "tax_line_id": PURCHASE_TAX_IDS[rate],
        "tax_group_id": 1,
        "tax_base_amount": float(base),
    }


def _payable_item(bill: Bill, id_: int) -> Row:
    total = bill.net + bill.tax
    residual = 0.0 if bill.is_paid else float(-total)
    return {
        **_item(bill, id_, PAYABLE_ACCOUNT_ID, -total, "payment_term"),
        "name": bill.number,
        "date_maturity": day(bill.due_on),
        "reconciled": bill.is_paid,
        "amount_residual": residual,
        "amount_residual_currency": residual,
    }


def _item(bill: Bill, id_: int, account_id: int, balance: Decimal, display_type: str) -> Row:
    return {
        "id": id_,
        "move_id": bill.id,
        "move_name": bill.name,
        "parent_state": bill.state,
        "ref": bill.number,
        "date": day(bill.created_at.date()),
        "invoice_date": day(bill.billed_on),
        "journal_id": BILLS_JOURNAL_ID,
        "company_id": COMPANY_ID,
        "currency_id": EUR_ID,
        "company_currency_id": EUR_ID,
        "partner_id": bill.vendor_id,
        "account_id": account_id,
        "display_type": display_type,
        "balance": float(balance),
        "amount_currency": float(balance),
        "debit": float(max(balance, Decimal(0))),
        "credit": float(max(-balance, Decimal(0))),
        "amount_residual": 0.0,
        "amount_residual_currency": 0.0,
        "quantity": 0.0,
        "price_unit": 0.0,
        "discount": 0.0,
        "price_subtotal": 0.0,
        "price_total": 0.0,
        "product_id": False,
        "product_uom_id": False,
        "purchase_line_id": False,
        "tax_ids": [],
        "tax_line_id": False,
        "tax_group_id": False,
        "tax_base_amount": 0.0,
        "date_maturity": False,
        "reconciled": False,
        "matching_number": False,
        **stamps(bill.created_at, bill.changed_at),
    }
