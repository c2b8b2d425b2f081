"""The few statements that both databases have, each under a class of its own in SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite


def insert_where_new(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Insert ``row`` unless it breaks a unique constraint; whether it was inserted.

    On PostgreSQL it waits for a concurrent transaction that inserts the same key.
    """
    insert = _insert(connection, table).values(**row).on_conflict_do_nothing()
    return connection.execute(insert.returning(*table.primary_key)).one_or_none() is not None


def insert_or_replace(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Insert ``row``, or set its columns in the row of the same primary key."""
    insert = _insert(connection, table).values(**row)
    keys = [column.name for column in table.primary_key]
    rest = {name: insert.excluded[name] for name in row if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest))


def lock_name(connection: Connection, name: str) -> None:
    """Hold ``name`` until the transaction ends, so that what is read next can't change under it.

    SQLite has one writer at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
