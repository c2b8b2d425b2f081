"""The only table of stages: which use case runs a job, and what becomes of its document when it has to be given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from service.bootstrap import Container
from service.domain.documents import Failure
from service.domain.jobs import Job, Stage
from service.ports import OdooClient, Transaction
from service.usecases.read_document import fail_reading, read_document
from service.usecases.reconcile_document import fail_matching, reconcile_document
from service.usecases.sync_books import sync_books
from service.usecases.write_to_odoo import refuse_write, write_to_odoo


@dataclass(frozen=True, slots=True)
class StageSpec:
    """``run`` does a claimed job and finishes it; ``give_up`` brings its document where a person sees it, with the
    reason why it failed each time.
    """

    run: Callable[[Container, Job], None]
    give_up: Callable[[Transaction, Job, str, datetime], None]


def _client(container: Container) -> OdooClient | None:
    return None if container.odoo is None else container.odoo()


def _read(parts: Container, job: Job) -> None:
    read_document(uow=parts.uow, blobs=parts.blobs, reader=parts.reader, clock=parts.clock, job=job)


def _fail_reading(tx: Transaction, job: Job, reason: str, now: datetime) -> None:
    message = f"Reading failed each time: {reason} Reprocess the document, or save the file as a new PDF."
    fail_reading(tx, job, Failure("READER_CRASHED", message), now)


def _reconcile(parts: Container, job: Job) -> None:
    reconcile_document(
        uow=parts.uow,
        books=parts.books,
        odoo=_client(parts),
        clock=parts.clock,
        policy=parts.policy,
        job=job,
    )


def _write(parts: Container, job: Job) -> None:
    limit = timedelta(seconds=parts.settings.odoo_request_limit_s)
    write_to_odoo(uow=parts.uow, odoo=_client(parts), clock=parts.clock, job=job, request_limit=limit)


def _fail_matching(tx: Transaction, job: Job, reason: str, now: datetime) -> None:
    message = f"Matching failed each time: {reason} Reprocess the document, or ask the operator."
    fail_matching(tx, job, Failure("MATCHING_FAILED", message), now)


def _refuse_write(tx: Transaction, job: Job, reason: str, now: datetime) -> None:
    refuse_write(tx, job, f"Writing failed each time: {reason}", now)


def _sync(parts: Container, job: Job) -> None:
    client = _client(parts)
    if client is not None:
        sync_books(books=parts.books, odoo=client, uow=parts.uow, clock=parts.clock)
    with parts.uow.write() as tx:
        tx.jobs.finish(job)


def _nothing(_tx: Transaction, _job: Job, _reason: str, _now: datetime) -> None:
    """The books have no document; the next sync is queued all the same."""


STAGES: Mapping[Stage, StageSpec] = MappingProxyType(
    {
        Stage.READ: StageSpec(_read, _fail_reading),
        Stage.OCR: StageSpec(_read, _fail_reading),
        Stage.RECONCILE: StageSpec(_reconcile, _fail_matching),
        Stage.WRITE: StageSpec(_write, _refuse_write),
        Stage.SYNC: StageSpec(_sync, _nothing),
    }
)
