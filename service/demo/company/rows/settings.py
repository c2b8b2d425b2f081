"""Rows that a fresh Odoo for a German company has before any business: currency, units, accounts, taxes, places."""

from __future__ import annotations

from service.demo.company.rows.shapes import (
    BANK_ACCOUNT_ID,
    BANK_JOURNAL_ID,
    BILLS_JOURNAL_ID,
    COMPANY_ID,
    COMPANY_PARTNER_ID,
    COUNTRY_IDS,
    CUSTOMERS_LOCATION_ID,
    DELIVERIES_TYPE_ID,
    EUR_ID,
    INVOICES_JOURNAL_ID,
    OUTSTANDING_PAYMENTS_ID,
    OUTSTANDING_RECEIPTS_ID,
    PAYABLE_ACCOUNT_ID,
    PRODUCTION_LOCATION_ID,
    PURCHASE_TAX_IDS,
    RECEIPTS_TYPE_ID,
    RECEIVABLE_ACCOUNT_ID,
    REPAIRS_TYPE_ID,
    SALE_TAX_IDS,
    SCRAP_LOCATION_ID,
    STOCK_LOCATION_ID,
    SUSPENSE_ACCOUNT_ID,
    VENDORS_LOCATION_ID,
    WAREHOUSE_ID,
    Row,
    Rows,
    payment_term_id,
    stamps,
)
from service.demo.company.values import UNITS, DemoCompany, Unit

_COUNTRY_NAMES = {
    "AT": "Austria",
    "DE": "Germany",
    "ES": "Spain",
    "FR": "France",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "IT": "Italy",
    "NL": "Netherlands",
}
_UNIT_CATEGORIES = {1: "Unit", 2: "Weight", 3: "Working Time"}
_ACCOUNTS = (
    (1, "3400", "Wareneingang 19 % Vorsteuer", "expense"),
    (2, "3300", "Wareneingang 7 % Vorsteuer", "expense"),
    (3, "3425", "Innergemeinschaftlicher Erwerb", "expense"),
    (4, "3100", "Fremdleistungen", "expense"),
    (5, "1576", "Abziehbare Vorsteuer 19 %", "asset_current"),
    (6, "1571", "Abziehbare Vorsteuer 7 %", "asset_current"),
    (7, "1600", "Verbindlichkeiten aus Lieferungen und Leistungen", "liability_payable"),
    (8, "1400", "Forderungen aus Lieferungen und Leistungen", "asset_receivable"),
    (9, "1200", "Bank", "asset_cash"),
    (10, "1563", "Anrechenbare Vorsteuer Österreich", "asset_current"),
    (11, "8400", "Erlöse 19 % Umsatzsteuer", "income"),
    (OUTSTANDING_RECEIPTS_ID, "1371", "Ausstehende Zahlungseingänge", "asset_current"),
    (OUTSTANDING_PAYMENTS_ID, "1372", "Ausstehende Zahlungsausgänge", "asset_current"),
    (SUSPENSE_ACCOUNT_ID, "1370", "Ungeklärte Bankbuchungen", "asset_current"),
    (15, "8300", "Erlöse 7 % Umsatzsteuer", "income"),
    (16, "8125", "Steuerfreie Lieferungen ins Ausland", "income"),
    (17, "1776", "Umsatzsteuer 19 %", "liability_current"),
    (18, "1771", "Umsatzsteuer 7 %", "liability_current"),
)
_RECONCILED = (PAYABLE_ACCOUNT_ID, RECEIVABLE_ACCOUNT_ID, OUTSTANDING_RECEIPTS_ID, OUTSTANDING_PAYMENTS_ID)
_JOURNALS = (
    (INVOICES_JOURNAL_ID, "INV", "Customer Invoices", "sale", 11),
    (BILLS_JOURNAL_ID, "BILL", "Vendor Bills", "purchase", 1),
    (3, "MISC", "Miscellaneous Operations", "general", False),
    (BANK_JOURNAL_ID, "BNK1", "Bank", "bank", BANK_ACCOUNT_ID),
)
_TAX_NAMES = {19: "19% Vorsteuer", 7: "7% Vorsteuer", 20: "20% Vorsteuer AT", 0: "0% steuerfreier Erwerb"}
_SALE_TAX_NAMES = {19: "19% Umsatzsteuer", 7: "7% Umsatzsteuer", 0: "0% steuerfreie Lieferung"}
_TERM_DAYS = (10, 14, 30, 45, 60, 0)


def settings_rows(company: DemoCompany) -> Rows:
    """Everything that is set up once."""
    return {
        "res.currency": [_currency()],
        "res.country": [_country(code, id_) for code, id_ in COUNTRY_IDS.items()],
        "res.company": [_company(company)],
        "uom.category": [{"id": id_, "name": name, **stamps()} for id_, name in _UNIT_CATEGORIES.items()],
        "uom.uom": [_unit(unit) for unit in sorted(UNITS, key=lambda unit: unit.id)],
        "account.account": [_account(*account) for account in _ACCOUNTS],
        "account.journal": [_journal(*journal) for journal in _JOURNALS],
        "account.tax.group": [_tax_group()],
        "account.tax": _taxes(),
        "account.payment.term": [_payment_term(days) for days in _TERM_DAYS],
        "account.payment.term.line": [_payment_term_line(days) for days in _TERM_DAYS],
        "stock.warehouse": [_warehouse(company)],
        "stock.location": _locations(),
        "stock.picking.type": _picking_types(),
    }


def _currency() -> Row:
    return {
        "id": EUR_ID,
        "name": "EUR",
        "full_name": "Euro",
        "symbol": "€",
        "position": "after",
        "rounding": 0.01,
        "decimal_places": 2,
        "active": True,
        **stamps(),
    }


def _country(code: str, id_: int) -> Row:
    return {"id": id_, "name": _COUNTRY_NAMES[code], "code": code, **stamps()}


def _company(company: DemoCompany) -> Row:
    return {
        "id": COMPANY_ID,
        "name": company.own.name,
        "partner_id": COMPANY_PARTNER_ID,
        "currency_id": EUR_ID,
        "account_fiscal_country_id": COUNTRY_IDS[company.own.address.country],
        "account_purchase_tax_id": PURCHASE_TAX_IDS[_STANDARD_RATE],
        "account_sale_tax_id": SALE_TAX_IDS[_STANDARD_RATE],
        "account_opening_date": "2023-01-01",
        "account_journal_suspense_account_id": SUSPENSE_ACCOUNT_ID,
        "account_journal_payment_debit_account_id": OUTSTANDING_RECEIPTS_ID,
        "account_journal_payment_credit_account_id": OUTSTANDING_PAYMENTS_ID,
        "email": company.own.email,
        "phone": company.own.phone,
        "fiscalyear_last_day": 31,
        "fiscalyear_last_month": "12",
        "fiscalyear_lock_date": False,
        "period_lock_date": False,
        "tax_lock_date": False,
        "layout_background": "Blank",
        "po_double_validation": "two_step",
        "po_double_validation_amount": 5000.0,
        "po_lead": 0.0,
        "po_lock": "edit",
        "security_lead": 0.0,
        "tax_calculation_rounding_method": "round_globally",
        "active": True,
        **stamps(),
    }


_STANDARD_RATE = max(rate for rate in PURCHASE_TAX_IDS if rate < 20)


def _unit(unit: Unit) -> Row:
    return {
        "id": unit.id,
        "name": unit.name,
        "category_id": unit.category_id,
        "factor": 1 / unit.ratio,
        "factor_inv": float(unit.ratio),
        "rounding": 0.01,
        "uom_type": "reference" if unit.ratio == 1 else "bigger",
        "active": True,
        **stamps(),
    }


def _account(id_: int, code: str, name: str, kind: str) -> Row:
    return {
        "id": id_,
        "code": code,
        "name": name,
        "account_type": kind,
        "internal_group": kind.split("_")[0],
        "company_id": COMPANY_ID,
        "reconcile": id_ in _RECONCILED,
        "deprecated": False,
        "currency_id": False,
        **stamps(),
    }


def _journal(id_: int, code: str, name: str, kind: str, default_account_id: int | bool) -> Row:
    return {
        "id": id_,
        "code": code,
        "name": name,
        "type": kind,
        "company_id": COMPANY_ID,
        "currency_id": False,
        "default_account_id": default_account_id,
        "suspense_account_id": SUSPENSE_ACCOUNT_ID if kind == "bank" else False,
        "refund_sequence": kind in ("sale", "purchase"),
        "payment_sequence": kind == "bank",
        "invoice_reference_model": "odoo",
        "invoice_reference_type": "invoice",
        "sequence": id_,
        "active": True,
        **stamps(),
    }


def _tax_group() -> Row:
    country = COUNTRY_IDS["DE"]
    return {"id": 1, "name": "VAT", "company_id": COMPANY_ID, "country_id": country, "sequence": 10, **stamps()}


def _taxes() -> list[Row]:
    purchase = [_tax(id_, _TAX_NAMES[int(rate)], float(rate), "purchase") for rate, id_ in PURCHASE_TAX_IDS.items()]
    sale = [_tax(id_, _SALE_TAX_NAMES[int(rate)], float(rate), "sale") for rate, id_ in SALE_TAX_IDS.items()]
    return [*purchase, *sale]


def _tax(id_: int, name: str, amount: float, use: str) -> Row:
    return {
        "id": id_,
        "name": name,
        "amount": amount,
        "amount_type": "percent",
        "type_tax_use": use,
        "price_include": False,
        "include_base_amount": False,
        "is_base_affected": True,
        "company_id": COMPANY_ID,
        "country_id": COUNTRY_IDS["DE"],
        "tax_group_id": 1,
        "tax_exigibility": "on_invoice",
        "sequence": id_,
        "active": True,
        **stamps(),
    }


def _payment_term(days: int) -> Row:
    return {
        "id": payment_term_id(days),
        "name": f"{days} Days",
        "note": f"<p>Payment terms: {days} Days</p>",
        "company_id": False,
        "sequence": 10,
        "active": True,
        **stamps(),
    }


def _payment_term_line(days: int) -> Row:
    return {
        "id": payment_term_id(days),
        "payment_id": payment_term_id(days),
        "value": "percent",
        "value_amount": 100.0,
        "nb_days": days,
        "delay_type": "days_after",
        **stamps(),
    }


def _warehouse(company: DemoCompany) -> Row:
    return {
        "id": WAREHOUSE_ID,
        "name": company.own.name,
        "code": "WH",
        "company_id": COMPANY_ID,
        "lot_stock_id": STOCK_LOCATION_ID,
        "in_type_id": RECEIPTS_TYPE_ID,
        "sequence": 10,
        **stamps(),
    }


def _locations() -> list[Row]:
    return [
        _location(2, "Partners", "Partners", "view", False),
        _location(3, "Virtual Locations", "Virtual Locations", "view", False),
        _location(VENDORS_LOCATION_ID, "Vendors", "Partners/Vendors", "supplier", 2),
        _location(CUSTOMERS_LOCATION_ID, "Customers", "Partners/Customers", "customer", 2),
        _location(7, "WH", "WH", "view", False),
        _location(STOCK_LOCATION_ID, "Stock", "WH/Stock", "internal", 7),
        _location(PRODUCTION_LOCATION_ID, "Production", "Virtual Locations/Production", "production", 3),
        _location(SCRAP_LOCATION_ID, "Scrap", "Virtual Locations/Scrap", "inventory", 3),
    ]


def _location(id_: int, name: str, complete_name: str, usage: str, parent: int | bool) -> Row:
    is_ours = usage in ("internal", "production", "inventory") or name == "WH"
    return {
        "id": id_,
        "name": name,
        "complete_name": complete_name,
        "usage": usage,
        "location_id": parent,
        "company_id": COMPANY_ID if is_ours else False,
        "scrap_location": id_ == SCRAP_LOCATION_ID,
        "active": True,
        **stamps(),
    }


def _picking_types() -> list[Row]:
    receipts = (RECEIPTS_TYPE_ID, "Receipts", "incoming", "IN")
    deliveries = (DELIVERIES_TYPE_ID, "Delivery Orders", "outgoing", "OUT")
    repairs = (REPAIRS_TYPE_ID, "Repairs", "repair_operation", "RO")
    return [
        _picking_type(*receipts, VENDORS_LOCATION_ID, STOCK_LOCATION_ID, DELIVERIES_TYPE_ID),
        _picking_type(*deliveries, STOCK_LOCATION_ID, CUSTOMERS_LOCATION_ID, RECEIPTS_TYPE_ID),
        _picking_type(*repairs, STOCK_LOCATION_ID, PRODUCTION_LOCATION_ID, False),
    ]


def _picking_type(
    id_: int, name: str, code: str, sequence_code: str, source: int, target: int, returns: int | bool
) -> Row:
    is_repair = code == "repair_operation"
    return {
        "id": id_,
        "name": name,
        "code": code,
        "sequence_code": sequence_code,
        "company_id": COMPANY_ID,
        "warehouse_id": WAREHOUSE_ID,
        "create_backorder": "ask",
        "reservation_method": "at_confirm",
        "default_location_src_id": source,
        "default_location_dest_id": target,
        "default_remove_location_dest_id": SCRAP_LOCATION_ID if is_repair else False,
        "default_recycle_location_dest_id": STOCK_LOCATION_ID if is_repair else False,
        "return_picking_type_id": returns,
        "use_create_lots": code != "outgoing",
        "use_existing_lots": code != "incoming",
        "sequence": id_,
        "active": True,
        **stamps(),
    }
