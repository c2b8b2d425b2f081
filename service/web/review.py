"""The review page and what can be done on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.audit import first_break
from service.domain.decisions import DecisionKind, UserRole
from service.domain.documents import BILLABLE_KINDS, Document
from service.domain.errors import ConcordError, UsageError
from service.domain.ids import DiscrepancyId, DocumentId, UserId
from service.domain.lifecycle import DocumentStatus, Move, WriteStatus, is_allowed
from service.ports import DocumentFilter
from service.usecases.correct_fields import correct_fields
from service.usecases.decide import decide as take_decision
from service.usecases.decide import resolve_exception
from service.usecases.reprocess import reprocess as read_again
from service.usecases.split_file import change_split
from service.usecases.view_document import DocumentView, view_document
from service.web.access import require_visible, sees_all
from service.web.context import actor, container
from service.web.discretion import discreet_view
from service.web.documents import UNSETTLED, kind_named, visible_document
from service.web.made import made_by
from service.web.review_form import form_corrections
from service.web.review_parts import split_view
from service.web.review_view import review_view

blueprint = Blueprint("review", __name__)

_RELATED_SHOWN = 20
_SAID = {
    DecisionKind.APPROVE: "Approved. It is on its way to Odoo.",
    DecisionKind.REJECT: "Rejected.",
    DecisionKind.HOLD: "On hold.",
    DecisionKind.REOPEN: "Open again.",
}


@blueprint.get("/documents/<document_id>")
def page(document_id: str) -> str:
    """The document: its pages, values, exceptions, matches, and what may be decided."""
    view = _visible_view(document_id)
    return render_template(
        "review.html",
        view=view,
        document=view.document,
        review=review_view(
            view, container().books, container().policy, container().clock.today(), _related(view.document)
        ),
        open_exceptions=[raised for raised in view.exceptions if raised.is_open],
        settled_exceptions=[raised for raised in view.exceptions if not raised.is_open],
        split=split_view(view),
        names=_names(),
        made=made_by(view.write, container().settings.odoo_url),
        billable_kinds=sorted(BILLABLE_KINDS, reverse=True),
        moves={move.value for move in Move if is_allowed(view.document.status, move)},
        in_progress=_is_moving(view.document.status, view.document.write_status),
        reviews=actor().has(UserRole.REVIEWER, UserRole.APPROVER),
        approves=actor().has(UserRole.APPROVER),
    )


@blueprint.get("/documents/<document_id>/progress")
def progress(document_id: str) -> Response:
    """Where a document on its way stands; once it arrived, tells the page to load itself again."""
    document = visible_document(document_id)
    if str(document.version) != request.args.get("version"):
        response = make_response("")
        response.headers["HX-Refresh"] = "true"
        return response
    response = make_response(render_template("progress.html", document=document))
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{document.id}-{document.version}")
    return response.make_conditional(request)


@blueprint.get("/documents/<document_id>/audit")
def audit(document_id: str) -> str:
    """The document's chain of events."""
    view = _visible_view(document_id)
    return render_template(
        "audit.html", view=view, document=view.document, names=_names(), broken=first_break(view.events)
    )


@blueprint.post("/documents/<document_id>/fields")
def correct(document_id: str) -> Response:
    """Store what a person changed in the fields."""
    view = _visible_view(document_id)
    if view.extraction is None:
        raise UsageError("There is nothing to correct: the document wasn't read.")
    corrections = form_corrections(request.form, view.extraction)
    if not corrections.names():
        flash("Nothing was changed.")
        return _back(document_id)
    return _attempt(
        document_id,
        lambda: correct_fields(
            uow=container().uow,
            clock=container().clock,
            actor=actor(),
            document_id=DocumentId(document_id),
            version=_version(),
            corrections=corrections,
        ),
        "Corrected. The document is matched again.",
    )


@blueprint.post("/documents/<document_id>/decision")
def decide(document_id: str) -> Response:
    """Approve, reject, hold or reopen."""
    kind = _decision()
    return _attempt(
        document_id,
        lambda: take_decision(
            uow=container().uow,
            books=container().books,
            clock=container().clock,
            policy=container().policy,
            actor=actor(),
            document_id=DocumentId(document_id),
            version=_version(),
            kind=kind,
            reason=request.form.get("reason"),
            held_until=_held_until(),
        ),
        _SAID[kind],
    )


@blueprint.post("/documents/<document_id>/exceptions/<discrepancy_id>/resolve")
def resolve(document_id: str, discrepancy_id: str) -> Response:
    """Settle one exception."""
    return _attempt(
        document_id,
        lambda: resolve_exception(
            uow=container().uow,
            clock=container().clock,
            policy=container().policy,
            actor=actor(),
            discrepancy_id=DiscrepancyId(discrepancy_id),
            resolution=request.form.get("resolution", ""),
            reason=request.form.get("reason"),
        ),
        "Settled.",
    )


@blueprint.post("/documents/<document_id>/reprocess")
def reprocess(document_id: str) -> Response:
    """Read the file again."""
    return _attempt(
        document_id,
        lambda: read_again(
            uow=container().uow,
            clock=container().clock,
            actor=actor(),
            document_id=DocumentId(document_id),
            kind=kind_named(request.form.get("kind")),
        ),
        "The file is read again.",
    )


@blueprint.post("/documents/<document_id>/split")
def split(document_id: str) -> Response:
    """Split the file otherwise, or undo its split; of a part the file that it is from."""
    asked = visible_document(document_id)
    whole = asked.part_of or asked.id
    return _attempt(
        whole,
        lambda: change_split(
            uow=container().uow,
            clock=container().clock,
            actor=actor(),
            document_id=DocumentId(whole),
            version=_version(),
            beginnings=_beginnings(),
        ),
        "The file is split anew." if request.form.get("beginnings") else "The file is read as one document.",
    )


def _visible_view(document_id: str) -> DocumentView:
    view = view_document(uow=container().uow, document_id=DocumentId(document_id))
    require_visible(view.document, actor())
    return discreet_view(view)


def _related(document: Document) -> tuple[Document, ...]:
    """The others that came in the same message or batch, as far as the caller may know of them."""
    if not document.source_ref:
        return ()
    own = None if sees_all(actor()) else UserId(actor().id)
    with container().uow.read() as tx:
        rows, _ = tx.documents.search(
            DocumentFilter(source_ref=document.source_ref, uploaded_by=own), limit=_RELATED_SHOWN
        )
    return tuple(row.document for row in rows if row.document.id != document.id)


def _attempt(document_id: str, deed: Callable[[], object], said: str) -> Response:
    """Do it and say so, or say why not; either way back to the page."""
    try:
        deed()
    except ConcordError as error:
        if not isinstance(error, UsageError):
            raise
        flash(f"{error.message} {error.advice}".strip(), "error")
    else:
        flash(said)
    return _back(document_id)


def _back(document_id: str) -> Response:
    return redirect(url_for("review.page", document_id=document_id), 303)


def _names() -> dict[str, str]:
    """People's names by id, for those who acted on the document."""
    with container().uow.read() as tx:
        return {str(user.id): user.name for user in tx.users.all()}


def _is_moving(status: DocumentStatus, write_status: WriteStatus | None) -> bool:
    return status.value in UNSETTLED or write_status in (WriteStatus.PENDING, WriteStatus.RETRYING)


def _version() -> int:
    try:
        return int(request.form["version"])
    except (KeyError, ValueError) as error:
        raise UsageError("The form names no version of the document.") from error


def _beginnings() -> tuple[int, ...]:
    try:
        return tuple(int(page) for page in request.form.get("beginnings", "").split())
    except ValueError as error:
        raise UsageError("The pages to split at aren't numbers.") from error


def _decision() -> DecisionKind:
    try:
        return DecisionKind(request.form.get("decision", ""))
    except ValueError as error:
        raise UsageError("There is no such decision.") from error


def _held_until() -> datetime | None:
    """The end of the chosen day, where the setting TIMEZONE has it end; in UTC."""
    chosen = request.form.get("held_until")
    if not chosen:
        return None
    try:
        chosen_day = datetime.fromisoformat(chosen).date()
    except ValueError as error:
        raise UsageError("The day to hold until isn't a date.") from error
    return datetime.combine(chosen_day, time.max, container().settings.zone).astimezone(UTC)
