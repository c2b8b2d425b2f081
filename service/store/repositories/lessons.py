"""What corrections taught about senders, a lesson a document, found again by what a page tells of its sender."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, tuple_

from service.domain.codec import decode, encode
from service.domain.ids import DocumentId
from service.domain.memory import MOST_LESSONS, KeyType, Lesson, Observation, SenderKey
from service.store import tables
from service.store.statements import insert_or_replace

_LESSONS = tables.lessons
_KEYS = tables.lesson_keys


@dataclass(frozen=True, slots=True)
class SqlLessons:
    """``ports.Lessons`` over one transaction."""

    connection: Connection

    def put(self, document_id: DocumentId, lesson: Lesson) -> None:
        """Store (again: replace) what that document taught."""
        taught = encode(lesson.observations, tuple[Observation, ...])
        row = {"document_id": document_id, "learnt_at": lesson.learnt_at, "observations": taught}
        insert_or_replace(self.connection, _LESSONS, row)
        self.connection.execute(delete(_KEYS).where(_KEYS.c.document_id == document_id))
        rows = [{"document_id": document_id, "type": key.type.value, "text": key.text} for key in sorted(lesson.keys)]
        if rows:
            self.connection.execute(insert(_KEYS), rows)

    def of_sender(self, keys: Sequence[SenderKey], *, besides: DocumentId | None = None) -> tuple[Lesson, ...]:
        """The latest lessons of documents ``besides`` one that share one of ``keys``, newest first."""
        if not keys:
            return ()
        told = tuple_(_KEYS.c.type, _KEYS.c.text).in_([(key.type.value, key.text) for key in keys])
        wanted = (
            select(_LESSONS)
            .where(_LESSONS.c.document_id.in_(select(_KEYS.c.document_id).where(told)))
            .where(_LESSONS.c.document_id != (besides or ""))
            .order_by(_LESSONS.c.learnt_at.desc(), _LESSONS.c.document_id)
            .limit(MOST_LESSONS)
        )
        rows = self.connection.execute(wanted).all()
        own = self._keys_of([row.document_id for row in rows])
        return tuple(
            Lesson(own.get(row.document_id, ()), decode(tuple[Observation, ...], row.observations), row.learnt_at)
            for row in rows
        )

    def forget(self, document_id: DocumentId) -> bool:
        """Erase what that document taught; whether it had taught anything."""
        self.connection.execute(delete(_KEYS).where(_KEYS.c.document_id == document_id))
        return self.connection.execute(delete(_LESSONS).where(_LESSONS.c.document_id == document_id)).rowcount > 0

    def _keys_of(self, document_ids: Sequence[str]) -> dict[str, tuple[SenderKey, ...]]:
        found: dict[str, tuple[SenderKey, ...]] = {}
        wanted = select(_KEYS).where(_KEYS.c.document_id.in_(document_ids)).order_by(_KEYS.c.type, _KEYS.c.text)
        for row in self.connection.execute(wanted):
            found[row.document_id] = (*found.get(row.document_id, ()), SenderKey(KeyType(row.type), row.text))
        return found
