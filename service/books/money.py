"""Finds the payments and bank statement lines that bills are, or could be, paid by."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from service.books.keys import LinkKind
from service.books.lookup import hanging_ids, hits, load
from service.domain.matching import KeyKind, Keys
from service.domain.records import Payment, StatementLine

MAX_OPEN = 60  # payments or lines of the partners that belong to no bill yet
MAX_NAMED = 30  # that name one of the document's numbers, or came from its account
MAX_PAID = 100


def find_money(
    connection: Connection, keys: Keys, bill_ids: Sequence[int], partner_ids: Collection[int]
) -> tuple[tuple[Payment, ...], tuple[StatementLine, ...]]:
    """Payments and statement lines: allocated to the bills, open ones of the partners, and those that name one of
    the document's numbers or its bank account.
    """
    payment_ids = [
        *hanging_ids(connection, LinkKind.PAYMENT_OF_BILL, bill_ids, MAX_PAID),
        *hits(connection, keys, KeyKind.BILL_REFERENCE, Payment, MAX_NAMED),
        *hanging_ids(connection, LinkKind.OPEN_PAYMENT_OF_PARTNER, partner_ids, MAX_OPEN),
    ]
    payments = load(connection, Payment, payment_ids)
    line_ids = [
        *hanging_ids(connection, LinkKind.STATEMENT_LINE_OF_BILL, bill_ids, MAX_PAID),
        *(number for payment in payments for number in payment.statement_line_ids),
        *hits(connection, keys, KeyKind.BILL_REFERENCE, StatementLine, MAX_NAMED),
        *hits(connection, keys, KeyKind.IBAN, StatementLine, MAX_NAMED),
        *hanging_ids(connection, LinkKind.OPEN_STATEMENT_LINE_OF_PARTNER, partner_ids, MAX_OPEN),
    ]
    return tuple(payments), tuple(load(connection, StatementLine, line_ids))
