"""Discrepancies: where a document and the books part. The contract and the screens call them exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from service.domain.codes import CODES, Code, HoldKind, Severity
from service.domain.ids import DiscrepancyId, DocumentId
from service.domain.records import RecordRef


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One finding of one rule. ``field`` or ``line`` (1-based) say where; ``expected`` is the books' figure,
    ``actual`` the document's, ``difference`` actual − expected, ``tolerance`` the policy applied.
    """

    code: Code
    message: str
    severity: Severity
    field: str | None = None
    line: int | None = None
    expected: str | None = None
    actual: str | None = None
    difference: Decimal | None = None
    tolerance: str | None = None
    odoo_refs: tuple[RecordRef, ...] = ()
    money_at_risk: Decimal | None = None
    releases_when: str | None = None

    @property
    def owner_role(self) -> str:
        """Who usually settles it."""
        return CODES[self.code].owner_role

    @property
    def hold(self) -> HoldKind:
        """What should wait for it."""
        return CODES[self.code].hold if self.severity is not Severity.INFO else HoldKind.NONE

    @property
    def suggested_action(self) -> str:
        """One sentence for the reviewer."""
        return CODES[self.code].suggested_action

    @property
    def identity(self) -> tuple[str, str | None, int | None]:
        """What makes two findings of successive runs the same: code, field and line."""
        return self.code.value, self.field, self.line


@dataclass(frozen=True, slots=True)
class Finding:
    """A discrepancy that hangs on a record of the books and on no document (contract: subject). ``currency`` is that
    of its amounts, ``party`` the name of the vendor or customer that the record is about.
    """

    subject: RecordRef
    discrepancy: Discrepancy
    currency: str | None = None
    party: str | None = None

    @property
    def identity(self) -> tuple[str, int, str, str | None]:
        """What makes two findings of successive runs the same: record, code and field."""
        return self.subject.model, self.subject.id, self.discrepancy.code.value, self.discrepancy.field


class ExceptionStatus(StrEnum):
    """How a raised discrepancy stands."""

    OPEN = "open"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class RaisedDiscrepancy:
    """A discrepancy as stored, with its document or else the record that it hangs on, and who settled it."""

    id: DiscrepancyId
    document_id: DocumentId | None
    discrepancy: Discrepancy
    status: ExceptionStatus
    raised_at: datetime
    assignee: str | None = None
    due_at: datetime | None = None
    resolved_by: str | None = None
    resolved_at: datetime | None = None
    resolution: str | None = None
    reason: str | None = None
    subject: RecordRef | None = None
    currency: str | None = None
    party: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody settled it yet."""
        return self.status is ExceptionStatus.OPEN
