"""Receive files: once this returns, file, document and reading job are durable, whatever dies next."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from extractors.readers.detect import media_type
from service.domain.audit import Detail
from service.domain.codes import Code, Severity
from service.domain.decisions import Actor, UserRole
from service.domain.discrepancies import Discrepancy
from service.domain.documents import Document, DocumentKind
from service.domain.errors import UsageError, VersionConflictError
from service.domain.ids import DocumentId, UserId, new_id
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus, Move
from service.ports import SYSTEM, BlobStore, Clock, RememberedRequest, Transaction, UnitOfWork
from service.usecases.advance import advance, record, require_role

_LONGEST_KEY = 255  # characters
_LONGEST_NAME = 255  # characters of a file's name, the last of them


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it arrived; ``source`` says by which way ("web", "api", "cli", "demo")."""

    content: bytes
    filename: str
    source: str
    kind_hint: DocumentKind | None = None
    source_ref: str | None = None


def shown_name(given: str) -> str:
    """A file's name without characters that nobody sees, among them those that break a header line, can't be stored
    or turn a name round, so that "exe.fdp" reads as "pdf.exe".
    """
    seen = "".join(sign for sign in given if unicodedata.category(sign)[0] != "C").strip()
    return seen[-_LONGEST_NAME:] or "document"


def receive_documents(
    *,
    uow: UnitOfWork,
    blobs: BlobStore,
    clock: Clock,
    uploads: Sequence[Upload],
    actor: Actor,
    idempotency_key: str | None = None,
) -> tuple[Document, ...]:
    """The documents made of ``uploads``, in their order, all in one transaction.

    The same key and files again give the same documents; the same key with other files is a VersionConflictError.
    """
    require_role(actor, "upload documents", UserRole.UPLOADER, UserRole.REVIEWER, UserRole.APPROVER)
    if not uploads:
        raise UsageError("No file was sent.")
    if idempotency_key is not None and not 0 < len(idempotency_key) <= _LONGEST_KEY:
        raise UsageError(f"An Idempotency-Key has 1 to {_LONGEST_KEY} characters.")
    digest = _body_digest(uploads)
    stored = tuple((upload, blobs.put(upload.content)) for upload in uploads)
    try:
        with uow.write() as tx:
            if (known := _remembered(tx, actor, idempotency_key, digest)) is not None:
                return known
            return _receive_all(tx, clock.now(), stored, actor, idempotency_key, digest)
    except VersionConflictError:
        # Either the key came with other files, or the same request was stored by another process just now.
        with uow.read() as tx:
            if (known := _remembered(tx, actor, idempotency_key, digest)) is not None:
                return known
        raise


def _receive_all(
    tx: Transaction,
    now: datetime,
    stored: tuple[tuple[Upload, str], ...],
    actor: Actor,
    key: str | None,
    digest: str,
) -> tuple[Document, ...]:
    # A microsecond apart, so that of copies within one upload the first is the earlier one for ever. The last is
    # received now: a job must not be due in the future.
    moments = (now - timedelta(microseconds=later) for later in reversed(range(len(stored))))
    documents = tuple(
        _receive(tx, at, upload, sha256, actor) for at, (upload, sha256) in zip(moments, stored, strict=True)
    )
    if key is not None:
        answer = RememberedRequest(digest, tuple(document.id for document in documents))
        tx.idempotency.put(actor.id, key, answer, now)
    return documents


def _remembered(tx: Transaction, actor: Actor, key: str | None, digest: str) -> tuple[Document, ...] | None:
    known = None if key is None else tx.idempotency.get(actor.id, key)
    if known is None:
        return None
    if known.body_digest != digest:
        raise VersionConflictError("This Idempotency-Key was used for other files.", advice="Send a new key.")
    return tuple(tx.documents.get(document_id) for document_id in known.document_ids)


def _body_digest(uploads: Sequence[Upload]) -> str:
    said = [
        [upload.filename, hashlib.sha256(upload.content).hexdigest(), upload.kind_hint, upload.source_ref]
        for upload in uploads
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _receive(tx: Transaction, now: datetime, upload: Upload, sha256: str, actor: Actor) -> Document:
    first = tx.documents.first_with_content(sha256)
    document = Document(
        id=DocumentId(new_id()),
        status=DocumentStatus.RECEIVED,
        filename=shown_name(upload.filename),
        media_type=media_type(upload.content, upload.filename),
        size=len(upload.content),
        sha256=sha256,
        received_at=now,
        source=upload.source,
        kind_hint=upload.kind_hint,
        source_ref=upload.source_ref,
        uploaded_by=UserId(actor.id),
        duplicate_of=None if first is None else first.id,
    )
    tx.documents.add(document)
    said: Detail = {"sha256": sha256, "size": document.size, "source": document.source}
    record(tx, document, "receive", actor=actor.id, at=now, detail=said)
    if first is not None:
        return _flag_duplicate(tx, now, document, first)
    tx.jobs.enqueue(Stage.READ, document.id, document.revision, now)
    return document


def _flag_duplicate(tx: Transaction, now: datetime, document: Document, first: Document) -> Document:
    """Put a copy before a person at once; it is not read again, the first one's reading is its own."""
    reading = tx.readings.latest(first.id)
    if reading is not None:
        tx.readings.put(document.id, document.revision, reading)
    tx.discrepancies.replace(document.id, (_duplicate(first),), now)
    copied = replace(document, kind=first.kind, kind_confidence=first.kind_confidence)
    return advance(tx, copied, Move.FLAG_DUPLICATE, actor=SYSTEM, at=now, detail={"duplicate_of": first.id})


def _duplicate(first: Document) -> Discrepancy:
    return Discrepancy(
        Code.DUPLICATE_DOCUMENT,
        f"The same file was received on {first.received_at:%Y-%m-%d} as {first.filename}.",
        Severity.BLOCKING,
        expected=first.id,
    )
