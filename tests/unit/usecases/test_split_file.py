"""A file of several documents: split once, split otherwise, put together again, and never billed twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from extractors.isolation import WarmReader
from service.domain.decisions import Actor, DecisionKind
from service.domain.documents import Document
from service.domain.errors import (
    InvalidMoveError,
    NotAllowedError,
    StorageError,
    UnreadableDocumentError,
    UsageError,
    VersionConflictError,
)
from service.domain.ids import DocumentId, new_id
from service.domain.jobs import Stage, WriteState
from service.domain.lifecycle import DocumentStatus
from service.domain.page_ranges import PageRange
from service.domain.policy import Policy
from service.ports import OdooWrite
from service.usecases.approval import check_whole
from service.usecases.decide import decide
from service.usecases.read_document import read_document
from service.usecases.reprocess import reprocess
from service.usecases.split_file import active_parts, change_split
from tests.support.bundles import NEXT, NORD, SUED, bundle
from tests.support.parts import APPROVER, AUDITOR, REVIEWER, UPLOADER, Parts
from tests.support.values import a_draft

THREE = bundle(NORD, SUED, NEXT)


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    started = WarmReader()
    yield started
    started.close()


class DyingReader(WarmReader):
    """Dies at the ``last`` cut."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self._left = last

    def cut(self, path: Path, pages: PageRange) -> bytes:
        self._left -= 1
        if not self._left:
            raise KeyboardInterrupt
        return super().cut(path, pages)


def read(parts: Parts, reader: WarmReader, document: Document) -> Document:
    job = parts.claim(document, Stage.READ)
    read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
    return parts.load(document)


def split(parts: Parts, reader: WarmReader, content: bytes = THREE) -> tuple[Document, tuple[Document, ...]]:
    (document,) = parts.receive(content)
    whole = read(parts, reader, document)
    return whole, of(parts, whole)


def of(parts: Parts, whole: Document) -> tuple[Document, ...]:
    with parts.uow.read() as tx:
        return active_parts(tx, whole.id)


def ever_of(parts: Parts, whole: Document) -> tuple[Document, ...]:
    with parts.uow.read() as tx:
        return tx.documents.parts_of(whole.id)


def changed(parts: Parts, whole: Document, *beginnings: int, actor: Actor = REVIEWER) -> Document:
    return change_split(
        uow=parts.uow,
        clock=parts.clock,
        actor=actor,
        document_id=whole.id,
        version=whole.version,
        beginnings=beginnings,
    )


def put(parts: Parts, document: Document, status: DocumentStatus) -> Document:
    with parts.uow.write() as tx:
        return tx.documents.save(replace(document, status=status))


def number_of(parts: Parts, document: Document) -> str | None:
    with parts.uow.read() as tx:
        reading = tx.readings.latest(document.id)
    return None if reading is None else reading.text("invoice_number")


# --- splitting


def test_a_file_of_three_invoices_becomes_three_documents(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    assert whole.status is DocumentStatus.SPLIT
    assert whole.parts == (PageRange(1, 1), PageRange(2, 2), PageRange(3, 3))
    assert [part.pages for part in found] == list(whole.parts)
    assert [part.filename for part in found] == ["0, p. 1.pdf", "0, p. 2.pdf", "0, p. 3.pdf"]
    assert {(part.part_of, part.source, part.uploaded_by) for part in found} == {(whole.id, "api", UPLOADER.id)}
    assert [number_of(parts, read(parts, reader, part)) for part in found] == ["BX-1041", "RG-77120", "BX-1042"]
    assert [part.status for part in of(parts, whole)] == [DocumentStatus.EXTRACTED] * 3
    with parts.uow.read() as tx:
        assert tx.readings.latest(whole.id) is None
        assert tx.jobs.active(whole.id) == ()


def test_the_audit_trail_tells_of_it(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    assert parts.actions(whole) == ["receive", "start_reading", "split"]
    with parts.uow.read() as tx:
        assert dict(tx.audit.of_subject(f"document:{whole.id}")[-1].detail)["pages"] == "1, 2, 3"
        told = dict(tx.audit.of_subject(f"document:{found[1].id}")[0].detail)
    assert (told["part_of"], told["pages"]) == (whole.id, "2")
    assert "other_number" in str(told["signs"])


def test_a_reading_that_dies_half_way_makes_no_part_twice(parts: Parts, reader: WarmReader) -> None:
    (document,) = parts.receive(THREE)
    dying = DyingReader(last=3)
    with pytest.raises(KeyboardInterrupt):
        read(parts, dying, document)
    dying.close()
    assert of(parts, document) == ()
    with parts.uow.write() as tx:
        (left,) = tx.jobs.active(document.id)
        tx.jobs.retry(left, parts.clock.now(), "died")
    whole = read(parts, reader, parts.load(document))
    assert whole.status is DocumentStatus.SPLIT
    assert len(ever_of(parts, whole)) == 3


def test_a_job_that_runs_again_when_all_is_done_changes_nothing(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    with parts.uow.write() as tx:
        tx.jobs.enqueue(Stage.READ, whole.id, whole.revision, parts.clock.now())
    assert read(parts, reader, whole) == whole
    assert ever_of(parts, whole) == found


def test_the_database_takes_no_two_parts_of_the_same_pages(parts: Parts, reader: WarmReader) -> None:
    _, found = split(parts, reader)
    with pytest.raises((IntegrityError, StorageError)), parts.uow.write() as tx:
        tx.documents.add(replace(found[0], id=DocumentId(new_id())))


def test_the_same_file_again_is_a_copy_and_is_not_split(parts: Parts, reader: WarmReader) -> None:
    whole, _ = split(parts, reader)
    (copy,) = parts.receive(THREE)
    assert (copy.status, copy.duplicate_of) == (DocumentStatus.IN_REVIEW, whole.id)
    assert of(parts, copy) == ()


# --- undoing it, and splitting otherwise


def test_undoing_withdraws_the_parts_and_reads_one_document(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    undone = changed(parts, whole)
    assert (undone.status, undone.parts, undone.revision) == (DocumentStatus.RECEIVED, (), whole.revision + 1)
    assert [part.status for part in ever_of(parts, whole)] == [DocumentStatus.WITHDRAWN] * 3
    assert parts.actions(found[0])[-1] == "withdraw"
    one = read(parts, reader, undone)
    assert one.status is DocumentStatus.EXTRACTED
    assert parts.actions(one)[-4:] == ["split", "change_split", "start_reading", "extract"]


def test_it_stays_one_document_when_it_is_read_again(parts: Parts, reader: WarmReader) -> None:
    whole, _ = split(parts, reader)
    one = read(parts, reader, changed(parts, whole))
    again = reprocess(uow=parts.uow, clock=parts.clock, actor=REVIEWER, document_id=one.id)
    assert read(parts, reader, again).status is DocumentStatus.EXTRACTED
    assert of(parts, whole) == ()


def test_what_a_withdrawn_part_still_had_to_do_is_dropped(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    changed(parts, whole)
    assert read(parts, reader, found[0]).status is DocumentStatus.WITHDRAWN
    with parts.uow.read() as tx:
        assert tx.jobs.active(found[0].id) == ()


def test_two_parts_are_put_together_and_the_other_stays_as_it_is(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    first = put(parts, found[0], DocumentStatus.APPROVED)
    whole = read(parts, reader, changed(parts, whole, 2))
    assert whole.status is DocumentStatus.SPLIT
    assert [(part.pages, part.status) for part in of(parts, whole)] == [
        (PageRange(1, 1), DocumentStatus.APPROVED),
        (PageRange(2, 3), DocumentStatus.RECEIVED),
    ]
    assert parts.load(first) == first


def test_a_part_that_is_split_off_again_comes_back(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    read(parts, reader, found[2])
    whole = read(parts, reader, changed(parts, whole, 2))
    whole = read(parts, reader, changed(parts, whole, 2, 3))
    assert [part.id for part in of(parts, whole)] == [part.id for part in found]
    assert len(ever_of(parts, whole)) == 4
    revived = read(parts, reader, parts.load(found[2]))
    assert (revived.status, revived.revision) == (DocumentStatus.EXTRACTED, 2)
    assert number_of(parts, revived) == "BX-1042"


def test_a_person_splits_what_was_read_as_one(parts: Parts, reader: WarmReader) -> None:
    (document,) = parts.receive(bundle(NORD, NORD))
    one = read(parts, reader, document)
    assert one.status is DocumentStatus.EXTRACTED
    whole = read(parts, reader, changed(parts, one, 2))
    assert whole.status is DocumentStatus.SPLIT
    assert len(of(parts, whole)) == 2


# --- what can't be


@pytest.mark.parametrize("status", [DocumentStatus.APPROVED, DocumentStatus.RECORDED])
def test_it_is_not_undone_once_a_part_is_decided(parts: Parts, reader: WarmReader, status: DocumentStatus) -> None:
    whole, found = split(parts, reader)
    put(parts, found[1], status)
    with pytest.raises(InvalidMoveError, match=f"pages 2 is {status.value} already"):
        changed(parts, whole)
    assert parts.load(whole) == whole
    assert DocumentStatus.WITHDRAWN not in {part.status for part in ever_of(parts, whole)}


def test_it_is_not_undone_once_a_part_was_written_even_if_it_was_reopened(parts: Parts, reader: WarmReader) -> None:
    whole, found = split(parts, reader)
    with parts.uow.write() as tx:
        tx.writes.put(OdooWrite(found[1].id, 1, a_draft(), WriteState.DONE))
    with pytest.raises(InvalidMoveError, match="in Odoo already"):
        changed(parts, whole)


def test_what_is_in_odoo_is_not_split(parts: Parts, reader: WarmReader) -> None:
    (document,) = parts.receive(bundle(NORD, NORD))
    one = read(parts, reader, document)
    with parts.uow.write() as tx:
        tx.writes.put(OdooWrite(one.id, 1, a_draft(), WriteState.DONE))
    with pytest.raises(InvalidMoveError, match="in Odoo already"):
        changed(parts, one, 2)


def test_a_split_file_is_neither_approved_nor_read_again(parts: Parts, reader: WarmReader) -> None:
    whole, _ = split(parts, reader)
    for kind in (DecisionKind.APPROVE, DecisionKind.REOPEN):
        with pytest.raises(InvalidMoveError, match="is split"):
            decide(
                uow=parts.uow,
                books=parts.books,
                clock=parts.clock,
                policy=Policy(),
                actor=APPROVER,
                document_id=whole.id,
                version=whole.version,
                kind=kind,
            )
    with pytest.raises(InvalidMoveError, match="is split"):
        reprocess(uow=parts.uow, clock=parts.clock, actor=REVIEWER, document_id=whole.id)


def test_no_file_is_approved_beside_its_parts_whatever_its_state(parts: Parts, reader: WarmReader) -> None:
    whole, _ = split(parts, reader)
    with pytest.raises(InvalidMoveError, match="its parts are approved"), parts.uow.write() as tx:
        check_whole(tx, replace(whole, status=DocumentStatus.IN_REVIEW))


@pytest.mark.parametrize("beginnings", [(1,), (4,), (0, 2)])
def test_a_document_begins_only_at_a_page_that_there_is(
    parts: Parts, reader: WarmReader, beginnings: tuple[int, ...]
) -> None:
    whole, _ = split(parts, reader)
    with pytest.raises(UsageError, match="pages 2 to 3"):
        changed(parts, whole, *beginnings)


def test_the_same_split_again_says_so(parts: Parts, reader: WarmReader) -> None:
    whole, _ = split(parts, reader)
    with pytest.raises(InvalidMoveError, match="like that already"):
        changed(parts, whole, 2, 3)


def test_a_part_is_not_split_itself(parts: Parts, reader: WarmReader) -> None:
    _, found = split(parts, reader)
    with pytest.raises(UsageError, match="a part of a file"):
        changed(parts, read(parts, reader, found[0]), 2)


def test_who_saw_an_older_version_changes_nothing(parts: Parts, reader: WarmReader) -> None:
    whole, _ = split(parts, reader)
    with pytest.raises(VersionConflictError):
        changed(parts, replace(whole, version=whole.version - 1))


@pytest.mark.parametrize("actor", [UPLOADER, AUDITOR])
def test_only_who_reviews_may_split(parts: Parts, reader: WarmReader, actor: Actor) -> None:
    whole, _ = split(parts, reader)
    with pytest.raises(NotAllowedError):
        changed(parts, whole, actor=actor)


def test_a_file_whose_pages_cannot_be_cut_fails_with_a_reason(parts: Parts, reader: WarmReader) -> None:
    class Refusing(WarmReader):
        def cut(self, path: Path, pages: PageRange) -> bytes:
            raise UnreadableDocumentError("Pages can't be cut.", code="TRUNCATED")

    (document,) = parts.receive(THREE)
    refusing = Refusing()
    failed = read(parts, refusing, document)
    refusing.close()
    assert failed.status is DocumentStatus.FAILED
    assert failed.failure is not None
    assert of(parts, document) == ()
