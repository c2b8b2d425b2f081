"""What arrives and what becomes of it: kinds, pages, words and the document's own record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.geometry import Box
from service.domain.ids import DocumentId, UserId
from service.domain.lifecycle import DocumentStatus, WriteStatus


class DocumentKind(StrEnum):
    """Kinds of document (contract: Document kinds)."""

    SUPPLIER_INVOICE = "supplier_invoice"
    CREDIT_NOTE = "credit_note"
    OTHER = "other"


BILLABLE_KINDS = frozenset({DocumentKind.SUPPLIER_INVOICE, DocumentKind.CREDIT_NOTE})


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


@dataclass(frozen=True, slots=True)
class PageSize:
    """Extent of a page in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: 1-based number, size, words in reading order and ruling lines."""

    number: int
    size: PageSize
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document could not be read: a code and a sentence that a person can act on."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """A received file and where it stands. ``version`` rises with every stored change (optimistic lock),
    ``revision`` only when what is to be matched changes.
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
