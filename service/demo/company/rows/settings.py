"""Rows that a fresh Odoo for a German company has before any business: currency, units, accounts, taxes, places."""

from __future__ import annotations

from service.demo.company.rows.shapes import (
    BILLS_JOURNAL_ID,
    COMPANY_ID,
    COMPANY_PARTNER_ID,
    COUNTRY_IDS,
    EUR_ID,
    PURCHASE_TAX_IDS,
    RECEIPTS_TYPE_ID,
    STOCK_LOCATION_ID,
    VENDORS_LOCATION_ID,
    Row,
    Rows,
    payment_term_id,
    stamps,
)
from service.demo.company.values import UNITS, DemoCompany, Unit

_COUNTRY_NAMES = {
    "AT": "Austria",
    "DE": "Germany",
    "FR": "France",
    "GB": "United Kingdom",
    "IE": "Ireland",
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
)
_JOURNALS = (
    (1, "INV", "Customer Invoices", "sale", 11),
    (BILLS_JOURNAL_ID, "BILL", "Vendor Bills", "purchase", 1),
    (3, "MISC", "Miscellaneous Operations", "general", False),
    (4, "BNK1", "Bank", "bank", 9),
)
_TAX_NAMES = {19: "19% Vorsteuer", 7: "7% Vorsteuer", 20: "20% Vorsteuer AT", 0: "0% steuerfreier Erwerb"}
_SALE_TAX_ID = 5
_TERM_DAYS = (10, 14, 30, 45, 60)


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
        "stock.location": _locations(),
        "stock.picking.type": [_receipts_type()],
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
        "account_sale_tax_id": _SALE_TAX_ID,
        "account_opening_date": "2026-01-01",
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
        "reconcile": kind in ("liability_payable", "asset_receivable"),
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
    return [*purchase, _tax(_SALE_TAX_ID, "19% Umsatzsteuer", 19.0, "sale")]


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


def _locations() -> list[Row]:
    return [
        _location(2, "Partners", "Partners", "view", False),
        _location(VENDORS_LOCATION_ID, "Vendors", "Partners/Vendors", "supplier", 2),
        _location(7, "WH", "WH", "view", False),
        _location(STOCK_LOCATION_ID, "Stock", "WH/Stock", "internal", 7),
    ]


def _location(id_: int, name: str, complete_name: str, usage: str, parent: int | bool) -> Row:
    return {
        "id": id_,
        "name": name,
        "complete_name": complete_name,
        "usage": usage,
        "location_id": parent,
        "company_id": COMPANY_ID if complete_name.startswith("WH") else False,
        "active": True,
        **stamps(),
    }


def _receipts_type() -> Row:
    return {
        "id": RECEIPTS_TYPE_ID,
        "name": "Receipts",
        "code": "incoming",
        "sequence_code": "IN",
        "company_id": COMPANY_ID,
        "create_backorder": "ask",
        "reservation_method": "at_confirm",
        "default_location_src_id": VENDORS_LOCATION_ID,
        "default_location_dest_id": STOCK_LOCATION_ID,
        "sequence": 1,
        "active": True,
        **stamps(),
    }
