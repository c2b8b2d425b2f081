"""The work list: documents by state, filtered and searched; ``exceptions`` has its tab of the books."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.codes import CODES, Severity
from service.domain.documents import DocumentKind
from service.domain.errors import NotFoundError, UsageError
from service.domain.ids import DocumentId, UserId
from service.domain.lifecycle import DocumentStatus
from service.ports import DocumentFilter, Transaction
from service.usecases.approve_reconciled import Chosen, approve_reconciled
from service.web.access import sees_all
from service.web.ages import AGES, age_class
from service.web.context import actor, container
from service.web.dashboard import OPEN
from service.web.formats import status_label

blueprint = Blueprint("queue", __name__, url_prefix="/documents")

PAGE_SIZE = 50
BOOKS_TAB = "books"  # in the place of a state: what hangs on records and on no document
_TABS = (
    DocumentStatus.IN_REVIEW,
    DocumentStatus.RECONCILED,
    DocumentStatus.WAITING_FOR_ODOO,
    DocumentStatus.APPROVED,
    DocumentStatus.RECORDED,
    DocumentStatus.REJECTED,
    DocumentStatus.FAILED,
)
_FILTERS = ("code", "severity", "kind", "text", "party", "touchless", "currency", "received_from", "received_before")


@dataclass(frozen=True, slots=True)
class Tab:
    """A state's list: where it is and how many documents are in it (None: not said)."""

    label: str
    href: str
    current: bool
    count: int | None


@blueprint.get("")
def work_list() -> str:
    """Documents newest first; by default those that wait for a person, all of their own for uploaders."""
    everything = sees_all(actor())
    wanted = _wanted(everything)
    with container().uow.read() as tx:
        rows, cursor = tx.documents.search(wanted, limit=PAGE_SIZE, cursor=request.args.get("cursor"))
        tabs = work_tabs(tx, everything, OPEN if wanted.undecided else wanted.status)
    return render_template(
        "work_list.html",
        rows=rows,
        wanted=wanted,
        tabs=tabs,
        filtered=any(getattr(wanted, name) for name in _FILTERS),
        next_page=None if cursor is None else _address(cursor=cursor),
        everything=everything,
        codes=tuple(CODES.values()),
        severities=tuple(severity.value for severity in Severity),
        kinds=tuple(kind.value for kind in DocumentKind),
        ages=AGES,
        age=request.args.get("age"),
        shown_status=OPEN if wanted.undecided else wanted.status or "",
    )


@blueprint.post("/approve")
def approve() -> Response:
    """Approve the chosen documents, and say which weren't and why."""
    chosen = [_chosen(entry) for entry in request.form.getlist("document")]
    done = approve_reconciled(
        uow=container().uow,
        books=container().books,
        clock=container().clock,
        policy=container().policy,
        actor=actor(),
        chosen=chosen,
    )
    count = len(done.approved)
    if count:
        flash(
            f"{count} {'document' if count == 1 else 'documents'} approved; the draft bills are on their way to Odoo."
        )
    for refusal in done.refused:
        flash(f"{_name_of(refusal.document_id)} was not approved: {refusal.message}", "error")
    if not chosen:
        flash("No document was chosen.", "error")
    return redirect(url_for("queue.work_list", status=DocumentStatus.RECONCILED.value), 303)


def _chosen(entry: str) -> Chosen:
    """A row's box: the document's id and the version that the row showed."""
    document_id, _, version = entry.partition(":")
    if not version.isdecimal():
        raise UsageError("The form names no version of the document.")
    return Chosen(DocumentId(document_id), int(version))


def _name_of(document_id: DocumentId) -> str:
    with container().uow.read() as tx:
        try:
            return tx.documents.get(document_id).filename
        except NotFoundError:
            return "A document"


def _wanted(everything: bool) -> DocumentFilter:
    default = DocumentStatus.IN_REVIEW.value if everything and not request.args else None
    status = request.args.get("status") or default
    age, now = age_class(request.args.get("age")), container().clock.now()
    return DocumentFilter(
        status=None if status == OPEN else status,
        undecided=status == OPEN,
        party=request.args.get("party", "").strip() or None,
        touchless=True if request.args.get("touchless") else None,
        currency=request.args.get("currency") or None,
        received_from=now - age.most if age and age.most else None,
        received_before=now - age.least if age and age.least else None,
        kind=request.args.get("kind") or None,
        code=request.args.get("code") or None,
        severity=request.args.get("severity") or None,
        text=request.args.get("text", "").strip() or None,
        uploaded_by=None if everything else UserId(actor().id),
    )


def work_tabs(tx: Transaction, everything: bool, current: str | None) -> tuple[Tab, ...]:
    """The lists by state, the one of all documents and, for those who see everything, that of the books."""
    counts = tx.documents.counts() if everything else None
    tabs = [
        Tab(
            status_label(status),
            url_for("queue.work_list", status=status.value),
            current == status.value,
            None if counts is None else counts.get(status.value, 0),
        )
        for status in _TABS
    ]
    tabs.append(
        Tab("All", url_for("queue.work_list", status=""), current is None, sum(counts.values()) if counts else None)
    )
    if everything:
        number = tx.discrepancies.open_on_records()
        tabs.append(Tab("In the books", url_for("exceptions.work_list"), current == BOOKS_TAB, number))
    return tuple(tabs)


def _address(**changed: str) -> str:
    query = {name: value for name, value in request.args.items() if value or name == "status"} | changed
    return f"{url_for('queue.work_list')}?{urlencode(query)}"
