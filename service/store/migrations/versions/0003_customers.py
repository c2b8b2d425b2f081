"""The customer of returns, claims and messages in what lists show and search."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document_summaries", sa.Column("customer_name", sa.Text()))
    op.add_column("document_summaries", sa.Column("customer_folded", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("document_summaries", "customer_folded")
    op.drop_column("document_summaries", "customer_name")
