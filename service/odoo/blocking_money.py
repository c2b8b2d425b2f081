"""Fetches the payments and bank statement lines that bills are, or could be, paid by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from service.domain.errors import ODOO_NOT_READABLE, OdooRefusedError
from service.domain.matching import KeyKind
from service.domain.records import Bill, Payment, Record, RecordKind
from service.odoo.blocking_sales import Texts
from service.odoo.patterns import any_of
from service.odoo.session import Session
from service.odoo.sources import counterparts, linked_records, records_where

MAX_OPEN = 60  # payments or lines of the partners that belong to no bill yet
MAX_NAMED = 30  # that name one of the document's numbers
_SHORTEST_NAMED = 4  # a shorter number stands in too many texts
_KINDS = (RecordKind.PAYMENT, RecordKind.STATEMENT_LINE)


def money_pages(
    session: Session, texts: Texts, bills: Sequence[Record], partner_ids: Sequence[int]
) -> Iterator[Sequence[Record]]:
    """Payments, then statement lines: reconciled with the bills, open ones of the partners, and those whose text
    holds one of the document's numbers.
    """
    entries = _entries_that_paid(session, [bill.ref.id for bill in bills if isinstance(bill, Bill)])
    paid = {kind: linked_records(session, kind, "move_id", entries) for kind in _KINDS}
    payments = _merged(
        paid[RecordKind.PAYMENT],
        _open(session, RecordKind.PAYMENT, [["partner_id", "in", list(partner_ids)]] if partner_ids else []),
        _naming(session, RecordKind.PAYMENT, "ref", texts),
    )
    yield payments
    through = {n for payment in payments if isinstance(payment, Payment) for n in payment.statement_line_ids}
    yield _merged(
        paid[RecordKind.STATEMENT_LINE],
        linked_records(session, RecordKind.STATEMENT_LINE, "id", through),
        _open(session, RecordKind.STATEMENT_LINE, _whose(texts, partner_ids)),
        _naming(session, RecordKind.STATEMENT_LINE, "payment_ref", texts),
    )


def _entries_that_paid(session: Session, bill_ids: Sequence[int]) -> frozenset[int]:
    if not bill_ids:
        return frozenset()
    try:
        return frozenset().union(*counterparts(session, bill_ids).values())
    except OdooRefusedError as error:
        if error.code in ODOO_NOT_READABLE:
            return frozenset()
        raise


def _open(session: Session, kind: RecordKind, whose: list[Any]) -> list[Record]:
    domain = [["is_reconciled", "=", False], *whose]
    return records_where(session, kind, domain, limit=MAX_OPEN, order="id desc") if whose else []


def _whose(texts: Texts, partner_ids: Sequence[int]) -> list[Any]:
    """Lines of the partners, or from and to the accounts that the document prints."""
    terms: list[list[Any]] = [["partner_id", "in", list(partner_ids)]] if partner_ids else []
    terms += [["account_number", "=ilike", "%".join(number)] for number in sorted(texts[KeyKind.IBAN])]
    return any_of(terms) if terms else []


def _naming(session: Session, kind: RecordKind, field: str, texts: Texts) -> list[Record]:
    numbers = sorted(text for text in texts[KeyKind.BILL_REFERENCE] if len(text) >= _SHORTEST_NAMED)
    terms: list[list[Any]] = [[field, "=ilike", f"%{'%'.join(number)}%"] for number in numbers]
    return records_where(session, kind, any_of(terms), limit=MAX_NAMED, order="id desc") if terms else []


def _merged(*groups: Sequence[Record]) -> list[Record]:
    return list({record.ref.id: record for group in groups for record in group}.values())
