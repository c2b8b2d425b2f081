"""The conditions that lists of documents and lists of exceptions share."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Case, ColumnElement, case, exists, or_

from service.domain.codes import Severity
from service.domain.discrepancies import ExceptionStatus
from service.domain.keys import fold
from service.store import tables

_RANKS = {severity.value: rank for rank, severity in enumerate((Severity.BLOCKING, Severity.WARNING, Severity.INFO))}


def names_vendor(vendor: str) -> ColumnElement[bool]:
    """Whether the seller as read, or the vendor as matched, has ``vendor`` in its name."""
    summaries, folded = tables.document_summaries, fold(vendor)
    return or_(
        summaries.c.seller_folded.contains(folded, autoescape=True),
        summaries.c.vendor_folded.contains(folded, autoescape=True),
    )


def names_party(name: str) -> ColumnElement[bool]:
    """Whether the vendor or the customer has ``name`` in its name."""
    return or_(names_vendor(name), tables.document_summaries.c.customer_folded.contains(fold(name), autoescape=True))


def contains_text(text: str) -> ColumnElement[bool]:
    """Whether the document's number, vendor, customer or file name has ``text`` in it, whatever case and accents."""
    return or_(
        names_party(text),
        tables.document_summaries.c.number_folded.contains(fold(text), autoescape=True),
        tables.documents.c.filename_folded.contains(fold(text), autoescape=True),
    )


def has_open_exception(equal: Mapping[str, str | None]) -> ColumnElement[bool]:
    """Whether one open exception of the document has the given values in its columns; None means any."""
    raised = tables.discrepancies
    conditions = [raised.c[name] == value for name, value in equal.items() if value is not None]
    return exists().where(
        raised.c.document_id == tables.documents.c.id, raised.c.status == ExceptionStatus.OPEN.value, *conditions
    )


def severity_rank() -> Case[int]:
    """An exception's severity as a number: 0 is the most severe."""
    return case(_RANKS, value=tables.discrepancies.c.severity, else_=len(_RANKS))
