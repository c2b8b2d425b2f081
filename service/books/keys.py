"""What finds a record and what it hangs on, worked out from the record alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch

from service.domain.keys import account_key, email_domain, name_words, reference_key
from service.domain.matching import Key, KeyKind, Keys
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

LONGEST_KEY = 255


class LinkKind(StrEnum):
    """What a record hangs on; the target's id is that of the noun at the end."""

    ACCOUNT_OF_PARTNER = "account_of_partner"
    CONTACT_OF_PARTNER = "contact_of_partner"
    OPEN_ORDER_OF_PARTNER = "open_order_of_partner"
    VENDOR_CODE_OF_TEMPLATE = "vendor_code_of_template"
    PRODUCT_OF_TEMPLATE = "product_of_template"
    RECEIPT_OF_ORDER = "receipt_of_order"
    BILL_OF_ORDER_LINE = "bill_of_order_line"


@dataclass(frozen=True, slots=True)
class Link:
    """One way from a target to the record that hangs on it."""

    kind: LinkKind
    target_id: int


@singledispatch
def record_keys(record: Record) -> Keys:  # noqa: ARG001
    """The blocking keys of a record, made as those of documents are; companies, units, taxes, receipts have none."""
    return frozenset()


@record_keys.register
def _(record: Partner) -> Keys:
    domain = email_domain(record.email or "")
    return frozenset(
        [
            *_keys(KeyKind.VAT_ID, account_key, record.vat_id),
            *_keys(KeyKind.EMAIL_DOMAIN, str, domain),
            *(Key(KeyKind.PARTNER_NAME, word[:LONGEST_KEY]) for word in name_words(record.ref.name)),
        ]
    )


@record_keys.register
def _(record: BankAccount) -> Keys:
    return frozenset(_keys(KeyKind.IBAN, account_key, record.number))


@record_keys.register
def _(record: Product) -> Keys:
    return frozenset(_keys(KeyKind.PRODUCT_CODE, account_key, record.code, record.barcode))


@record_keys.register
def _(record: VendorCode) -> Keys:
    return frozenset(_keys(KeyKind.PRODUCT_CODE, account_key, record.code))


@record_keys.register
def _(record: PurchaseOrder) -> Keys:
    return frozenset(_keys(KeyKind.ORDER_REFERENCE, reference_key, record.ref.name, record.vendor_reference))


@record_keys.register
def _(record: Bill) -> Keys:
    return frozenset(_keys(KeyKind.BILL_REFERENCE, reference_key, record.vendor_reference, record.payment_reference))


@singledispatch
def record_links(record: Record) -> frozenset[Link]:  # noqa: ARG001
    """What the record hangs on."""
    return frozenset()


@record_links.register
def _(record: Partner) -> frozenset[Link]:
    return _link(LinkKind.CONTACT_OF_PARTNER, record.parent_id)


@record_links.register
def _(record: BankAccount) -> frozenset[Link]:
    return _link(LinkKind.ACCOUNT_OF_PARTNER, record.partner_id)


@record_links.register
def _(record: Product) -> frozenset[Link]:
    return _link(LinkKind.PRODUCT_OF_TEMPLATE, record.template_id)


@record_links.register
def _(record: VendorCode) -> frozenset[Link]:
    return _link(LinkKind.VENDOR_CODE_OF_TEMPLATE, record.template_id)


@record_links.register
def _(record: PurchaseOrder) -> frozenset[Link]:
    return _link(LinkKind.OPEN_ORDER_OF_PARTNER, record.partner_id) if is_open(record) else frozenset()


@record_links.register
def _(record: Receipt) -> frozenset[Link]:
    return _link(LinkKind.RECEIPT_OF_ORDER, record.order_id)


@record_links.register
def _(record: Bill) -> frozenset[Link]:
    return frozenset(Link(LinkKind.BILL_OF_ORDER_LINE, line_id) for line_id in record.order_line_ids)


def is_open(order: PurchaseOrder) -> bool:
    """Whether a bill may still come for it."""
    return order.state != "cancel" and order.billing_status != "invoiced"


def kind_of(record: Record) -> RecordKind:
    """The record's kind."""
    return RecordKind(record.ref.model)


def _keys(kind: KeyKind, normalise: Callable[[str], str], *values: str | None) -> Iterator[Key]:
    texts: Iterable[str] = (normalise(value) for value in values if value)
    return (Key(kind, text[:LONGEST_KEY]) for text in texts if text)


def _link(kind: LinkKind, target_id: int | None) -> frozenset[Link]:
    return frozenset() if target_id is None else frozenset({Link(kind, target_id)})
