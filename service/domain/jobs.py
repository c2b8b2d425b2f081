"""Jobs: the durable intent to run a stage for one revision of a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.ids import DocumentId, JobId

MAX_ATTEMPTS = 3


class Stage(StrEnum):
    """The stages of the work; ``SYNC`` has no document and uses the subject "books"."""

    READ = "read"
    RECONCILE = "reconcile"
    WRITE = "write"
    SYNC = "sync"


class JobState(StrEnum):
    """How a job stands; ``DEAD`` needs a person."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Job:
    """One (stage, subject, revision), unique. ``token`` fences: only who holds the current one may finish it.
    ``attempts`` is counted at the claim, so that a job that kills its worker runs out of them.
    """

    id: JobId
    stage: Stage
    subject: str  # a document's id, or "books"
    revision: int
    state: JobState
    attempts: int
    token: str | None
    leased_until: datetime | None
    run_after: datetime
    last_error: str | None = None

    @property
    def document_id(self) -> DocumentId:
        """The document that it is about."""
        return DocumentId(self.subject)


class WriteState(StrEnum):
    """How an intended write to Odoo stands."""

    INTENDED = "intended"
    ATTEMPTED = "attempted"  # sent; whether it happened is not known until the marker was looked up
    DONE = "done"
    REFUSED = "refused"
