"""Finds what one document needs in the books: indexed queries only, each with a bound on what it may bring.

keys ─> orders, bills, bank accounts, partners ─> family of the partners ─> their accounts and open orders
     ─> products and vendor codes                ─> the orders' receipts, products, vendor codes and bills
     ─> what was sold (service.books.sales)      ─> what was paid (service.books.money)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, case, func, select

from service.books.keys import LinkKind
from service.books.lookup import (
    MAX_HITS,
    hanging,
    hanging_ids,
    hits,
    key_counts,
    load,
    load_all,
    read_mark,
    texts_of,
    unique,
)
from service.books.money import find_money
from service.books.sales import complete_sales, name_sales
from service.books.tables import keys as keys_table
from service.books.tables import links
from service.domain.excerpt import Records
from service.domain.matching import KeyKind, Keys
from service.domain.records import (
    BankAccount,
    Bill,
    Company,
    Partner,
    Product,
    PurchaseOrder,
    Receipt,
    Tax,
    Unit,
    VendorCode,
)
from service.domain.sales import concerns_sales

AS_OF = "as_of"

MAX_BY_NAME = 20  # partners that only share words of the name
MAX_BY_EMAIL = 20  # a domain with more addresses is a mail provider's, and says nothing
MAX_PARTNERS = 60
MAX_ORDERS_A_PARTNER = 60
MAX_ORDERS_OF_NAMESAKES = 15  # of all partners that only share words of the name, where another is named exactly
MAX_ORDERS = 150
_MAX_NAME_ROWS = 5_000  # rows of common words that a ranking by name looks at


def find_records(connection: Connection, keys: Keys) -> Records:
    """Everything in the books that a document with these keys may be compared with."""
    orders = load(connection, PurchaseOrder, hits(connection, keys, KeyKind.ORDER_REFERENCE, PurchaseOrder))
    sales = name_sales(connection, keys)
    known = [*(order.partner_id for order in orders), *sales.partner_ids()]
    exact = _family(connection, _ids_by_exact_key(connection, keys, known))
    namesakes = _family(connection, _ids_by_name(connection, texts_of(keys, KeyKind.PARTNER_NAME)))
    partners = unique([*exact, *namesakes])[:MAX_PARTNERS]
    partner_ids = [partner.ref.id for partner in partners]
    orders = unique([*orders, *_open_orders(connection, partner_ids, {partner.ref.id for partner in exact})])
    sales = complete_sales(connection, sales, partner_ids if concerns_sales(keys) else ())
    products, codes = _goods(connection, keys, orders, frozenset(partner_ids), sales.product_ids())
    receipts = hanging(connection, Receipt, LinkKind.RECEIPT_OF_ORDER, [order.ref.id for order in orders])
    bills = unique([*_bills(connection, keys, orders), *sales.invoices])
    payments, statement_lines = find_money(connection, keys, [bill.ref.id for bill in bills], partner_ids)
    return Records(
        companies=load_all(connection, Company),
        partners=tuple(partners),
        bank_accounts=hanging(connection, BankAccount, LinkKind.ACCOUNT_OF_PARTNER, partner_ids),
        products=products,
        vendor_codes=codes,
        units=load_all(connection, Unit),
        taxes=load_all(connection, Tax),
        orders=tuple(orders),
        receipts=tuple(unique([*receipts, *sales.transfers])),
        bills=tuple(bills),
        sale_orders=sales.orders,
        serials=sales.serials,
        payments=payments,
        statement_lines=statement_lines,
        repairs=sales.repairs,
        as_of=read_mark(connection, AS_OF),
    )


def _ids_by_exact_key(connection: Connection, keys: Keys, known: Sequence[int]) -> list[int]:
    """Partners with the document's VAT id, bank account, order, e-mail address, telephone number or e-mail domain, in
    this order.
    """
    accounts = load(connection, BankAccount, hits(connection, keys, KeyKind.IBAN, BankAccount))
    by_email = hits(connection, keys, KeyKind.EMAIL_DOMAIN, Partner, MAX_BY_EMAIL + 1)
    return [
        *hits(connection, keys, KeyKind.VAT_ID, Partner, MAX_BY_EMAIL),
        *(account.partner_id for account in accounts),
        *known,
        *hits(connection, keys, KeyKind.EMAIL, Partner, MAX_BY_EMAIL),
        *hits(connection, keys, KeyKind.PHONE, Partner, MAX_BY_EMAIL),
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
    partners = load(connection, Partner, partner_ids)
    parent_ids = [partner.parent_id for partner in partners if partner.parent_id is not None]
    heads = unique([*partners, *load(connection, Partner, parent_ids)])
    contacts = hanging_ids(connection, LinkKind.CONTACT_OF_PARTNER, [head.ref.id for head in heads], MAX_HITS)
    return unique([*heads, *load(connection, Partner, contacts)])


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
    return load(connection, PurchaseOrder, certain + others[: MAX_ORDERS_OF_NAMESAKES if exact else None])


def _goods(
    connection: Connection,
    keys: Keys,
    orders: Sequence[PurchaseOrder],
    partner_ids: frozenset[int],
    sold: frozenset[int],
) -> tuple[tuple[Product, ...], tuple[VendorCode, ...]]:
    """Products of the orders, of the printed codes and of the sales, and what the partners call them."""
    named = load(connection, VendorCode, hits(connection, keys, KeyKind.PRODUCT_CODE, VendorCode))
    named = [code for code in named if code.partner_id in partner_ids]
    ordered = (line.product_id for order in orders for line in order.lines if line.product_id is not None)
    bought = (code.product_id for code in named if code.product_id is not None)
    templates = {code.template_id for code in named if code.product_id is None and code.template_id is not None}
    printed = hits(connection, keys, KeyKind.PRODUCT_CODE, Product)
    variants = hanging_ids(connection, LinkKind.PRODUCT_OF_TEMPLATE, templates)
    products = load(connection, Product, [*printed, *bought, *variants, *ordered, *sorted(sold)])
    all_templates = {product.template_id for product in products}
    codes = hanging(connection, VendorCode, LinkKind.VENDOR_CODE_OF_TEMPLATE, all_templates)
    theirs = [code for code in codes if code.partner_id in partner_ids]
    return tuple(products), tuple(unique([*named, *theirs]))


def _bills(connection: Connection, keys: Keys, orders: Sequence[PurchaseOrder]) -> tuple[Bill, ...]:
    line_ids = [line.ref.id for order in orders for line in order.lines]
    on_orders = hanging_ids(connection, LinkKind.BILL_OF_ORDER_LINE, line_ids, MAX_HITS)
    return tuple(load(connection, Bill, [*hits(connection, keys, KeyKind.BILL_REFERENCE, Bill), *on_orders]))
