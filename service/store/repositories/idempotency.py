"""Answers that were given under an idempotency key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from service.domain.errors import VersionConflictError
from service.domain.ids import DocumentId
from service.ports import RememberedRequest
from service.store import tables
from service.store.statements import insert_where_new

_KEYS = tables.idempotency_keys


@dataclass(frozen=True, slots=True)
class SqlIdempotencyKeys:
    """``ports.IdempotencyKeys`` over one transaction."""

    connection: Connection

    def get(self, actor: str, key: str) -> RememberedRequest | None:
        """The remembered request."""
        wanted = select(_KEYS).where(_KEYS.c.actor == actor, _KEYS.c.key == key)
        row = self.connection.execute(wanted).one_or_none()
        if row is None:
            return None
        return RememberedRequest(row.body_digest, tuple(DocumentId(each) for each in row.document_ids))

    def put(self, actor: str, key: str, request: RememberedRequest, at: datetime) -> None:
        """Remember; VersionConflictError where it exists already (two at once)."""
        row = {
            "actor": actor,
            "key": key,
            "body_digest": request.body_digest,
            "document_ids": list(request.document_ids),
            "at": at,
        }
        if not insert_where_new(self.connection, _KEYS, row):
            raise VersionConflictError("The same idempotency key is being used by another request.")
