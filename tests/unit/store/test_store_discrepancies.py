"""Exceptions through successive runs of the matching, and lists of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy, ExceptionStatus, RaisedDiscrepancy
from service.domain.documents import DocumentKind
from service.domain.errors import NotFoundError
from service.domain.ids import DiscrepancyId, DocumentId
from service.ports import SYSTEM, ExceptionFilter
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import NOON, a_discrepancy, a_document, an_extraction

PRICE = a_discrepancy()
QUANTITY = a_discrepancy(Code.QUANTITY_OVER_ORDERED)
UNCERTAIN = a_discrepancy(Code.LOW_CONFIDENCE_FIELD, line=None, field="issue_date", severity=Severity.WARNING)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def document_id(uow: SqlUnitOfWork) -> DocumentId:
    document = a_document()
    with uow.write() as transaction:
        transaction.documents.add(document)
    return document.id


def _run(
    uow: SqlUnitOfWork, document_id: DocumentId, *found: Discrepancy, later: bool = False
) -> tuple[RaisedDiscrepancy, ...]:
    with uow.write() as transaction:
        transaction.discrepancies.replace(document_id, found, LATER if later else NOON)
        return transaction.discrepancies.of_document(document_id)


def _dismiss(uow: SqlUnitOfWork, raised: RaisedDiscrepancy) -> RaisedDiscrepancy:
    dismissed = replace(
        raised,
        status=ExceptionStatus.DISMISSED,
        resolved_by="u1",
        resolved_at=NOON,
        resolution="accepted",
        reason="agreed by phone",
    )
    with uow.write() as transaction:
        transaction.discrepancies.save(dismissed)
    return dismissed


def test_the_open_and_the_severe_come_first(uow: SqlUnitOfWork, document_id: DocumentId) -> None:
    uncertain, price, quantity = UNCERTAIN, PRICE, QUANTITY
    raised = _run(uow, document_id, uncertain, price, quantity)
    assert raised[-1].discrepancy == uncertain
    assert {each.discrepancy for each in raised[:2]} == {price, quantity}
    assert all(each.is_open and each.raised_at == NOON and each.document_id == document_id for each in raised)
    settled = _dismiss(uow, raised[0])
    with uow.read() as transaction:
        assert transaction.discrepancies.of_document(document_id)[-1] == settled


def test_the_same_finding_keeps_its_id_and_its_answer(uow: SqlUnitOfWork, document_id: DocumentId) -> None:
    (raised,) = _run(uow, document_id, PRICE)
    assert _run(uow, document_id, PRICE, later=True) == (raised,)
    dismissed = _dismiss(uow, raised)
    reworded = replace(PRICE, message="In other words.", tolerance="1 %")
    assert _run(uow, document_id, reworded, later=True) == (replace(dismissed, discrepancy=reworded),)


@pytest.mark.parametrize(
    "changed",
    [
        replace(PRICE, actual="260.00", difference=Decimal("20.00")),
        replace(PRICE, expected="245.00"),
        replace(PRICE, severity=Severity.WARNING),
    ],
)
def test_other_figures_open_it_again(uow: SqlUnitOfWork, document_id: DocumentId, changed: Discrepancy) -> None:
    (raised,) = _run(uow, document_id, PRICE)
    _dismiss(uow, raised)
    (again,) = _run(uow, document_id, changed, later=True)
    assert again == RaisedDiscrepancy(raised.id, document_id, changed, ExceptionStatus.OPEN, LATER)


def test_what_is_not_found_any_more_is_gone(uow: SqlUnitOfWork, document_id: DocumentId) -> None:
    price, quantity = sorted(_run(uow, document_id, PRICE, QUANTITY), key=lambda each: each.discrepancy.code)
    settled = _dismiss(uow, quantity)
    assert _run(uow, document_id, later=True) == (settled,)  # a person's answer stays on record
    with uow.read() as transaction:
        gone = transaction.discrepancies.get(price.id)
    assert (gone.status, gone.resolved_by, gone.resolution) == (ExceptionStatus.RESOLVED, SYSTEM, "gone")
    assert gone.resolved_at == LATER
    opened, kept = _run(uow, document_id, PRICE, QUANTITY, later=True)
    assert opened == replace(price, raised_at=LATER)
    assert kept == settled


def test_two_of_the_same_identity_stay_two(uow: SqlUnitOfWork, document_id: DocumentId) -> None:
    one = a_discrepancy(Code.PO_NOT_FOUND, line=None, field="order_reference", actual="P1", expected=None)
    two = replace(one, actual="P2")
    before = {each.discrepancy.actual: each for each in _run(uow, document_id, one, two)}
    dismissed = _dismiss(uow, before["P2"])
    after = _run(uow, document_id, two, one, later=True)
    assert {each.discrepancy.actual: each for each in after} == {"P1": before["P1"], "P2": dismissed}
    assert _run(uow, document_id, two, later=True) == (dismissed,)


def test_unknown_ones_are_an_error(uow: SqlUnitOfWork) -> None:
    with pytest.raises(NotFoundError), uow.read() as transaction:
        transaction.discrepancies.get(DiscrepancyId("0" * 32))


def test_lists_of_exceptions(uow: SqlUnitOfWork, document_id: DocumentId) -> None:
    credit = a_document(kind=DocumentKind.CREDIT_NOTE)
    with uow.write() as transaction:
        transaction.documents.add(credit)
        transaction.readings.put(credit.id, 1, an_extraction(seller="Café Süd"))
    _run(uow, document_id, PRICE, UNCERTAIN)
    (quantity,) = _run(uow, credit.id, QUANTITY, later=True)
    with uow.write() as transaction:
        transaction.discrepancies.save(replace(quantity, assignee="u2", due_at=LATER))

    def codes(**wanted: str) -> set[str]:
        with uow.read() as transaction:
            found, more = transaction.discrepancies.search(ExceptionFilter(**wanted), limit=10)
        assert more is None
        return {each.discrepancy.code.value for each in found}

    assert codes() == {"PRICE_VARIANCE", "LOW_CONFIDENCE_FIELD", "QUANTITY_OVER_ORDERED"}
    assert codes(status="open", severity="warning") == {"LOW_CONFIDENCE_FIELD"}
    assert codes(code="PRICE_VARIANCE") == {"PRICE_VARIANCE"}
    assert codes(kind="credit_note") == codes(vendor="sud") == codes(assignee="u2") == {"QUANTITY_OVER_ORDERED"}
    assert codes(status="dismissed") == set()
    with uow.read() as transaction:
        counts = transaction.discrepancies.open_by_code()
    assert counts == {"LOW_CONFIDENCE_FIELD": 1, "PRICE_VARIANCE": 1, "QUANTITY_OVER_ORDERED": 1}


def test_exceptions_come_in_pages(uow: SqlUnitOfWork, document_id: DocumentId) -> None:
    _run(uow, document_id, *(a_discrepancy(line=line) for line in range(1, 8)))
    seen: list[int | None] = []
    cursor = None
    while True:
        with uow.read() as transaction:
            page, cursor = transaction.discrepancies.search(ExceptionFilter(), limit=3, cursor=cursor)
        seen += [each.discrepancy.line for each in page]
        if cursor is None:
            break
    assert sorted(line or 0 for line in seen) == [1, 2, 3, 4, 5, 6, 7]
