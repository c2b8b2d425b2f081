"""People and the digests of their tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from service.domain.errors import NotFoundError, UsageError
from service.domain.ids import UserId
from service.ports import User
from service.store import tables
from service.store.mapping import user_columns, user_of
from service.store.statements import insert_where_new

_USERS = tables.users
_TOKENS = tables.user_tokens
_SESSIONS = tables.user_sessions


@dataclass(frozen=True, slots=True)
class SqlUsers:
    """``ports.Users`` over one transaction."""

    connection: Connection

    def add(self, user: User) -> None:
        """Insert; UsageError where the name (or the id) is taken."""
        if not insert_where_new(self.connection, _USERS, user_columns(user)):
            raise UsageError(f"There is a person named {user.name} already.")

    def save(self, user: User) -> None:
        """Store the changed one; NotFoundError where there is none of that id."""
        changed = update(_USERS).where(_USERS.c.id == user.id).values(**user_columns(user))
        if self.connection.execute(changed).rowcount != 1:
            raise NotFoundError("There is no such person.")

    def get(self, user_id: UserId) -> User | None:
        """By id."""
        return self._one(select(_USERS).where(_USERS.c.id == user_id))

    def by_name(self, name: str) -> User | None:
        """By name, exactly."""
        return self._one(select(_USERS).where(_USERS.c.name == name))

    def all(self) -> tuple[User, ...]:
        """By name."""
        return tuple(user_of(row) for row in self.connection.execute(select(_USERS).order_by(_USERS.c.name)))

    def add_token(self, user_id: UserId, digest: str, at: datetime) -> None:
        """Remember a token by the SHA-256 of its text."""
        self.connection.execute(insert(_TOKENS).values(digest=digest, user_id=user_id, created_at=at))

    def add_session(self, user_id: UserId, digest: str, at: datetime) -> None:
        """Remember a session by the SHA-256 of its id."""
        self.connection.execute(insert(_SESSIONS).values(digest=digest, user_id=user_id, created_at=at))

    def by_session(self, digest: str, since: datetime) -> User | None:
        """The active person whose session that is, begun at ``since`` or later."""
        this = (_SESSIONS.c.digest == digest, _SESSIONS.c.created_at >= since, _USERS.c.active)
        return self._one(select(_USERS).join(_SESSIONS).where(*this))

    def drop_session(self, digest: str) -> None:
        """End that session; nothing where it is over."""
        self.connection.execute(delete(_SESSIONS).where(_SESSIONS.c.digest == digest))

    def drop_sessions(self, user_id: UserId) -> None:
        """End all sessions of that person."""
        self.connection.execute(delete(_SESSIONS).where(_SESSIONS.c.user_id == user_id))

    def drop_sessions_before(self, moment: datetime) -> None:
        """Forget the sessions that began before ``moment``."""
        self.connection.execute(delete(_SESSIONS).where(_SESSIONS.c.created_at < moment))

    def drop_tokens(self, user_id: UserId) -> int:
        """Forget all tokens of that person; how many there were."""
        return self.connection.execute(delete(_TOKENS).where(_TOKENS.c.user_id == user_id)).rowcount

    def by_token(self, digest: str) -> User | None:
        """The active user whose token has that digest."""
        return self._one(select(_USERS).join(_TOKENS).where(_TOKENS.c.digest == digest, _USERS.c.active))

    def _one(self, wanted: Select[Any]) -> User | None:
        row = self.connection.execute(wanted).one_or_none()
        return None if row is None else user_of(row)
