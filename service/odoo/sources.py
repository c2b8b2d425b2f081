"""Where each kind of record comes from in Odoo 17: model, fields and the domain that narrows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.records import Record, RecordKind
from service.odoo import mapping
from service.odoo.session import Row, Session


@dataclass(frozen=True, slots=True)
class Source:
    """A kind's fields, always named in a call, its domain, and how a page of rows becomes records."""

    fields: tuple[str, ...]
    to_records: Callable[[Session, Sequence[Row]], list[Record]]
    domain: tuple[Any, ...] = ()


def _each(to_record: Callable[[Row], Record]) -> Callable[[Session, Sequence[Row]], list[Record]]:
    return lambda _, rows: [to_record(row) for row in rows]


def _fields(names: str) -> tuple[str, ...]:
    return (*names.split(), "write_date")


_ORDER_LINE_FIELDS = _fields(
    "order_id sequence display_type name product_id product_qty product_uom price_unit discount taxes_id "
    "qty_received qty_invoiced price_subtotal"
)


def _orders(session: Session, rows: Sequence[Row]) -> list[Record]:
    ids = [row["id"] for row in rows]
    lines = session.search_read("purchase.order.line", [["order_id", "in", ids]], _ORDER_LINE_FIELDS)
    by_order = _grouped(lines, "order_id")
    return [mapping.order(row, by_order.get(row["id"], ())) for row in rows]


def _receipts(_: Session, rows: Sequence[Row]) -> list[Record]:
    found = (mapping.receipt(row) for row in rows)
    return [receipt for receipt in found if receipt.order_id is not None]


def _bills(session: Session, rows: Sequence[Row]) -> list[Record]:
    domain = [["move_id", "in", [row["id"] for row in rows]], ["purchase_line_id", "!=", False]]
    lines = _grouped(session.search_read("account.move.line", domain, ["move_id", "purchase_line_id"]), "move_id")
    return [mapping.bill(row, _linked(lines.get(row["id"], ()), "purchase_line_id")) for row in rows]


def _grouped(rows: Sequence[Row], link: str) -> Mapping[int | None, list[Row]]:
    groups: defaultdict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        groups[mapping.to_id(row[link])].append(row)
    return groups


def _linked(rows: Sequence[Row], link: str) -> list[int]:
    return [number for row in rows if (number := mapping.to_id(row[link])) is not None]


SOURCES: dict[RecordKind, Source] = {
    RecordKind.COMPANY: Source(_fields("name vat currency_id partner_id"), _each(mapping.company)),
    RecordKind.PARTNER: Source(
        _fields("name complete_name vat email ref is_company supplier_rank active parent_id company_id country_code"),
        _each(mapping.partner),
    ),
    RecordKind.BANK_ACCOUNT: Source(_fields("acc_number partner_id"), _each(mapping.bank_account)),
    RecordKind.PRODUCT: Source(
        _fields("name product_tmpl_id default_code barcode detailed_type purchase_method uom_id active"),
        _each(mapping.product),
    ),
    RecordKind.VENDOR_CODE: Source(
        _fields("partner_id product_tmpl_id product_id product_code product_name price"), _each(mapping.vendor_code)
    ),
    RecordKind.UNIT: Source(_fields("name category_id factor"), _each(mapping.unit)),
    # A fixed amount or a group of taxes has no rate that could be compared with a printed one.
    RecordKind.TAX: Source(
        _fields("name amount type_tax_use price_include active company_id"),
        _each(mapping.tax),
        (["amount_type", "in", ["percent", "division"]],),
    ),
    RecordKind.PURCHASE_ORDER: Source(
        _fields(
            "name partner_id partner_ref state currency_id date_order date_approve amount_untaxed amount_tax "
            "amount_total invoice_status company_id"
        ),
        _orders,
    ),
    RecordKind.RECEIPT: Source(
        _fields("name purchase_id partner_id state date_done"),
        _receipts,
        (["picking_type_id.code", "=", "incoming"],),
    ),
    RecordKind.BILL: Source(
        _fields(
            "name move_type state partner_id ref payment_reference invoice_origin invoice_date currency_id "
            "amount_untaxed amount_total payment_state company_id"
        ),
        _bills,
        (["move_type", "in", ["in_invoice", "in_refund"]],),
    ),
}


def records_where(
    session: Session, kind: RecordKind, domain: Sequence[Any], *, limit: int | None = None, order: str = "id"
) -> list[Record]:
    """The records of ``kind`` in ``domain``."""
    source = SOURCES[kind]
    rows = session.search_read(kind.value, [*source.domain, *domain], source.fields, limit=limit, order=order)
    return source.to_records(session, rows) if rows else []
