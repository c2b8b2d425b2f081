"""What both ways in share: who receives, under which key a thing is received once, and how the lease is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document
from service.domain.errors import LeaseLostError
from service.domain.jobs import LEASES, Job
from service.ports import BlobStore, Clock, UnitOfWork
from service.usecases.receive_document import Upload, receive_documents

INTAKE = Actor("intake", "Intake", frozenset({UserRole.UPLOADER}))


@dataclass(frozen=True, slots=True)
class Intake:
    """Where what comes in is kept. ``max_bytes`` is the most that one file may have; ``renew`` is called between two
    files and raises LeaseLostError where another worker took over.
    """

    uow: UnitOfWork
    blobs: BlobStore
    clock: Clock
    max_bytes: int
    renew: Callable[[], None] = lambda: None

    def receive(self, uploads: Sequence[Upload], key: str) -> tuple[Document, ...]:
        """The documents, durable; those of before where the same came under the same key already."""
        return receive_documents(
            uow=self.uow,
            blobs=self.blobs,
            clock=self.clock,
            uploads=uploads,
            actor=INTAKE,
            idempotency_key=key,
        )


def renewing(uow: UnitOfWork, clock: Clock, job: Job) -> Callable[[], None]:
    """Extends the job's lease at each call; LeaseLostError where it isn't this worker's any more."""

    def renew() -> None:
        with uow.write() as tx:
            if not tx.jobs.renew(job, clock.now() + LEASES[job.stage]):
                raise LeaseLostError("Another worker collects by now.")

    return renew


def key_of(origin: str, uploads: Sequence[Upload]) -> str:
    """One key for what comes from ``origin`` (a path, a mail's id) with this content."""
    said = hashlib.sha256(origin.encode(errors="surrogatepass"))
    for upload in uploads:
        said.update(hashlib.sha256(upload.content).digest())
    return said.hexdigest()
