"""Products and their templates, and what vendors call and charge for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row

_OF_VARIANT = ("default_code", "barcode", "standard_price", "volume", "weight")


def _named(record: Record, code: str) -> str:
    return f"[{code}] {record.text('name')}" if code else record.text("name")


class Template(ThreadModel):
    """What variants of a product have in common; made with one variant."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "detailed_type": "consu",
        "type": "consu",
        "invoice_policy": "order",
        "purchase_method": "receive",
        "purchase_line_warn": "no-message",
        "sale_line_warn": "no-message",
        "tracking": "none",
        "purchase_ok": True,
        "sale_ok": True,
        "priority": "0",
        "sequence": 1,
        "list_price": 1.0,
        "expense_policy": "no",
        "service_type": "manual",
        "product_properties": [],
    }
    narrowed: ClassVar = {"product_variant_ids": lambda variant: variant.flag("active")}
    computed: ClassVar[Mapping[str, Compute]] = {
        "standard_price": lambda template: _of_only_variant(template, "standard_price"),
        "barcode": lambda template: _of_only_variant(template, "barcode"),
        "default_code": lambda template: _of_only_variant(template, "default_code"),
        "product_variant_id": lambda template: next(iter(template.ids("product_variant_ids")), None),
        "product_variant_count": lambda template: len(template.ids("product_variant_ids")),
        "currency_id": lambda template: template.env.company.value("currency_id"),
        "cost_currency_id": lambda template: template.env.company.value("currency_id"),
        "variant_seller_ids": lambda template: template.value("seller_ids"),
    }

    def display_name(self, record: Record) -> str:
        """[code] name."""
        return _named(record, record.text("default_code"))

    def defaults(self, env: Environment, values: Row) -> Row:
        """Units, category, taxes and how receipts count, where the client says nothing."""
        unit = values.get("uom_id") or next((unit.id for unit in env.all("uom.uom")), None)
        kind = values.get("detailed_type") or values.get("type") or "consu"
        taxes = {name: env.company.value(f"account_{use}_tax_id") for name, use in _DEFAULT_TAXES.items()}
        return {
            "uom_id": unit,
            "uom_po_id": unit,
            "categ_id": next((category.id for category in env.all("product.category")), None),
            "type": kind,
            "detailed_type": kind,
            "purchase_method": "purchase" if kind == "service" else "receive",
        } | {name: [tax] for name, tax in taxes.items() if tax is not None}

    def after_create(self, record: Record, values: Row) -> None:
        """A template made by itself gets its variant."""
        if not record.env.context.get("delegating"):
            own: Row = {name: values[name] for name in _OF_VARIANT if name in values}
            record.env.models["product.product"].create_one(record.env, {**own, "product_tmpl_id": record.id})

    def after_write(self, record: Record, values: Row) -> None:
        """Codes and costs belong to the only variant; archiving a template archives its variants."""
        variants = record.env.pointing("product.product", "product_tmpl_id", record.id)
        own: Row = {name: values[name] for name in _OF_VARIANT if name in values}
        if own and len(variants) == 1:
            variants[0].set(**own)
        if "detailed_type" in values:
            record.set(type=values["detailed_type"])
        if "active" in values:
            for variant in variants:
                variant.set(active=values["active"])


_DEFAULT_TAXES = {"supplier_taxes_id": "purchase", "taxes_id": "sale"}


def _of_only_variant(template: Record, name: str) -> JsonValue:
    variants = template.many("product_variant_ids")
    return variants[0].value(name) if len(variants) == 1 else None


class Product(ThreadModel):
    """Variants: what is bought, stocked and sold."""

    delegates: ClassVar[Mapping[str, str]] = {"product_tmpl_id": "product.template"}
    initial: ClassVar[Mapping[str, JsonValue]] = {"combination_indices": ""}
    computed: ClassVar[Mapping[str, Compute]] = {
        "lst_price": lambda product: product.value("list_price"),
        "partner_ref": lambda product: product.display_name,
        "code": lambda product: product.value("default_code"),
    }

    def display_name(self, record: Record) -> str:
        """[code] name, and the values of its attributes."""
        attributes = ", ".join(value.text("name") for value in record.many("product_template_attribute_value_ids"))
        return _named(record, record.text("default_code")) + (f" ({attributes})" if attributes else "")

    def dependents(self, record: Record, before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """The template repeats the code of its only variant."""
        return [(self.name, record.id)] if "default_code" in changed or not before else []

    def refresh(self, record: Record) -> None:
        """The template repeats the code of its only variant."""
        template = record.one("product_tmpl_id")
        if template is not None and len(template.ids("product_variant_ids")) == 1:
            template.set(default_code=record.row.get("default_code"))


class SupplierInfo(RemoteModel):
    """A vendor's name, code and price for a product."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "min_qty": 0.0,
        "delay": 1,
        "sequence": 1,
        "price": 0.0,
        "discount": 0.0,
    }

    def defaults(self, env: Environment, values: Row) -> Row:
        """The template of a given variant, the company and its currency."""
        variant = values.get("product_id")
        template = env.record("product.product", variant).value("product_tmpl_id") if isinstance(variant, int) else None
        company = env.company
        return {"company_id": company.id, "currency_id": company.value("currency_id"), "product_tmpl_id": template}


def seller_of(product: Record, vendor: Record | None, quantity: Decimal, on: date) -> Record | None:
    """The vendor's price that applies to the quantity on that day: the first in the list's order."""
    if vendor is None:
        return None
    family = {vendor.id, vendor.value("commercial_partner_id")}
    for seller in product.many("seller_ids"):
        starts, ends = seller.day("date_start"), seller.day("date_end")
        in_time = (starts is None or starts <= on) and (ends is None or on <= ends)
        fits = seller.value("product_id") in (None, product.id) and seller.number("min_qty") <= quantity
        if seller.value("partner_id") in family and in_time and fits:
            return seller
    return None


def name_for_vendor(product: Record, seller: Record | None) -> str:
    """What an order to the vendor calls the product, by the vendor's own code and name where they are known."""
    code = (seller.text("product_code") if seller else "") or product.text("default_code")
    name = (seller.text("product_name") if seller else "") or product.text("name")
    called = f"[{code}] {name}" if code else name
    more = product.text("description_purchase")
    return f"{called}\n{more}" if more else called
