"""Writes of returns and repairs: drafts say of which kind they are, sale orders as the approver saw them."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WRITES = sa.table(
    "odoo_writes", sa.column("document_id", sa.String), sa.column("revision", sa.Integer), sa.column("draft", sa.JSON)
)
_BILL = "BillDraft"


def upgrade() -> None:
    op.add_column("odoo_writes", sa.Column("sale_orders", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("odoo_writes", sa.Column("further", sa.JSON(), nullable=False, server_default="[]"))
    _rewrite(lambda draft: {_BILL: draft})


def downgrade() -> None:
    _rewrite(lambda draft: draft[_BILL])
    op.drop_column("odoo_writes", "further")
    op.drop_column("odoo_writes", "sale_orders")


def _rewrite(change: Callable[[Any], Any]) -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(_WRITES)).all():
        this = sa.and_(_WRITES.c.document_id == row.document_id, _WRITES.c.revision == row.revision)
        connection.execute(sa.update(_WRITES).where(this).values(draft=change(row.draft)))
