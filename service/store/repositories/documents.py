"""Documents, and the questions that are asked about many of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, tuple_, update

from service.domain.discrepancies import ExceptionStatus
from service.domain.documents import Document
from service.domain.errors import NotFoundError, VersionConflictError
from service.domain.ids import DocumentId
from service.domain.lifecycle import SET_ASIDE, UNDECIDED, DocumentStatus
from service.ports import DocumentFilter, DocumentSummary, Sibling
from service.store import tables
from service.store.mapping import LONGEST_KEY, AnyRow, document_columns, document_of
from service.store.repositories.narrowing import (
    contains_text,
    has_open_exception,
    names_party,
    names_vendor,
    severity_rank,
)
from service.store.repositories.paging import Position
from service.store.statements import lock_name

_DOCUMENTS = tables.documents
_SUMMARIES = tables.document_summaries
_RAISED = tables.discrepancies
_PLACE = tuple_(_DOCUMENTS.c.received_at, _DOCUMENTS.c.id)
_OUT_OF_PLAY = tuple(status.value for status in (DocumentStatus.REJECTED, DocumentStatus.FAILED, *SET_ASIDE))


@dataclass(frozen=True, slots=True)
class SqlDocuments:
    """``ports.Documents`` over one transaction."""

    connection: Connection

    def add(self, document: Document) -> None:
        """Insert a new one."""
        self.connection.execute(insert(_DOCUMENTS).values(**document_columns(document)))

    def get(self, document_id: DocumentId) -> Document:
        """The document; NotFoundError."""
        row = self.connection.execute(select(_DOCUMENTS).where(_DOCUMENTS.c.id == document_id)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such document.")
        return document_of(row)

    def save(self, document: Document) -> Document:
        """Store it where the stored version is still its own; VersionConflictError otherwise."""
        saved = replace(document, version=document.version + 1)
        result = self.connection.execute(
            update(_DOCUMENTS)
            .where(_DOCUMENTS.c.id == document.id, _DOCUMENTS.c.version == document.version)
            .values(**document_columns(saved))
        )
        if result.rowcount != 1:
            current = self.get(document.id)
            raise VersionConflictError(
                f"The document was changed meanwhile: version {current.version}, not {document.version}.",
                advice="Load it again and repeat the change.",
            )
        return saved

    def first_with_content(self, sha256: str) -> Document | None:
        """The earliest document of that content that isn't withdrawn. Two uploads of it wait for each other here."""
        lock_name(self.connection, f"content:{sha256}")
        still = _DOCUMENTS.c.status != DocumentStatus.WITHDRAWN.value
        wanted = select(_DOCUMENTS).where(_DOCUMENTS.c.sha256 == sha256, still)
        row = self.connection.execute(wanted.order_by(_DOCUMENTS.c.received_at, _DOCUMENTS.c.id).limit(1)).one_or_none()
        return None if row is None else document_of(row)

    def copies(self, document: Document) -> tuple[Document, ...]:
        """Other documents of the same content that are said to be its duplicates, the earliest first."""
        same = (
            _DOCUMENTS.c.sha256 == document.sha256,
            _DOCUMENTS.c.duplicate_of == document.id,
        )
        wanted = select(_DOCUMENTS).where(*same)
        rows = self.connection.execute(wanted.order_by(_DOCUMENTS.c.received_at, _DOCUMENTS.c.id))
        return tuple(document_of(row) for row in rows)

    def parts_of(self, document_id: DocumentId) -> tuple[Document, ...]:
        """What its file was ever split into, withdrawn ones too, by their pages."""
        wanted = select(_DOCUMENTS).where(_DOCUMENTS.c.part_of == document_id)
        rows = self.connection.execute(wanted.order_by(_DOCUMENTS.c.page_from, _DOCUMENTS.c.page_to))
        return tuple(document_of(row) for row in rows)

    def search(
        self, wanted: DocumentFilter, *, limit: int, cursor: str | None = None
    ) -> tuple[tuple[DocumentSummary, ...], str | None]:
        """Newest first, and the cursor of the next page (None at the end)."""
        statement = _narrowed(_listed(), wanted)
        if cursor is not None:
            statement = statement.where(Position.of_cursor(cursor).literals() > _PLACE)
        statement = statement.order_by(_DOCUMENTS.c.received_at.desc(), _DOCUMENTS.c.id.desc())
        rows = self.connection.execute(statement.limit(limit + 1)).all()
        page = rows[:limit]
        codes = self._open_codes([row.id for row in page])
        summaries = tuple(_summary_of(row, tuple(codes.get(row.id, ()))) for row in page)
        more = Position(page[-1].received_at, page[-1].id).cursor() if len(rows) > limit else None
        return summaries, more

    def _open_codes(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """Each document's open codes, once each, the most severe first."""
        wanted = (
            select(_RAISED.c.document_id, _RAISED.c.code)
            .where(_RAISED.c.document_id.in_(ids), _RAISED.c.status == ExceptionStatus.OPEN.value)
            .group_by(_RAISED.c.document_id, _RAISED.c.code)
            .order_by(func.min(severity_rank()), _RAISED.c.code)
        )
        codes: dict[str, list[str]] = {}
        for document_id, code in self.connection.execute(wanted):
            codes.setdefault(document_id, []).append(code)
        return codes

    def siblings(self, document_id: DocumentId, reference_key: str) -> tuple[Sibling, ...]:
        """Earlier documents, still in play, whose latest reading has that invoice number."""
        this = self.get(document_id)
        statement = _listed().where(
            _SUMMARIES.c.reference_key == reference_key[:LONGEST_KEY],
            _DOCUMENTS.c.id != document_id,
            _DOCUMENTS.c.status.not_in(_OUT_OF_PLAY),
            Position(this.received_at, this.id).literals() > _PLACE,
        )
        rows = self.connection.execute(statement.order_by(_DOCUMENTS.c.received_at, _DOCUMENTS.c.id))
        return tuple(
            Sibling(document_of(row), row.invoice_number, row.seller_name, row.seller_vat_id, row.grand_total)
            for row in rows
        )

    def counts(self) -> dict[str, int]:
        """How many documents there are in each state."""
        counted = select(_DOCUMENTS.c.status, func.count().label("documents")).group_by(_DOCUMENTS.c.status)
        found = {row.status: row.documents for row in self.connection.execute(counted)}
        return {status.value: found.get(status.value, 0) for status in DocumentStatus}

    def touchless(self) -> int:
        """How many documents agreed with the books without a person's correction or resolution."""
        return self.connection.execute(select(func.count()).where(_DOCUMENTS.c.touchless)).scalar_one()

    def waiting(self) -> tuple[Document, ...]:
        """Documents in state ``waiting_for_odoo``, the longest waiting first."""
        wanted = select(_DOCUMENTS).where(_DOCUMENTS.c.status == DocumentStatus.WAITING_FOR_ODOO.value)
        rows = self.connection.execute(wanted.order_by(_DOCUMENTS.c.received_at, _DOCUMENTS.c.id))
        return tuple(document_of(row) for row in rows)


def _listed() -> Select[Any]:
    summary = [column for column in _SUMMARIES.c if column.name not in ("document_id", "revision")]
    return select(*_DOCUMENTS.c, *summary).select_from(_DOCUMENTS.outerjoin(_SUMMARIES))


def _narrowed(statement: Select[Any], wanted: DocumentFilter) -> Select[Any]:
    equal = {
        "status": wanted.status,
        "kind": wanted.kind,
        "uploaded_by": wanted.uploaded_by,
        "source_ref": wanted.source_ref,
    }
    for name, value in equal.items():
        if value is not None:
            statement = statement.where(_DOCUMENTS.c[name] == value)
    statement = statement.where(*_by_party(wanted), *_by_time_and_state(wanted))
    if wanted.currency is not None:
        statement = statement.where(_SUMMARIES.c.currency == wanted.currency)
    of_exception = {"code": wanted.code, "severity": wanted.severity, "assignee": wanted.assignee}
    if any(value is not None for value in of_exception.values()):
        statement = statement.where(has_open_exception(of_exception))
    return statement


def _by_party(wanted: DocumentFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.vendor is not None:
        yield names_vendor(wanted.vendor)
    if wanted.party is not None:
        yield names_party(wanted.party)
    if wanted.text is not None:
        yield contains_text(wanted.text)


def _by_time_and_state(wanted: DocumentFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.undecided:
        yield _DOCUMENTS.c.status.in_([status.value for status in UNDECIDED])
    if wanted.touchless is not None:
        yield _DOCUMENTS.c.touchless.is_(wanted.touchless)
    if wanted.received_from is not None:
        yield _DOCUMENTS.c.received_at >= wanted.received_from
    if wanted.received_before is not None:
        yield _DOCUMENTS.c.received_at < wanted.received_before


def _summary_of(row: AnyRow, open_codes: tuple[str, ...]) -> DocumentSummary:
    return DocumentSummary(
        document=document_of(row),
        seller_name=row.seller_name,
        invoice_number=row.invoice_number,
        issue_date=row.issue_date,
        grand_total=row.grand_total,
        currency=row.currency,
        open_codes=open_codes,
        customer_name=row.customer_name,
    )
