"""What every use case shares: who may do it, and how a document makes a move that the audit trail keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from service.domain.audit import Detail
from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document
from service.domain.errors import NotAllowedError, VersionConflictError
from service.domain.ids import DocumentId
from service.domain.lifecycle import Move, status_after
from service.ports import Transaction


def document_subject(document_id: DocumentId) -> str:
    """The audit subject of a document."""
    return f"document:{document_id}"


def require_role(actor: Actor, deed: str, *roles: UserRole) -> None:
    """NotAllowedError where the actor holds none of ``roles``; ``deed`` completes "may not …"."""
    if not actor.has(*roles):
        wanted = " or ".join(role.value for role in roles)
        raise NotAllowedError(f"{actor.name} may not {deed}: that needs the role {wanted}.")


def at_version(tx: Transaction, document_id: DocumentId, version: int) -> Document:
    """The document, where it is still as the caller saw it; VersionConflictError otherwise."""
    document = tx.documents.get(document_id)
    if document.version != version:
        raise VersionConflictError("Somebody changed this document meanwhile.", advice="Load it again.")
    return document


def advance(
    tx: Transaction, document: Document, move: Move, *, actor: str, at: datetime, detail: Detail | None = None
) -> Document:
    """Store ``document`` after ``move`` and append the event; InvalidMoveError where its state doesn't allow it."""
    moved = tx.documents.save(replace(document, status=status_after(document.status, move)))
    record(tx, moved, move.value, actor=actor, at=at, detail=detail)
    return moved


def record(
    tx: Transaction, document: Document, action: str, *, actor: str, at: datetime, detail: Detail | None = None
) -> None:
    """Append an event that is no move to the document's audit trail."""
    said = {"revision": document.revision, "status": document.status.value, **(detail or {})}
    tx.audit.append(document_subject(document.id), at, actor, action, said)
