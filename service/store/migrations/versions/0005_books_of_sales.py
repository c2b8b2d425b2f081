"""The books gain sales: records copied before lack what is read of them now, so every kind is copied anew."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = ("sale.order", "stock.lot", "repair.order", "account.payment", "account.bank.statement.line")
_KEY_KINDS = ("sale_reference", "serial_number", "email", "phone", "orders_of_partner")


def upgrade() -> None:
    _forget_watermarks()


def downgrade() -> None:
    """What only the newer version knows is deleted, for the older can't read it."""
    records = sa.table("books_records", sa.column("kind"))
    keys = sa.table("books_keys", sa.column("kind"), sa.column("record_kind"))
    links = sa.table("books_links", sa.column("kind"), sa.column("record_kind"))
    changes = sa.table("books_changes", sa.column("kind"))
    op.execute(records.delete().where(records.c.kind.in_(_KINDS)))
    op.execute(keys.delete().where(keys.c.record_kind.in_(_KINDS) | keys.c.kind.in_(_KEY_KINDS)))
    op.execute(links.delete().where(links.c.record_kind.in_(_KINDS)))
    op.execute(changes.delete().where(changes.c.kind.in_(_KEY_KINDS)))
    _forget_watermarks()


def _forget_watermarks() -> None:
    """The next sync starts from the beginning."""
    op.execute("DELETE FROM books_marks WHERE name LIKE 'watermark:%'")
