"""The seals of the audit trail, one row a lane, kept in step with the events by the transaction that appends them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from service.domain.audit import LANES, AuditEvent, Seal, broken_seal, lane_of, next_event, sealed
from service.ports import SYSTEM
from service.store import tables
from service.store.mapping import event_columns
from service.store.statements import lock_name

_EVENTS = tables.audit_events
_SEALS = tables.audit_seals
_CHANGED = update(_SEALS).where(_SEALS.c.lane == bindparam("of_lane"))
SUBJECT = "audit:seals"
Mark = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Seals:
    """All lanes, over one transaction, with the key that signs them."""

    connection: Connection
    key: bytes

    def add(self, events: Sequence[AuditEvent]) -> None:
        """Add these to their lanes, which stay locked until the commit: in the order of their numbers, so that two
        transactions never wait for each other.
        """
        marks: dict[int, list[Mark]] = {}
        for event in events:
            marks.setdefault(lane_of(event.subject), []).append((event.subject, event.sequence, event.hash))
        held = self._held(marks)
        if not held:
            if self._begun(events[-1].at):
                return
            held = self._held(marks)  # somebody else began them just now
        for before in held:  # one that somebody took away stays away: verifying says so
            after = sealed(before.lane, marks[before.lane], self.key, before)
            self.connection.execute(_CHANGED, {"of_lane": before.lane, **_columns(after)})

    def _held(self, lanes: Iterable[int]) -> tuple[Seal, ...]:
        """The seals of those lanes, locked."""
        wanted = select(_SEALS).where(_SEALS.c.lane.in_(sorted(lanes))).order_by(_SEALS.c.lane).with_for_update()
        return tuple(_seal(row) for row in self.connection.execute(wanted))

    def _begun(self, at: datetime) -> bool:
        """Once only, the first seals attest all events that are there, those from before there were seals among
        them; whether it was now. That it was is an event itself, so that who removes the seals gets no new ones.
        """
        lock_name(self.connection, f"audit:{SUBJECT}")
        earlier = select(_EVENTS.c.sequence).where(_EVENTS.c.subject == SUBJECT)
        if self._stored() or self.connection.execute(earlier).first() is not None:
            return False
        begun = next_event(None, SUBJECT, at, SYSTEM, "begin_seals", {"lanes": LANES})
        self.connection.execute(insert(_EVENTS).values(**event_columns(begun)))
        self.connection.execute(insert(_SEALS), [_columns(seal) for seal in self._found()])
        return True

    def _stored(self) -> dict[int, Seal]:
        return {row.lane: _seal(row) for row in self.connection.execute(select(_SEALS))}

    def _found(self) -> tuple[Seal, ...]:
        marks: dict[int, list[Mark]] = {lane: [] for lane in range(LANES)}
        for row in self.connection.execute(select(_EVENTS.c.subject, _EVENTS.c.sequence, _EVENTS.c.hash)):
            marks[lane_of(row.subject)].append((row.subject, row.sequence, row.hash))
        return tuple(sealed(lane, marks[lane], self.key) for lane in range(LANES))

    def broken(self) -> str | None:
        """A sentence on the first lane whose events aren't those that were sealed; None where all is well."""
        stored = self._stored()
        found = self._found()
        if not stored and not any(seal.events for seal in found):
            return None  # a new installation
        return next((fault for seal in found if (fault := broken_seal(stored.get(seal.lane), seal))), None)


def _seal(row: Row[Any]) -> Seal:
    return Seal(row.lane, row.events, int(row.total, 16), row.signature)


def _columns(seal: Seal) -> dict[str, object]:
    return {"lane": seal.lane, "events": seal.events, "total": f"{seal.total:x}", "signature": seal.signature}
