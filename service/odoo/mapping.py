"""Rows of Odoo 17 to records in accounting words, and a bill's draft to the values that create it. All pure.

Odoo writes empty values as ``false``, times as text in UTC without a zone, numbers as floats, and a link to one
record as ``[id, name]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from service.domain.errors import OdooRefusedError
from service.domain.keys import account_key
from service.domain.records import (
    BankAccount,
    Bill,
    BillDraft,
    BillLineDraft,
    Company,
    OrderLine,
    Partner,
    Product,
    PurchaseOrder,
    Receipt,
    RecordKind,
    RecordRef,
    Tax,
    Unit,
    VendorCode,
)

Row = Mapping[str, Any]

MARKER_PREFIX = "concord:"
_SCALE = Decimal("0.000001")  # beyond it a float's digits are noise


def to_number(value: Any) -> Decimal:
    """A float of Odoo as the Decimal that it was meant to be."""
    number = Decimal(str(value or 0))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -6:
        return number.quantize(_SCALE)
    return number


def to_text(value: Any) -> str | None:
    """Text without blanks around it; None where Odoo has none."""
    return str(value).strip() or None if value else None


def to_id(value: Any) -> int | None:
    """The id in a link to one record."""
    if isinstance(value, list | tuple):
        return int(value[0]) if value else None
    return int(value) if value else None


def to_time(value: Any) -> datetime | None:
    """A time in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else None


def to_day(value: Any) -> date | None:
    """The day of a date, or of a time in UTC."""
    return date.fromisoformat(value[:10]) if value else None


def company(row: Row) -> Company:
    """From res.company."""
    return Company(
        ref=_ref(RecordKind.COMPANY, row, row["name"]),
        vat_id=_account(row["vat"]),
        currency=_link_name(row["currency_id"]),
        partner_id=_required(row["partner_id"]),
        changed_at=_changed(row),
    )


def partner(row: Row) -> Partner:
    """From res.partner; a nameless address bears the name that Odoo makes from its company's."""
    return Partner(
        ref=_ref(RecordKind.PARTNER, row, row["name"] or row["complete_name"]),
        vat_id=_account(row["vat"]),
        email=to_text(row["email"]),
        reference=to_text(row["ref"]),
        is_company=bool(row["is_company"]),
        is_vendor=bool(row["supplier_rank"]),
        active=bool(row["active"]),
        parent_id=to_id(row["parent_id"]),
        company_id=to_id(row["company_id"]),
        country=to_text(row["country_code"]),
        changed_at=_changed(row),
    )


def bank_account(row: Row) -> BankAccount:
    """From res.partner.bank."""
    return BankAccount(
        ref=_ref(RecordKind.BANK_ACCOUNT, row, row["acc_number"]),
        partner_id=_required(row["partner_id"]),
        number=account_key(row["acc_number"] or ""),
        changed_at=_changed(row),
    )


def product(row: Row) -> Product:
    """From product.product."""
    return Product(
        ref=_ref(RecordKind.PRODUCT, row, row["name"]),
        template_id=_required(row["product_tmpl_id"]),
        code=to_text(row["default_code"]),
        barcode=to_text(row["barcode"]),
        name=str(row["name"]),
        is_service=row["detailed_type"] == "service",
        bill_on=str(row["purchase_method"] or "receive"),
        unit_id=_required(row["uom_id"]),
        active=bool(row["active"]),
        changed_at=_changed(row),
    )


def vendor_code(row: Row) -> VendorCode:
    """From product.supplierinfo."""
    name = row["product_name"] or row["product_code"] or _link_name(row["product_tmpl_id"])
    return VendorCode(
        ref=_ref(RecordKind.VENDOR_CODE, row, name),
        partner_id=_required(row["partner_id"]),
        template_id=to_id(row["product_tmpl_id"]),
        product_id=to_id(row["product_id"]),
        code=to_text(row["product_code"]),
        name=to_text(row["product_name"]),
        price=to_number(row["price"]),
        changed_at=_changed(row),
    )


def unit(row: Row) -> Unit:
    """From uom.uom, whose factor is how many of it make one reference unit: the inverse of ours."""
    ratio = Decimal(1) / Decimal(str(row["factor"] or 1))
    return Unit(
        ref=_ref(RecordKind.UNIT, row, row["name"]),
        category_id=_required(row["category_id"]),
        ratio=_plain(+ratio.quantize(Decimal("1e-9"))),
        changed_at=_changed(row),
    )


def tax(row: Row) -> Tax:
    """From account.tax."""
    return Tax(
        ref=_ref(RecordKind.TAX, row, row["name"]),
        rate=_plain(to_number(row["amount"])),
        is_purchase=row["type_tax_use"] == "purchase",
        included_in_price=bool(row["price_include"]),
        active=bool(row["active"]),
        company_id=to_id(row["company_id"]),
        changed_at=_changed(row),
    )


def order(row: Row, lines: Iterable[Row]) -> PurchaseOrder:
    """From purchase.order and its purchase.order.line rows, sections and notes left out.

    ``changed_at`` is the latest change of header and lines: Odoo doesn't move the header for every line's change.
    """
    ordered = sorted(lines, key=lambda line: (line["sequence"] or 0, line["id"]))
    return PurchaseOrder(
        ref=_ref(RecordKind.PURCHASE_ORDER, row, row["name"]),
        partner_id=_required(row["partner_id"]),
        vendor_reference=to_text(row["partner_ref"]),
        state=str(row["state"]),
        currency=_link_name(row["currency_id"]),
        ordered_on=to_day(row["date_approve"] or row["date_order"]),
        net_amount=to_number(row["amount_untaxed"]),
        tax_amount=to_number(row["amount_tax"]),
        total_amount=to_number(row["amount_total"]),
        billing_status=str(row["invoice_status"] or "no"),
        company_id=_required(row["company_id"]),
        lines=tuple(_order_line(line) for line in ordered if not line["display_type"]),
        changed_at=max(_changed(row), *(_changed(line) for line in ordered)) if ordered else _changed(row),
    )


def _order_line(row: Row) -> OrderLine:
    return OrderLine(
        ref=RecordRef("purchase.order.line", row["id"], _first_line(row["name"])),
        product_id=to_id(row["product_id"]),
        description=str(row["name"] or ""),
        quantity=to_number(row["product_qty"]),
        unit_id=to_id(row["product_uom"]),
        unit_price=to_number(row["price_unit"]),
        discount_percent=to_number(row["discount"]),
        tax_ids=tuple(row["taxes_id"]),
        received=to_number(row["qty_received"]),
        invoiced=to_number(row["qty_invoiced"]),
        net_amount=to_number(row["price_subtotal"]),
    )


def receipt(row: Row) -> Receipt:
    """From stock.picking."""
    return Receipt(
        ref=_ref(RecordKind.RECEIPT, row, row["name"]),
        order_id=to_id(row["purchase_id"]),
        partner_id=to_id(row["partner_id"]),
        state=str(row["state"]),
        done_at=to_time(row["date_done"]),
        changed_at=_changed(row),
    )


def bill(row: Row, order_line_ids: Sequence[int]) -> Bill:
    """From account.move of the types in_invoice and in_refund; a draft has no number yet."""
    number = row["name"] if row["name"] and row["name"] != "/" else draft_name(row["id"])
    return Bill(
        ref=_ref(RecordKind.BILL, row, number),
        is_refund=row["move_type"] == "in_refund",
        state=str(row["state"]),
        partner_id=to_id(row["partner_id"]),
        vendor_reference=to_text(row["ref"]),
        payment_reference=to_text(row["payment_reference"]),
        origin=to_text(row["invoice_origin"]),
        billed_on=to_day(row["invoice_date"]),
        currency=_link_name(row["currency_id"]),
        net_amount=to_number(row["amount_untaxed"]),
        total_amount=to_number(row["amount_total"]),
        payment_state=str(row["payment_state"] or "not_paid"),
        company_id=_required(row["company_id"]),
        order_line_ids=tuple(sorted(set(order_line_ids))),
        changed_at=_changed(row),
    )


def draft_name(bill_id: int) -> str:
    """What a bill is called that has no number yet."""
    return f"Draft {bill_id}"


def bill_origin(draft: BillDraft) -> str:
    """The text of invoice_origin: the orders as Odoo writes them, and the marker that finds the bill again."""
    marker = MARKER_PREFIX + draft.marker
    return f"{', '.join(draft.order_names)} · {marker}" if draft.order_names else marker


def bears_marker(bill: Bill, marker: str) -> bool:
    """Whether the bill carries just that marker, not one that begins alike."""
    return re.search(re.escape(MARKER_PREFIX + marker) + r"(?!\w)", bill.origin or "") is not None


def bill_values(draft: BillDraft, currency_id: int) -> dict[str, Any]:
    """What account.move's create takes. Both references are set, since Odoo would put the order's into one."""
    values = {
        "move_type": "in_refund" if draft.is_refund else "in_invoice",
        "partner_id": draft.partner_id,
        "ref": draft.vendor_reference,
        "payment_reference": draft.payment_reference or draft.vendor_reference,
        "invoice_origin": bill_origin(draft),
        "invoice_date": draft.billed_on.isoformat(),
        "invoice_date_due": draft.due_on and draft.due_on.isoformat(),
        "currency_id": currency_id,
        "invoice_line_ids": [(0, 0, _bill_line_values(line)) for line in draft.lines],
    }
    return _known(values)


def _bill_line_values(line: BillLineDraft) -> dict[str, Any]:
    values = {
        "name": line.description,
        "product_id": line.product_id,
        "product_uom_id": line.unit_id,
        "quantity": float(line.quantity),
        "price_unit": float(line.unit_price),
        "discount": float(line.discount_percent),
        "purchase_line_id": line.order_line_id,
        "tax_ids": [(6, 0, list(line.tax_ids))],
    }
    return _known(values)


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what we don't know: Odoo works out what is left out, and takes an empty value as meant."""
    return {name: value for name, value in values.items() if value is not None}


def _ref(kind: RecordKind, row: Row, name: Any) -> RecordRef:
    return RecordRef(kind.value, int(row["id"]), str(name or row["id"]))


def _account(value: Any) -> str | None:
    """A VAT id without the blanks and dots that people type."""
    return account_key(value) or None if value else None


def _link_name(value: Any) -> str:
    return str(value[1]) if isinstance(value, list | tuple) and len(value) > 1 else ""


def _required(value: Any) -> int:
    number = to_id(value)
    if number is None:
        raise OdooRefusedError("A link that Odoo requires is empty.", code="ODOO_RECORD")
    return number


def _changed(row: Row) -> datetime:
    changed_at = to_time(row["write_date"])
    if changed_at is None:
        raise OdooRefusedError("A record of Odoo has no time of its last change.", code="ODOO_RECORD")
    return changed_at


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros, never in exponent notation."""
    return Decimal(format(number.normalize(), "f"))


def _first_line(text: Any) -> str:
    return str(text or "").partition("\n")[0]
