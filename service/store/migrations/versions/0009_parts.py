"""Documents that are parts of a file with several."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents") as batch:
        batch.add_column(sa.Column("part_of", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("page_from", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("page_to", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("parts", sa.JSON(), nullable=True))
        batch.create_foreign_key(op.f("fk_documents_part_of"), "documents", ["part_of"], ["id"])
        batch.create_unique_constraint(
            op.f("uq_documents_part_of_page_from_page_to"), ["part_of", "page_from", "page_to"]
        )


def downgrade() -> None:
    """Parts stay, as documents with files of their own. A file that was split, and parts that were withdrawn, are
    rejected: the older version knows no such states, and must not read or bill them a second time.
    """
    documents = sa.table("documents", sa.column("status"))
    set_aside = documents.c.status.in_(["split", "withdrawn"])
    op.execute(documents.update().where(set_aside).values(status="rejected"))
    with op.batch_alter_table("documents") as batch:
        batch.drop_constraint(op.f("uq_documents_part_of_page_from_page_to"), type_="unique")
        batch.drop_constraint(op.f("fk_documents_part_of"), type_="foreignkey")
        for column in ("parts", "page_to", "page_from", "part_of"):
            batch.drop_column(column)
