"""Write an approved document's draft bill to Odoo once, whatever dies or gets lost on the way.

INTENDED ──live orders as the approver saw them──> ATTEMPTED ──create──> DONE
    │                                                  │
    └─ an order changed: back to review                └─ no answer: after Odoo's request limit look the marker up;
       refused: back to review                            there: DONE; not there: create
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from service.domain.audit import Detail
from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy, RaisedDiscrepancy
from service.domain.documents import Document
from service.domain.errors import LeaseLostError, OdooAmbiguousError, OdooRefusedError, OdooUnreachableError
from service.domain.jobs import LEASES, Job, Stage, WriteState
from service.domain.lifecycle import Move, WriteStatus, is_allowed
from service.domain.money import plain
from service.domain.records import OrderLine, PurchaseOrder, RecordRef
from service.ports import SYSTEM, Clock, OdooClient, OdooWrite, Transaction, UnitOfWork
from service.usecases.advance import advance, record
from service.usecases.odoo_identity import ADVICE, ANOTHER_DATABASE, is_our_database

log = logging.getLogger(__name__)

_BILLABLE_STATES = {"purchase", "done"}  # done: confirmed and locked
_ZERO = Decimal(0)
_PAUSE = timedelta(seconds=30)  # between two tries while Odoo is away or not configured


def write_to_odoo(
    *, uow: UnitOfWork, odoo: OdooClient | None, clock: Clock, job: Job, request_limit: timedelta
) -> None:
    """Run a claimed WRITE job: ``recorded``, back ``in_review`` with the reason, or tried again later.

    ``request_limit`` is the longest that Odoo works on one request: a create whose answer was lost may still be
    running for so long, and its marker isn't looked up before.
    """
    write = _load(uow, job)
    if write is None:
        return
    try:
        if odoo is None:
            raise OdooUnreachableError("No Odoo is configured.")
        _attempt(uow, odoo, clock, job, write, request_limit)
    except OdooAmbiguousError as error:
        _try_later(uow, clock, job, error, request_limit)
    except OdooUnreachableError as error:
        _try_later(uow, clock, job, error, _PAUSE)
    except OdooRefusedError as error:
        with uow.write() as tx:
            refuse_write(tx, job, error.message, clock.now())
            tx.jobs.finish(job)


def refuse_write(tx: Transaction, job: Job, message: str, now: datetime) -> None:
    """Send the job's document back to review with ODOO_WRITE_REFUSED; nothing where the job is out of date."""
    document, write = _current(tx, job)
    if document is None or write is None:
        return
    tx.writes.put(replace(write, state=WriteState.REFUSED, error=message))
    refused = replace(document, write_status=WriteStatus.REFUSED)
    _raise_too(tx, document, (Discrepancy(Code.ODOO_WRITE_REFUSED, message, Severity.BLOCKING),), now)
    advance(tx, refused, Move.REFUSE_WRITE, actor=SYSTEM, at=now)


def _load(uow: UnitOfWork, job: Job) -> OdooWrite | None:
    """The write that is still wanted; None (and the job done) where it isn't."""
    with uow.write() as tx:
        _, write = _current(tx, job)
        if write is None:
            tx.jobs.finish(job)
        return write


def _current(tx: Transaction, job: Job) -> tuple[Document | None, OdooWrite | None]:
    document = tx.documents.get(job.document_id)
    write = tx.writes.get(document.id, job.revision)
    wanted = document.revision == job.revision and is_allowed(document.status, Move.RECORD)
    if write is None or not wanted or write.state in (WriteState.DONE, WriteState.REFUSED):
        return None, None
    return document, write


def _attempt(
    uow: UnitOfWork, odoo: OdooClient, clock: Clock, job: Job, write: OdooWrite, request_limit: timedelta
) -> None:
    _check_identity(uow, odoo, clock)
    if _may_be_running(write, clock.now(), request_limit):
        assert write.attempted_at is not None
        with uow.write() as tx:
            tx.jobs.retry(job, write.attempted_at + request_limit, "waits for Odoo's request limit", uncounted=True)
        return
    found = odoo.find_bill(write.draft.marker)
    if found is not None:
        _finish(uow, clock, job, found)
        return
    changed = changed_orders(write, odoo.live([order.ref for order in write.orders]).orders)
    if changed:
        _back_to_review(uow, clock, job, changed)
        return
    _mark_attempted(uow, clock, job)
    _finish(uow, clock, job, odoo.create_bill(write.draft))


def _may_be_running(write: OdooWrite, now: datetime, request_limit: timedelta) -> bool:
    return write.attempted_at is not None and now < write.attempted_at + request_limit


def _check_identity(uow: UnitOfWork, odoo: OdooClient, clock: Clock) -> None:
    """OdooRefusedError where this isn't the database that the books and earlier writes belong to."""
    if not is_our_database(uow=uow, odoo=odoo, clock=clock):
        raise OdooRefusedError(f"{ANOTHER_DATABASE} nothing is written to it.", advice=ADVICE)


def _mark_attempted(uow: UnitOfWork, clock: Clock, job: Job) -> None:
    """Make durable that a create may happen from now on, and that it is this worker that does it."""
    with uow.write() as tx:
        document, write = _current(tx, job)
        now = clock.now()
        if document is None or write is None or not tx.jobs.renew(job, now + LEASES[Stage.WRITE]):
            raise LeaseLostError("The write isn't this worker's any more.")
        tx.writes.put(replace(write, state=WriteState.ATTEMPTED, attempted_at=now))
        record(tx, document, "attempt_write", actor=SYSTEM, at=now, detail={"attempt": job.attempts})


def _finish(uow: UnitOfWork, clock: Clock, job: Job, outcome: RecordRef) -> None:
    with uow.write() as tx:
        document, write = _current(tx, job)
        if document is not None and write is not None:
            tx.writes.put(replace(write, state=WriteState.DONE, outcome=outcome, error=None))
            done = replace(document, write_status=WriteStatus.DONE)
            detail: Detail = {"model": outcome.model, "record": outcome.id}
            advance(tx, done, Move.RECORD, actor=SYSTEM, at=clock.now(), detail=detail)
        tx.jobs.finish(job)
    log.info("recorded", extra={"document_id": job.subject, "job_id": job.id})


def _try_later(uow: UnitOfWork, clock: Clock, job: Job, error: OdooUnreachableError, pause: timedelta) -> None:
    log.warning("write postponed", extra={"document_id": job.subject, "job_id": job.id, "code": error.code})
    with uow.write() as tx:
        document, _ = _current(tx, job)
        if document is not None and document.write_status is not WriteStatus.RETRYING:
            tx.documents.save(replace(document, write_status=WriteStatus.RETRYING))
            record(tx, document, "retry_write", actor=SYSTEM, at=clock.now(), detail={"code": error.code})
        tx.jobs.retry(job, clock.now() + pause, error.message, uncounted=True)


def _back_to_review(uow: UnitOfWork, clock: Clock, job: Job, changed: tuple[Discrepancy, ...]) -> None:
    """The reviewer is to see the new figures, so it is matched again; RECORD_CHANGED stays open all the same."""
    with uow.write() as tx:
        document, write = _current(tx, job)
        if document is not None and write is not None:
            now = clock.now()
            tx.writes.put(replace(write, state=WriteState.REFUSED, error=changed[0].message))
            _raise_too(tx, document, changed, now)
            again = replace(document, write_status=None, touchless=False, revision=document.revision + 1)
            saved = advance(tx, again, Move.RECORD_CHANGED, actor=SYSTEM, at=now, detail={"orders": len(changed)})
            tx.jobs.enqueue(Stage.RECONCILE, saved.id, saved.revision, now)
        tx.jobs.finish(job)


def _raise_too(tx: Transaction, document: Document, found: Sequence[Discrepancy], now: datetime) -> None:
    """Raise ``found`` beside the document's other exceptions."""
    codes = {discrepancy.code for discrepancy in found}
    kept: list[RaisedDiscrepancy] = [
        raised for raised in tx.discrepancies.of_document(document.id) if raised.discrepancy.code not in codes
    ]
    tx.discrepancies.replace(document.id, (*(raised.discrepancy for raised in kept), *found), now)


def changed_orders(write: OdooWrite, live: Sequence[PurchaseOrder]) -> tuple[Discrepancy, ...]:
    """One RECORD_CHANGED for each order that is no longer what the approver saw.

    That more was received or billed meanwhile counts only where it leaves too little for this bill: several
    invoices over parts of one order are often approved together, and each changes what the others saw.
    """
    now = {order.ref.id: order for order in live}
    billed: dict[int | None, Decimal] = defaultdict(Decimal)
    for line in write.draft.lines:
        billed[line.order_line_id] += line.quantity
    return tuple(
        Discrepancy(
            Code.RECORD_CHANGED,
            f"{order.ref.name} changed in Odoo since the document was matched: {difference}.",
            Severity.BLOCKING,
            field="order_reference",
            odoo_refs=(order.ref,),
        )
        for order in write.orders
        if (difference := _difference(order, now.get(order.ref.id), billed)) is not None
    )


def _difference(seen: PurchaseOrder, live: PurchaseOrder | None, billed: Mapping[int | None, Decimal]) -> str | None:
    """What differs, in words with both figures; None where nothing that matters does."""
    if live is None:
        return "it is gone"
    if seen.state != live.state and not {seen.state, live.state} <= _BILLABLE_STATES:
        return f"its state was {seen.state}, now {live.state}"
    if (seen.partner_id, seen.currency) != (live.partner_id, live.currency):
        return "its vendor or currency is another"
    now = {line.ref.id: line for line in live.lines}
    if now.keys() != {line.ref.id for line in seen.lines}:
        return f"it had {len(seen.lines)} lines, now {len(live.lines)}, or others"
    said = (_line_difference(line, now[line.ref.id], billed.get(line.ref.id, _ZERO)) for line in seen.lines)
    return next((difference for difference in said if difference is not None), None)


def _line_difference(seen: OrderLine, live: OrderLine, billed: Decimal) -> str | None:
    for name in ("quantity", "unit_price", "discount_percent"):
        before, after = getattr(seen, name), getattr(live, name)
        if before != after:
            return f"{name.replace('_', ' ')} of {seen.ref.name} was {plain(before)}, now {plain(after)}"
    if live.received < seen.received:
        return f"received of {seen.ref.name} was {plain(seen.received)}, now {plain(live.received)}"
    if live.invoiced > seen.invoiced and live.invoiced + billed > (live.received or live.quantity):
        return f"billed of {seen.ref.name} was {plain(seen.invoiced)}, now {plain(live.invoiced)}"
    if (seen.product_id, seen.unit_id, seen.tax_ids) != (live.product_id, live.unit_id, live.tax_ids):
        return f"product, unit or taxes of {seen.ref.name} are others"
    return None
