"""What arrives and what becomes of it: kinds, pages, words and the document's own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.geometry import Box
from service.domain.ids import DocumentId, UserId
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.domain.page_ranges import PageRange


class DocumentKind(StrEnum):
    """Kinds of document (contract: Document kinds)."""

    SUPPLIER_INVOICE = "supplier_invoice"
    CREDIT_NOTE = "credit_note"
    RETURN_FORM = "return_form"
    WARRANTY_CLAIM = "warranty_claim"
    CUSTOMER_COMMUNICATION = "customer_communication"
    RECEIPT = "receipt"
    BANK_STATEMENT = "bank_statement"
    SUPPLIER_STATEMENT = "supplier_statement"
    SETTLEMENT_REPORT = "settlement_report"
    PAYMENT_REMINDER = "payment_reminder"
    PRO_FORMA = "pro_forma"
    REMITTANCE_ADVICE = "remittance_advice"
    PURCHASE_ORDER = "purchase_order"
    ORDER_CONFIRMATION = "order_confirmation"
    DELIVERY_NOTE = "delivery_note"
    OTHER = "other"


BILLABLE_KINDS = frozenset({DocumentKind.SUPPLIER_INVOICE, DocumentKind.CREDIT_NOTE})
CUSTOMER_KINDS = frozenset({DocumentKind.RETURN_FORM, DocumentKind.WARRANTY_CLAIM})
WRITTEN_KINDS = BILLABLE_KINDS | CUSTOMER_KINDS  # what an approval turns into something in Odoo
STATEMENT_KINDS = frozenset(
    {
        DocumentKind.BANK_STATEMENT,
        DocumentKind.SUPPLIER_STATEMENT,
        DocumentKind.SETTLEMENT_REPORT,
        DocumentKind.PAYMENT_REMINDER,
    }
)
# They look like an invoice, and whoever pays one pays twice or too early.
UNPAYABLE_KINDS = frozenset(
    {
        DocumentKind.BANK_STATEMENT,
        DocumentKind.SUPPLIER_STATEMENT,
        DocumentKind.PAYMENT_REMINDER,
        DocumentKind.PRO_FORMA,
    }
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, with where it stands. ``size`` is the font's height in points."""

    text: str
    box: Box
    page: int
    size: float = 0.0
    bold: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """A drawn straight line or a thin filled bar: horizontal where wider than high."""

    box: Box
    page: int


class MarkShape(StrEnum):
    """What a form's mark looks like, whether it is made or not."""

    BOX = "box"
    CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class Mark:
    """A check box or radio circle on the page; ``ticked`` with ``confidence`` 0..1."""

    shape: MarkShape
    box: Box
    page: int
    ticked: bool
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class FormValue:
    """An AcroForm field with what was entered: text, or "on"/"off" of a check box; ``name`` is the form's own, after
    a "=" the value that a radio button stands for. A signature field has "signed" or nothing.
    """

    name: str
    value: str
    box: Box
    page: int
    is_button: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, or strokes that are neither letters nor straight lines: a signature is one, a logo too."""

    box: Box
    page: int


@dataclass(frozen=True, slots=True)
class Barcode:
    """A bar code or a two-dimensional code with what it says; ``symbology`` such as "Code 128" or "QR Code"."""

    text: str
    symbology: str
    box: Box
    page: int


@dataclass(frozen=True, slots=True)
class PageSize:
    """Extent of a page in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: 1-based number, size, words in reading order, ruling lines, the marks and entries of a form,
    drawings and barcodes. ``from_ocr`` where the words were recognised in a picture.
    """

    number: int
    size: PageSize
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...] = ()
    marks: tuple[Mark, ...] = ()
    form_values: tuple[FormValue, ...] = ()
    from_ocr: bool = False
    drawings: tuple[Drawing, ...] = ()
    barcodes: tuple[Barcode, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document could not be read: a code and a sentence that a person can act on."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A received file, or one of several documents in it, and where it stands. ``version`` rises with every stored
    change (optimistic lock), ``revision`` only when what is to be matched changes. ``parts`` says how the file is
    split: None leaves it to the reader, empty is one document. A part has a file of its own, cut from ``pages`` of the
    file of ``part_of``.
    """

    id: DocumentId
    status: DocumentStatus
    filename: str
    media_type: str
    size: int
    sha256: str
    received_at: datetime
    source: str  # "web", "api", "cli", "demo"
    kind: DocumentKind = DocumentKind.OTHER
    kind_confidence: float = 0.0
    kind_hint: DocumentKind | None = None
    source_ref: str | None = None
    uploaded_by: UserId | None = None
    duplicate_of: DocumentId | None = None
    revision: int = 1
    version: int = 1
    write_status: WriteStatus | None = None
    waiting_reason: str | None = None  # not_configured, unreachable, refused
    held_until: datetime | None = None
    failure: Failure | None = None
    touchless: bool = False
    part_of: DocumentId | None = None
    pages: PageRange | None = None
    parts: tuple[PageRange, ...] | None = None
