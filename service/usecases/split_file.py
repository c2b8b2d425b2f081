"""A file of several documents is split into parts that are documents of their own, once however often it is tried.

The file's own document ends as ``split`` and can't be approved; what may be approved are its parts. Who splits it
otherwise withdraws the parts that then are none, and a withdrawn part comes back only by being split off again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import PurePath

from extractors.readers.detect import CUTTABLE
from service.domain.audit import Detail
from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document
from service.domain.errors import InvalidMoveError, UsageError
from service.domain.extraction import BeginningSign, Part
from service.domain.ids import DocumentId, new_id
from service.domain.jobs import Stage, WriteState
from service.domain.lifecycle import APPROVED_OR_RECORDED, DocumentStatus, Move
from service.domain.page_ranges import PageRange, page_ranges
from service.ports import SYSTEM, BlobStore, Clock, DocumentReader, Transaction, UnitOfWork
from service.usecases.advance import advance, at_version, record, require_role


@dataclass(frozen=True, slots=True)
class CutPart:
    """A part as stored: its pages of the whole file, what says that it begins there, its own file."""

    pages: PageRange
    signs: tuple[BeginningSign, ...]
    sha256: str
    size: int


def cut_parts(
    blobs: BlobStore, reader: DocumentReader, document: Document, found: Sequence[Part], heartbeat: Callable[[], None]
) -> tuple[CutPart, ...]:
    """The parts that a person wants of the document's file, else those that were found in it, cut out and stored.
    Cutting again gives the same bytes. UnreadableDocumentError.
    """
    signs = {part.pages: part.signs for part in found}
    path, cut = blobs.path(document.sha256), []
    for pages in document.parts or tuple(signs):
        heartbeat()
        content = reader.cut(path, pages)
        cut.append(CutPart(pages, signs.get(pages, ()), blobs.put(content), len(content)))
    return tuple(cut)


def keep_parts(tx: Transaction, document: Document, parts: Sequence[CutPart], now: datetime) -> None:
    """Make the document, which is being read, one that is ``split`` into ``parts``: those that it has already stay as
    they are, the others are ``received`` with a READ job.
    """
    _withdraw_besides(tx, document, [part.pages for part in parts], actor=SYSTEM, at=now)
    known = {part.pages: part for part in tx.documents.parts_of(document.id)}
    for part in parts:
        if part.pages not in known:
            _receive(tx, document, part, now)
        elif known[part.pages].status is DocumentStatus.WITHDRAWN:
            _revive(tx, known[part.pages], now)
    tx.discrepancies.replace(document.id, (), now)
    split = replace(document, parts=tuple(part.pages for part in parts), failure=None)
    detail: Detail = {"parts": len(parts), "pages": _told([part.pages for part in parts])}
    advance(tx, split, Move.SPLIT, actor=SYSTEM, at=now, detail=detail)


def change_split(
    *,
    uow: UnitOfWork,
    clock: Clock,
    actor: Actor,
    document_id: DocumentId,
    version: int,
    beginnings: Collection[int],
) -> Document:
    """The file's document, ``received`` again, to be split so that others than the first begin at the pages
    ``beginnings``; without any it is read as one document, and stays one whenever it is read again.

    InvalidMoveError where a part that would be none any more is approved or recorded, or the document itself is in
    Odoo; UsageError where there are no such pages.
    """
    require_role(actor, "split documents", UserRole.REVIEWER, UserRole.APPROVER)
    with uow.write() as tx:
        document, now = at_version(tx, document_id, version), clock.now()
        wanted = _ranges(tx, document, beginnings)
        _check_not_written(tx, document)
        _withdraw_besides(tx, document, wanted, actor=actor.id, at=now)
        again = replace(
            document,
            parts=wanted,
            revision=document.revision + 1,
            failure=None,
            waiting_reason=None,
            held_until=None,
            touchless=False,
        )
        detail = {"from": _told(document.parts or ()), "to": _told(wanted)}
        saved = advance(tx, again, Move.CHANGE_SPLIT, actor=actor.id, at=now, detail=detail)
        tx.discrepancies.replace(document.id, (), now)
        tx.jobs.enqueue(Stage.READ, document.id, saved.revision, now)
        return saved


def active_parts(tx: Transaction, document_id: DocumentId) -> tuple[Document, ...]:
    """What a file is split into now."""
    return tuple(part for part in tx.documents.parts_of(document_id) if part.status is not DocumentStatus.WITHDRAWN)


def check_whole(tx: Transaction, document: Document) -> None:
    """InvalidMoveError where parts stand for the document: both would be billed."""
    if active_parts(tx, document.id):
        raise InvalidMoveError("The file is split; its parts are approved.", advice="Undo the split first.")


def page_count(tx: Transaction, document: Document) -> int:
    """How many pages the document's file has, as far as it was read."""
    if document.parts:
        return document.parts[-1].last
    reading = tx.readings.latest(document.id)
    return 0 if reading is None else len(reading.pages)


def _ranges(tx: Transaction, document: Document, beginnings: Collection[int]) -> tuple[PageRange, ...]:
    pages, starts = page_count(tx, document), sorted(set(beginnings))
    if document.part_of is not None:
        raise UsageError("This is a part of a file; split the file instead.")
    if starts and document.media_type not in CUTTABLE:
        raise UsageError("Only a PDF or a TIFF can be split.")
    if starts and not 2 <= starts[0] <= starts[-1] <= pages:
        raise UsageError(f"A document can begin at pages 2 to {pages} of this file.")
    wanted = page_ranges(starts, pages) if starts else ()
    if wanted == document.parts:
        raise InvalidMoveError("The file is split like that already.")
    return wanted


def _withdraw_besides(
    tx: Transaction, document: Document, kept: Collection[PageRange], *, actor: str, at: datetime
) -> None:
    for part in active_parts(tx, document.id):
        if part.pages in kept:
            continue
        if part.status in APPROVED_OR_RECORDED:
            raise InvalidMoveError(f"The document on pages {part.pages} is {part.status.value} already.")
        _check_not_written(tx, part)
        tx.discrepancies.replace(part.id, (), at)
        tx.lessons.forget(part.id)
        advance(tx, replace(part, held_until=None, touchless=False), Move.WITHDRAW, actor=actor, at=at)


def _check_not_written(tx: Transaction, document: Document) -> None:
    write = tx.writes.latest(document.id)
    if write is not None and write.state in (WriteState.ATTEMPTED, WriteState.DONE):
        raise InvalidMoveError(f"{document.filename} is in Odoo already.", advice="Cancel it there and reject it here.")


def _receive(tx: Transaction, whole: Document, part: CutPart, now: datetime) -> None:
    # In the order of the pages, so that of two alike in one file the second is the later one.
    received_at = whole.received_at + timedelta(microseconds=part.pages.first)
    name = PurePath(whole.filename)
    document = Document(
        id=DocumentId(new_id()),
        status=DocumentStatus.RECEIVED,
        filename=f"{name.stem}, p. {part.pages}{name.suffix}",
        media_type=whole.media_type,
        size=part.size,
        sha256=part.sha256,
        received_at=received_at,
        source=whole.source,
        source_ref=whole.source_ref,
        uploaded_by=whole.uploaded_by,
        part_of=whole.id,
        pages=part.pages,
    )
    tx.documents.add(document)
    said: Detail = {
        "part_of": whole.id,
        "pages": str(part.pages),
        "signs": " ".join(part.signs),
        "sha256": part.sha256,
        "size": part.size,
    }
    record(tx, document, "receive", actor=SYSTEM, at=now, detail=said)
    tx.jobs.enqueue(Stage.READ, document.id, document.revision, now)


def _revive(tx: Transaction, part: Document, now: datetime) -> None:
    again = replace(part, revision=part.revision + 1, failure=None, waiting_reason=None)
    saved = advance(tx, again, Move.REVIVE, actor=SYSTEM, at=now)
    tx.jobs.enqueue(Stage.READ, saved.id, saved.revision, now)


def _told(parts: Sequence[PageRange]) -> str:
    return ", ".join(str(pages) for pages in parts)
