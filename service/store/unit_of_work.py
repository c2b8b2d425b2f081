"""Transactions over the database, with every repository in each."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.domain.errors import BrokerError, StorageError
from service.domain.jobs import Job
from service.ports import Clock, Dispatcher, Transaction
from service.store.repositories.audit import SqlAuditTrail
from service.store.repositories.decisions import SqlDecisions
from service.store.repositories.discrepancies import SqlDiscrepancies
from service.store.repositories.documents import SqlDocuments
from service.store.repositories.facts import SqlFacts
from service.store.repositories.idempotency import SqlIdempotencyKeys
from service.store.repositories.jobs import SqlJobs
from service.store.repositories.lessons import SqlLessons
from service.store.repositories.readings import SqlReadings
from service.store.repositories.reconciliations import SqlReconciliations
from service.store.repositories.statistics import SqlStatistics
from service.store.repositories.users import SqlUsers
from service.store.repositories.writes import SqlOdooWrites

_log = logging.getLogger(__name__)
_OUR_OWN_MISTAKES = (DataError, IntegrityError, ProgrammingError)


@dataclass(frozen=True, slots=True)
class SqlTransaction:
    """``ports.Transaction`` over one connection."""

    documents: SqlDocuments
    readings: SqlReadings
    lessons: SqlLessons
    reconciliations: SqlReconciliations
    discrepancies: SqlDiscrepancies
    decisions: SqlDecisions
    jobs: SqlJobs
    audit: SqlAuditTrail
    users: SqlUsers
    writes: SqlOdooWrites
    idempotency: SqlIdempotencyKeys
    facts: SqlFacts
    statistics: SqlStatistics

    @classmethod
    def over(cls, connection: Connection) -> SqlTransaction:
        """All repositories in the connection's transaction."""
        return cls(
            documents=SqlDocuments(connection),
            readings=SqlReadings(connection),
            lessons=SqlLessons(connection),
            reconciliations=SqlReconciliations(connection),
            discrepancies=SqlDiscrepancies(connection),
            decisions=SqlDecisions(connection),
            jobs=SqlJobs(connection),
            audit=SqlAuditTrail(connection),
            users=SqlUsers(connection),
            writes=SqlOdooWrites(connection),
            idempotency=SqlIdempotencyKeys(connection),
            facts=SqlFacts(connection),
            statistics=SqlStatistics(connection),
        )


@dataclass(frozen=True, slots=True)
class SqlUnitOfWork:
    """``ports.UnitOfWork``. Without a dispatcher nobody is nudged and the sweeper finds the jobs. ``audit_key`` seals
    the events; without one the seals show accidents only.
    """

    engine: Engine
    dispatcher: Dispatcher | None
    clock: Clock
    audit_key: bytes = field(default=b"", repr=False)

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read-only transaction over one snapshot; StorageError where the database fails."""
        with _storage_errors(), self.engine.connect().execution_options(read_only=True) as connection:
            yield SqlTransaction.over(connection)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction for changes, committed on leaving the block; StorageError where the database fails."""
        with _storage_errors(), self.engine.begin() as connection:
            transaction = SqlTransaction.over(connection)
            yield transaction
            transaction.audit.seal(self.audit_key)
        self._nudge(transaction.jobs.enqueued)

    def _nudge(self, jobs: list[Job]) -> None:
        if self.dispatcher is None:
            return
        now = self.clock.now()
        for job in {job.id: job for job in jobs if job.run_after <= now}.values():
            try:
                self.dispatcher.nudge(job)
            except BrokerError as error:
                _log.warning("job not nudged", extra={"job_id": job.id, "stage": job.stage.value, "error": error.code})
                return  # the others would each wait for the same broker; the sweeper nudges them later


@contextmanager
def _storage_errors() -> Iterator[None]:
    """The database's own failures as StorageError; a broken constraint or statement is our mistake and stays."""
    try:
        yield
    except _OUR_OWN_MISTAKES:
        raise
    except (DBAPIError, PoolTimeoutError) as error:
        raise StorageError(
            "The database failed or was busy too long.", advice="Try again; if it stays, run concord doctor."
        ) from error
