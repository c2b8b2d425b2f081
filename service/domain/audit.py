"""The audit trail: one hash chain a subject, so that concurrent writers never contend for one head.

A chain shows what was changed or taken out of it, but not that its last events, or all of them, are missing. So the
transaction that appends events adds them to the seal of their lane, a keyed sum over all events of many subjects; and
now and then a checkpoint attests the heads of all chains, because who kept an old seal could put it back. Both are
signed with a key that is not in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
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
    return hashlib.sha256(
        _canonical([subject, sequence, stamp, actor, action, dict(detail), previous_hash])
    ).hexdigest()


def _canonical(payload: object) -> bytes:
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


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


LANES = 16  # few enough to be read at once, enough that concurrent writers seldom wait for the same one
_MODULUS = 1 << 256


def lane_of(subject: str) -> int:
    """Which lane's seal a subject's events are added to, 0 to ``LANES`` - 1."""
    return hashlib.sha256(subject.encode()).digest()[0] % LANES


@dataclass(frozen=True, slots=True)
class Seal:
    """How many events a lane has, and the sum of their keyed digests: the order in which they are added is free."""

    lane: int
    events: int
    total: int
    signature: str


def sealed(lane: int, marks: Iterable[tuple[str, int, str]], key: bytes, before: Seal | None = None) -> Seal:
    """The lane's seal after the events of these (subject, sequence, hash) are added to ``before`` (None: to none)."""
    count, total = (0, 0) if before is None else (before.events, before.total)
    for mark in marks:
        count += 1
        total = (total + int.from_bytes(hmac.digest(key, _canonical(["event", *mark]), "sha256"))) % _MODULUS
    signature = hmac.digest(key, _canonical(["seal", lane, count, f"{total:x}"]), "sha256").hex()
    return Seal(lane, count, total, signature)


def broken_seal(seal: Seal | None, found: Seal) -> str | None:
    """A sentence where the events that are there, sealed as ``found``, aren't those that ``seal`` attests."""
    if seal is None:
        return f"the seal of lane {found.lane} is missing"
    if seal == found:
        return None
    if seal.events != found.events:
        return f"lane {found.lane}: {seal.events} events were sealed, {found.events} are there"
    return f"lane {found.lane}: an event, or the seal itself, was changed or signed with another key"


@dataclass(frozen=True, slots=True, order=True)
class ChainHead:
    """The last event of a subject's chain at some moment."""

    subject: str
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a signature attests: the heads that moved since the checkpoint before, and that one's signature."""

    number: int
    at: datetime
    heads: tuple[ChainHead, ...]
    signature: bytes


def next_checkpoint(last: Checkpoint | None, at: datetime, heads: Iterable[ChainHead], key: bytes) -> Checkpoint:
    """The checkpoint that follows ``last`` (None: the first), signed by HMAC-SHA-256 with ``key``."""
    number = 1 if last is None else last.number + 1
    ordered = tuple(sorted(heads))
    return Checkpoint(number, at, ordered, _signature(number, at, ordered, last, key))


def broken_checkpoint(checkpoints: Sequence[Checkpoint], key: bytes) -> str | None:
    """A sentence on the first checkpoint that ``key`` didn't sign as it stands; None where it signed all."""
    last = None
    for number, checkpoint in enumerate(checkpoints, start=1):
        if checkpoint.number != number:
            return f"checkpoint {number} is missing, {checkpoint.number} follows"
        expected = _signature(number, checkpoint.at, checkpoint.heads, last, key)
        if not hmac.compare_digest(checkpoint.signature, expected):
            return f"checkpoint {number} was changed, or signed with another key"
        last = checkpoint
    return None


def _signature(number: int, at: datetime, heads: Sequence[ChainHead], last: Checkpoint | None, key: bytes) -> bytes:
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    previous = GENESIS if last is None else last.signature.hex()
    named = [[head.subject, head.sequence, head.hash] for head in heads]
    return hmac.digest(key, _canonical([number, stamp, named, previous]), "sha256")
