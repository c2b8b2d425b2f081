"""Where each kind of record comes from in Odoo 17: model, fields and the domain that narrows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.domain.errors import ODOO_NOT_READABLE, OdooRefusedError
from service.domain.records import OPTIONAL_KINDS, Record, RecordKind
from service.odoo import mapping, mapping_sales
from service.odoo.session import Row, Session
from service.odoo.values import to_id, to_ids


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
    lines = session.search_read("purchase.order.line", [["order_id", "in", _ids(rows)]], _ORDER_LINE_FIELDS)
    by_order = _grouped(lines, "order_id")
    return [mapping.order(row, by_order.get(row["id"], ())) for row in rows]


_SALE_LINE_FIELDS = _fields(
    "order_id sequence display_type name product_id product_uom_qty product_uom price_unit discount tax_id "
    "qty_delivered qty_invoiced price_subtotal"
)


def _sale_orders(session: Session, rows: Sequence[Row]) -> list[Record]:
    lines = session.search_read("sale.order.line", [["order_id", "in", _ids(rows)]], _SALE_LINE_FIELDS)
    by_order = _grouped(lines, "order_id")
    return [mapping_sales.sale_order(row, by_order.get(row["id"], ())) for row in rows]


_MOVE_FIELDS = _fields(
    "picking_id product_id name state quantity product_qty product_uom_qty origin_returned_move_id to_refund "
    "purchase_line_id sale_line_id"
)


def _transfers(session: Session, rows: Sequence[Row]) -> list[Record]:
    """Those of purchases and sales, and whatever left the house, for a serial number may have gone with it."""
    on_page = ["picking_id", "in", _ids(rows)]
    moves = _grouped(session.search_read("stock.move", [on_page], _MOVE_FIELDS), "picking_id")
    lots = session.search_read("stock.move.line", [on_page, ["lot_id", "!=", False]], ["move_id", "lot_id"])
    serials = {
        move_id: to_ids(number for line in lines if (number := to_id(line["lot_id"])) is not None)
        for move_id, lines in _grouped(lots, "move_id").items()
        if move_id is not None
    }
    found = (mapping.transfer(row, moves.get(row["id"], ()), serials) for row in rows)
    return [one for one in found if one.is_outgoing or one.order_id or one.sale_order_id or one.returned_id]


BILL_LINE_FIELDS = (
    "move_id",
    "sequence",
    "name",
    "product_id",
    "quantity",
    "price_unit",
    "price_subtotal",
    "purchase_line_id",
    "sale_line_ids",
)


def _bills(session: Session, rows: Sequence[Row]) -> list[Record]:
    domain = [["move_id", "in", _ids(rows)], ["display_type", "=", "product"]]
    lines = _grouped(session.search_read("account.move.line", domain, BILL_LINE_FIELDS), "move_id")
    return [mapping.bill(row, lines.get(row["id"], ())) for row in rows]


def _payments(session: Session, rows: Sequence[Row]) -> list[Record]:
    paid = _by_entry(session, rows)
    others = sorted({entry for found in paid.values() for entry in found})
    booked = (
        session.search_read("account.bank.statement.line", [["move_id", "in", others]], ["move_id"]) if others else []
    )
    line_of = {to_id(line["move_id"]): int(line["id"]) for line in booked}
    bills = _bills_among(session, others)
    return [
        mapping_sales.payment(
            row,
            bill_ids=paid[row["id"]] & bills,
            statement_line_ids=[line_of[entry] for entry in paid[row["id"]] if entry in line_of],
        )
        for row in rows
    ]


def _statement_lines(session: Session, rows: Sequence[Row]) -> list[Record]:
    matched = _by_entry(session, rows)
    bills = _bills_among(session, sorted({entry for found in matched.values() for entry in found}))
    return [
        mapping_sales.statement_line(row, is_matched=bool(matched[row["id"]]), bill_ids=matched[row["id"]] & bills)
        for row in rows
    ]


def _by_entry(session: Session, rows: Sequence[Row]) -> dict[int, frozenset[int]]:
    """The account.move ids that each row's own entry is reconciled with."""
    entries = {int(row["id"]): to_id(row["move_id"]) or 0 for row in rows}
    links = counterparts(session, sorted(set(entries.values())))
    return {number: links.get(entry, frozenset()) for number, entry in entries.items()}


def _bills_among(session: Session, entry_ids: Sequence[int]) -> frozenset[int]:
    if not entry_ids:
        return frozenset()
    rows = session.search_read("account.move", [["id", "in", list(entry_ids)], *_BILL_TYPES], ["name"])
    return frozenset(int(row["id"]) for row in rows)


def counterparts(session: Session, entry_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """account.move ids that the partial reconciliations of those account.move ids lead to, by the latter."""
    own = session.search_read("account.move.line", [["move_id", "in", list(entry_ids)]], ["move_id"])
    entry_of = {row["id"]: to_id(row["move_id"]) for row in own}
    if not entry_of:
        return {}
    domain = ["|", ["debit_move_id", "in", sorted(entry_of)], ["credit_move_id", "in", sorted(entry_of)]]
    partials = session.search_read("account.partial.reconcile", domain, ["debit_move_id", "credit_move_id"])
    pairs = [(to_id(row["debit_move_id"]), to_id(row["credit_move_id"])) for row in partials]
    other_ids = sorted({number for pair in pairs for number in pair if number is not None})
    others = session.search_read("account.move.line", [["id", "in", other_ids]], ["move_id"])
    move_of = {row["id"]: to_id(row["move_id"]) for row in others}
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in [*pairs, *((credit, debit) for debit, credit in pairs)]:
        entry, counterpart = entry_of.get(one or 0), move_of.get(other or 0)
        if entry is not None and counterpart is not None and counterpart != entry:
            found[entry].add(counterpart)
    return {entry: frozenset(moves) for entry, moves in found.items()}


def _ids(rows: Sequence[Row]) -> list[int]:
    return [int(row["id"]) for row in rows]


def _grouped(rows: Sequence[Row], link: str) -> Mapping[int | None, list[Row]]:
    groups: defaultdict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        groups[to_id(row[link])].append(row)
    return groups


_BILL_TYPES = (["move_type", "in", ["in_invoice", "in_refund", "out_invoice", "out_refund"]],)
SOURCES: dict[RecordKind, Source] = {
    RecordKind.COMPANY: Source(_fields("name vat currency_id partner_id"), _each(mapping.company)),
    RecordKind.PARTNER: Source(
        _fields(
            "name complete_name vat email phone mobile ref is_company supplier_rank customer_rank active parent_id "
            "company_id country_code"
        ),
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
        _fields("name purchase_id sale_id return_id origin partner_id picking_type_code state date_done"),
        _transfers,
        (["picking_type_id.code", "in", ["incoming", "outgoing"]],),
    ),
    RecordKind.BILL: Source(
        _fields(
            "name move_type state partner_id ref payment_reference invoice_origin invoice_date invoice_date_due "
            "currency_id amount_untaxed amount_total amount_residual payment_state reversed_entry_id company_id"
        ),
        _bills,
        _BILL_TYPES,
    ),
    RecordKind.SALE_ORDER: Source(
        _fields("name partner_id client_order_ref state currency_id date_order amount_untaxed amount_total company_id"),
        _sale_orders,
    ),
    RecordKind.SERIAL: Source(_fields("name product_id"), _each(mapping_sales.serial)),
    RecordKind.REPAIR: Source(
        _fields("name state partner_id product_id lot_id sale_order_id picking_id under_warranty internal_notes"),
        _each(mapping_sales.repair),
    ),
    RecordKind.PAYMENT: Source(
        _fields("name payment_type state partner_id amount currency_id date ref move_id company_id"),
        _payments,
    ),
    RecordKind.STATEMENT_LINE: Source(
        _fields("name amount currency_id date payment_ref partner_id partner_name account_number move_id company_id"),
        _statement_lines,
    ),
}


def records_where(
    session: Session, kind: RecordKind, domain: Sequence[Any], *, limit: int | None = None, order: str = "id"
) -> list[Record]:
    """The records of ``kind`` in ``domain``; none where it is a kind that this Odoo lacks or doesn't let us read."""
    source = SOURCES[kind]
    try:
        rows = session.search_read(kind.value, [*source.domain, *domain], source.fields, limit=limit, order=order)
        return source.to_records(session, rows) if rows else []
    except OdooRefusedError as error:
        if kind in OPTIONAL_KINDS and error.code in ODOO_NOT_READABLE:
            return []
        raise


def linked_records(
    session: Session, kind: RecordKind, field: str, ids: Iterable[int], *, limit: int | None = None
) -> list[Record]:
    """The records of ``kind`` whose link ``field`` points to one of ``ids``, the newest first."""
    targets = sorted(set(ids))
    if not targets or not session.has_field(kind.value, field):
        return []
    return records_where(session, kind, [[field, "in", targets]], limit=limit, order="id desc")
