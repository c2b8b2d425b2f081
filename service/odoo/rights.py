"""Which rights the integration user needs in Odoo, which of them it lacks, and how far Odoo's clock is from ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.domain.records import OPTIONAL_KINDS, RecordKind
from service.odoo.session import Session

_ACCOUNTS = "Accounting / Read-only (account.group_account_readonly)"
_BILLS = "Invoicing / Billing (account.group_account_invoice)"
_STOCK = "Inventory / User (stock.group_stock_user)"
_INTERNAL = "an internal user (base.group_user)"
_KINDS_BY_STOCK = frozenset({RecordKind.RECEIPT, RecordKind.SERIAL, RecordKind.REPAIR})
_KINDS_BY_ACCOUNTS = frozenset(
    {
        RecordKind.PURCHASE_ORDER,
        RecordKind.SALE_ORDER,
        RecordKind.BILL,
        RecordKind.PAYMENT,
        RecordKind.STATEMENT_LINE,
    }
)


@dataclass(frozen=True, slots=True)
class Right:
    """An operation on a model, the group that gives it in a plain Odoo, and what is impossible without it."""

    model: str
    operation: str
    group: str
    purpose: str
    is_optional: bool = False  # the model comes with an app that not every Odoo has


def _needed() -> Iterator[Right]:
    for kind in RecordKind:
        group = _STOCK if kind in _KINDS_BY_STOCK else _ACCOUNTS if kind in _KINDS_BY_ACCOUNTS else _INTERNAL
        yield Right(kind.value, "read", group, "matching", kind in OPTIONAL_KINDS)
    for model in ("purchase.order.line", "account.move.line", "account.partial.reconcile"):
        yield Right(model, "read", _ACCOUNTS, "matching")
    yield Right("sale.order.line", "read", _ACCOUNTS, "matching", is_optional=True)
    for model in ("stock.move", "stock.move.line"):
        yield Right(model, "read", _STOCK, "matching", is_optional=True)
    for model in ("account.move", "account.move.line"):
        yield Right(model, "create", _BILLS, "draft bills and credit notes")
    for model, operation in (
        ("stock.return.picking", "create"),
        ("stock.return.picking.line", "write"),
        ("stock.picking", "write"),
        ("repair.order", "create"),
    ):
        yield Right(model, operation, _STOCK, "returns and repairs", is_optional=True)


NEEDED = tuple(_needed())


def lacking(session: Session) -> tuple[Right, ...]:
    """The rights that Odoo says the user doesn't have; models of apps that aren't installed are left out."""
    return tuple(right for right in NEEDED if not _has(session, right))


def clock_difference(session: Session, now: datetime) -> timedelta | None:
    """How far Odoo's clock is ahead of ``now``, to about a second; None where its server tells no time."""
    session.version()
    told = session.server_time()
    return None if told is None else told - now


def _has(session: Session, right: Right) -> bool:
    allowed = session.may(right.model, right.operation)
    return right.is_optional if allowed is None else allowed
