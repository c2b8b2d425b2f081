"""Domain values to the JSON shapes of the contract; here a discrepancy becomes an "exception". No framework."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal

from service.domain.audit import AuditEvent
from service.domain.discrepancies import Discrepancy, RaisedDiscrepancy
from service.domain.documents import Document, DocumentKind, PageSize
from service.domain.extraction import Extraction, Line, Part
from service.domain.fields import AnyField, Provenance, Row, Value
from service.domain.kinds import spec_of
from service.domain.matching import Evidence, LineMatch, Match, Reconciliation
from service.domain.money import plain
from service.domain.page_ranges import PageRange
from service.domain.records import RecordRef
from service.ports import DocumentSummary

Json = Mapping[str, "Json"] | list["Json"] | str | int | float | bool | None
JsonObject = dict[str, Json]


def plain_value(value: Value) -> Json:
    """A typed value as the contract writes it: decimals and dates as text, a row as an object of what it has."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Row):
        parts = {part.name: getattr(value, part.name) for part in fields(value)}
        return {name: plain_value(part) for name, part in parts.items() if part is not None}
    return value


def plain_extraction(extraction: Extraction) -> JsonObject:
    """``kind``, ``kind_confidence``, ``pages``, ``fields`` and ``lines`` with plain values; absent ones left out."""
    return {
        "kind": extraction.kind.value,
        "kind_confidence": _rounded(extraction.kind_confidence),
        "pages": len(extraction.pages),
        "fields": {
            name: _one_or_many(extraction.kind, name, [plain_value(entry.value) for entry in entries])
            for name, entries in extraction.fields.items()
            if entries
        },
        "lines": [{name: plain_value(entry.value) for name, entry in line.fields.items()} for line in extraction.lines],
    }


def detailed_extraction(extraction: Extraction, pages_before: int = 0) -> JsonObject:
    """``fields`` and ``lines`` with full value objects (value, raw, confidence, page, bbox, source, status); pages
    count from 1 after the ``pages_before`` it in its file.
    """
    pages = extraction.pages
    return {
        "fields": {
            name: _one_or_many(extraction.kind, name, [value_json(entry, pages, pages_before) for entry in entries])
            for name, entries in extraction.fields.items()
            if entries
        },
        "lines": [_line_json(line, pages, pages_before) for line in extraction.lines],
    }


def pages_json(pages: PageRange | None) -> JsonObject:
    """Which pages of its file a part takes; None twice for what is none."""
    return {"page_from": None if pages is None else pages.first, "page_to": None if pages is None else pages.last}


def member_json(part: Document) -> JsonObject:
    """One of the documents that a file is split into, as the file's own document names it."""
    return {"id": part.id, "status": part.status.value, "kind": part.kind.value, **pages_json(part.pages)}


def part_json(part: Part, *, details: bool = False) -> JsonObject:
    """One of several documents of a file: its pages there, and what was read of it."""
    shown = pages_json(part.pages) | plain_extraction(part.extraction)
    return shown | {"details": detailed_extraction(part.extraction, part.pages.first - 1)} if details else shown


def value_json(field: AnyField, pages: tuple[PageSize, ...], pages_before: int = 0) -> JsonObject:
    """The contract's value object; ``bbox`` as shares 0..1 of its page, None where nothing is printed."""
    box, page = bbox_shares(field.provenance, pages), field.provenance.page
    return {
        "value": plain_value(field.value),
        "raw": field.raw,
        "confidence": _rounded(field.confidence),
        "page": None if page is None else page + pages_before,
        "bbox": None if box is None else list(box),
        "source": field.provenance.source.value,
        "status": field.status.value,
    }


def bbox_shares(where: Provenance, pages: tuple[PageSize, ...]) -> tuple[float, float, float, float] | None:
    """The box as shares of its page; None where there is no box or no such page."""
    if where.box is None or where.page is None or not 1 <= where.page <= len(pages):
        return None
    size = pages[where.page - 1]
    return where.box.shares_of(size.width, size.height)


def ref_json(ref: RecordRef) -> JsonObject:
    """A record as ``model``, ``id``, ``name``."""
    return {"model": ref.model, "id": ref.id, "name": ref.name}


def match_json(match: Match) -> JsonObject:
    """An entry of ``matches``."""
    return {
        "role": match.role.value,
        "chosen": match.chosen,
        **ref_json(match.ref),
        "score": _rounded(match.score),
        "evidence": _evidence_json(match.evidence),
    }


def line_match_json(match: LineMatch) -> JsonObject:
    """An entry of ``line_matches``: one a pair."""
    return {
        "line": match.line,
        **ref_json(match.ref),
        "quantity": plain(match.quantity),
        "score": _rounded(match.score),
        "evidence": _evidence_json(match.evidence),
    }


def reconciliation_json(
    reconciliation: Reconciliation | None, exceptions: list[JsonObject], books_as_of: datetime | None
) -> JsonObject:
    """``matches``, ``line_matches``, ``exceptions`` and ``books_as_of`` of the contract; ``exceptions`` come from
    ``exception_json`` (stored ones) or ``finding_json`` (worked out now).
    """
    matches = () if reconciliation is None else reconciliation.matches
    line_matches = () if reconciliation is None else reconciliation.line_matches
    return {
        "matches": [match_json(match) for match in matches],
        "line_matches": [line_match_json(match) for match in line_matches],
        "exceptions": list(exceptions),
        "books_as_of": time_text(books_as_of),
    }


def finding_json(found: Discrepancy, subject: Json = None) -> JsonObject:
    """A discrepancy that isn't stored (``concord reconcile``), in the shape of an exception."""
    return {
        "id": None,
        "document_id": None,
        "code": found.code.value,
        "severity": found.severity.value,
        "status": "open",
        "subject": subject,
        "message": found.message,
        "field": found.field,
        "line": found.line,
        "expected": found.expected,
        "actual": found.actual,
        "difference": _optional_decimal(found.difference),
        "tolerance": found.tolerance,
        "odoo_refs": [ref_json(ref) for ref in found.odoo_refs],
        "money_at_risk": _optional_decimal(found.money_at_risk),
        "currency": None,
        "owner_role": found.owner_role,
        "assignee": None,
        "due_at": None,
        "hold": found.hold.value,
        "releases_when": found.releases_when,
        "suggested_action": found.suggested_action,
        "resolution": None,
        "resolved_by": None,
        "resolved_at": None,
        "reason": None,
    }


def exception_json(raised: RaisedDiscrepancy) -> JsonObject:
    """A stored exception of the contract; its subject is the document, or the record that it hangs on."""
    on_document: JsonObject = {"document_id": raised.document_id}
    subject = on_document if raised.subject is None else ref_json(raised.subject)
    return finding_json(raised.discrepancy, subject) | {
        "id": raised.id,
        "document_id": raised.document_id,
        "status": raised.status.value,
        "currency": raised.currency,
        "assignee": raised.assignee,
        "due_at": time_text(raised.due_at),
        "resolution": raised.resolution,
        "resolved_by": raised.resolved_by,
        "resolved_at": time_text(raised.resolved_at),
        "reason": raised.reason,
    }


def event_json(event: AuditEvent) -> JsonObject:
    """An audit event with its place in the chain."""
    return {
        "sequence": event.sequence,
        "at": time_text(event.at),
        "actor": event.actor,
        "action": event.action,
        "detail": dict(event.detail),
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def timeline_json(events: Iterable[AuditEvent]) -> list[Json]:
    """What happened to a document, oldest first, without the chain's hashes."""
    return [{"at": time_text(e.at), "actor": e.actor, "action": e.action, "detail": dict(e.detail)} for e in events]


def receipt_json(document: Document) -> JsonObject:
    """What an upload is answered with."""
    return {
        "id": document.id,
        "status": document.status.value,
        "sha256": document.sha256,
        "duplicate_of": document.duplicate_of,
    }


def document_head_json(document: Document) -> JsonObject:
    """The document's own record, as lists and the document itself carry it."""
    return receipt_json(document) | {
        "kind": document.kind.value,
        "kind_confidence": _rounded(document.kind_confidence),
        "write_status": None if document.write_status is None else document.write_status.value,
        "revision": document.revision,
        "version": document.version,
        "filename": document.filename,
        "media_type": document.media_type,
        "size": document.size,
        "source": document.source,
        "source_ref": document.source_ref,
        "received_at": time_text(document.received_at),
        "waiting_reason": document.waiting_reason,
        "held_until": time_text(document.held_until),
        "touchless": document.touchless,
        "part_of": document.part_of,
        **pages_json(document.pages),
        "failure": None
        if document.failure is None
        else {"code": document.failure.code, "message": document.failure.message},
    }


def summary_json(row: DocumentSummary) -> JsonObject:
    """A row of ``GET /documents``."""
    return document_head_json(row.document) | {
        "seller_name": row.seller_name,
        "customer_name": row.customer_name,
        "invoice_number": row.invoice_number,
        "issue_date": None if row.issue_date is None else row.issue_date.isoformat(),
        "grand_total": _optional_decimal(row.grand_total),
        "currency": row.currency,
        "open_codes": list(row.open_codes),
    }


def time_text(moment: datetime | None) -> str | None:
    """A moment as ISO 8601 in UTC."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _line_json(line: Line, pages: tuple[PageSize, ...], pages_before: int) -> JsonObject:
    return {name: value_json(entry, pages, pages_before) for name, entry in line.fields.items()}


def _evidence_json(evidence: Iterable[Evidence]) -> list[Json]:
    return [
        {
            "feature": entry.feature,
            "document_value": entry.document_value,
            "odoo_value": entry.odoo_value,
            "weight": round(entry.weight, 4),
        }
        for entry in evidence
    ]


def _one_or_many(kind: DocumentKind, name: str, entries: list[Json]) -> Json:
    spec = spec_of(kind).fields.get(name)
    return entries if spec is not None and spec.many else entries[0]


def _optional_decimal(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def _rounded(share: float) -> float:
    return round(share, 4)
