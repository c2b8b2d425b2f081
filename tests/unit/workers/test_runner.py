"""What happens to every job alike: claimed once, tried again with pauses, given up before a person's eyes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.bootstrap import Container, build
from service.config import load_settings
from service.domain.documents import Document
from service.domain.ids import JobId
from service.domain.jobs import LEASES, MAX_ATTEMPTS, Job, JobState, Stage, WriteState
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.ports import OdooWrite
from service.usecases.receive_document import Upload, receive_documents
from tests.support.parts import UPLOADER, SetClock
from tests.support.values import a_draft
from workers.runner import run
from workers.stages import STAGES


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def container(tmp_path: Path, migrated_sqlite: Path, clock: SetClock) -> Iterator[Container]:
    shutil.copy(migrated_sqlite, tmp_path / "concord.sqlite")
    made = build(load_settings({"CONCORD_DATA_DIR": str(tmp_path)}))
    yield replace(made, clock=clock)
    made.reader.close()
    made.dispatcher.close()
    made.engine.dispose()


def receive(container: Container, content: bytes = b"%PDF broken off") -> tuple[Document, Job]:
    (document,) = receive_documents(
        uow=container.uow,
        blobs=container.blobs,
        clock=container.clock,
        uploads=[Upload(content, "paper.pdf", "api")],
        actor=UPLOADER,
    )
    with container.uow.read() as tx:
        (job,) = tx.jobs.active(document.id)
    return document, job


def load(container: Container, document: Document, job: Job) -> tuple[Document, Job]:
    with container.uow.read() as tx:
        return tx.documents.get(document.id), tx.jobs.get(job.id)


def test_every_stage_has_its_row_and_lease() -> None:
    assert set(STAGES) == set(Stage) == set(LEASES)


def test_a_job_is_run_once(container: Container) -> None:
    document, job = receive(container)
    run(container, job.id)
    now, done = load(container, document, job)
    assert (now.status, done.state) == (DocumentStatus.FAILED, JobState.DONE)
    run(container, job.id)
    assert load(container, document, job) == (now, done)


def test_a_nudge_for_nothing_is_harmless(container: Container) -> None:
    run(container, JobId("no such job"))


def test_a_job_that_somebody_else_has_is_left_alone(container: Container, clock: SetClock) -> None:
    document, job = receive(container)
    with container.uow.write() as tx:
        tx.jobs.claim(job.id, clock.now(), LEASES[Stage.READ])
    run(container, job.id)
    assert load(container, document, job)[0].status is DocumentStatus.RECEIVED


def test_a_failure_is_tried_again_with_pauses_and_then_given_up(container: Container, clock: SetClock) -> None:
    document, job = receive(container)
    container.blobs.path(document.sha256).unlink()
    pauses = []
    for _ in range(MAX_ATTEMPTS - 1):
        run(container, job.id)
        _, waiting = load(container, document, job)
        assert waiting.state is JobState.QUEUED
        pauses.append((waiting.run_after - clock.now()).total_seconds())
        run(container, job.id)  # not due yet
        assert load(container, document, job)[1] == waiting
        clock.time = waiting.run_after
    assert pauses == [2, 4]
    run(container, job.id)
    now, dead = load(container, document, job)
    assert dead.state is JobState.DEAD
    assert now.status is DocumentStatus.FAILED
    assert now.failure is not None
    assert "missing" in now.failure.message


@pytest.mark.parametrize(
    ("stage", "status", "expected"),
    [
        (Stage.READ, DocumentStatus.READING, DocumentStatus.FAILED),
        (Stage.RECONCILE, DocumentStatus.MATCHING, DocumentStatus.FAILED),
        (Stage.WRITE, DocumentStatus.APPROVED, DocumentStatus.IN_REVIEW),
    ],
)
def test_what_killed_its_process_each_time_comes_before_a_person(
    container: Container, clock: SetClock, stage: Stage, status: DocumentStatus, expected: DocumentStatus
) -> None:
    document, job = receive(container)
    with container.uow.write() as tx:
        tx.documents.save(replace(document, status=status))
        tx.writes.put(_intended(document))
        if stage is not Stage.READ:
            job = tx.jobs.enqueue(stage, document.id, 1, clock.now())
        for _ in range(MAX_ATTEMPTS):
            assert tx.jobs.claim(job.id, clock.now(), LEASES[stage]) is not None
            clock.move(minutes=10)
    run(container, job.id)
    now, dead = load(container, document, job)
    assert (now.status, dead.state) == (expected, JobState.DEAD)


def _intended(document: Document) -> OdooWrite:
    return OdooWrite(document.id, 1, a_draft(), WriteState.INTENDED)


def test_a_write_without_odoo_is_put_off_and_not_counted(container: Container, clock: SetClock) -> None:
    document, _ = receive(container)
    with container.uow.write() as tx:
        tx.documents.save(replace(document, status=DocumentStatus.APPROVED, write_status=WriteStatus.PENDING))
        tx.writes.put(_intended(document))
        job = tx.jobs.enqueue(Stage.WRITE, document.id, 1, clock.now())
    run(container, job.id)
    now, waiting = load(container, document, job)
    assert now.write_status is WriteStatus.RETRYING
    assert (waiting.state, waiting.attempts) == (JobState.QUEUED, 0)


def test_a_sync_without_odoo_is_done_at_once(container: Container, clock: SetClock) -> None:
    with container.uow.write() as tx:
        job = tx.jobs.enqueue(Stage.SYNC, "books", 0, clock.now())
    run(container, job.id)
    with container.uow.read() as tx:
        assert tx.jobs.get(job.id).state is JobState.DONE
