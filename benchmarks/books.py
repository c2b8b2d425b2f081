"""How long the whole books take to examine, and how much memory: ``python -m benchmarks.books [RECORDS]``."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from matchers.batch import examine
from service.books.books import SqlBooks
from service.books.tables import metadata
from service.domain.policy import Policy
from service.domain.records import Bill, BillLine, Payment, Record, RecordRef, StatementLine
from service.store.engine import make_engine
from service.usecases.examine_books import KINDS, to_examine

AT = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 3, 1)
PARTNERS = 500


def records(count: int, seed: int = 1) -> Iterator[Record]:
    """Of ``count`` records 40 % bills of three lines, 35 % payments, 25 % bank lines; a few in a hundred are wrong."""
    rng = random.Random(seed)  # noqa: S311 - the same books each time, no secret
    bills = [_bill(number, rng) for number in range(1, count * 40 // 100 + 1)]
    yield from bills
    payments = [_payment(number, bills[number % len(bills)], rng) for number in range(1, count * 35 // 100 + 1)]
    yield from payments
    yield from (_line(number, payments[number % len(payments)], rng) for number in range(1, count * 25 // 100 + 1))


def _bill(number: int, rng: random.Random) -> Bill:
    net = Decimal(rng.randint(1_000, 500_000)) / 100
    is_paid = rng.random() < 0.9
    dated = TODAY - timedelta(days=rng.randint(1, 700))
    lines = (BillLine(RecordRef("account.move.line", number * 3, "Goods"), 1, "Goods", net, net, net, None, ()),) * 3
    return Bill(
        ref=RecordRef("account.move", number, f"BILL/2026/{number:06}"),
        is_refund=False,
        state="posted",
        partner_id=number % PARTNERS,
        vendor_reference=f"RE-{number:06}",
        payment_reference=None,
        origin=f"P{number:06}",
        billed_on=dated,
        currency="EUR",
        net_amount=net,
        total_amount=net,
        payment_state="paid" if is_paid else "not_paid",
        company_id=1,
        order_line_ids=(number,),
        changed_at=AT,
        due_on=dated + timedelta(days=30),
        open_amount=Decimal(0) if is_paid else net,
        lines=lines,
    )


def _payment(number: int, bill: Bill, rng: random.Random) -> Payment:
    return Payment(
        ref=RecordRef("account.payment", number, f"PBNK1/{number:06}"),
        is_outgoing=True,
        state="posted",
        partner_id=bill.partner_id,
        amount=bill.total_amount,
        currency="EUR",
        paid_on=bill.due_on,
        reference=bill.vendor_reference,
        bill_ids=(bill.ref.id,) if rng.random() < 0.98 else (),
        statement_line_ids=(),
        company_id=1,
        changed_at=AT,
    )


def _line(number: int, payment: Payment, rng: random.Random) -> StatementLine:
    return StatementLine(
        ref=RecordRef("account.bank.statement.line", number, f"BNK1/{number:06}"),
        amount=-payment.amount if rng.random() < 0.97 else Decimal(rng.randint(100, 99_999)) / 100,
        currency="EUR",
        booked_on=payment.paid_on or TODAY,
        payment_reference=f"{payment.reference} thank you",
        partner_id=payment.partner_id,
        partner_name=None,
        account_number=None,
        is_matched=rng.random() < 0.5,
        bill_ids=(),
        company_id=1,
        changed_at=AT,
    )


def main(count: int = 100_000) -> None:
    """Store the books once, then time what an examination does, step by step."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/books.sqlite")
        metadata.create_all(engine)
        books = SqlBooks(engine)
        began = time.perf_counter()
        books.store(records(count))
        stored = time.perf_counter()
        books.fingerprint(KINDS)
        known = time.perf_counter()
        loaded = to_examine(books.everything(KINDS, without_bill_lines=True))
        read = time.perf_counter()
        found = list(examine(loaded, Policy(), TODAY))
        done = time.perf_counter()
        engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"books of {count} records: stored {stored - began:.1f} s, fingerprint {known - stored:.2f} s, ", end="")
    print(f"loaded {read - known:.1f} s, examined {done - read:.1f} s, {len(found)} found, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
