"""Read a document's file apart from this process, and keep what was read or why it could not be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy
from service.domain.documents import Document, Failure
from service.domain.errors import NeedsOcrError, UnreadableDocumentError
from service.domain.extraction import Extraction
from service.domain.jobs import Job, Stage
from service.domain.lifecycle import DocumentStatus, Move, is_allowed
from service.ports import SYSTEM, BlobStore, Clock, DocumentReader, ReadRequest, Transaction, UnitOfWork
from service.usecases.advance import advance, record
from service.usecases.corrections import keep_corrections
from service.usecases.learn_from_people import memories_for
from service.usecases.renewing import renewing
from service.usecases.split_file import CutPart, cut_parts, keep_parts


def read_document(*, uow: UnitOfWork, blobs: BlobStore, reader: DocumentReader, clock: Clock, job: Job) -> None:
    """Run a claimed READ or OCR job: ``extracted`` with a RECONCILE job, ``split`` with a READ job for each of several
    documents in the file, or ``failed`` with a sentence to act on. A READ job whose document has to be recognised
    hands over to an OCR job; the document stays ``reading``.

    LeaseLostError where another worker took the job meanwhile: then nothing of this run is stored.
    """
    document = _start(uow, clock, job)
    if document is None:
        return
    heartbeat = renewing(uow, clock, job)
    try:
        found = _read_or_cut(uow, blobs, reader, document, job, heartbeat)
    except NeedsOcrError:
        with uow.write() as tx:
            tx.jobs.enqueue(Stage.OCR, job.subject, job.revision, clock.now())
            tx.jobs.finish(job)
        return
    except UnreadableDocumentError as error:
        with uow.write() as tx:
            fail_reading(tx, job, Failure(error.code, error.message), clock.now())
            tx.jobs.finish(job)
        return
    with uow.write() as tx:
        current = tx.documents.get(document.id)
        if is_allowed(current.status, Move.EXTRACT) and current.revision == job.revision:
            if isinstance(found, Extraction):
                _keep(tx, current, found, clock.now())
            else:
                keep_parts(tx, current, found, clock.now())
        tx.jobs.finish(job)


def fail_reading(tx: Transaction, job: Job, failure: Failure, now: datetime) -> None:
    """Move the job's document to ``failed``, with its exception; nothing where the job is out of date."""
    document = tx.documents.get(job.document_id)
    if not _is_current(document, job):
        return
    finding = Discrepancy(Code.UNREADABLE_DOCUMENT, failure.message, Severity.BLOCKING, actual=failure.code)
    tx.discrepancies.replace(document.id, (finding,), now)
    failed = replace(document, failure=failure)
    advance(tx, failed, Move.FAIL, actor=SYSTEM, at=now, detail={"failure": failure.code})


def _read_or_cut(
    uow: UnitOfWork,
    blobs: BlobStore,
    reader: DocumentReader,
    document: Document,
    job: Job,
    heartbeat: Callable[[], None],
) -> Extraction | tuple[CutPart, ...]:
    """The one document that the file is, as read, or the several that it is known or found to hold, cut out."""
    if document.parts:
        return cut_parts(blobs, reader, document, (), heartbeat)
    extraction = _read(uow, reader, document, _request(blobs, document, job), heartbeat)
    return cut_parts(blobs, reader, document, extraction.parts, heartbeat) if extraction.parts else extraction


def _request(blobs: BlobStore, document: Document, job: Job) -> ReadRequest:
    """What is asked of the reader. A part, and what a person said to be one document, is never taken apart."""
    return ReadRequest(
        blobs.path(document.sha256),
        document.filename,
        document.kind_hint,
        may_recognise=job.stage is Stage.OCR,
        as_one=document.part_of is not None or document.parts is not None,
    )


def _read(
    uow: UnitOfWork, reader: DocumentReader, document: Document, request: ReadRequest, heartbeat: Callable[[], None]
) -> Extraction:
    """The document as read, and read once more where its sender, known from the first reading, has taught anything."""
    extraction = reader.read(request, heartbeat=heartbeat)
    if extraction.parts:
        return extraction  # each is read for itself
    with uow.read() as tx:
        memories = memories_for(tx, extraction, document.id)
    return reader.read(replace(request, memories=memories), heartbeat=heartbeat) if memories else extraction


def _start(uow: UnitOfWork, clock: Clock, job: Job) -> Document | None:
    """The document, now ``reading``; None (and the job done) where the job is out of date."""
    with uow.write() as tx:
        document = tx.documents.get(job.document_id)
        if not _is_current(document, job):
            tx.jobs.finish(job)
            return None
        detail = {"attempt": job.attempts, "stage": job.stage.value}
        return advance(tx, document, Move.START_READING, actor=SYSTEM, at=clock.now(), detail=detail)


def _is_current(document: Document, job: Job) -> bool:
    return document.revision == job.revision and is_allowed(document.status, Move.START_READING)


def _keep(tx: Transaction, document: Document, extraction: Extraction, now: datetime) -> None:
    earlier = tx.readings.latest(document.id)
    reading = extraction if earlier is None else keep_corrections(extraction, earlier)
    tx.readings.put(document.id, document.revision, reading)
    read = replace(document, kind=reading.kind, kind_confidence=reading.kind_confidence, failure=None)
    detail = {"kind": reading.kind.value, "pages": len(reading.pages), "lines": len(reading.lines)}
    advance(tx, read, Move.EXTRACT, actor=SYSTEM, at=now, detail=detail)
    tx.jobs.enqueue(Stage.RECONCILE, document.id, document.revision, now)
    _share_with_copies(tx, read, reading, now)


def _share_with_copies(tx: Transaction, document: Document, reading: Extraction, now: datetime) -> None:
    """Copies that came before the first one was read have no reading yet, and are not read themselves."""
    for copy in tx.documents.copies(document):
        if copy.status is DocumentStatus.IN_REVIEW and tx.readings.latest(copy.id) is None:
            tx.readings.put(copy.id, copy.revision, reading)
            shared = replace(copy, kind=document.kind, kind_confidence=document.kind_confidence)
            record(tx, tx.documents.save(shared), "share_reading", actor=SYSTEM, at=now, detail={"of": document.id})
