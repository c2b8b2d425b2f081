"""The audit trail: chains of events by subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, insert, or_, select

from service.domain.audit import (
    AuditEvent,
    ChainHead,
    Checkpoint,
    Detail,
    broken_checkpoint,
    next_checkpoint,
    next_event,
)
from service.store import tables
from service.store.mapping import event_columns, event_of
from service.store.repositories.seals import Seals
from service.store.statements import lock_name

_EVENTS = tables.audit_events
_CHECKPOINTS = tables.audit_checkpoints
_HEADS = tables.audit_checkpoint_heads


@dataclass(frozen=True, slots=True)
class SqlAuditTrail:
    """``ports.AuditTrail`` over one transaction."""

    connection: Connection
    appended: list[AuditEvent] = field(default_factory=list)

    def append(self, subject: str, at: datetime, actor: str, action: str, detail: Detail) -> AuditEvent:
        """Append to the subject's chain. Others who append to the same one wait until this transaction ends."""
        lock_name(self.connection, f"audit:{subject}")
        event = next_event(self._last(subject), subject, at, actor, action, dict(detail))
        self.connection.execute(insert(_EVENTS).values(**event_columns(event)))
        self.appended.append(event)
        return event

    def seal(self, key: bytes) -> None:
        """Add what this transaction appended to the seals, last thing before it commits."""
        if self.appended:
            Seals(self.connection, key).add(self.appended)
            self.appended.clear()

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

    def checkpoint(self, at: datetime, key: bytes) -> int:
        """Attest the heads that moved since the last checkpoint, signed with ``key``; how many (0: none was made)."""
        lock_name(self.connection, "audit checkpoint")
        heads = self._moved_heads()
        if heads:
            earlier = self._checkpoints()
            self._store(next_checkpoint(earlier[-1] if earlier else None, at, heads, key))
        return len(heads)

    def _moved_heads(self) -> tuple[ChainHead, ...]:
        last = select(_EVENTS.c.subject, func.max(_EVENTS.c.sequence).label("sequence")).group_by(_EVENTS.c.subject)
        attested = select(_HEADS.c.subject, func.max(_HEADS.c.sequence).label("sequence")).group_by(_HEADS.c.subject)
        now, before = last.subquery(), attested.subquery()
        at_head = (_EVENTS.c.subject == now.c.subject) & (_EVENTS.c.sequence == now.c.sequence)
        wanted = (
            select(_EVENTS.c.subject, _EVENTS.c.sequence, _EVENTS.c.hash)
            .join(now, at_head)
            .outerjoin(before, before.c.subject == now.c.subject)
            .where(or_(before.c.sequence.is_(None), before.c.sequence < now.c.sequence))
        )
        return tuple(ChainHead(*row) for row in self.connection.execute(wanted))

    def _store(self, checkpoint: Checkpoint) -> None:
        row = {"number": checkpoint.number, "at": checkpoint.at, "signature": checkpoint.signature}
        self.connection.execute(insert(_CHECKPOINTS).values(**row))
        heads = [
            {"number": checkpoint.number, "subject": head.subject, "sequence": head.sequence, "hash": head.hash}
            for head in checkpoint.heads
        ]
        self.connection.execute(insert(_HEADS), heads)

    def _checkpoints(self) -> tuple[Checkpoint, ...]:
        heads: dict[int, list[ChainHead]] = {}
        for row in self.connection.execute(select(_HEADS)):
            heads.setdefault(row.number, []).append(ChainHead(row.subject, row.sequence, row.hash))
        rows = self.connection.execute(select(_CHECKPOINTS).order_by(_CHECKPOINTS.c.number))
        return tuple(
            Checkpoint(row.number, row.at, tuple(sorted(heads.get(row.number, ()))), row.signature) for row in rows
        )

    def verify_checkpoints(self, key: bytes) -> str | None:
        """A sentence on the first checkpoint or attested event that isn't as it was signed; None where all is well."""
        return broken_checkpoint(self._checkpoints(), key) or self._unattested()

    def verify_seals(self, key: bytes) -> str | None:
        """A sentence on the first lane whose events aren't those that were sealed; None where all is well."""
        return Seals(self.connection, key).broken()

    def _unattested(self) -> str | None:
        same_event = (_EVENTS.c.subject == _HEADS.c.subject) & (_EVENTS.c.sequence == _HEADS.c.sequence)
        wanted = (
            select(_HEADS.c.number, _HEADS.c.subject, _HEADS.c.sequence, _EVENTS.c.hash)
            .outerjoin(_EVENTS, same_event)
            .where(or_(_EVENTS.c.hash.is_(None), _EVENTS.c.hash != _HEADS.c.hash))
            .order_by(_HEADS.c.number, _HEADS.c.subject)
        )
        row = self.connection.execute(wanted.limit(1)).one_or_none()
        if row is None:
            return None
        finding = "is missing" if row.hash is None else "is another one"
        return f"{row.subject}: event {row.sequence}, attested by checkpoint {row.number}, {finding}"
