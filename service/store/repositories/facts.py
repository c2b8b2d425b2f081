"""Small durable facts by name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from service.store import tables
from service.store.statements import insert_or_replace

_FACTS = tables.facts


@dataclass(frozen=True, slots=True)
class SqlFacts:
    """``ports.Facts`` over one transaction."""

    connection: Connection

    def get(self, name: str) -> str | None:
        """The text stored under that name."""
        text: str | None = self.connection.execute(select(_FACTS.c.text).where(_FACTS.c.name == name)).scalar()
        return text

    def put(self, name: str, text: str) -> None:
        """Store."""
        insert_or_replace(self.connection, _FACTS, {"name": name, "text": text})
