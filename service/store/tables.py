"""The tables of documents and of what is done with them. ``service.books.tables`` holds the books' own."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from service.store.columns import ExactDecimal, ForeignText, UtcTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_ID = String(32)
_NAME = String(256)  # of an actor or a subject


def _document_id(*, primary_key: bool = False) -> Column[str]:
    return Column("document_id", _ID, ForeignKey("documents.id"), primary_key=primary_key, nullable=False)


documents = Table(
    "documents",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("status", String(32), nullable=False),
    Column("filename", ForeignText, nullable=False),
    Column("filename_folded", ForeignText, nullable=False),
    Column("media_type", ForeignText, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("source", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("kind_confidence", Float, nullable=False),
    Column("kind_hint", String(32)),
    Column("source_ref", ForeignText),
    Column("uploaded_by", _NAME),
    Column("duplicate_of", _ID, ForeignKey("documents.id")),
    Column("revision", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("write_status", String(32)),
    Column("waiting_reason", String(32)),
    Column("held_until", UtcTime),
    Column("failure", JSON(none_as_null=True)),
    Column("touchless", Boolean, nullable=False),
    Column("part_of", _ID, ForeignKey("documents.id")),
    Column("page_from", Integer),
    Column("page_to", Integer),
    Column("parts", JSON(none_as_null=True)),
    UniqueConstraint("part_of", "page_from", "page_to"),
    Index(None, "received_at", "id"),
    Index(None, "status", "received_at"),
    Index(None, "sha256"),
)

# What lists show and search of the latest reading and reconciliation, so that they decode no extraction.
document_summaries = Table(
    "document_summaries",
    metadata,
    _document_id(primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("seller_name", ForeignText),
    Column("seller_vat_id", ForeignText),
    Column("invoice_number", ForeignText),
    Column("reference_key", ForeignText),
    Column("issue_date", Date),
    Column("grand_total", ExactDecimal),
    Column("currency", ForeignText),
    Column("seller_folded", ForeignText, nullable=False),
    Column("number_folded", ForeignText, nullable=False),
    Column("vendor_folded", ForeignText, nullable=False, default=""),
    Column("customer_name", ForeignText),
    Column("customer_folded", ForeignText, nullable=False, default="", server_default=""),
    Index(None, "reference_key"),
)

readings = Table(
    "readings",
    metadata,
    _document_id(primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("extraction", JSON, nullable=False),
)

# What people's corrections of a document taught about its sender's papers.
lessons = Table(
    "lessons",
    metadata,
    _document_id(primary_key=True),
    Column("learnt_at", UtcTime, nullable=False),
    Column("observations", JSON, nullable=False),
)

# By what each of these papers told its sender: another paper that tells the same is read with its lesson.
lesson_keys = Table(
    "lesson_keys",
    metadata,
    _document_id(primary_key=True),
    Column("type", String(16), primary_key=True),
    Column("text", ForeignText, primary_key=True),
    Index(None, "type", "text"),
)

reconciliations = Table(
    "reconciliations",
    metadata,
    _document_id(primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("reconciliation", JSON, nullable=False),
    Column("books_as_of", UtcTime),
    Column("policy_fingerprint", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
)

# The blocking keys of each document's latest reconciliation: a changed record with one of them affects it.
reconciliation_keys = Table(
    "reconciliation_keys",
    metadata,
    _document_id(primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("text", ForeignText, primary_key=True),
    Index(None, "kind", "text"),
)

discrepancies = Table(
    "discrepancies",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("document_id", _ID, ForeignKey("documents.id")),
    Column("code", String(64), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("discrepancy", JSON, nullable=False),
    Column("raised_at", UtcTime, nullable=False),
    Column("assignee", _NAME),
    Column("due_at", UtcTime),
    Column("resolved_by", _NAME),
    Column("resolved_at", UtcTime),
    Column("resolution", ForeignText),
    Column("reason", ForeignText),
    # Of those that hang on a record of the books: which, what makes it the same in every run, whom it is about.
    Column("identity", String(256)),
    Column("subject", JSON(none_as_null=True)),
    Column("currency", ForeignText),
    Column("party", ForeignText),
    Column("party_folded", ForeignText, nullable=False, server_default=""),
    UniqueConstraint("identity"),
    CheckConstraint("(document_id IS NULL) <> (identity IS NULL)", name="one_subject"),
    Index(None, "document_id", "status", "code"),
    Index(None, "status", "code"),
    Index(None, "raised_at", "id"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    _document_id(),
    Column("revision", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("actor", _NAME, nullable=False),
    Column("decided_at", UtcTime, nullable=False),
    Column("reason", ForeignText),
    Column("policy_fingerprint", String(64), nullable=False),
    Column("snapshot_digest", String(64), nullable=False),
    Column("held_until", UtcTime),
    Index(None, "document_id"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("stage", String(16), nullable=False),
    Column("subject", _NAME, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("token", _ID),
    Column("leased_until", UtcTime),
    Column("run_after", UtcTime, nullable=False),
    Column("queued_at", UtcTime, nullable=False),
    Column("last_error", ForeignText),
    UniqueConstraint("stage", "subject", "revision"),
    Index(None, "state", "run_after"),
    Index(None, "subject"),
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("subject", _NAME, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", _NAME, nullable=False),
    Column("action", String(64), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_checkpoints = Table(
    "audit_checkpoints",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("signature", LargeBinary(32), nullable=False),
)

# A checkpoint keeps only the heads that moved since the one before it.
audit_checkpoint_heads = Table(
    "audit_checkpoint_heads",
    metadata,
    Column("number", Integer, ForeignKey("audit_checkpoints.number"), primary_key=True),
    Column("subject", _NAME, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "subject"),
)

# One row a lane, changed with every transaction that appends events: the keyed sum over all events of its subjects.
audit_seals = Table(
    "audit_seals",
    metadata,
    Column("lane", Integer, primary_key=True, autoincrement=False),
    Column("events", Integer, nullable=False),
    Column("total", String(64), nullable=False),
    Column("signature", String(64), nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("name", ForeignText, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("active", Boolean, nullable=False),
    UniqueConstraint("name"),
)

user_tokens = Table(
    "user_tokens",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", _ID, ForeignKey("users.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "user_id"),
)

user_sessions = Table(
    "user_sessions",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("user_id", _ID, ForeignKey("users.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index(None, "user_id"),
)

odoo_writes = Table(
    "odoo_writes",
    metadata,
    _document_id(primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("draft", JSON, nullable=False),
    Column("orders", JSON, nullable=False),
    Column("sale_orders", JSON, nullable=False, server_default="[]"),
    Column("state", String(16), nullable=False),
    Column("attempted_at", UtcTime),
    Column("outcome", JSON(none_as_null=True)),
    Column("further", JSON, nullable=False, server_default="[]"),
    Column("error", ForeignText),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("actor", _NAME, primary_key=True),
    Column("key", ForeignText, primary_key=True),
    Column("body_digest", String(64), nullable=False),
    Column("document_ids", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("text", ForeignText, nullable=False),
)
