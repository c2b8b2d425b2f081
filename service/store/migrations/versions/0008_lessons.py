"""What people's corrections taught about the papers of a sender."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lessons",
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("observations", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_lessons_document_id")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_lessons")),
    )
    op.create_table(
        "lesson_keys",
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_lesson_keys_document_id")),
        sa.PrimaryKeyConstraint("document_id", "type", "text", name=op.f("pk_lesson_keys")),
    )
    op.create_index(op.f("ix_lesson_keys_type_text"), "lesson_keys", ["type", "text"])


def downgrade() -> None:
    """The lessons go; people teach them again. So do the jobs that the older version can't run."""
    jobs = sa.table("jobs", sa.column("stage"))
    op.execute(jobs.delete().where(jobs.c.stage == "learn"))
    op.drop_index(op.f("ix_lesson_keys_type_text"), table_name="lesson_keys")
    op.drop_table("lesson_keys")
    op.drop_table("lessons")
