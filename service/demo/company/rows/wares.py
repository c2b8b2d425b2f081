"""Rows of products, their templates and what their vendors call them."""

from __future__ import annotations

from decimal import Decimal

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    EUR_ID,
    PURCHASE_TAX_IDS,
    Row,
    Rows,
    product_template_id,
    stamps,
)
from service.demo.company.values import DemoCompany, Product
from service.domain.money import to_cents

_CATEGORIES = {1: "All", 2: "Garden tools", 3: "Garden furniture", 4: "Seeds and bulbs", 5: "Home", 6: "Light"}
_SERVICES_CATEGORY_ID = 7
_CATEGORY_OF_PREFIX = {"GT": 2, "MB": 3, "SA": 4, "BL": 4, "GL": 5, "KE": 5, "WO": 5, "LA": 6, "LE": 6, "DL": 7}
_RETAIL_FACTOR = Decimal("1.85")
_SALE_TAX_ID = 5


def ware_rows(company: DemoCompany) -> Rows:
    """Categories, templates, variants and vendor codes."""
    categories = {**_CATEGORIES, _SERVICES_CATEGORY_ID: "Services"}
    return {
        "product.category": [_category(id_, name) for id_, name in categories.items()],
        "product.template": [_template(product) for product in company.products],
        "product.product": [_variant(product) for product in company.products],
        "product.supplierinfo": [_vendor_code(number, p) for number, p in enumerate(company.products, start=1)],
    }


def _category(id_: int, name: str) -> Row:
    is_root = id_ == 1
    return {
        "id": id_,
        "name": name,
        "complete_name": name if is_root else f"All / {name}",
        "parent_id": False if is_root else 1,
        "property_cost_method": "standard",
        "property_valuation": "manual_periodic",
        **stamps(),
    }


def _shared(product: Product) -> Row:
    kind = "service" if product.is_service else "product"
    return {
        "name": product.name,
        "default_code": product.code,
        "barcode": product.barcode or False,
        "categ_id": _CATEGORY_OF_PREFIX[product.code[:2]],
        "type": kind,
        "detailed_type": kind,
        "uom_id": product.unit.id,
        "uom_po_id": product.unit.id,
        "standard_price": float(product.price),
        "purchase_method": "purchase" if product.is_service else "receive",
        "purchase_line_warn": "no-message",
        "sale_line_warn": "no-message",
        "tracking": "none",
        "invoice_policy": "order",
        "supplier_taxes_id": [PURCHASE_TAX_IDS[product.tax_rate]],
        "taxes_id": [_SALE_TAX_ID],
        "purchase_ok": True,
        "sale_ok": not product.is_service,
        "list_price": float(to_cents(product.price * _RETAIL_FACTOR)),
        "active": True,
        **stamps(),
    }


def _template(product: Product) -> Row:
    return {"id": product_template_id(product.id), "company_id": False, "sequence": 1, **_shared(product)}


def _variant(product: Product) -> Row:
    return {"id": product.id, "product_tmpl_id": product_template_id(product.id), **_shared(product)}


def _vendor_code(number: int, product: Product) -> Row:
    return {
        "id": number,
        "partner_id": product.vendor_id,
        "product_tmpl_id": product_template_id(product.id),
        "product_id": False,
        "product_code": product.vendor_code,
        "product_name": product.vendor_name,
        "price": float(product.price),
        "discount": 0.0,
        "min_qty": 1.0,
        "delay": 7,
        "currency_id": EUR_ID,
        "company_id": COMPANY_ID,
        "date_start": False,
        "date_end": False,
        "sequence": 1,
        **stamps(),
    }
