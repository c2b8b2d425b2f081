"""What finds a record and what it hangs on, worked out from the record alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch

from service.domain.keys import (
    account_key,
    email_domain,
    email_key,
    name_words,
    phone_key,
    reference_key,
    references_within,
)
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import (
    BankAccount,
    Bill,
    Partner,
    Payment,
    Product,
    PurchaseOrder,
    Receipt,
    Record,
    RecordKind,
    Repair,
    SaleOrder,
    Serial,
    StatementLine,
    VendorCode,
)

LONGEST_KEY = 255


class LinkKind(StrEnum):
    """What a record hangs on; the target's id is that of the noun at the end. Each leads to one kind of record."""

    ACCOUNT_OF_PARTNER = "account_of_partner"
    CONTACT_OF_PARTNER = "contact_of_partner"
    OPEN_ORDER_OF_PARTNER = "open_order_of_partner"
    VENDOR_CODE_OF_TEMPLATE = "vendor_code_of_template"
    PRODUCT_OF_TEMPLATE = "product_of_template"
    RECEIPT_OF_ORDER = "receipt_of_order"
    BILL_OF_ORDER_LINE = "bill_of_order_line"
    SALE_ORDER_OF_PARTNER = "sale_order_of_partner"
    TRANSFER_OF_SALE_ORDER = "transfer_of_sale_order"
    RETURN_OF_TRANSFER = "return_of_transfer"
    TRANSFER_OF_SERIAL = "transfer_of_serial"
    INVOICE_OF_SALE_LINE = "invoice_of_sale_line"
    REFUND_OF_BILL = "refund_of_bill"
    REPAIR_OF_SERIAL = "repair_of_serial"
    REPAIR_OF_SALE_ORDER = "repair_of_sale_order"
    PAYMENT_OF_BILL = "payment_of_bill"
    OPEN_PAYMENT_OF_PARTNER = "open_payment_of_partner"
    STATEMENT_LINE_OF_BILL = "statement_line_of_bill"
    OPEN_STATEMENT_LINE_OF_PARTNER = "open_statement_line_of_partner"


@dataclass(frozen=True, slots=True)
class Link:
    """One way from a target to the record that hangs on it."""

    kind: LinkKind
    target_id: int


@singledispatch
def record_keys(record: Record) -> Keys:  # noqa: ARG001
    """The blocking keys of a record, made as those of documents are; companies, units, taxes, repairs have none."""
    return frozenset()


@record_keys.register
def _(record: Partner) -> Keys:
    domain = email_domain(record.email or "")
    return frozenset(
        [
            *_keys(KeyKind.VAT_ID, account_key, record.vat_id),
            *_keys(KeyKind.EMAIL_DOMAIN, str, domain),
            *_keys(KeyKind.EMAIL, email_key, record.email),
            *_keys(KeyKind.PHONE, phone_key, record.phone),
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
    if not record.is_sale:
        both = (record.vendor_reference, record.payment_reference)
        return frozenset(_keys(KeyKind.BILL_REFERENCE, reference_key, *both))
    return frozenset(_keys(KeyKind.SALE_REFERENCE, reference_key, record.ref.name, record.vendor_reference))


@record_keys.register
def _(record: SaleOrder) -> Keys:
    return frozenset(_keys(KeyKind.SALE_REFERENCE, reference_key, record.ref.name, record.customer_reference))


@record_keys.register
def _(record: Receipt) -> Keys:
    """A return's own number may stand on a form; those of receipts from vendors stand on no paper of ours."""
    concerns_sales = record.sale_order_id is not None or record.is_outgoing
    return frozenset(_keys(KeyKind.SALE_REFERENCE, reference_key, record.ref.name)) if concerns_sales else frozenset()


@record_keys.register
def _(record: Serial) -> Keys:
    return frozenset(_keys(KeyKind.SERIAL_NUMBER, reference_key, record.number))


@record_keys.register
def _(record: Payment) -> Keys:
    return frozenset(_named(record.reference))


@record_keys.register
def _(record: StatementLine) -> Keys:
    """Whom an allocated line came from is known, so the account only finds the others."""
    account = None if record.is_matched else record.account_number
    return frozenset([*_named(record.payment_reference), *_keys(KeyKind.IBAN, account_key, account)])


def _named(text: str | None) -> Iterator[Key]:
    """The bills' numbers that a payment's text may name."""
    return _keys(KeyKind.BILL_REFERENCE, str, *references_within(text or ""))


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
    serials = {number for movement in record.movements for number in movement.serial_ids}
    return (
        _link(LinkKind.RECEIPT_OF_ORDER, record.order_id)
        | _link(LinkKind.TRANSFER_OF_SALE_ORDER, record.sale_order_id)
        | _link(LinkKind.RETURN_OF_TRANSFER, record.returned_id)
        | _link(LinkKind.TRANSFER_OF_SERIAL, *serials)
    )


@record_links.register
def _(record: Bill) -> frozenset[Link]:
    sold = {number for line in record.lines for number in line.sale_line_ids}
    return (
        _link(LinkKind.BILL_OF_ORDER_LINE, *record.order_line_ids)
        | _link(LinkKind.INVOICE_OF_SALE_LINE, *sold)
        | _link(LinkKind.REFUND_OF_BILL, record.reversed_id)
    )


@record_links.register
def _(record: SaleOrder) -> frozenset[Link]:
    return _link(LinkKind.SALE_ORDER_OF_PARTNER, record.partner_id)


@record_links.register
def _(record: Repair) -> frozenset[Link]:
    return _link(LinkKind.REPAIR_OF_SERIAL, record.serial_id) | _link(
        LinkKind.REPAIR_OF_SALE_ORDER, record.sale_order_id
    )


@record_links.register
def _(record: Payment) -> frozenset[Link]:
    if record.bill_ids:
        return _link(LinkKind.PAYMENT_OF_BILL, *record.bill_ids)
    return _link(LinkKind.OPEN_PAYMENT_OF_PARTNER, record.partner_id)


@record_links.register
def _(record: StatementLine) -> frozenset[Link]:
    if record.is_matched:
        return _link(LinkKind.STATEMENT_LINE_OF_BILL, *record.bill_ids)
    return _link(LinkKind.OPEN_STATEMENT_LINE_OF_PARTNER, record.partner_id)


def is_open(order: PurchaseOrder) -> bool:
    """Whether a bill may still come for it."""
    return order.state != "cancel" and order.billing_status != "invoiced"


def kind_of(record: Record) -> RecordKind:
    """The record's kind."""
    return RecordKind(record.ref.model)


def _keys(kind: KeyKind, normalise: Callable[[str], str], *values: str | None) -> Iterator[Key]:
    texts: Iterable[str] = (normalise(value) for value in values if value)
    return (Key(kind, text[:LONGEST_KEY]) for text in texts if text)


def _link(kind: LinkKind, *target_ids: int | None) -> frozenset[Link]:
    return frozenset(Link(kind, number) for number in target_ids if number is not None)
