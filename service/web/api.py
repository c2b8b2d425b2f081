"""The HTTP API of the contract, under /api/v1."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, make_response, request

from service.domain.discrepancies import ExceptionStatus
from service.domain.documents import Document
from service.domain.ids import DiscrepancyId, DocumentId, UserId
from service.domain.lifecycle import SET_ASIDE, DocumentStatus
from service.ports import DocumentFilter, ExceptionFilter
from service.usecases.correct_fields import correct_fields
from service.usecases.decide import decide as take_decision
from service.usecases.decide import resolve_exception
from service.usecases.receive_document import receive_documents
from service.usecases.reprocess import reprocess as read_again
from service.usecases.split_file import change_split
from service.usecases.view_document import DocumentView, view_document
from service.web import openapi as description
from service.web import presenters
from service.web.access import require_visible, sees_all
from service.web.api_input import (
    CorrectionsBody,
    DecisionBody,
    ReprocessBody,
    ResolutionBody,
    SplitBody,
    body,
    narrowed,
    row_limit,
)
from service.web.context import actor, container
from service.web.discretion import discreet, discreet_view
from service.web.documents import original, uploads, visible_document
from service.web.security import csrf

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
csrf.exempt(blueprint)  # tokens come in a header that no other site can make a browser send


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """This API's description."""
    return jsonify(description.document())


@blueprint.post("/documents")
def upload() -> tuple[Response, int]:
    """Receive files; answered once they are durable."""
    received = receive_documents(
        uow=container().uow,
        blobs=container().blobs,
        clock=container().clock,
        uploads=uploads(request.files.getlist("file"), "api", request.form.get("kind"), request.form.get("source_ref")),
        actor=actor(),
        idempotency_key=request.headers.get("Idempotency-Key"),
    )
    return jsonify({"documents": [presenters.receipt_json(entry) for entry in discreet(received)]}), HTTPStatus.ACCEPTED


@blueprint.get("/documents")
def document_list() -> Response:
    """Documents, newest first; uploaders see their own."""
    own = None if sees_all(actor()) else UserId(actor().id)
    given = narrowed(DocumentStatus)
    wanted = DocumentFilter(
        status=given.get("status"),
        kind=given.get("kind"),
        code=given.get("code"),
        severity=given.get("severity"),
        vendor=given.get("vendor"),
        assignee=given.get("assignee"),
        text=request.args.get("text"),
        uploaded_by=own,
    )
    with container().uow.read() as tx:
        rows, cursor = tx.documents.search(wanted, limit=row_limit(), cursor=request.args.get("cursor"))
    known = discreet([row.document for row in rows])
    seen = [presenters.summary_json(replace(row, document=entry)) for row, entry in zip(rows, known, strict=True)]
    return jsonify({"documents": seen, "cursor": cursor})


@blueprint.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """Everything about one document."""
    view = view_document(uow=container().uow, document_id=DocumentId(document_id))
    require_visible(view.document, actor())
    response = jsonify(_document_json(discreet_view(view)))
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/documents/<document_id>/file")
def document_file(document_id: str) -> Response:
    """The original file."""
    return original(visible_document(document_id))


@blueprint.patch("/documents/<document_id>/fields")
def correct(document_id: str) -> Response:
    """Correct values; the document is matched again."""
    asked = body(CorrectionsBody)
    corrected = correct_fields(
        uow=container().uow,
        clock=container().clock,
        actor=actor(),
        document_id=DocumentId(document_id),
        version=asked.version,
        corrections=asked.corrections(),
    )
    return _head(corrected)


@blueprint.post("/documents/<document_id>/decision")
def decide(document_id: str) -> Response:
    """Approve, reject, hold or reopen."""
    asked = body(DecisionBody)
    decided = take_decision(
        uow=container().uow,
        books=container().books,
        clock=container().clock,
        policy=container().policy,
        actor=actor(),
        document_id=DocumentId(document_id),
        version=asked.version,
        kind=asked.decision,
        reason=asked.reason,
        held_until=asked.held_until,
    )
    return _head(decided)


@blueprint.post("/documents/<document_id>/reprocess")
def reprocess(document_id: str) -> tuple[Response, int]:
    """Read the file again, as the ``kind`` that a body may name."""
    asked = body(ReprocessBody) if request.content_length else ReprocessBody()
    again = read_again(
        uow=container().uow,
        clock=container().clock,
        actor=actor(),
        document_id=DocumentId(document_id),
        kind=asked.kind,
    )
    return _head(again), HTTPStatus.ACCEPTED


@blueprint.post("/documents/<document_id>/split")
def split(document_id: str) -> tuple[Response, int]:
    """Split the file otherwise, or read it as one document."""
    asked = body(SplitBody)
    changed = change_split(
        uow=container().uow,
        clock=container().clock,
        actor=actor(),
        document_id=DocumentId(document_id),
        version=asked.version,
        beginnings=asked.beginnings,
    )
    return _head(changed), HTTPStatus.ACCEPTED


@blueprint.get("/documents/<document_id>/audit")
def audit(document_id: str) -> Response:
    """The document's chain of events with its hashes."""
    view = view_document(uow=container().uow, document_id=DocumentId(document_id))
    return jsonify({"events": [presenters.event_json(event) for event in view.events]})


@blueprint.get("/exceptions")
def exception_list() -> Response:
    """Exceptions, newest first."""
    given = narrowed(ExceptionStatus)
    wanted = ExceptionFilter(
        status=given.get("status"),
        code=given.get("code"),
        severity=given.get("severity"),
        kind=given.get("kind"),
        vendor=given.get("vendor"),
        assignee=given.get("assignee"),
    )
    with container().uow.read() as tx:
        found, cursor = tx.discrepancies.search(wanted, limit=row_limit(), cursor=request.args.get("cursor"))
    return jsonify({"exceptions": [presenters.exception_json(entry) for entry in found], "cursor": cursor})


@blueprint.post("/exceptions/<exception_id>/resolve")
def resolve(exception_id: str) -> Response:
    """Settle one exception."""
    asked = body(ResolutionBody)
    settled = resolve_exception(
        uow=container().uow,
        clock=container().clock,
        policy=container().policy,
        actor=actor(),
        discrepancy_id=DiscrepancyId(exception_id),
        resolution=asked.resolution,
        reason=asked.reason,
    )
    return jsonify(presenters.exception_json(settled))


@blueprint.get("/metrics/summary")
def metrics_summary() -> Response:
    """Counts of documents by state and of open exceptions by code, and the touchless rate 0..1 (null: no document)."""
    with container().uow.read() as tx:
        documents, exceptions, touchless = (
            tx.documents.counts(),
            tx.discrepancies.open_by_code(),
            tx.documents.touchless(),
        )
    total = sum(count for status, count in documents.items() if status not in SET_ASIDE)
    told = {
        "documents": documents,
        "open_exceptions": exceptions,
        "touchless": touchless,
        "touchless_rate": round(touchless / total, 4) if total else None,
    }
    return jsonify(told)


def _head(changed: Document) -> Response:
    return make_response(jsonify(presenters.document_head_json(changed)))


def _document_json(view: DocumentView) -> presenters.JsonObject:
    read: presenters.JsonObject = {"fields": {}, "lines": []}
    if view.extraction is not None:
        read = presenters.detailed_extraction(view.extraction)
    stored = view.stored
    bill = None if view.write is None else view.write.outcome
    exceptions = [presenters.exception_json(raised) for raised in view.exceptions]
    return {
        **presenters.document_head_json(view.document),
        "pages": 0 if view.extraction is None else len(view.extraction.pages),
        **read,
        **presenters.reconciliation_json(
            None if stored is None else stored.reconciliation,
            exceptions,
            None if stored is None else stored.books_as_of,
        ),
        "bill": None if bill is None else presenters.ref_json(bill),
        "parts": [presenters.member_json(part) for part in view.parts if part.part_of == view.document.id],
        "timeline": presenters.timeline_json(view.events),
    }
