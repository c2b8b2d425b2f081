"""Documents: optimistic lock, lists, siblings."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from service.domain.codes import Code, Severity
from service.domain.documents import Document, DocumentKind, Failure
from service.domain.errors import NotFoundError, UsageError, VersionConflictError
from service.domain.ids import DocumentId, UserId
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.ports import DocumentFilter
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import NOON, a_discrepancy, a_document, a_stored_reconciliation, an_extraction

EVERYTHING = DocumentFilter()


def _add(uow: SqlUnitOfWork, *documents: Document) -> None:
    with uow.write() as transaction:
        for document in documents:
            transaction.documents.add(document)


def _read_as(uow: SqlUnitOfWork, document: Document, **what: str) -> None:
    with uow.write() as transaction:
        transaction.readings.put(document.id, document.revision, an_extraction(**what))


def _found(uow: SqlUnitOfWork, wanted: DocumentFilter) -> list[DocumentId]:
    with uow.read() as transaction:
        summaries, more = transaction.documents.search(wanted, limit=50)
    assert more is None
    return [summary.document.id for summary in summaries]


def test_every_column_comes_back(uow: SqlUnitOfWork) -> None:
    first = a_document()
    full = a_document(
        received_at=NOON + timedelta(microseconds=1),
        status=DocumentStatus.FAILED,
        kind_hint=DocumentKind.CREDIT_NOTE,
        source_ref="mail:17",
        uploaded_by=UserId("u1"),
        duplicate_of=first.id,
        revision=3,
        version=9,
        write_status=WriteStatus.RETRYING,
        waiting_reason="unreachable",
        held_until=NOON + timedelta(days=3),
        failure=Failure("ENCRYPTED", "The file asks for a password."),
        touchless=True,
    )
    _add(uow, first, full)
    with uow.read() as transaction:
        assert transaction.documents.get(first.id) == first
        assert transaction.documents.get(full.id) == full


def test_a_name_that_postgresql_cannot_hold_is_mended(uow: SqlUnitOfWork) -> None:
    document = a_document(filename="a\0b\ud800c.pdf")
    _add(uow, document)
    with uow.read() as transaction:
        assert transaction.documents.get(document.id).filename == "a\ufffdb\ufffdc.pdf"


def test_saving_raises_the_version_and_refuses_an_older_one(uow: SqlUnitOfWork) -> None:
    document = a_document()
    _add(uow, document)
    with uow.write() as transaction:
        saved = transaction.documents.save(replace(document, status=DocumentStatus.READING))
    assert (saved.version, saved.status) == (2, DocumentStatus.READING)
    with pytest.raises(VersionConflictError), uow.write() as transaction:
        transaction.documents.save(replace(document, status=DocumentStatus.FAILED))
    with uow.read() as transaction:
        assert transaction.documents.get(document.id) == saved


def test_unknown_documents_are_an_error(uow: SqlUnitOfWork) -> None:
    with pytest.raises(NotFoundError), uow.write() as transaction:
        transaction.documents.save(a_document())


def test_the_first_of_a_content(uow: SqlUnitOfWork) -> None:
    later, earlier = a_document(NOON + timedelta(seconds=1)), a_document(NOON)
    _add(uow, later, earlier, a_document(sha256="cd" * 32))
    with uow.write() as transaction:
        assert transaction.documents.first_with_content("ab" * 32) == earlier
        assert transaction.documents.first_with_content("ef" * 32) is None


def test_of_two_uploads_of_one_content_at_once_the_second_knows_the_first(uow: SqlUnitOfWork) -> None:
    start = threading.Barrier(2, timeout=20)

    def upload() -> None:
        start.wait()
        with uow.write() as transaction:
            first = transaction.documents.first_with_content("ab" * 32)
            transaction.documents.add(a_document(duplicate_of=first.id if first else None))

    uploads = [threading.Thread(target=upload) for _ in range(2)]
    for thread in uploads:
        thread.start()
    for thread in uploads:
        thread.join()
    with uow.read() as transaction:
        found, _ = transaction.documents.search(EVERYTHING, limit=5)
    originals = [summary.document for summary in found if summary.document.duplicate_of is None]
    assert len(found) == 2
    assert len(originals) == 1


def test_the_list_shows_the_latest_reading_and_open_codes(uow: SqlUnitOfWork) -> None:
    document = a_document()
    _add(uow, document)
    _read_as(uow, document, number="RE-1")
    low = a_discrepancy(Code.LOW_CONFIDENCE_FIELD, severity=Severity.WARNING)
    with uow.write() as transaction:
        transaction.readings.put(document.id, 2, an_extraction("RE-2", total="99.90"))
        transaction.readings.put(document.id, 1, an_extraction("RE-1"))  # an older revision, once more
        found = (low, a_discrepancy(line=1), a_discrepancy(line=2))
        transaction.discrepancies.replace(document.id, found, NOON)
    with uow.read() as transaction:
        (summary,), more = transaction.documents.search(EVERYTHING, limit=10)
    assert more is None
    assert summary.document == document
    assert (summary.invoice_number, summary.seller_name) == ("RE-2", "Nordlicht Handels GmbH")
    assert (summary.issue_date, summary.currency) == (date(2026, 2, 27), "EUR")
    assert str(summary.grand_total) == "99.90"
    assert summary.open_codes == ("PRICE_VARIANCE", "LOW_CONFIDENCE_FIELD")


def test_pages_neither_repeat_nor_lose_a_row(uow: SqlUnitOfWork) -> None:
    moments = [NOON + timedelta(seconds=second // 3) for second in range(11)]  # several at the same moment
    _add(uow, *(a_document(moment) for moment in moments))
    seen: list[Document] = []
    cursor = None
    while True:
        with uow.read() as transaction:
            page, cursor = transaction.documents.search(EVERYTHING, limit=4, cursor=cursor)
        seen += [summary.document for summary in page]
        if len(seen) == 4:  # what arrives while somebody turns pages doesn't push rows about
            _add(uow, a_document(NOON + timedelta(days=1)))
        if cursor is None:
            break
    assert len(seen) == len({document.id for document in seen}) == 11
    assert [document.received_at for document in seen] == sorted(moments, reverse=True)


@pytest.mark.parametrize("cursor", ["", "nonsense", "W10=", "WyJ4IiwgMV0=", "WyIyMDI2LTAxLTAxIiwgIngiXQ=="])
def test_a_foreign_cursor_is_refused(uow: SqlUnitOfWork, cursor: str) -> None:
    with pytest.raises(UsageError), uow.read() as transaction:
        transaction.documents.search(EVERYTHING, limit=1, cursor=cursor)


def test_the_list_is_narrowed(uow: SqlUnitOfWork) -> None:
    nord = a_document(NOON, uploaded_by=UserId("u1"), filename="scan.pdf")
    sud = a_document(NOON + timedelta(seconds=1), kind=DocumentKind.CREDIT_NOTE, status=DocumentStatus.IN_REVIEW)
    unread = a_document(NOON + timedelta(seconds=2), filename="100%_Größe.pdf")
    _add(uow, nord, sud, unread)
    _read_as(uow, nord, number="RE-2026/004")
    _read_as(uow, sud, number="X1", seller="Café Süd")
    with uow.write() as transaction:
        transaction.reconciliations.put(nord.id, a_stored_reconciliation(), frozenset())
        transaction.discrepancies.replace(nord.id, (a_discrepancy(),), NOON)
        transaction.discrepancies.replace(sud.id, (a_discrepancy(Code.UNKNOWN_VENDOR),), NOON)
        transaction.discrepancies.replace(sud.id, (), NOON)  # gone, so no longer a reason to list it
    assert _found(uow, EVERYTHING) == [unread.id, sud.id, nord.id]
    assert _found(uow, DocumentFilter(status="in_review")) == [sud.id]
    assert _found(uow, DocumentFilter(kind="credit_note")) == [sud.id]
    assert _found(uow, DocumentFilter(uploaded_by=UserId("u1"))) == [nord.id]
    assert _found(uow, DocumentFilter(vendor="cafe sud")) == [sud.id]
    assert _found(uow, DocumentFilter(vendor="NORDLICHT")) == [nord.id]
    assert _found(uow, DocumentFilter(code="PRICE_VARIANCE")) == [nord.id]
    assert _found(uow, DocumentFilter(code="PRICE_VARIANCE", severity="warning")) == []
    assert _found(uow, DocumentFilter(code="UNKNOWN_VENDOR")) == []
    assert _found(uow, DocumentFilter(text="2026/0")) == [nord.id]
    assert _found(uow, DocumentFilter(text="%_große")) == [unread.id]
    assert _found(uow, DocumentFilter(text="_")) == [unread.id]
    assert _found(uow, DocumentFilter(text="süd", status="received")) == []


def test_siblings_are_earlier_ones_of_the_same_number(uow: SqlUnitOfWork) -> None:
    first, rejected, failed, this, later, other = (
        a_document(NOON + timedelta(seconds=second), status=status)
        for second, status in enumerate(
            (
                DocumentStatus.RECORDED,
                DocumentStatus.REJECTED,
                DocumentStatus.FAILED,
                DocumentStatus.MATCHING,
                DocumentStatus.EXTRACTED,
                DocumentStatus.EXTRACTED,
            )
        )
    )
    _add(uow, first, rejected, failed, this, later, other)
    for document in (first, rejected, failed, this, later):
        _read_as(uow, document, number="RE-2026/004", total="119.00")
    _read_as(uow, other, number="RE-2026/005")
    with uow.read() as transaction:
        (sibling,) = transaction.documents.siblings(this.id, "RE2026004")
        assert transaction.documents.siblings(first.id, "RE2026004") == ()
        assert transaction.documents.siblings(later.id, "RE2026005") == ()
    assert (sibling.document, sibling.invoice_number) == (first, "RE-2026/004")
    assert (sibling.seller_name, sibling.seller_vat_id) == ("Nordlicht Handels GmbH", "DE136695976")
    assert sibling.grand_total == Decimal("119.00")


def test_a_corrected_number_has_other_siblings(uow: SqlUnitOfWork) -> None:
    first, second = a_document(NOON), a_document(NOON + timedelta(seconds=1))
    _add(uow, first, second)
    _read_as(uow, first, number="RE-2026/004")
    with uow.write() as transaction:
        transaction.readings.put(first.id, 2, an_extraction("RE-2026/040"))
        assert transaction.documents.siblings(second.id, "RE2026004") == ()
        assert [each.document for each in transaction.documents.siblings(second.id, "RE2026040")] == [first]


def test_a_monstrous_number_can_be_stored_and_compared(uow: SqlUnitOfWork) -> None:
    number = "".join(chr(65 + (index * 7919) % 26) for index in range(20_000))
    first, second = a_document(NOON), a_document(NOON + timedelta(seconds=1))
    _add(uow, first, second)
    _read_as(uow, first, number=number)
    with uow.read() as transaction:
        assert len(transaction.documents.siblings(second.id, number)) == 1


def test_counts_and_waiting(uow: SqlUnitOfWork) -> None:
    late = a_document(NOON + timedelta(seconds=5), status=DocumentStatus.WAITING_FOR_ODOO)
    early = a_document(NOON, status=DocumentStatus.WAITING_FOR_ODOO)
    _add(uow, late, early, a_document())
    with uow.read() as transaction:
        counts = transaction.documents.counts()
        assert transaction.documents.waiting() == (early, late)
    assert counts["waiting_for_odoo"] == 2
    assert counts["received"] == 1
    assert set(counts) == {status.value for status in DocumentStatus}
    assert sum(counts.values()) == 3
