"""An administrator retries what was given up: the document is read anew, a sync is queued, a write is a decision."""

from __future__ import annotations

import pytest

from service.domain.decisions import DecisionKind
from service.domain.documents import Document, Failure
from service.domain.errors import InvalidMoveError, NotAllowedError
from service.domain.jobs import LEASES, Job, Stage
from service.domain.lifecycle import DocumentStatus
from service.domain.policy import Policy
from service.usecases.decide import decide
from service.usecases.read_document import fail_reading
from service.usecases.reprocess import reprocess
from service.usecases.retry_job import retry_job
from tests.support.matched import matched
from tests.support.parts import ADMIN, APPROVER, REVIEWER, Parts


def given_up(parts: Parts, document: Document) -> Job:
    job = parts.claim(document, Stage.READ)
    with parts.uow.write() as tx:
        fail_reading(tx, job, Failure("READER_CRASHED", "Reading failed each time."), parts.clock.now())
        tx.jobs.give_up(job, "killed")
    return job


def dead(parts: Parts) -> tuple[Job, ...]:
    with parts.uow.read() as tx:
        return tx.jobs.dead()


def test_a_document_that_failed_is_read_anew(parts: Parts) -> None:
    (document,) = parts.receive(b"%PDF one")
    job = given_up(parts, document)
    retry_job(uow=parts.uow, clock=parts.clock, actor=ADMIN, job_id=job.id)
    again = parts.load(document)
    assert (again.status, again.revision, again.failure) == (DocumentStatus.RECEIVED, 2, None)
    assert parts.claim(again, Stage.READ).revision == 2
    assert dead(parts) == ()
    assert parts.actions(document)[-1] == "reprocess"
    with parts.uow.read() as tx:
        (event,) = tx.audit.of_subject(f"job:{job.id}")
    assert (event.action, event.actor) == ("retry_job", ADMIN.id)


def test_a_document_that_moved_on_is_left_alone_and_the_job_put_aside(parts: Parts) -> None:
    (document,) = parts.receive(b"%PDF one")
    job = given_up(parts, document)
    reprocess(uow=parts.uow, clock=parts.clock, actor=REVIEWER, document_id=document.id)
    retry_job(uow=parts.uow, clock=parts.clock, actor=ADMIN, job_id=job.id)
    assert parts.load(document).revision == 2
    assert dead(parts) == ()


def test_a_sync_is_queued_again(parts: Parts) -> None:
    now = parts.clock.now()
    with parts.uow.write() as tx:
        job = tx.jobs.enqueue(Stage.SYNC, "books", 0, now)
        claimed = tx.jobs.claim(job.id, now, LEASES[Stage.SYNC])
        assert claimed is not None
        tx.jobs.give_up(claimed, "refused")
    retry_job(uow=parts.uow, clock=parts.clock, actor=ADMIN, job_id=job.id)
    with parts.uow.read() as tx:
        (queued,) = tx.jobs.active("books")
    assert (queued.id, queued.attempts) == (job.id, 0)


def test_a_write_needs_a_new_decision(parts: Parts) -> None:
    (document,) = parts.receive(b"%PDF one")
    now = parts.clock.now()
    with parts.uow.write() as tx:
        job = tx.jobs.claim(tx.jobs.enqueue(Stage.WRITE, document.id, 1, now).id, now, LEASES[Stage.WRITE])
        assert job is not None
        tx.jobs.give_up(job, "refused")
    with pytest.raises(InvalidMoveError, match="approver"):
        retry_job(uow=parts.uow, clock=parts.clock, actor=ADMIN, job_id=job.id)


def test_only_what_was_given_up_and_only_by_an_admin(parts: Parts) -> None:
    (document,) = parts.receive(b"%PDF one")
    job = parts.claim(document, Stage.READ)
    with pytest.raises(InvalidMoveError):
        retry_job(uow=parts.uow, clock=parts.clock, actor=ADMIN, job_id=job.id)
    with pytest.raises(NotAllowedError):
        retry_job(uow=parts.uow, clock=parts.clock, actor=APPROVER, job_id=job.id)


@pytest.mark.parametrize("kind", [DecisionKind.REJECT, None])
def test_a_write_that_was_given_up_is_gone_once_somebody_saw_to_its_document(
    parts: Parts, kind: DecisionKind | None
) -> None:
    document = matched(parts)
    now = parts.clock.now()
    with parts.uow.write() as tx:
        job = tx.jobs.claim(tx.jobs.enqueue(Stage.WRITE, document.id, 1, now).id, now, LEASES[Stage.WRITE])
        assert job is not None
        tx.jobs.give_up(job, "refused")
    assert [one.id for one in dead(parts)] == [job.id]
    if kind is None:
        reprocess(uow=parts.uow, clock=parts.clock, actor=REVIEWER, document_id=document.id)
    else:
        decide(
            uow=parts.uow,
            books=parts.books,
            clock=parts.clock,
            policy=Policy(),
            actor=APPROVER,
            document_id=document.id,
            version=document.version,
            kind=kind,
            reason="Not ours.",
        )
    assert dead(parts) == ()
