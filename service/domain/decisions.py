"""What a person decides about a document, and the evidence frozen with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.ids import DocumentId


class DecisionKind(StrEnum):
    """The four decisions (contract: POST /documents/{id}/decision)."""

    APPROVE = "approve"
    REJECT = "reject"
    HOLD = "hold"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``snapshot_digest`` is the SHA-256 of what the person saw (values, matches, books' age)."""

    document_id: DocumentId
    revision: int
    kind: DecisionKind
    actor: str
    decided_at: datetime
    reason: str | None
    policy_fingerprint: str
    snapshot_digest: str
    held_until: datetime | None = None


class UserRole(StrEnum):
    """Roles of people and tokens (contract: Roles)."""

    UPLOADER = "uploader"
    REVIEWER = "reviewer"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person (or token) with roles."""

    id: str
    name: str
    roles: frozenset[UserRole]

    def has(self, *roles: UserRole) -> bool:
        """Whether the actor holds any of ``roles``."""
        return not self.roles.isdisjoint(roles)
