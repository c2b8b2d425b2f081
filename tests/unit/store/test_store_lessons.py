"""Lessons on both databases: replaced, recalled by what a page tells of its sender, bounded and erased."""

from __future__ import annotations

from datetime import timedelta

from service.domain.memory import MOST_LESSONS, KeyType, Lesson, Observation, Place, SenderKey, Topic
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import NOON, a_document

VAT, IBAN = SenderKey(KeyType.VAT_ID, "DE811907980"), SenderKey(KeyType.IBAN, "DE02120300000000202051")
PLACE = Place("", "belegnr", "", 0.6, 0.7, 0.2, "A-9")
SEEN = Observation(Topic.PLACE, "invoice_number", True, True, PLACE)


def test_a_lesson_is_replaced_recalled_by_any_key_and_forgotten(uow: SqlUnitOfWork) -> None:
    document = a_document()
    first, second = Lesson((IBAN, VAT), (SEEN,), NOON), Lesson((VAT,), (SEEN, SEEN), NOON)
    with uow.write() as tx:
        tx.documents.add(document)
        tx.lessons.put(document.id, first)
    with uow.read() as tx:
        assert tx.lessons.of_sender((IBAN,)) == (first,)
        assert tx.lessons.of_sender((VAT,), besides=document.id) == ()
        assert tx.lessons.of_sender(()) == ()
    with uow.write() as tx:
        tx.lessons.put(document.id, second)
    with uow.read() as tx:
        assert tx.lessons.of_sender((IBAN,)) == ()
        assert tx.lessons.of_sender((VAT, IBAN)) == (second,)
    with uow.write() as tx:
        assert tx.lessons.forget(document.id)
        assert not tx.lessons.forget(document.id)
        assert tx.lessons.of_sender((VAT,)) == ()


def test_only_the_latest_of_a_sender_are_recalled(uow: SqlUnitOfWork) -> None:
    with uow.write() as tx:
        for day in range(MOST_LESSONS + 3):
            document = a_document()
            tx.documents.add(document)
            tx.lessons.put(document.id, Lesson((VAT,), (SEEN,), NOON + timedelta(days=day)))
    with uow.read() as tx:
        found = tx.lessons.of_sender((VAT,))
    assert len(found) == MOST_LESSONS
    assert found[0].learnt_at == NOON + timedelta(days=MOST_LESSONS + 2)
