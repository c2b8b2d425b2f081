"""The words of record linkage: keys that block, evidence that adds up, matches that explain themselves."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from service.domain.discrepancies import Discrepancy
from service.domain.records import PurchaseOrder, RecordRef, SaleOrder


class KeyKind(StrEnum):
    """What a blocking key is made of. Document and record make the same key by ``service.domain.keys``."""

    VAT_ID = "vat_id"
    IBAN = "iban"
    EMAIL_DOMAIN = "email_domain"
    PARTNER_NAME = "partner_name"  # one key a significant word of the name
    ORDER_REFERENCE = "order_reference"  # our number or the vendor's, normalised
    BILL_REFERENCE = "bill_reference"  # the vendor's invoice number, normalised
    SALE_REFERENCE = "sale_reference"  # our order number or the customer's, our invoice number, a return's number
    SERIAL_NUMBER = "serial_number"
    EMAIL = "email"
    PHONE = "phone"
    ORDERS_OF_PARTNER = "orders_of_partner"  # any order of the partner of that id; of no record, tells of changes only
    PRODUCT_CODE = "product_code"  # default code, vendor code or barcode, normalised


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One blocking key: records and documents that share it are compared."""

    kind: KeyKind
    text: str


Keys = frozenset[Key]


class Role(StrEnum):
    """What a matched record is to the document (contract: matches.role)."""

    VENDOR = "vendor"
    ORDER = "order"
    RECEIPT = "receipt"
    BILL = "bill"
    CUSTOMER = "customer"
    SALE_ORDER = "sale_order"
    DELIVERY = "delivery"
    SERIAL = "serial"
    REPAIR = "repair"
    PAYMENT = "payment"
    STATEMENT_LINE = "statement_line"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison's contribution to a score: what the document says, what Odoo says, the weight it adds."""

    feature: str
    document_value: str | None
    odoo_value: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate record for a role; ``score`` 0..1; at most one a role is ``chosen``, several for orders."""

    role: Role
    ref: RecordRef
    score: float
    chosen: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LineMatch:
    """A document line (1-based) paired with an order line, purchase or sale, for ``quantity`` of its own units."""

    line: int
    ref: RecordRef
    quantity: Decimal
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What matching says of a document: who it matches and where the figures part. ``orders`` and ``sale_orders``
    are the chosen ones as they stood in the books then: what a reviewer sees, and an approval rests on.
    """

    matches: tuple[Match, ...]
    line_matches: tuple[LineMatch, ...]
    discrepancies: tuple[Discrepancy, ...]
    orders: tuple[PurchaseOrder, ...] = ()
    sale_orders: tuple[SaleOrder, ...] = ()

    def chosen(self, role: Role) -> tuple[Match, ...]:
        """The chosen matches of a role, best first."""
        return tuple(match for match in self.matches if match.role is role and match.chosen)
