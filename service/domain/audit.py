"""The audit trail: one hash chain a subject, so that concurrent writers never contend for one head."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

GENESIS = "0" * 64
Detail = Mapping[str, str | int | float | bool | None]


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing that happened to a subject. ``detail`` holds no personal data, only codes, numbers and digests."""

    subject: str  # "document:<id>", "user:<id>", "odoo:<database>"
    sequence: int
    at: datetime
    actor: str
    action: str
    detail: Detail
    previous_hash: str
    hash: str


def event_hash(
    subject: str, sequence: int, at: datetime, actor: str, action: str, detail: Detail, previous_hash: str
) -> str:
    """SHA-256 over the canonical JSON of everything in the event but its own hash."""
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    payload = [subject, sequence, stamp, actor, action, dict(detail), previous_hash]
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def next_event(
    last: AuditEvent | None, subject: str, at: datetime, actor: str, action: str, detail: Detail
) -> AuditEvent:
    """The event that follows ``last`` (None: the first) in a subject's chain."""
    sequence = 1 if last is None else last.sequence + 1
    previous = GENESIS if last is None else last.hash
    digest = event_hash(subject, sequence, at, actor, action, detail, previous)
    return AuditEvent(subject, sequence, at, actor, action, detail, previous, digest)


def first_break(events: Sequence[AuditEvent]) -> str | None:
    """A sentence on the first event of one subject's chain that doesn't follow; None where all do."""
    previous = GENESIS
    for sequence, event in enumerate(events, start=1):
        if event.sequence != sequence:
            return f"{event.subject}: event {sequence} is missing, {event.sequence} follows"
        if event.previous_hash != previous:
            return f"{event.subject}: event {sequence} doesn't follow the one before it"
        expected = event_hash(
            event.subject,
            event.sequence,
            event.at,
            event.actor,
            event.action,
            event.detail,
            event.previous_hash,
        )
        if event.hash != expected:
            return f"{event.subject}: event {sequence} was changed after it was written"
        previous = event.hash
    return None
