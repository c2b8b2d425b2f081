"""What an auditor reads lies in other tables than the audit trail: an event holds its digest, and this compares them.

Digests, because the events are kept for ever and personal data isn't: erased evidence leaves the chains valid.
Events from before they held digests are taken as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.audit import AuditEvent
from service.domain.codec import encode
from service.domain.decisions import Decision, DecisionKind
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.errors import NotFoundError
from service.domain.extraction import Extraction
from service.domain.ids import DiscrepancyId, DocumentId
from service.domain.lifecycle import Move
from service.ports import SYSTEM, Transaction

DECISION, SETTLEMENT, BEFORE, AFTER = "decision", "settlement", "reading_before", "reading_after"
RESOLVE = "resolve_exception"
_DECISIONS = frozenset(kind.value for kind in DecisionKind)


def decision_digest(decision: Decision) -> str:
    """SHA-256 over all that is stored of a decision, its reason among it."""
    return _digest(encode(decision))


def settlement_digest(raised: RaisedDiscrepancy) -> str:
    """SHA-256 over how an exception was settled: which, how, why, by whom and when."""
    at = None if raised.resolved_at is None else raised.resolved_at.isoformat(timespec="microseconds")
    return _digest([raised.id, raised.status.value, raised.resolution, raised.reason, raised.resolved_by, at])


def reading_digest(reading: Extraction) -> str:
    """SHA-256 over a reading with all its values."""
    return _digest(encode(reading))


def _digest(said: object) -> str:
    """Of what the database keeps of it: what it can't hold is replaced here as there."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    kept = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\\u0000", "\ufffd")
    return hashlib.sha256(kept.encode()).hexdigest()


def changed_evidence(tx: Transaction, events: Sequence[AuditEvent]) -> str | None:
    """A sentence on the first decision, settlement or correction of a subject's chain that isn't stored as its event
    attests; None where all are.
    """
    if not events:
        return None
    kind, _, subject_id = events[0].subject.partition(":")
    if kind == "document":
        document = _Document(tx, events, DocumentId(subject_id))
        return document.decisions() or document.readings() or _settlements(tx, events)
    return _settlements(tx, events, subject_id) if kind == "exception" else None


@dataclass(frozen=True, slots=True)
class _Document:
    tx: Transaction
    events: Sequence[AuditEvent]
    id: DocumentId

    def decisions(self) -> str | None:
        made = [event for event in self.events if event.action in _DECISIONS]
        stored = self.tx.decisions.of_document(self.id)
        if len(made) != len(stored):
            return f"document:{self.id}: {len(made)} decisions were made, {len(stored)} are stored"
        for event, decision in zip(made, stored, strict=True):
            if _differs(event, DECISION, decision_digest(decision)):
                return f"{event.subject}: the decision of event {event.sequence}, or its reason, was changed"
        return None

    def readings(self) -> str | None:
        for event in self.events:
            if event.action != Move.CORRECT.value or AFTER not in event.detail:
                continue
            revision = int(event.detail["revision"] or 0)
            for name, reading in (
                (BEFORE, self.tx.readings.at(self.id, revision - 1)),
                (AFTER, self.tx.readings.at(self.id, revision)),
            ):
                if reading is not None and _differs(event, name, reading_digest(reading)):
                    return f"{event.subject}: the values of the correction of event {event.sequence} were changed"
        return None


def _settlements(tx: Transaction, events: Sequence[AuditEvent], one: str | None = None) -> str | None:
    """The last settlement of each exception, unless it was opened again since or went away by itself."""
    last = {str(event.detail.get("exception", one)): event for event in events if event.action == RESOLVE}
    for exception_id, event in last.items():
        try:
            raised = tx.discrepancies.get(DiscrepancyId(exception_id))
        except NotFoundError:
            return f"{event.subject}: the exception settled by event {event.sequence} is missing"
        by_person = not raised.is_open and raised.resolved_by != SYSTEM
        if by_person and _differs(event, SETTLEMENT, settlement_digest(raised)):
            return f"{event.subject}: how event {event.sequence} settled an exception, or its reason, was changed"
    return None


def _differs(event: AuditEvent, name: str, found: str) -> bool:
    return name in event.detail and event.detail[name] != found
