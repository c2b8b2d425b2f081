"""Finds what one document needs in the books: indexed queries only, each with a bound on what it may bring.

keys ─> orders, bills, bank accounts, partners ─> family of the partners ─> their accounts and open orders
     ─> products and vendor codes                ─> the orders' receipts, products, vendor codes and bills
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Connection, case, func, select

from service.books.keys import LinkKind
from service.books.tables import keys as keys_table
from service.books.tables import links, marks, records
from service.domain import codec
from service.domain.matching import KeyKind, Keys
from service.domain.records import (
    BankAccount,
    Bill,
    Company,
    Partner,
    Product,
    PurchaseOrder,
    Receipt,
    Record,
    RecordKind,
    Records,
    Tax,
    Unit,
    VendorCode,
)

CLASSES: dict[RecordKind, type[Record]] = {
    RecordKind.COMPANY: Company,
    RecordKind.PARTNER: Partner,
    RecordKind.BANK_ACCOUNT: BankAccount,
    RecordKind.PRODUCT: Product,
    RecordKind.VENDOR_CODE: VendorCode,
    RecordKind.UNIT: Unit,
    RecordKind.TAX: Tax,
    RecordKind.PURCHASE_ORDER: PurchaseOrder,
    RecordKind.RECEIPT: Receipt,
    RecordKind.BILL: Bill,
}
AS_OF = "as_of"

MAX_BY_NAME = 20  # partners that only share words of the name
MAX_BY_EMAIL = 20  # a domain with more addresses is a mail provider's, and says nothing
MAX_PARTNERS = 60
MAX_ORDERS_A_PARTNER = 60
MAX_ORDERS_OF_NAMESAKES = 15  # of all partners that only share words of the name, where another is named exactly
MAX_ORDERS = 150
MAX_HITS = 100
_MAX_NAME_ROWS = 5_000  # rows of common words that a ranking by name looks at
_BATCH = 500

R = TypeVar("R", Company, Partner, BankAccount, Product, VendorCode, Unit, Tax, PurchaseOrder, Receipt, Bill)


def find_records(connection: Connection, keys: Keys) -> Records:
    """Everything in the books that a document with these keys may be compared with."""
    orders = _load(connection, PurchaseOrder, _hits(connection, keys, KeyKind.ORDER_REFERENCE, PurchaseOrder))
    exact = _family(connection, _ids_by_exact_key(connection, keys, orders))
    namesakes = _family(connection, _ids_by_name(connection, texts_of(keys, KeyKind.PARTNER_NAME)))
    partners = _unique([*exact, *namesakes])[:MAX_PARTNERS]
    partner_ids = [partner.ref.id for partner in partners]
    orders = _unique([*orders, *_open_orders(connection, partner_ids, {partner.ref.id for partner in exact})])
    products, codes = _goods(connection, keys, orders, frozenset(partner_ids))
    return Records(
        companies=_all(connection, Company),
        partners=tuple(partners),
        bank_accounts=_hanging(connection, BankAccount, LinkKind.ACCOUNT_OF_PARTNER, partner_ids),
        products=products,
        vendor_codes=codes,
        units=_all(connection, Unit),
        taxes=_all(connection, Tax),
        orders=tuple(orders),
        receipts=_hanging(connection, Receipt, LinkKind.RECEIPT_OF_ORDER, [order.ref.id for order in orders]),
        bills=_bills(connection, keys, orders),
        as_of=read_mark(connection, AS_OF),
    )


def texts_of(keys: Keys, kind: KeyKind) -> frozenset[str]:
    """The texts of the keys of one kind."""
    return frozenset(key.text for key in keys if key.kind is kind)


def read_mark(connection: Connection, name: str) -> datetime | None:
    """The moment remembered under ``name``."""
    text = connection.execute(select(marks.c.at).where(marks.c.name == name)).scalar_one_or_none()
    return None if text is None else datetime.fromisoformat(text)


def batches(values: Iterable[int] | Iterable[str]) -> Iterator[list[int | str]]:
    """Sorted groups, far below either database's limit on parameters."""
    ordered: list[int | str] = sorted(values)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def key_counts(connection: Connection, kind: KeyKind, texts: Collection[str]) -> dict[str, int]:
    """How many records share each key of that kind."""
    column = keys_table.c
    wanted = select(column.text, func.count()).where(column.kind == kind.value)
    counts: dict[str, int] = {}
    for some in batches(texts):
        rows = connection.execute(wanted.where(column.text.in_(some)).group_by(column.text))
        counts.update((text, count) for text, count in rows)
    return counts


@lru_cache(maxsize=4096)
def decoded(kind: RecordKind, payload: str) -> Record:
    """The record that a payload stands for. Records are frozen, so one value serves every document."""
    return codec.decode(CLASSES[kind], json.loads(payload))


def _kind(record_type: type[Record]) -> RecordKind:
    return next(kind for kind, held in CLASSES.items() if held is record_type)


def stored_records(connection: Connection, kind: RecordKind, ids: Iterable[int]) -> list[Record]:
    """The records of a kind, in the order of ``ids``; missing ones left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Record] = {}
    for some in batches(wanted):
        query = select(records.c.id, records.c.payload).where(records.c.kind == kind.value, records.c.id.in_(some))
        found.update((row.id, decoded(kind, row.payload)) for row in connection.execute(query))
    return [found[number] for number in wanted if number in found]


def _load(connection: Connection, record_type: type[R], ids: Iterable[int]) -> list[R]:
    found = stored_records(connection, _kind(record_type), ids)
    return [record for record in found if isinstance(record, record_type)]


def _all(connection: Connection, record_type: type[R]) -> tuple[R, ...]:
    kind = _kind(record_type)
    query = select(records.c.payload).where(records.c.kind == kind.value).order_by(records.c.id)
    loaded = (decoded(kind, row.payload) for row in connection.execute(query))
    return tuple(record for record in loaded if isinstance(record, record_type))


def _hits(
    connection: Connection, keys: Keys, key_kind: KeyKind, record_type: type[Record], limit: int = MAX_HITS
) -> list[int]:
    """The newest records of a kind that share a key of that kind."""
    texts = sorted(texts_of(keys, key_kind))
    column = keys_table.c
    query = select(column.record_id).where(
        column.kind == key_kind.value, column.text.in_(texts), column.record_kind == _kind(record_type).value
    )
    rows = connection.execute(query.order_by(column.record_id.desc()).limit(limit)) if texts else ()
    return [row.record_id for row in rows]


def _ids_by_exact_key(connection: Connection, keys: Keys, orders: Sequence[PurchaseOrder]) -> list[int]:
    """Partners with the document's VAT id, bank account, order or e-mail domain, in this order."""
    accounts = _load(connection, BankAccount, _hits(connection, keys, KeyKind.IBAN, BankAccount))
    by_email = _hits(connection, keys, KeyKind.EMAIL_DOMAIN, Partner, MAX_BY_EMAIL + 1)
    return [
        *_hits(connection, keys, KeyKind.VAT_ID, Partner, MAX_BY_EMAIL),
        *(account.partner_id for account in accounts),
        *(order.partner_id for order in orders),
        *(by_email if len(by_email) <= MAX_BY_EMAIL else ()),
    ]


def _ids_by_name(connection: Connection, words: Collection[str]) -> list[int]:
    """Partners by the rarity of the words that they share with the document, best first."""
    counts = key_counts(connection, KeyKind.PARTNER_NAME, words)
    weights: dict[str, float] = {}
    looked_at = 0
    for text, count in sorted(counts.items(), key=lambda entry: (entry[1], entry[0])):
        looked_at += count
        if weights and looked_at > _MAX_NAME_ROWS:
            break
        weights[text] = 1 / count
    if not weights:
        return []
    column = keys_table.c
    score = func.sum(case(weights, value=column.text, else_=0.0))
    query = (
        select(column.record_id)
        .where(column.kind == KeyKind.PARTNER_NAME.value, column.text.in_(sorted(weights)))
        .group_by(column.record_id)
        .order_by(score.desc(), column.record_id)
        .limit(MAX_BY_NAME)
    )
    return [row.record_id for row in connection.execute(query)]


def _family(connection: Connection, partner_ids: Sequence[int]) -> list[Partner]:
    """The partners, the companies that they belong to, and the contacts of both: an order may name any of them."""
    partners = _load(connection, Partner, partner_ids)
    parent_ids = [partner.parent_id for partner in partners if partner.parent_id is not None]
    heads = _unique([*partners, *_load(connection, Partner, parent_ids)])
    contacts = _hanging_ids(connection, LinkKind.CONTACT_OF_PARTNER, [head.ref.id for head in heads], MAX_HITS)
    return _unique([*heads, *_load(connection, Partner, contacts)])


def _hanging(
    connection: Connection, record_type: type[R], link: LinkKind, target_ids: Collection[int]
) -> tuple[R, ...]:
    return tuple(_load(connection, record_type, _hanging_ids(connection, link, target_ids)))


def _hanging_ids(
    connection: Connection, link: LinkKind, target_ids: Collection[int], limit: int | None = None
) -> list[int]:
    """What hangs on the targets, the newest first."""
    found: set[int] = set()
    for some in batches(set(target_ids)):
        query = select(links.c.record_id).where(links.c.kind == link.value, links.c.target_id.in_(some))
        found.update(row.record_id for row in connection.execute(query))
    return sorted(found, reverse=True)[:limit]


def _open_orders(connection: Connection, partner_ids: Sequence[int], exact: Collection[int]) -> list[PurchaseOrder]:
    """The newest open orders of each partner, those of the better partners first where there are too many."""
    if not partner_ids:
        return []
    column = links.c
    place = func.row_number().over(partition_by=column.target_id, order_by=column.record_id.desc()).label("place")
    each = (
        select(column.target_id, column.record_id, place)
        .where(column.kind == LinkKind.OPEN_ORDER_OF_PARTNER.value, column.target_id.in_(partner_ids))
        .subquery()
    )
    rows = connection.execute(select(each).where(each.c.place <= MAX_ORDERS_A_PARTNER)).all()
    rank = {number: position for position, number in enumerate(partner_ids)}
    best = sorted(rows, key=lambda row: (rank[row.target_id], row.place))[:MAX_ORDERS]
    certain = [row.record_id for row in best if row.target_id in exact]
    others = [row.record_id for row in best if row.target_id not in exact]
    return _load(connection, PurchaseOrder, certain + others[: MAX_ORDERS_OF_NAMESAKES if exact else None])


def _goods(
    connection: Connection, keys: Keys, orders: Sequence[PurchaseOrder], partner_ids: frozenset[int]
) -> tuple[tuple[Product, ...], tuple[VendorCode, ...]]:
    """Products of the orders and of the printed codes, and what the partners call them."""
    named = _load(connection, VendorCode, _hits(connection, keys, KeyKind.PRODUCT_CODE, VendorCode))
    named = [code for code in named if code.partner_id in partner_ids]
    ordered = (line.product_id for order in orders for line in order.lines if line.product_id is not None)
    bought = (code.product_id for code in named if code.product_id is not None)
    templates = {code.template_id for code in named if code.product_id is None and code.template_id is not None}
    printed = _hits(connection, keys, KeyKind.PRODUCT_CODE, Product)
    variants = _hanging_ids(connection, LinkKind.PRODUCT_OF_TEMPLATE, templates)
    products = _load(connection, Product, [*printed, *bought, *variants, *ordered])
    all_templates = {product.template_id for product in products}
    codes = _hanging(connection, VendorCode, LinkKind.VENDOR_CODE_OF_TEMPLATE, all_templates)
    theirs = [code for code in codes if code.partner_id in partner_ids]
    return tuple(products), tuple(_unique([*named, *theirs]))


def _bills(connection: Connection, keys: Keys, orders: Sequence[PurchaseOrder]) -> tuple[Bill, ...]:
    line_ids = [line.ref.id for order in orders for line in order.lines]
    on_orders = _hanging_ids(connection, LinkKind.BILL_OF_ORDER_LINE, line_ids, MAX_HITS)
    return tuple(_load(connection, Bill, [*_hits(connection, keys, KeyKind.BILL_REFERENCE, Bill), *on_orders]))


def _unique(found: Iterable[R]) -> list[R]:
    return list({record.ref.id: record for record in found}.values())
