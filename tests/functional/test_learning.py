"""From a correction to the sender's next paper: the job, the stored lesson, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from extractors.isolation import WarmReader
from service.domain.decisions import DecisionKind
from service.domain.documents import Document
from service.domain.extraction import Extraction
from service.domain.jobs import JobState, Stage
from service.domain.lifecycle import DocumentStatus
from service.domain.memory import BY_MEMORY, Lesson, sender_keys
from service.domain.policy import Policy
from service.usecases.correct_fields import Corrections, correct_fields
from service.usecases.decide import decide
from service.usecases.learn_from_people import learn_from_people
from service.usecases.read_document import read_document
from tests.support.matched import fill_books, matched
from tests.support.parts import APPROVER, REVIEWER, Parts
from tests.support.sender_papers import SenderPaper, printed
from tests.support.values import NOON, an_extraction

FIRST, SECOND, THIRD = SenderPaper("BX-1041"), SenderPaper("BX-1077"), SenderPaper("BX-1099")


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    warm = WarmReader()
    yield warm
    warm.close()


def received(parts: Parts, reader: WarmReader, paper: SenderPaper) -> Document:
    """The paper, read and in review."""
    (document,) = parts.receive(printed(paper))
    job = parts.claim(document, Stage.READ)
    read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
    return in_review(parts, document)


def in_review(parts: Parts, document: Document) -> Document:
    """As matching leaves it where something is open."""
    with parts.uow.write() as tx:
        return tx.documents.save(replace(tx.documents.get(document.id), status=DocumentStatus.IN_REVIEW))


def corrected(parts: Parts, document: Document, number: str) -> Document:
    """Corrected and in review again."""
    after = correct_fields(
        uow=parts.uow,
        clock=parts.clock,
        actor=REVIEWER,
        document_id=document.id,
        version=document.version,
        corrections=Corrections({"invoice_number": number}),
    )
    return in_review(parts, after)


def learn(parts: Parts, reader: WarmReader, document: Document) -> None:
    job = parts.claim(document, Stage.LEARN)
    learn_from_people(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
    with parts.uow.read() as tx:
        assert tx.jobs.get(job.id).state is JobState.DONE


def reading(parts: Parts, document: Document) -> Extraction:
    with parts.uow.read() as tx:
        found = tx.readings.latest(document.id)
    assert found is not None
    return found


def lessons(parts: Parts, document: Document) -> tuple[Lesson, ...]:
    with parts.uow.read() as tx:
        return tx.lessons.of_sender(sender_keys(reading(parts, document)))


def rejected(parts: Parts, document: Document) -> None:
    decide(
        uow=parts.uow,
        books=parts.books,
        clock=parts.clock,
        policy=Policy(),
        actor=REVIEWER,
        document_id=document.id,
        version=parts.load(document).version,
        kind=DecisionKind.REJECT,
        reason="not ours",
    )


def test_what_was_corrected_helps_the_next_paper_until_it_is_rejected(parts: Parts, reader: WarmReader) -> None:
    first = received(parts, reader, FIRST)
    doubted = reading(parts, first).first("invoice_number")
    assert doubted is None or doubted.confidence < Policy().low_confidence
    learn(parts, reader, corrected(parts, first, FIRST.number))
    with parts.uow.read() as tx:
        event = tx.audit.of_subject(f"document:{first.id}")[-1]
    assert (event.action, event.detail["observations"]) == ("learn", 1)
    assert FIRST.number not in str(event.detail)

    found = reading(parts, received(parts, reader, SECOND)).first("invoice_number")
    assert found is not None
    assert found.value == SECOND.number
    assert BY_MEMORY in found.provenance.method

    rejected(parts, first)
    assert lessons(parts, first) == ()
    again = reading(parts, received(parts, reader, THIRD)).first("invoice_number")
    assert again is None or BY_MEMORY not in again.provenance.method


def test_learning_again_changes_nothing(parts: Parts, reader: WarmReader) -> None:
    first = corrected(parts, received(parts, reader, FIRST), FIRST.number)
    learn(parts, reader, first)
    before = lessons(parts, first)
    with parts.uow.write() as tx:
        tx.jobs.enqueue(Stage.LEARN, first.id, first.revision, parts.clock.now())
    learn(parts, reader, first)
    assert lessons(parts, first) == before


def test_nothing_is_learnt_from_what_changed_or_was_rejected_meanwhile(parts: Parts, reader: WarmReader) -> None:
    first = corrected(parts, received(parts, reader, FIRST), FIRST.number)
    job = parts.claim(first, Stage.LEARN)
    rejected(parts, first)
    learn_from_people(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
    assert lessons(parts, first) == ()
    second = corrected(parts, received(parts, reader, SECOND), SECOND.number)
    job = parts.claim(second, Stage.LEARN)
    corrected(parts, second, "BX-1078")
    learn_from_people(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
    assert lessons(parts, second) == ()


@pytest.mark.parametrize("knows", [False, True])
def test_an_untouched_approval_is_asked_only_of_senders_that_taught_something(parts: Parts, knows: bool) -> None:
    fill_books(parts)
    document = matched(parts)
    if knows:
        (other,) = parts.receive(b"%PDF another")
        with parts.uow.write() as tx:
            tx.lessons.put(other.id, Lesson(sender_keys(an_extraction()), (), NOON))
    approved = decide(
        uow=parts.uow,
        books=parts.books,
        clock=parts.clock,
        policy=Policy(),
        actor=APPROVER,
        document_id=document.id,
        version=document.version,
        kind=DecisionKind.APPROVE,
    )
    assert approved.status is DocumentStatus.APPROVED
    with parts.uow.read() as tx:
        stages = {job.stage for job in tx.jobs.active(document.id)}
    assert (Stage.LEARN in stages) is knows
