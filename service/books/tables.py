"""Tables of the books: records as JSON, the keys that find them and the links that lead from one to another."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# One row a record of Odoo. The payload is what service.domain.codec makes of the frozen record, as JSON text.
records = Table(
    "books_records",
    metadata,
    Column("kind", String(40), nullable=False),
    Column("id", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("kind", "id"),
)

# Blocking keys: the primary key finds the records of a key, the index the keys of a record.
keys = Table(
    "books_keys",
    metadata,
    Column("kind", String(40), nullable=False),
    Column("text", String(255), nullable=False),
    Column("record_kind", String(40), nullable=False),
    Column("record_id", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "text", "record_kind", "record_id"),
    Index("ix_books_keys_record", "record_kind", "record_id"),
)

# What hangs on what: the open orders of a partner, the receipts of an order, the bills on an order line.
links = Table(
    "books_links",
    metadata,
    Column("kind", String(40), nullable=False),
    Column("target_id", Integer, nullable=False),
    Column("record_kind", String(40), nullable=False),
    Column("record_id", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "target_id", "record_id"),
    Index("ix_books_links_record", "record_kind", "record_id"),
)

# Moments by name, as ISO 8601 text in UTC: one watermark a kind of record, and when the last whole sync began.
marks = Table(
    "books_marks",
    metadata,
    Column("name", String(60), nullable=False),
    Column("at", String(40), nullable=False),
    PrimaryKeyConstraint("name"),
)

# Keys of records that changed since the documents concerned were last told, and when the copy took the change over.
changes = Table(
    "books_changes",
    metadata,
    Column("kind", String(40), nullable=False),
    Column("text", String(255), nullable=False),
    Column("noted_at", String(40), nullable=False),
    PrimaryKeyConstraint("kind", "text"),
)
