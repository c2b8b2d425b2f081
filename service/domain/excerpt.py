"""The part of the books that one document needs, gathered by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from service.domain.records import (
    BankAccount,
    Bill,
    Company,
    Partner,
    Payment,
    Product,
    PurchaseOrder,
    Receipt,
    Record,
    Repair,
    SaleOrder,
    Serial,
    StatementLine,
    Tax,
    Unit,
    VendorCode,
)


@dataclass(frozen=True, slots=True)
class Records:
    """The part of the books that one document needs: what the keys found, and what hangs on it."""

    companies: tuple[Company, ...] = ()
    partners: tuple[Partner, ...] = ()
    bank_accounts: tuple[BankAccount, ...] = ()
    products: tuple[Product, ...] = ()
    vendor_codes: tuple[VendorCode, ...] = ()
    units: tuple[Unit, ...] = ()
    taxes: tuple[Tax, ...] = ()
    orders: tuple[PurchaseOrder, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    bills: tuple[Bill, ...] = ()
    sale_orders: tuple[SaleOrder, ...] = ()
    serials: tuple[Serial, ...] = ()
    payments: tuple[Payment, ...] = ()
    statement_lines: tuple[StatementLine, ...] = ()
    repairs: tuple[Repair, ...] = ()
    as_of: datetime | None = None


def gathered(records: Iterable[Record], as_of: datetime | None = None) -> Records:
    """The records sorted into their kinds, each once, in the order given."""
    groups: dict[type[Record], dict[int, Record]] = {}
    for record in records:
        groups.setdefault(type(record), {})[record.ref.id] = record
    found = {name: tuple(groups[kind].values()) for kind, name in _FIELD_OF.items() if kind in groups}
    return Records(**found, as_of=as_of)  # type: ignore[arg-type]


_FIELD_OF: dict[type[Record], str] = {
    Company: "companies",
    Partner: "partners",
    BankAccount: "bank_accounts",
    Product: "products",
    VendorCode: "vendor_codes",
    Unit: "units",
    Tax: "taxes",
    PurchaseOrder: "orders",
    Receipt: "receipts",
    Bill: "bills",
    SaleOrder: "sale_orders",
    Serial: "serials",
    Payment: "payments",
    StatementLine: "statement_lines",
    Repair: "repairs",
}
