"""Write what an approved document becomes to Odoo once, whatever dies or gets lost on the way.

INTENDED ──live orders as the approver saw them──> ATTEMPTED ──create──> DONE
    │                                                  │
    └─ an order changed: back to review                └─ no answer: after Odoo's request limit look the marker up;
       refused: back to review                            there: DONE; not there: create
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from service.domain.audit import Detail
from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy, RaisedDiscrepancy
from service.domain.documents import Document
from service.domain.errors import LeaseLostError, OdooAmbiguousError, OdooRefusedError, OdooUnreachableError
from service.domain.jobs import LEASES, Job, Stage, WriteState
from service.domain.lifecycle import Move, WriteStatus, is_allowed
from service.domain.records import RecordRef
from service.ports import SYSTEM, Clock, OdooClient, OdooWrite, Transaction, UnitOfWork
from service.usecases.advance import advance, record
from service.usecases.creations import Creation, creations_of
from service.usecases.odoo_identity import ADVICE, ANOTHER_DATABASE, is_our_database
from service.usecases.record_changes import changes, concerned

log = logging.getLogger(__name__)

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
    creations = creations_of(odoo, write.draft)
    found = [creation.find() for creation in creations]
    changed = () if any(found) else changes(write, odoo.live(concerned(write)))
    if changed:
        _back_to_review(uow, clock, job, changed)
        return
    _finish(uow, clock, job, tuple(_completed(uow, clock, job, creations, found)))


def _completed(
    uow: UnitOfWork, clock: Clock, job: Job, creations: Sequence[Creation], found: Sequence[RecordRef | None]
) -> Iterator[RecordRef]:
    """All the records, those made that weren't found."""
    for creation, existing in zip(creations, found, strict=True):
        if existing is None:
            _mark_attempted(uow, clock, job)
        yield existing or creation.create()


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


def _finish(uow: UnitOfWork, clock: Clock, job: Job, made: tuple[RecordRef, ...]) -> None:
    outcome, further = made[0], made[1:]
    with uow.write() as tx:
        document, write = _current(tx, job)
        if document is not None and write is not None:
            tx.writes.put(replace(write, state=WriteState.DONE, outcome=outcome, further=further, error=None))
            done = replace(document, write_status=WriteStatus.DONE)
            detail: Detail = {"model": outcome.model, "record": outcome.id}
            for number, ref in enumerate(further, start=2):
                detail = {**detail, f"model_{number}": ref.model, f"record_{number}": ref.id}
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
