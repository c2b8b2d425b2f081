"""Fetches from Odoo just the records that some blocking keys need, in a few bounded calls.

Odoo compares text as it was typed ("DE 811-907 980"), keys are normalised, so the domains are tolerant patterns and
what they find is checked against the key here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from service.domain.keys import account_key, email_domain, email_key, name_words, phone_key, reference_key
from service.domain.matching import KeyKind, Keys
from service.domain.records import (
    BankAccount,
    Bill,
    Partner,
    Product,
    PurchaseOrder,
    Receipt,
    Record,
    RecordKind,
    VendorCode,
)
from service.domain.sales import concerns_sales
from service.odoo.blocking_money import money_pages
from service.odoo.blocking_sales import completed_sales, named_sales
from service.odoo.patterns import any_of, bears_one, spelled_pattern, tolerant
from service.odoo.session import Session
from service.odoo.sources import linked_records, records_where
from service.odoo.values import to_id

MAX_PARTNERS = 20
MAX_ORDERS = 150
MAX_BILLS = 50
_MAX_HITS = 60  # rows of one tolerant search, before the check against the key
_WHOLE_KINDS = (RecordKind.COMPANY, RecordKind.UNIT, RecordKind.TAX)


def records_by_keys(session: Session, keys: Keys) -> Iterator[Sequence[Record]]:
    """Pages in the order in which they refer to each other: companies, units, taxes, partners with their accounts,
    orders, transfers, products, vendor codes, bills, payments, statement lines; and where the keys are those of a
    customer's document, sale orders, serial numbers and repairs.
    """
    for kind in _WHOLE_KINDS:
        yield records_where(session, kind, [])
    texts = {kind: frozenset(key.text for key in keys if key.kind is kind) for kind in KeyKind}
    referenced = _referenced_orders(session, texts[KeyKind.ORDER_REFERENCE])
    sales = named_sales(session, texts)
    known = [*(order.partner_id for order in referenced), *sales.partner_ids()]
    partners = _with_family(session, _partners(session, texts, known))
    yield partners
    partner_ids = [partner.ref.id for partner in partners]
    yield records_where(session, RecordKind.BANK_ACCOUNT, [["partner_id", "in", partner_ids]])
    orders = _with_open_orders(session, referenced, partner_ids)
    yield orders
    sales = completed_sales(session, sales, partner_ids if concerns_sales(keys) else ())
    yield from sales.pages()
    yield _receipts(session, orders)
    codes = _codes_by_text(session, texts[KeyKind.PRODUCT_CODE])
    products = _products(session, orders, codes, texts[KeyKind.PRODUCT_CODE], sales.product_ids())
    yield products
    yield _merged(codes, _vendor_codes(session, partner_ids, products))
    bills = _bills(session, orders, texts[KeyKind.BILL_REFERENCE])
    yield bills
    yield from money_pages(session, texts, [*bills, *sales.invoices], partner_ids)


def _referenced_orders(session: Session, texts: frozenset[str]) -> list[PurchaseOrder]:
    if not texts:
        return []
    domain = tolerant(texts, "name", "partner_ref")
    found = records_where(session, RecordKind.PURCHASE_ORDER, domain, limit=_MAX_HITS, order="id desc")
    orders = [record for record in found if isinstance(record, PurchaseOrder)]
    return [order for order in orders if bears_one(texts, reference_key, order.ref.name, order.vendor_reference)]


def _partners(session: Session, texts: dict[KeyKind, frozenset[str]], known: Sequence[int]) -> list[Partner]:
    accounts = _exact(session, RecordKind.BANK_ACCOUNT, "sanitized_acc_number", texts[KeyKind.IBAN])
    ids = [*known, *(record.partner_id for record in accounts if isinstance(record, BankAccount))]
    found = _partners_where(session, [["id", "in", ids]]) if ids else []
    if vat_ids := texts[KeyKind.VAT_ID]:
        hits = _partners_where(session, tolerant(vat_ids, "vat"))
        found += [partner for partner in hits if partner.vat_id in vat_ids]
    found += _partners_by_contact(session, texts)
    for domain in sorted(texts[KeyKind.EMAIL_DOMAIN]):
        hits = _partners_where(session, [["email", "=ilike", f"%@{domain}"]])
        found += [partner for partner in hits if email_domain(partner.email or "") == domain]
    return _unique([*found, *_partners_by_name(session, texts[KeyKind.PARTNER_NAME])])


def _partners_by_contact(session: Session, texts: dict[KeyKind, frozenset[str]]) -> list[Partner]:
    """Those of the e-mail addresses and telephone numbers."""
    emails, phones = texts[KeyKind.EMAIL], texts[KeyKind.PHONE]
    terms = [["email", "=ilike", address] for address in sorted(emails)]
    ends = ["%" + "%".join(digits) for digits in sorted(phones)]
    terms += [[field, "=ilike", pattern] for pattern in ends for field in ("phone", "mobile")]
    hits = _partners_where(session, any_of(terms)) if terms else []
    return [p for p in hits if bears_one(emails, email_key, p.email) or bears_one(phones, phone_key, p.phone)]


def _partners_by_name(session: Session, words: frozenset[str]) -> list[Partner]:
    """The best by number of shared words. All words together come first, for a common word fills its own search."""
    if not words:
        return []
    patterns = {word: ["name", "ilike", spelled_pattern(word)] for word in sorted(words)}
    hits = _partners_where(session, list(patterns.values()))
    for pattern in patterns.values():
        hits += _partners_where(session, [pattern])
    shared = Counter({p: len(words.intersection(name_words(p.ref.name))) for p in _unique(hits)})
    return [partner for partner, count in shared.most_common(MAX_PARTNERS) if count]


def _partners_where(session: Session, domain: list[Any]) -> list[Partner]:
    found = records_where(
        session, RecordKind.PARTNER, domain, limit=_MAX_HITS, order="supplier_rank desc, customer_rank desc, id"
    )
    return [record for record in found if isinstance(record, Partner)]


def _with_family(session: Session, partners: list[Partner]) -> list[Partner]:
    """The partners, the companies that they belong to, and the contacts of both: an order may name any of them."""
    if not partners:
        return []
    heads = {partner.parent_id or partner.ref.id for partner in partners}
    family = any_of([["id", "in", sorted(heads)], ["parent_id", "in", sorted(heads)]])
    return _unique([*partners, *_partners_where(session, family)])


def _with_open_orders(
    session: Session, referenced: Sequence[PurchaseOrder], partner_ids: Sequence[int]
) -> list[Record]:
    domain = [
        ["partner_id", "in", partner_ids],
        ["state", "!=", "cancel"],
        ["invoice_status", "!=", "invoiced"],
    ]
    kind = RecordKind.PURCHASE_ORDER
    return _merged(referenced, records_where(session, kind, domain, limit=MAX_ORDERS, order="id desc"))


def _receipts(session: Session, orders: Sequence[Record]) -> list[Record]:
    ids = [order.ref.id for order in orders]
    found = linked_records(session, RecordKind.RECEIPT, "purchase_id", ids)
    return [record for record in found if isinstance(record, Receipt) and record.order_id in ids]


def _codes_by_text(session: Session, texts: frozenset[str]) -> list[VendorCode]:
    if not texts:
        return []
    found = records_where(session, RecordKind.VENDOR_CODE, tolerant(texts, "product_code"), limit=_MAX_HITS)
    return [code for code in found if isinstance(code, VendorCode) and bears_one(texts, account_key, code.code)]


def _products(
    session: Session,
    orders: Sequence[Record],
    codes: Sequence[VendorCode],
    texts: frozenset[str],
    others: frozenset[int],
) -> list[Record]:
    ids = {line.product_id for order in orders if isinstance(order, PurchaseOrder) for line in order.lines}
    ids |= {code.product_id for code in codes} | others
    templates = {code.template_id for code in codes if code.product_id is None}
    wanted = any_of(
        [
            ["id", "in", sorted(number for number in ids if number)],
            ["product_tmpl_id", "in", sorted(number for number in templates if number)],
        ]
    )
    found = records_where(session, RecordKind.PRODUCT, wanted)
    if not texts:
        return found
    by_code = records_where(session, RecordKind.PRODUCT, tolerant(texts, "default_code", "barcode"), limit=_MAX_HITS)
    products = [product for product in by_code if isinstance(product, Product)]
    return _merged(found, [p for p in products if bears_one(texts, account_key, p.code, p.barcode)])


def _vendor_codes(session: Session, partner_ids: Sequence[int], products: Sequence[Record]) -> list[Record]:
    templates = sorted({product.template_id for product in products if isinstance(product, Product)})
    domain = [["partner_id", "in", partner_ids], ["product_tmpl_id", "in", templates]]
    return records_where(session, RecordKind.VENDOR_CODE, domain) if templates else []


def _bills(session: Session, orders: Sequence[Record], texts: frozenset[str]) -> list[Record]:
    on_orders = _bills_on(session, orders)
    if not texts:
        return on_orders
    same = [["move_type", "in", ["in_invoice", "in_refund"]], *tolerant(texts, "ref", "payment_reference")]
    hits = records_where(session, RecordKind.BILL, same, limit=_MAX_HITS, order="id desc")
    bills = [bill for bill in hits if isinstance(bill, Bill)]
    return _merged(
        [b for b in bills if bears_one(texts, reference_key, b.vendor_reference, b.payment_reference)], on_orders
    )


def _bills_on(session: Session, orders: Sequence[Record]) -> list[Record]:
    line_ids = [line.ref.id for order in orders if isinstance(order, PurchaseOrder) for line in order.lines]
    if not line_ids:
        return []
    rows = session.search_read(
        "account.move.line", [["purchase_line_id", "in", line_ids]], ["move_id"], order="id desc"
    )
    bill_ids = sorted({number for row in rows if (number := to_id(row["move_id"])) is not None}, reverse=True)
    return records_where(session, RecordKind.BILL, [["id", "in", bill_ids[:MAX_BILLS]]]) if bill_ids else []


def _exact(session: Session, kind: RecordKind, field: str, texts: frozenset[str]) -> list[Record]:
    return records_where(session, kind, [[field, "in", sorted(texts)]], limit=_MAX_HITS) if texts else []


def _unique(partners: Iterable[Partner]) -> list[Partner]:
    return list({partner.ref.id: partner for partner in partners}.values())


def _merged(*groups: Sequence[Record]) -> list[Record]:
    return list({record.ref.id: record for group in groups for record in group}.values())
