"""What an auditor reads can't be changed unnoticed: reasons, settlements, corrections."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from service.domain.audit import first_break
from service.domain.decisions import DecisionKind
from service.domain.documents import Document
from service.domain.lifecycle import DocumentStatus
from service.domain.policy import Policy
from service.usecases.correct_fields import Corrections, correct_fields
from service.usecases.decide import decide, resolve_exception
from service.usecases.evidence import changed_evidence
from tests.support.matched import fill_books, matched
from tests.support.parts import APPROVER, Parts
from tests.support.values import a_discrepancy

TRIGGERS = ("decisions_refuses_update", "decisions_refuses_delete")


def fault(parts: Parts, document: Document) -> str | None:
    with parts.uow.read() as tx:
        events = tx.audit.of_subject(f"document:{document.id}")
        return first_break(events) or changed_evidence(tx, events)


def tamper(parts: Parts, statement: str) -> None:
    """As somebody with the database's password does: triggers away, then the change."""
    with parts.engine.begin() as connection:
        for trigger in TRIGGERS:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
        assert connection.execute(text(statement)).rowcount


@pytest.fixture
def document(parts: Parts) -> Document:
    """One whose exception was dismissed, that was held and then corrected."""
    fill_books(parts)
    made = matched(parts, a_discrepancy(), status=DocumentStatus.IN_REVIEW)
    with parts.uow.read() as tx:
        (raised,) = tx.discrepancies.of_document(made.id)
    resolve_exception(
        uow=parts.uow,
        clock=parts.clock,
        policy=Policy(),
        actor=APPROVER,
        discrepancy_id=raised.id,
        resolution="dismissed",
        reason="agreed by telephone",
    )
    made = parts.load(made)
    decide(
        uow=parts.uow,
        books=parts.books,
        clock=parts.clock,
        policy=Policy(),
        actor=APPROVER,
        document_id=made.id,
        version=made.version,
        kind=DecisionKind.HOLD,
        reason="waiting for goods",
        held_until=parts.clock.now().replace(year=2099),
    )
    made = parts.load(made)
    return correct_fields(
        uow=parts.uow,
        clock=parts.clock,
        actor=APPROVER,
        document_id=made.id,
        version=made.version,
        corrections=Corrections({"grand_total": "1200.00"}),
    )


def test_untouched_evidence_holds(parts: Parts, document: Document) -> None:
    assert fault(parts, document) is None


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE decisions SET reason = 'for a friend'", "decision"),
        ("UPDATE decisions SET actor = 'u-admin'", "decision"),
        ("DELETE FROM decisions", "decisions"),
        ("UPDATE discrepancies SET reason = 'for a friend'", "settled"),
        ("UPDATE discrepancies SET resolved_by = 'u-admin'", "settled"),
        ("UPDATE discrepancies SET resolved_at = '2020-01-01 00:00:00.000000'", "settled"),
        ("UPDATE readings SET extraction = replace(extraction, '1200.00', '1900.00') WHERE revision = 2", "correction"),
        ("UPDATE readings SET extraction = replace(extraction, '1190', '1191') WHERE revision = 1", "correction"),
    ],
)
def test_a_change_is_found(parts: Parts, document: Document, statement: str, named: str) -> None:
    tamper(parts, statement)
    said = fault(parts, document)
    assert said is not None
    assert named in said


def test_events_from_before_digests_hold(parts: Parts, document: Document) -> None:
    with parts.uow.write() as tx:
        tx.audit.append("document:old", parts.clock.now(), "u1", "correct", {"fields": "iban", "revision": 2})
        events = tx.audit.of_subject("document:old")
        assert changed_evidence(tx, events) is None
