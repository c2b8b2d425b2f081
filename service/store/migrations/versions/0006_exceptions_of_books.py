"""Exceptions that hang on a record of the books and on no document."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ONE_SUBJECT = "(document_id IS NULL) <> (identity IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table("discrepancies") as batch:
        batch.alter_column("document_id", existing_type=sa.String(length=32), nullable=True)
        batch.add_column(sa.Column("identity", sa.String(length=256), nullable=True))
        batch.add_column(sa.Column("subject", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("currency", sa.Text(), nullable=True))
        batch.add_column(sa.Column("party", sa.Text(), nullable=True))
        batch.add_column(sa.Column("party_folded", sa.Text(), nullable=False, server_default=""))
        batch.create_unique_constraint("uq_discrepancies_identity", ["identity"])
        batch.create_check_constraint(op.f("ck_discrepancies_one_subject"), _ONE_SUBJECT)


def downgrade() -> None:
    """What hangs on no document is deleted, for the older version can't show it; so are the jobs that it can't run."""
    raised = sa.table("discrepancies", sa.column("document_id"))
    jobs = sa.table("jobs", sa.column("stage"))
    op.execute(raised.delete().where(raised.c.document_id.is_(None)))
    op.execute(jobs.delete().where(jobs.c.stage == "examine"))
    with op.batch_alter_table("discrepancies") as batch:
        batch.drop_constraint(op.f("ck_discrepancies_one_subject"), type_="check")
        batch.drop_constraint("uq_discrepancies_identity", type_="unique")
        for column in ("party_folded", "party", "currency", "subject", "identity"):
            batch.drop_column(column)
        batch.alter_column("document_id", existing_type=sa.String(length=32), nullable=False)
