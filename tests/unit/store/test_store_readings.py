"""Readings and reconciliations by revision, and which documents a changed record affects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.lifecycle import DocumentStatus
from service.domain.matching import Key, KeyKind
from service.ports import DocumentFilter
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import a_discrepancy, a_document, a_stored_reconciliation, an_extraction

ORDER_KEY = Key(KeyKind.ORDER_REFERENCE, "P00007")
VAT_KEY = Key(KeyKind.VAT_ID, "DE136695976")


def test_readings_by_revision(uow: SqlUnitOfWork) -> None:
    document = a_document()
    first, second, third = an_extraction("A"), an_extraction("B"), an_extraction("C")
    with uow.write() as transaction:
        transaction.documents.add(document)
        assert transaction.readings.latest(document.id) is None
        assert transaction.readings.first(document.id) is None
        transaction.readings.put(document.id, 2, second)
        transaction.readings.put(document.id, 10, third)
        transaction.readings.put(document.id, 1, first)
    with uow.write() as transaction:
        assert transaction.readings.first(document.id) == first
        assert transaction.readings.latest(document.id) == third
        transaction.readings.put(document.id, 10, second)
        assert transaction.readings.latest(document.id) == second


def test_a_reading_survives_text_that_no_database_likes(uow: SqlUnitOfWork) -> None:
    document, extraction = a_document(), an_extraction(number="a\0b", seller="half \ud83d pair")
    with uow.write() as transaction:
        transaction.documents.add(document)
        transaction.readings.put(document.id, 1, extraction)
    with uow.read() as transaction:
        assert transaction.readings.latest(document.id) == extraction


def test_reconciliations_by_revision(uow: SqlUnitOfWork) -> None:
    document = a_document()
    first, second = a_stored_reconciliation(1), a_stored_reconciliation(2, a_discrepancy())
    with uow.write() as transaction:
        transaction.documents.add(document)
        assert transaction.reconciliations.latest(document.id) is None
        transaction.reconciliations.put(document.id, first, frozenset())
        transaction.reconciliations.put(document.id, second, frozenset())
        transaction.reconciliations.put(document.id, replace(first, books_as_of=None), frozenset())
    with uow.read() as transaction:
        assert transaction.reconciliations.latest(document.id) == second


@pytest.mark.parametrize(
    ("status", "is_affected"),
    [
        (DocumentStatus.IN_REVIEW, True),
        (DocumentStatus.RECONCILED, True),
        (DocumentStatus.WAITING_FOR_ODOO, True),
        (DocumentStatus.APPROVED, False),
        (DocumentStatus.REJECTED, False),
    ],
)
def test_a_changed_record_affects_documents_still_in_play(
    uow: SqlUnitOfWork, status: DocumentStatus, is_affected: bool
) -> None:
    document = a_document(status=status)
    with uow.write() as transaction:
        transaction.documents.add(document)
        transaction.reconciliations.put(document.id, a_stored_reconciliation(), frozenset({ORDER_KEY, VAT_KEY}))
    with uow.read() as transaction:
        assert transaction.reconciliations.affected(frozenset({ORDER_KEY})) == ((document.id,) if is_affected else ())
        assert transaction.reconciliations.affected(frozenset({Key(KeyKind.BILL_REFERENCE, "P00007")})) == ()
        assert transaction.reconciliations.affected(frozenset()) == ()


def test_the_keys_of_the_latest_revision_count(uow: SqlUnitOfWork) -> None:
    document = a_document(status=DocumentStatus.IN_REVIEW)
    with uow.write() as transaction:
        transaction.documents.add(document)
        transaction.reconciliations.put(document.id, a_stored_reconciliation(2), frozenset({VAT_KEY}))
        transaction.reconciliations.put(document.id, a_stored_reconciliation(1), frozenset({ORDER_KEY}))
        assert transaction.reconciliations.affected(frozenset({ORDER_KEY})) == ()
        assert transaction.reconciliations.affected(frozenset({VAT_KEY})) == (document.id,)


def test_thousands_of_keys_at_once(uow: SqlUnitOfWork) -> None:
    document = a_document(status=DocumentStatus.IN_REVIEW)
    many = frozenset(Key(KeyKind.PRODUCT_CODE, f"SKU{number}") for number in range(2_000))
    monstrous = Key(KeyKind.PRODUCT_CODE, "X" * 20_000)
    with uow.write() as transaction:
        transaction.documents.add(document)
        transaction.reconciliations.put(document.id, a_stored_reconciliation(), frozenset({*many, monstrous}))
    with uow.read() as transaction:
        assert transaction.reconciliations.affected(many) == (document.id,)


def test_the_matched_vendor_can_be_searched_for(uow: SqlUnitOfWork) -> None:
    document = a_document()
    with uow.write() as transaction:
        transaction.documents.add(document)
        transaction.readings.put(document.id, 1, an_extraction(seller="N0rdl1cht"))
        transaction.reconciliations.put(document.id, a_stored_reconciliation(), frozenset())
        transaction.readings.put(document.id, 1, an_extraction(seller="N0rdl1cht"))  # read again, still matched
    with uow.read() as transaction:
        found, _ = transaction.documents.search(DocumentFilter(vendor="nordlicht"), limit=5)
    assert [summary.document.id for summary in found] == [document.id]
