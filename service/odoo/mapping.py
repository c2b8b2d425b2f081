"""Rows of Odoo 17 to records in accounting words: what purchases and sales have in common, and purchases. All pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from service.domain.keys import account_key
from service.domain.records import (
    BankAccount,
    Bill,
    BillLine,
    Company,
    Movement,
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
from service.odoo.markers import draft_name
from service.odoo.values import (
    Row,
    changed_at,
    first_line,
    link_name,
    plain,
    ref_of,
    required_id,
    to_account,
    to_day,
    to_id,
    to_ids,
    to_number,
    to_text,
    to_time,
)

_SIXTH = Decimal("0.000001")


def company(row: Row) -> Company:
    """From res.company."""
    return Company(
        ref=ref_of(RecordKind.COMPANY, row, row["name"]),
        vat_id=to_account(row["vat"]),
        currency=link_name(row["currency_id"]),
        partner_id=required_id(row["partner_id"]),
        changed_at=changed_at(row),
    )


def partner(row: Row) -> Partner:
    """From res.partner; a nameless address bears the name that Odoo makes from its company's."""
    return Partner(
        ref=ref_of(RecordKind.PARTNER, row, row["name"] or row["complete_name"]),
        vat_id=to_account(row["vat"]),
        email=to_text(row["email"]),
        reference=to_text(row["ref"]),
        is_company=bool(row["is_company"]),
        is_vendor=bool(row["supplier_rank"]),
        active=bool(row["active"]),
        parent_id=to_id(row["parent_id"]),
        company_id=to_id(row["company_id"]),
        country=to_text(row["country_code"]),
        changed_at=changed_at(row),
        is_customer=bool(row["customer_rank"]),
        phone=to_text(row["phone"]) or to_text(row["mobile"]),
    )


def bank_account(row: Row) -> BankAccount:
    """From res.partner.bank."""
    return BankAccount(
        ref=ref_of(RecordKind.BANK_ACCOUNT, row, row["acc_number"]),
        partner_id=required_id(row["partner_id"]),
        number=account_key(row["acc_number"] or ""),
        changed_at=changed_at(row),
    )


def product(row: Row) -> Product:
    """From product.product."""
    return Product(
        ref=ref_of(RecordKind.PRODUCT, row, row["name"]),
        template_id=required_id(row["product_tmpl_id"]),
        code=to_text(row["default_code"]),
        barcode=to_text(row["barcode"]),
        name=str(row["name"]),
        is_service=row["detailed_type"] == "service",
        bill_on=str(row["purchase_method"] or "receive"),
        unit_id=required_id(row["uom_id"]),
        active=bool(row["active"]),
        changed_at=changed_at(row),
    )


def vendor_code(row: Row) -> VendorCode:
    """From product.supplierinfo."""
    name = row["product_name"] or row["product_code"] or link_name(row["product_tmpl_id"])
    return VendorCode(
        ref=ref_of(RecordKind.VENDOR_CODE, row, name),
        partner_id=required_id(row["partner_id"]),
        template_id=to_id(row["product_tmpl_id"]),
        product_id=to_id(row["product_id"]),
        code=to_text(row["product_code"]),
        name=to_text(row["product_name"]),
        price=to_number(row["price"]),
        changed_at=changed_at(row),
    )


def unit(row: Row) -> Unit:
    """From uom.uom, whose factor is how many of it make one reference unit: the inverse of ours."""
    ratio = Decimal(1) / Decimal(str(row["factor"] or 1))
    return Unit(
        ref=ref_of(RecordKind.UNIT, row, row["name"]),
        category_id=required_id(row["category_id"]),
        ratio=plain(+ratio.quantize(Decimal("1e-9"))),
        changed_at=changed_at(row),
    )


def tax(row: Row) -> Tax:
    """From account.tax."""
    return Tax(
        ref=ref_of(RecordKind.TAX, row, row["name"]),
        rate=plain(to_number(row["amount"])),
        is_purchase=row["type_tax_use"] == "purchase",
        included_in_price=bool(row["price_include"]),
        active=bool(row["active"]),
        company_id=to_id(row["company_id"]),
        changed_at=changed_at(row),
    )


def order(row: Row, lines: Iterable[Row]) -> PurchaseOrder:
    """From purchase.order and its purchase.order.line rows, sections and notes left out.

    ``changed_at`` is the latest change of header and lines: Odoo doesn't move the header for every line's change.
    """
    ordered = sorted(lines, key=lambda line: (line["sequence"] or 0, line["id"]))
    return PurchaseOrder(
        ref=ref_of(RecordKind.PURCHASE_ORDER, row, row["name"]),
        partner_id=required_id(row["partner_id"]),
        vendor_reference=to_text(row["partner_ref"]),
        state=str(row["state"]),
        currency=link_name(row["currency_id"]),
        ordered_on=to_day(row["date_approve"] or row["date_order"]),
        net_amount=to_number(row["amount_untaxed"]),
        tax_amount=to_number(row["amount_tax"]),
        total_amount=to_number(row["amount_total"]),
        billing_status=str(row["invoice_status"] or "no"),
        company_id=required_id(row["company_id"]),
        lines=tuple(_order_line(line) for line in ordered if not line["display_type"]),
        changed_at=changed_at(row, *ordered),
    )


def _order_line(row: Row) -> OrderLine:
    return OrderLine(
        ref=RecordRef("purchase.order.line", row["id"], first_line(row["name"])),
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


def transfer(row: Row, moves: Iterable[Row], serials: Mapping[int, Collection[int]]) -> Receipt:
    """From stock.picking and its stock.move rows; ``serials`` are the stock.lot ids by move."""
    moves = sorted(moves, key=lambda move: int(move["id"]))
    alive = (move for move in moves if move["state"] != "cancel" or row["state"] == "cancel")
    return Receipt(
        ref=ref_of(RecordKind.RECEIPT, row, row["name"]),
        order_id=to_id(row["purchase_id"]),
        partner_id=to_id(row["partner_id"]),
        state=str(row["state"]),
        done_at=to_time(row["date_done"]),
        changed_at=changed_at(row, *moves),
        sale_order_id=to_id(row["sale_id"]),
        is_outgoing=row["picking_type_code"] == "outgoing",
        returned_id=to_id(row["return_id"]),
        origin=to_text(row["origin"]),
        movements=tuple(_movement(move, serials.get(move["id"], ())) for move in alive),
    )


def _movement(row: Row, serial_ids: Collection[int]) -> Movement:
    return Movement(
        ref=RecordRef("stock.move", int(row["id"]), first_line(row["name"])),
        product_id=required_id(row["product_id"]),
        quantity=_moved(row),
        serial_ids=tuple(sorted(serial_ids)),
        order_line_id=to_id(row["purchase_line_id"]) or to_id(row["sale_line_id"]),
        returned_movement_id=to_id(row["origin_returned_move_id"]),
        to_refund=bool(row["to_refund"]),
    )


def _moved(row: Row) -> Decimal:
    """In the product's unit: what was moved, of an open transfer what it is to move. Odoo keeps the demand in the
    move's unit and in the product's, what was done only in the move's.
    """
    demand, in_product_unit = to_number(row["product_uom_qty"]), to_number(row["product_qty"])
    if row["state"] != "done":
        return in_product_unit
    done = to_number(row["quantity"])
    return done if demand in (0, in_product_unit) else plain((done * in_product_unit / demand).quantize(_SIXTH))


def bill(row: Row, lines: Iterable[Row]) -> Bill:
    """From account.move of the types in_invoice, in_refund, out_invoice and out_refund, and its account.move.line
    rows of products; a draft has no number yet.
    """
    number = row["name"] if row["name"] and row["name"] != "/" else draft_name(row["id"])
    products = tuple(_bill_line(line) for line in sorted(lines, key=lambda line: (line["sequence"] or 0, line["id"])))
    return Bill(
        ref=ref_of(RecordKind.BILL, row, number),
        is_refund=row["move_type"] in ("in_refund", "out_refund"),
        state=str(row["state"]),
        partner_id=to_id(row["partner_id"]),
        vendor_reference=to_text(row["ref"]),
        payment_reference=to_text(row["payment_reference"]),
        origin=to_text(row["invoice_origin"]),
        billed_on=to_day(row["invoice_date"]),
        currency=link_name(row["currency_id"]),
        net_amount=to_number(row["amount_untaxed"]),
        total_amount=to_number(row["amount_total"]),
        payment_state=str(row["payment_state"] or "not_paid"),
        company_id=required_id(row["company_id"]),
        order_line_ids=to_ids([line.order_line_id for line in products if line.order_line_id is not None]),
        changed_at=changed_at(row),
        is_sale=row["move_type"] in ("out_invoice", "out_refund"),
        due_on=to_day(row["invoice_date_due"]),
        open_amount=to_number(row["amount_residual"]),
        reversed_id=to_id(row["reversed_entry_id"]),
        lines=products,
    )


def _bill_line(row: Row) -> BillLine:
    return BillLine(
        ref=RecordRef("account.move.line", int(row["id"]), first_line(row["name"])),
        product_id=to_id(row["product_id"]),
        description=str(row["name"] or ""),
        quantity=to_number(row["quantity"]),
        unit_price=to_number(row["price_unit"]),
        net_amount=to_number(row["price_subtotal"]),
        order_line_id=to_id(row["purchase_line_id"]),
        sale_line_ids=to_ids(row["sale_line_ids"]),
    )
