"""Correcting and reprocessing: a new revision, worked out again, with what a person typed kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from service.domain.decisions import Actor
from service.domain.documents import Document, Failure
from service.domain.errors import InvalidMoveError, NotAllowedError, UsageError, VersionConflictError
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus
from service.usecases.correct_fields import Corrections, LineCorrection, correct_fields
from service.usecases.reprocess import reprocess
from tests.support.matched import matched
from tests.support.parts import ADMIN, APPROVER, AUDITOR, REVIEWER, UPLOADER, Parts
from tests.support.values import a_discrepancy, an_extraction

TOTAL = Corrections({"grand_total": "1190.01"}, (LineCorrection(1, {"quantity": "5"}),))


def correct(
    parts: Parts,
    document: Document,
    corrections: Corrections = TOTAL,
    *,
    actor: Actor = REVIEWER,
    version: int | None = None,
) -> Document:
    return correct_fields(
        uow=parts.uow,
        clock=parts.clock,
        actor=actor,
        document_id=document.id,
        version=document.version if version is None else version,
        corrections=corrections,
    )


def test_a_correction_is_a_new_revision_to_be_matched(parts: Parts) -> None:
    document = matched(parts)
    after = correct(parts, document)
    assert (after.status, after.revision) == (DocumentStatus.EXTRACTED, 2)
    assert parts.claim(document, Stage.RECONCILE).revision == 2
    with parts.uow.read() as tx:
        latest, first = tx.readings.latest(document.id), tx.readings.first(document.id)
        event = tx.audit.of_subject(f"document:{document.id}")[-1]
    assert latest is not None
    assert latest.amount("grand_total") == Decimal("1190.01")
    assert first == an_extraction()
    assert event.action == "correct"
    assert event.detail["fields"] == "grand_total,lines[1].quantity"  # names, never the values


def test_an_older_version_is_a_conflict(parts: Parts) -> None:
    document = matched(parts)
    correct(parts, document)
    with pytest.raises(VersionConflictError):
        correct(parts, document)


@pytest.mark.parametrize("actor", [UPLOADER, AUDITOR, ADMIN])
def test_others_correct_nothing(parts: Parts, actor: Actor) -> None:
    document = matched(parts)
    with pytest.raises(NotAllowedError):
        correct(parts, document, actor=actor)
    with pytest.raises(NotAllowedError):
        reprocess(uow=parts.uow, clock=parts.clock, actor=actor, document_id=document.id)


def test_nothing_and_nonsense_change_nothing(parts: Parts) -> None:
    document = matched(parts)
    for corrections in (Corrections({}), Corrections({"grand_total": "much"})):
        with pytest.raises(UsageError):
            correct(parts, document, corrections)
    assert parts.load(document) == document


@pytest.mark.parametrize("status", [DocumentStatus.APPROVED, DocumentStatus.RECORDED, DocumentStatus.REJECTED])
def test_what_was_decided_is_not_corrected(parts: Parts, status: DocumentStatus) -> None:
    document = matched(parts, status=status)
    with pytest.raises(InvalidMoveError):
        correct(parts, document, actor=APPROVER)


def test_a_copy_without_a_reading_has_nothing_to_correct(parts: Parts) -> None:
    parts.receive(b"%PDF one")
    (copy,) = parts.receive(b"%PDF one")
    with pytest.raises(InvalidMoveError, match="wasn't read"):
        correct(parts, copy)


def test_reprocessing_reads_again(parts: Parts) -> None:
    document = matched(parts, a_discrepancy())
    with parts.uow.write() as tx:
        failed = replace(document, status=DocumentStatus.FAILED, failure=Failure("READER_TIMEOUT", "Too slow."))
        tx.documents.save(failed)
    after = reprocess(uow=parts.uow, clock=parts.clock, actor=REVIEWER, document_id=document.id)
    assert (after.status, after.revision, after.failure) == (DocumentStatus.RECEIVED, 2, None)
    with parts.uow.read() as tx:
        assert tx.discrepancies.of_document(document.id) == ()
        reads = [job for job in tx.jobs.active(document.id) if job.stage is Stage.READ]
    assert {job.revision for job in reads} == {1, 2}
