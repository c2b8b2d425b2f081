"""The parts that use cases work with, real ones in a folder of their own, and people of every role."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

from sqlalchemy import Engine

from service.books.books import SqlBooks
from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document
from service.domain.jobs import LEASES, Job, Stage
from service.ports import UnitOfWork
from service.store.blobs import FileBlobStore
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork
from service.usecases.receive_document import Upload, receive_documents
from tests.support.values import NOON

UPLOADER = Actor("u-uploader", "Uwe", frozenset({UserRole.UPLOADER}))
REVIEWER = Actor("u-reviewer", "Rita", frozenset({UserRole.REVIEWER}))
APPROVER = Actor("u-approver", "Anna", frozenset({UserRole.APPROVER}))
AUDITOR = Actor("u-auditor", "Otto", frozenset({UserRole.AUDITOR}))
ADMIN = Actor("u-admin", "Ada", frozenset({UserRole.ADMIN}))


@dataclass
class SetClock:
    """A clock that goes only when it is moved."""

    time: datetime = NOON
    zone: tzinfo = UTC

    def now(self) -> datetime:
        """The time it shows."""
        return self.time

    def today(self) -> date:
        """The day that it is in its zone."""
        return self.time.astimezone(self.zone).date()

    def move(self, **by: float) -> None:
        """Move it forward, ``by`` as timedelta takes it."""
        self.time += timedelta(**by)


@dataclass(frozen=True)
class Parts:
    """A migrated database, a file store and books in ``folder``; nobody is nudged."""

    folder: Path
    engine: Engine
    clock: SetClock = field(default_factory=SetClock)

    @property
    def uow(self) -> UnitOfWork:
        """Transactions over the database."""
        return SqlUnitOfWork(self.engine, None, self.clock)

    @property
    def blobs(self) -> FileBlobStore:
        """The file store."""
        return FileBlobStore(self.folder / "blobs")

    @property
    def books(self) -> SqlBooks:
        """The local copy of Odoo's records."""
        return SqlBooks(self.engine)

    def receive(self, *contents: bytes, key: str | None = None) -> tuple[Document, ...]:
        """Upload files of that content."""
        uploads = [Upload(content, f"{place}.pdf", "api") for place, content in enumerate(contents)]
        return receive_documents(
            uow=self.uow,
            blobs=self.blobs,
            clock=self.clock,
            uploads=uploads,
            actor=UPLOADER,
            idempotency_key=key,
        )

    def claim(self, document: Document, stage: Stage) -> Job:
        """The document's job of that stage, claimed."""
        with self.uow.write() as tx:
            (waiting,) = [job for job in tx.jobs.active(document.id) if job.stage is stage]
            job = tx.jobs.claim(waiting.id, self.clock.now(), LEASES[stage])
        assert job is not None
        return job

    def load(self, document: Document) -> Document:
        """The document as it is stored now."""
        with self.uow.read() as tx:
            return tx.documents.get(document.id)

    def actions(self, document: Document) -> list[str]:
        """What its audit trail says happened, in order."""
        with self.uow.read() as tx:
            return [event.action for event in tx.audit.of_subject(f"document:{document.id}")]


def parts_in(folder: Path, migrated: Path) -> Parts:
    """Parts over a copy of the migrated SQLite file."""
    copy = shutil.copy(migrated, folder / "concord.sqlite")
    return Parts(folder, make_engine(f"sqlite:///{copy}"))
