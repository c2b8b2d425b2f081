"""The kinds of journal entries and which way their amounts point."""

from __future__ import annotations

from service.demo.odoo_server.environment import Record

PURCHASE = ("in_invoice", "in_refund", "in_receipt")
SALE = ("out_invoice", "out_refund", "out_receipt")
REFUNDS = ("in_refund", "out_refund")
_DEBIT_LINES = ("entry", "in_invoice", "out_refund", "in_receipt")
DRAFT_WORDS = {
    "out_invoice": "Draft Invoice",
    "out_refund": "Draft Credit Note",
    "in_invoice": "Draft Bill",
    "in_refund": "Draft Vendor Credit Note",
    "out_receipt": "Draft Sales Receipt",
    "in_receipt": "Draft Purchase Receipt",
    "entry": "Draft Entry",
}
CREATED_WORDS = {
    "out_invoice": "Invoice Created",
    "out_refund": "Credit Note Created",
    "in_invoice": "Vendor Bill Created",
    "in_refund": "Refund Created",
    "out_receipt": "Sales Receipt Created",
    "in_receipt": "Purchase Receipt Created",
    "entry": "Journal Entry created",
}


def kind(move: Record) -> str:
    """``move_type``."""
    return move.text("move_type")


def is_invoice(move: Record) -> bool:
    """Whether it is a bill, an invoice, a refund or a receipt, not a plain entry."""
    return kind(move) in PURCHASE + SALE


def direction(move: Record) -> int:
    """1 where goods are debited (bills, customers' credit notes, plain entries), else -1."""
    return 1 if kind(move) in _DEBIT_LINES else -1
