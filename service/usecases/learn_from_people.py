"""Learn from a document that people corrected or approved how its sender's papers are to be read."""

from __future__ import annotations

from datetime import datetime

from service.domain.decisions import DecisionKind
from service.domain.documents import BILLABLE_KINDS, Document
from service.domain.errors import NeedsOcrError, UnreadableDocumentError
from service.domain.extraction import Extraction
from service.domain.fields import Source
from service.domain.ids import DocumentId
from service.domain.jobs import Job, Stage
from service.domain.lifecycle import DocumentStatus
from service.domain.memory import Lesson, Memory, Observation, recalled, sender_keys, sound
from service.ports import SYSTEM, BlobStore, Clock, Confirmed, DocumentReader, ReadRequest, Transaction, UnitOfWork
from service.usecases.advance import record
from service.usecases.corrections import has_corrections
from service.usecases.renewing import renewing

LEARN = "learn"
_UNTAUGHT = (DocumentStatus.REJECTED, DocumentStatus.WITHDRAWN)


def ask_to_learn(tx: Transaction, document: Document, reading: Extraction, at: datetime) -> None:
    """Queue the learning from a document that a person just corrected or approved; nothing where it could teach
    nothing: untouched ones strengthen or weaken only what their sender's papers taught already.
    """
    if reading.kind not in BILLABLE_KINDS or _is_of_einvoice(reading):
        return
    if has_corrections(reading) or tx.lessons.of_sender(sender_keys(reading)):
        tx.jobs.enqueue(Stage.LEARN, document.id, document.revision, at)


def memories_for(tx: Transaction, reading: Extraction, besides: DocumentId) -> tuple[Memory, ...]:
    """What the sender's other papers taught for one that was read once; nothing where it isn't read from its page."""
    if reading.kind not in BILLABLE_KINDS or _is_of_einvoice(reading):
        return ()
    keys = sender_keys(reading)
    return recalled(tx.lessons.of_sender(keys, besides=besides), keys)


def learn_from_people(*, uow: UnitOfWork, blobs: BlobStore, reader: DocumentReader, clock: Clock, job: Job) -> None:
    """Run a claimed LEARN job: the document's lesson is stored in place of an earlier one. Nothing is learnt where the
    document changed or was rejected meanwhile, or can't be read any more.
    """
    with uow.read() as tx:
        asked = _asked(tx, job)
    observed: tuple[Observation, ...] = ()
    if asked is not None:
        document, confirmed, memories = asked
        path = blobs.path(document.sha256)
        request = ReadRequest(path, document.filename, confirmed.extraction.kind, memories=memories)
        try:
            observed = sound(reader.observe(request, confirmed, heartbeat=renewing(uow, clock, job)))
        except (NeedsOcrError, UnreadableDocumentError):
            observed = ()
    with uow.write() as tx:
        again = _asked(tx, job)
        if again is not None and observed:
            document, confirmed, _ = again
            tx.lessons.put(document.id, Lesson(sender_keys(confirmed.extraction), observed, clock.now()))
            record(tx, document, LEARN, actor=SYSTEM, at=clock.now(), detail={"observations": len(observed)})
        tx.jobs.finish(job)


def _asked(tx: Transaction, job: Job) -> tuple[Document, Confirmed, tuple[Memory, ...]] | None:
    document, reading = tx.documents.get(job.document_id), tx.readings.latest(job.document_id)
    if reading is None or document.revision != job.revision or document.status in _UNTAUGHT:
        return None
    first = tx.readings.first(document.id) or reading
    cleared = tuple(name for name in first.fields if name not in reading.fields)
    decisions = tx.decisions.of_document(document.id)
    approved = bool(decisions) and decisions[-1].kind is DecisionKind.APPROVE
    approved = approved and decisions[-1].revision == document.revision
    return document, Confirmed(reading, cleared, approved), memories_for(tx, reading, document.id)


def _is_of_einvoice(reading: Extraction) -> bool:
    return any(entry.provenance.source is Source.EINVOICE for entries in reading.fields.values() for entry in entries)
