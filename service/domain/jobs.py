"""Jobs: the durable intent to run a stage for one revision of a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from service.domain.ids import DocumentId, JobId

MAX_ATTEMPTS = 3


class Stage(StrEnum):
    """The stages of the work; from SYNC on without a document: the subjects are "books", "mailbox", "drop folder"."""

    READ = "read"
    OCR = "ocr"  # reading with the pictures recognised, where READ found that it takes that
    RECONCILE = "reconcile"
    LEARN = "learn"  # from what a person corrected or approved, how the sender's papers are to be read
    WRITE = "write"
    SYNC = "sync"
    EXAMINE = "examine"  # the whole books, for what no document asks about
    COLLECT_MAIL = "collect_mail"
    COLLECT_FILES = "collect_files"


# How long a claim lasts unless it is renewed: above the time that the stage may take between two renewals, and
# short enough that what a killed worker left behind is taken up soon.
LEASES: Mapping[Stage, timedelta] = MappingProxyType(
    {
        Stage.READ: timedelta(seconds=30),
        Stage.OCR: timedelta(seconds=30),
        Stage.RECONCILE: timedelta(seconds=60),
        Stage.LEARN: timedelta(seconds=30),
        Stage.WRITE: timedelta(seconds=45),
        Stage.SYNC: timedelta(minutes=5),
        Stage.EXAMINE: timedelta(minutes=5),
        Stage.COLLECT_MAIL: timedelta(minutes=3),
        Stage.COLLECT_FILES: timedelta(minutes=1),
    }
)


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
