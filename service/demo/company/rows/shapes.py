"""How values look in Odoo's rows, and the fixed ids that rows of several models point to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from service.demo.company.values import Ledger

Row = dict[str, object]
Rows = dict[str, list[Row]]

COMPANY_ID = 1
COMPANY_PARTNER_ID = 1
EUR_ID = 1
COUNTRY_IDS: Mapping[str, int] = {
    "AT": 12,
    "DE": 57,
    "ES": 68,
    "FR": 75,
    "IE": 101,
    "IT": 109,
    "NL": 165,
    "GB": 231,
}
PURCHASE_TAX_IDS: Mapping[Decimal, int] = {Decimal(19): 1, Decimal(7): 2, Decimal(20): 3, Decimal(0): 4}
SALE_TAX_IDS: Mapping[Decimal, int] = {Decimal(19): 5, Decimal(7): 6, Decimal(0): 7}
WAREHOUSE_ID = 1
RECEIPTS_TYPE_ID = 1
DELIVERIES_TYPE_ID = 2
REPAIRS_TYPE_ID = 3
VENDORS_LOCATION_ID = 4
CUSTOMERS_LOCATION_ID = 5
STOCK_LOCATION_ID = 8
PRODUCTION_LOCATION_ID = 15
SCRAP_LOCATION_ID = 16
PAYABLE_ACCOUNT_ID = 7
RECEIVABLE_ACCOUNT_ID = 8
BANK_ACCOUNT_ID = 9
OUTSTANDING_RECEIPTS_ID = 12
OUTSTANDING_PAYMENTS_ID = 13
SUSPENSE_ACCOUNT_ID = 14
INVOICES_JOURNAL_ID = 1
BILLS_JOURNAL_ID = 2
BANK_JOURNAL_ID = 4
LEDGER_ACCOUNT_IDS: Mapping[Ledger, int] = {
    Ledger.RECEIVABLE: RECEIVABLE_ACCOUNT_ID,
    Ledger.PAYABLE: PAYABLE_ACCOUNT_ID,
    Ledger.OUTSTANDING_RECEIPTS: OUTSTANDING_RECEIPTS_ID,
    Ledger.OUTSTANDING_PAYMENTS: OUTSTANDING_PAYMENTS_ID,
    Ledger.SUSPENSE: SUSPENSE_ACCOUNT_ID,
}
FOUNDED = datetime(2023, 1, 9, 7, 30, tzinfo=UTC)  # when the fixed records were set up


def moment(at: datetime | None) -> str | bool:
    """A time as Odoo writes it, False where there is none."""
    return False if at is None else at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def day(on: date | None) -> str | bool:
    """A date as Odoo writes it, False where there is none."""
    return False if on is None else on.isoformat()


def stamps(created_at: datetime = FOUNDED, changed_at: datetime | None = None) -> Row:
    """The two stamps that every row carries."""
    return {"create_date": moment(created_at), "write_date": moment(changed_at or created_at)}


def product_template_id(product_id: int) -> int:
    """The template of a variant: each product has just one variant."""
    return product_id - 100


def bank_account_id(partner_id: int) -> int:
    """The bank account of a vendor or customer: each has just one."""
    return partner_id - 10


def payment_term_id(days: int) -> int:
    """The payment term of that many days."""
    return {10: 1, 14: 2, 30: 3, 45: 4, 60: 5, 0: 6}[days]


def by_id(rows: Iterable[Row]) -> list[Row]:
    """Rows in the order of their ids."""
    return sorted(rows, key=lambda row: int(str(row["id"])))
