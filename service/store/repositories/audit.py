"""The audit trail: chains of events by subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from service.domain.audit import AuditEvent, Detail, next_event
from service.store import tables
from service.store.mapping import event_columns, event_of
from service.store.statements import lock_name

_EVENTS = tables.audit_events


@dataclass(frozen=True, slots=True)
class SqlAuditTrail:
    """``ports.AuditTrail`` over one transaction."""

    connection: Connection

    def append(self, subject: str, at: datetime, actor: str, action: str, detail: Detail) -> AuditEvent:
        """Append to the subject's chain. Others who append to the same one wait until this transaction ends."""
        lock_name(self.connection, f"audit:{subject}")
        event = next_event(self._last(subject), subject, at, actor, action, dict(detail))
        self.connection.execute(insert(_EVENTS).values(**event_columns(event)))
        return event

    def _last(self, subject: str) -> AuditEvent | None:
        wanted = select(_EVENTS).where(_EVENTS.c.subject == subject).order_by(_EVENTS.c.sequence.desc()).limit(1)
        row = self.connection.execute(wanted).one_or_none()
        return None if row is None else event_of(row)

    def of_subject(self, subject: str) -> tuple[AuditEvent, ...]:
        """Oldest first."""
        wanted = select(_EVENTS).where(_EVENTS.c.subject == subject).order_by(_EVENTS.c.sequence)
        return tuple(event_of(row) for row in self.connection.execute(wanted))

    def subjects(self) -> Iterator[str]:
        """Every subject that has a chain, by name."""
        yield from self.connection.execute(select(_EVENTS.c.subject).distinct().order_by(_EVENTS.c.subject)).scalars()
