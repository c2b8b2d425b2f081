"""The local copy of Odoo's records."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "books_changes",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=255), nullable=False),
        sa.Column("noted_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("kind", "text", name=op.f("pk_books_changes")),
    )
    op.create_table(
        "books_keys",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=255), nullable=False),
        sa.Column("record_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "text", "record_kind", "record_id", name=op.f("pk_books_keys")),
    )
    op.create_index("ix_books_keys_record", "books_keys", ["record_kind", "record_id"], unique=False)
    op.create_table(
        "books_links",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("record_kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "target_id", "record_id", name=op.f("pk_books_links")),
    )
    op.create_index("ix_books_links_record", "books_links", ["record_kind", "record_id"], unique=False)
    op.create_table(
        "books_marks",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_books_marks")),
    )
    op.create_table(
        "books_records",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_books_records")),
    )


def downgrade() -> None:
    op.drop_table("books_records")
    op.drop_table("books_marks")
    op.drop_index("ix_books_links_record", table_name="books_links")
    op.drop_table("books_links")
    op.drop_index("ix_books_keys_record", table_name="books_keys")
    op.drop_table("books_keys")
    op.drop_table("books_changes")
