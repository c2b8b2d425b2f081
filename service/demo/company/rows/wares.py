"""Rows of products, their templates and what their vendors call them."""

from __future__ import annotations

from service.demo.company.rows.shapes import (
    COMPANY_ID,
    EUR_ID,
    PURCHASE_TAX_IDS,
    SALE_TAX_IDS,
    Row,
    Rows,
    product_template_id,
    stamps,
)
from service.demo.company.values import DemoCompany, Product

_CATEGORIES = {
    1: "All",
    2: "Garden tools",
    3: "Garden furniture",
    4: "Seeds and bulbs",
    5: "Home",
    6: "Light",
    7: "Services",
    8: "Machines",
    9: "Food and feed",
}
_HOME_CATEGORY_ID = 5
_PREFIXES = {
    2: "GT WZ BW GS",
    3: "MB SP FE WE",
    4: "SA BL PF",
    6: "LA LE LI",
    7: "DL",
    8: "EG PU GR KM RM HD",
    9: "FU HO OL",
}
_CATEGORY_OF_PREFIX = {prefix: id_ for id_, prefixes in _PREFIXES.items() for prefix in prefixes.split()}


def ware_rows(company: DemoCompany) -> Rows:
    """Categories, templates, variants and vendor codes."""
    return {
        "product.category": [_category(id_, name) for id_, name in _CATEGORIES.items()],
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
        "categ_id": _CATEGORY_OF_PREFIX.get(product.code[:2], _HOME_CATEGORY_ID),
        "type": kind,
        "detailed_type": kind,
        "uom_id": product.unit.id,
        "uom_po_id": product.unit.id,
        "standard_price": float(product.price),
        "purchase_method": "purchase" if product.is_service else "receive",
        "purchase_line_warn": "no-message",
        "sale_line_warn": "no-message",
        "tracking": "serial" if product.has_serials else "none",
        "invoice_policy": "order",
        "supplier_taxes_id": [PURCHASE_TAX_IDS[product.tax_rate]],
        "taxes_id": [SALE_TAX_IDS[product.sale_tax_rate]],
        "purchase_ok": True,
        "sale_ok": not product.is_service,
        "list_price": float(product.list_price),
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
