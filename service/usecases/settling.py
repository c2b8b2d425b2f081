"""How a person settles an exception, whether it hangs on a document or on a record of the books."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from service.domain.audit import Detail
from service.domain.codes import Severity
from service.domain.decisions import Actor, UserRole
from service.domain.discrepancies import ExceptionStatus, RaisedDiscrepancy
from service.domain.errors import InvalidMoveError, UsageError
from service.domain.ids import DiscrepancyId
from service.ports import Transaction
from service.usecases.advance import require_role
from service.usecases.evidence import RESOLVE, SETTLEMENT, settlement_digest

OVERRIDDEN = "overridden"
REJECTED = "rejected"
_DISMISSING = (ExceptionStatus.DISMISSED.value, OVERRIDDEN, REJECTED)


def exception_subject(discrepancy_id: DiscrepancyId) -> str:
    """The audit subject of an exception that hangs on no document."""
    return f"exception:{discrepancy_id}"


def check_override(actor: Actor, raised: RaisedDiscrepancy, reason: str | None) -> None:
    """NotAllowedError or UsageError where it is blocking and the actor no approver, or gives no reason."""
    if raised.discrepancy.severity is not Severity.BLOCKING:
        return
    require_role(actor, "override a blocking exception", UserRole.APPROVER)
    if reason is None:
        raise UsageError("A blocking exception is overridden only with a reason.")


def closed_by(
    raised: RaisedDiscrepancy, actor: str, at: datetime, resolution: str, reason: str | None
) -> RaisedDiscrepancy:
    """It as settled: dismissed where the resolution says that it doesn't apply or is overridden, else resolved."""
    return replace(
        raised,
        status=ExceptionStatus.DISMISSED if resolution in _DISMISSING else ExceptionStatus.RESOLVED,
        resolved_by=actor,
        resolved_at=at,
        resolution=resolution,
        reason=reason,
    )


def settlement_detail(closed: RaisedDiscrepancy) -> Detail:
    """What the audit trail keeps of a settlement."""
    return {
        "code": closed.discrepancy.code.value,
        "result": closed.status.value,
        SETTLEMENT: settlement_digest(closed),
    }


def settle_on_record(
    tx: Transaction, discrepancy_id: DiscrepancyId, actor: Actor, at: datetime, resolution: str, reason: str | None
) -> RaisedDiscrepancy:
    """Settle an open one that hangs on a record, held against an examination at the same time; InvalidMoveError where
    it is settled already.
    """
    raised = tx.discrepancies.hold(discrepancy_id)
    if not raised.is_open:
        raise InvalidMoveError("This exception is settled already.")
    check_override(actor, raised, reason)
    closed = closed_by(raised, actor.id, at, resolution, reason)
    tx.discrepancies.save(closed)
    tx.audit.append(exception_subject(raised.id), at, actor.id, RESOLVE, settlement_detail(closed))
    return closed
