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
from service.usecases.examine_books import examine_books
from service.usecases.learn_from_people import learn_from_people
from service.usecases.read_document import fail_reading, read_document
from service.usecases.reconcile_document import fail_matching, reconcile_document
from service.usecases.sync_books import sync_books
from service.usecases.write_to_odoo import refuse_write, write_to_odoo
from workers.intake.folder import collect_files
from workers.intake.mail import collect_mail
from workers.intake.mailbox import mailbox_settings
from workers.intake.receiving import Intake, renewing

_MEGABYTE = 1024 * 1024


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


def _learn(parts: Container, job: Job) -> None:
    learn_from_people(uow=parts.uow, blobs=parts.blobs, reader=parts.reader, clock=parts.clock, job=job)


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


def _examine(parts: Container, job: Job) -> None:
    examine_books(uow=parts.uow, books=parts.books, clock=parts.clock, policy=parts.policy, job=job)


def _collect_mail(parts: Container, job: Job) -> None:
    url = parts.settings.imap_url.get_secret_value()
    if url:
        collect_mail(_intake(parts, job), mailbox_settings(url, parts.settings.imap_done_folder))
    with parts.uow.write() as tx:
        tx.jobs.finish(job)


def _collect_files(parts: Container, job: Job) -> None:
    if parts.settings.drop_folder is not None:
        collect_files(_intake(parts, job), parts.settings.drop_folder)
    with parts.uow.write() as tx:
        tx.jobs.finish(job)


def _intake(parts: Container, job: Job) -> Intake:
    renew = renewing(parts.uow, parts.clock, job)
    return Intake(parts.uow, parts.blobs, parts.clock, parts.settings.max_upload_mb * _MEGABYTE, renew)


def _nothing(_tx: Transaction, _job: Job, _reason: str, _now: datetime) -> None:
    """No document waits for the job; the next one is queued all the same."""


STAGES: Mapping[Stage, StageSpec] = MappingProxyType(
    {
        Stage.READ: StageSpec(_read, _fail_reading),
        Stage.OCR: StageSpec(_read, _fail_reading),
        Stage.RECONCILE: StageSpec(_reconcile, _fail_matching),
        Stage.LEARN: StageSpec(_learn, _nothing),
        Stage.WRITE: StageSpec(_write, _refuse_write),
        Stage.SYNC: StageSpec(_sync, _nothing),
        Stage.EXAMINE: StageSpec(_examine, _nothing),
        Stage.COLLECT_MAIL: StageSpec(_collect_mail, _nothing),
        Stage.COLLECT_FILES: StageSpec(_collect_files, _nothing),
    }
)
