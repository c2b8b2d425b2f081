"""Rows of vendors' bills, customers' invoices and both's credit notes: goods, tax and what is owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.demo.company.numbering import TERM_ITEM, item_id
from service.demo.company.rows.entries import Entry, Settled, entry_row, item_row
from service.demo.company.rows.shapes import (
    BILLS_JOURNAL_ID,
    INVOICES_JOURNAL_ID,
    PAYABLE_ACCOUNT_ID,
    PURCHASE_TAX_IDS,
    RECEIVABLE_ACCOUNT_ID,
    SALE_TAX_IDS,
    Row,
    bank_account_id,
    day,
    payment_term_id,
)
from service.demo.company.values import (
    Bill,
    BillLine,
    Customer,
    DemoCompany,
    Invoice,
    InvoiceLine,
    Product,
    Vendor,
    net_by_rate,
    tax_by_rate,
)
from service.domain.money import to_cents

_EXPENSE_ACCOUNT_IDS: Mapping[int, int] = {19: 1, 7: 2, 20: 3, 0: 3}
_SERVICES_ACCOUNT_ID = 4
_INPUT_TAX_ACCOUNT_IDS: Mapping[int, int] = {19: 5, 7: 6, 20: 10, 0: 5}
_INCOME_ACCOUNT_IDS: Mapping[int, int] = {19: 11, 7: 15, 0: 16}
_OUTPUT_TAX_ACCOUNT_IDS: Mapping[int, int] = {19: 17, 7: 18, 0: 17}
_FIRST_TAX_ITEM = 15


@dataclass(frozen=True, slots=True)
class Paper:
    """A bill or invoice with what its rows need from elsewhere."""

    document: Bill | Invoice
    partner: Vendor | Customer
    origin: str
    products: Mapping[int, Product]

    @property
    def is_sale(self) -> bool:
        """Whether it is a customer's."""
        return isinstance(self.document, Invoice)

    @property
    def goods_sign(self) -> int:
        """1 where goods stand on the left (vendors' bills, customers' credit notes), else -1."""
        return 1 if self.is_sale == self.document.is_refund else -1

    @property
    def term_id(self) -> int:
        """The item of what is owed."""
        return item_id(self.document.id, TERM_ITEM)

    @property
    def term_balance(self) -> Decimal:
        """The balance of that item."""
        return -self.goods_sign * self.document.total

    @property
    def entry(self) -> Entry:
        """The head of its journal entry."""
        document = self.document
        move_type = f"{'out' if self.is_sale else 'in'}_{'refund' if document.is_refund else 'invoice'}"
        is_bill = isinstance(document, Bill)
        return Entry(
            id=document.id,
            name=document.name,
            move_type=move_type,
            state=document.state,
            reference=document.number if isinstance(document, Bill) else document.reference,
            partner_id=self.partner.id,
            partner_name=self.partner.name,
            journal_id=BILLS_JOURNAL_ID if is_bill else INVOICES_JOURNAL_ID,
            on=document.created_at.date(),
            invoiced_on=document.billed_on if isinstance(document, Bill) else document.invoiced_on,
            created_at=document.created_at,
            changed_at=document.changed_at,
        )


def papers(company: DemoCompany) -> list[Paper]:
    """All bills and invoices."""
    products = {product.id: product for product in company.products}
    vendors = {vendor.id: vendor for vendor in company.vendors}
    customers = {customer.id: customer for customer in company.customers}
    orders = {order.id: order.name for order in company.orders}
    sale_orders = {order.id: order.name for order in company.sale_orders}
    bills = [Paper(bill, vendors[bill.vendor_id], orders[bill.order_id], products) for bill in company.bills]
    return bills + [
        Paper(invoice, customers[invoice.customer_id], sale_orders[invoice.sale_order_id], products)
        for invoice in company.invoices
    ]


def paper_row(paper: Paper, settled: Settled, credit_notes: set[int]) -> Row:
    """The entry's row; ``credit_notes`` are the entries that are some."""
    document, sign = paper.document, paper.goods_sign
    left = abs(settled.open_balance(paper.term_id, paper.term_balance))
    return entry_row(
        paper.entry,
        document.total,
        payment_reference=_payment_reference(document),
        invoice_origin=paper.origin,
        partner_shipping_id=paper.partner.id,
        partner_bank_id=False if paper.is_sale else bank_account_id(paper.partner.id),
        invoice_date_due=day(document.due_on),
        invoice_payment_term_id=False if document.is_refund else payment_term_id(paper.partner.terms_days),
        payment_state=_payment_state(paper, left, settled, credit_notes),
        reversed_entry_id=document.reversed_id or False,
        **_signed("amount_untaxed", document.net, sign),
        **_signed("amount_tax", document.tax, sign),
        **_signed("amount_total", document.total, sign),
        amount_total_in_currency_signed=float(-sign * document.total),
        **_signed("amount_residual", left, sign),
    )


def paper_items(paper: Paper, settled: Settled) -> list[Row]:
    """The items of goods, taxes and what is owed."""
    taxed = net_by_rate(paper.document.lines)
    taxes = [
        _tax_item(paper, _FIRST_TAX_ITEM + position, rate, taxed[rate], amount)
        for position, (rate, amount) in enumerate(tax_by_rate(paper.document.lines).items())
        if amount
    ]
    return [*(_goods_item(paper, line) for line in paper.document.lines), *taxes, _term_item(paper, settled)]


def _payment_reference(document: Bill | Invoice) -> str | bool:
    if isinstance(document, Bill):
        return document.number
    return document.name if document.state == "posted" and not document.is_refund else False


def _payment_state(paper: Paper, left: Decimal, settled: Settled, credit_notes: set[int]) -> str:
    if paper.document.state != "posted" or not settled.is_touched(paper.term_id):
        return "not_paid"
    if left:
        return "partial"
    is_reversed = not paper.document.is_refund and settled.others(paper.document.id) <= credit_notes
    return "reversed" if is_reversed else "paid"


def _signed(name: str, amount: Decimal, goods_sign: int) -> Row:
    return {name: float(amount), f"{name}_signed": float(-goods_sign * amount)}


def _goods_item(paper: Paper, line: BillLine | InvoiceLine) -> Row:
    product = paper.products[line.product_id]
    return item_row(
        paper.entry,
        line.id,
        _goods_account(paper, product, line.tax_rate),
        paper.goods_sign * line.net,
        {
            "product_id": product.id,
            "product_uom_id": line.unit.id,
            "quantity": float(line.quantity),
            "price_unit": float(line.unit_price),
            "discount": float(line.discount_percent),
            "price_subtotal": float(line.net),
            "price_total": float(line.net + to_cents(line.net * line.tax_rate / 100)),
            "tax_ids": [(SALE_TAX_IDS if paper.is_sale else PURCHASE_TAX_IDS)[line.tax_rate]],
            **_linked(paper, line, product),
        },
    )


def _linked(paper: Paper, line: BillLine | InvoiceLine, product: Product) -> Row:
    """What it says and which order's line it is for."""
    if isinstance(line, BillLine):
        text = f"{paper.origin}: [{product.vendor_code}] {product.vendor_name}"
        return {"name": text, "purchase_line_id": line.order_line_id}
    return {"name": f"[{product.code}] {product.name}", "sale_line_ids": [line.sale_line_id]}


def _goods_account(paper: Paper, product: Product, rate: Decimal) -> int:
    if paper.is_sale:
        return _INCOME_ACCOUNT_IDS[int(rate)]
    return _SERVICES_ACCOUNT_ID if product.is_service else _EXPENSE_ACCOUNT_IDS[int(rate)]


def _tax_item(paper: Paper, place: int, rate: Decimal, base: Decimal, amount: Decimal) -> Row:
    accounts = _OUTPUT_TAX_ACCOUNT_IDS if paper.is_sale else _INPUT_TAX_ACCOUNT_IDS
    return item_row(
        paper.entry,
        item_id(paper.document.id, place),
        accounts[int(rate)],
        paper.goods_sign * amount,
        {
            "name": f"{rate}%",
            "tax_line_id": (SALE_TAX_IDS if paper.is_sale else PURCHASE_TAX_IDS)[rate],
            "tax_group_id": 1,
            "tax_base_amount": float(base),
        },
        "tax",
    )


def _term_item(paper: Paper, settled: Settled) -> Row:
    return item_row(
        paper.entry,
        paper.term_id,
        RECEIVABLE_ACCOUNT_ID if paper.is_sale else PAYABLE_ACCOUNT_ID,
        paper.term_balance,
        {
            "name": _payment_reference(paper.document),
            "date_maturity": day(paper.document.due_on),
            **settled.columns(paper.term_id, paper.term_balance),
        },
        "payment_term",
    )
