"""The work list's tab of the books: exceptions that hang on records and on no document, and the page of each."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain.audit import first_break
from service.domain.codes import CODES, Family, Severity
from service.domain.decisions import UserRole
from service.domain.discrepancies import ExceptionStatus
from service.domain.errors import UsageError
from service.domain.ids import DiscrepancyId
from service.domain.records import RecordRef
from service.odoo.links import record_url
from service.ports import ExceptionFilter
from service.usecases.decide import resolve_exception
from service.usecases.settling import exception_subject
from service.web.context import actor, container
from service.web.queue import BOOKS_TAB, PAGE_SIZE, work_tabs
from service.web.record_facts import facts_of

blueprint = Blueprint("exceptions", __name__, url_prefix="/exceptions")

_MOST_PAGES = 10_000
_CODES = tuple(spec for spec in CODES.values() if spec.family is Family.PAYMENTS)


@blueprint.get("")
def work_list() -> str:
    """Exceptions of the books, the worst first; the open ones by default."""
    wanted, number = _wanted(), _page_number()
    with container().uow.read() as tx:
        rows = tx.discrepancies.worst(wanted, limit=PAGE_SIZE + 1, skip=(number - 1) * PAGE_SIZE)
        tabs = work_tabs(tx, True, BOOKS_TAB)
    return render_template(
        "books_list.html",
        rows=rows[:PAGE_SIZE],
        wanted=wanted,
        tabs=tabs,
        filtered=wanted != ExceptionFilter(status=ExceptionStatus.OPEN.value, on_records=True),
        next_page=_address(number + 1) if len(rows) > PAGE_SIZE else None,
        codes=_CODES,
        severities=tuple(severity.value for severity in Severity),
        statuses=tuple(status.value for status in ExceptionStatus),
        as_of=container().books.as_of(),
    )


@blueprint.get("/<exception_id>")
def page(exception_id: str) -> str | Response:
    """One exception: its figures, the records behind them as the books have them, how to settle it, its trail. One
    that hangs on a document is shown with that.
    """
    with container().uow.read() as tx:
        raised = tx.discrepancies.get(DiscrepancyId(exception_id))
        events = tx.audit.of_subject(exception_subject(raised.id))
        names = {str(user.id): user.name for user in tx.users.all()}
    if raised.subject is None:
        return redirect(url_for("review.page", document_id=raised.document_id))
    linked = tuple(dict.fromkeys((raised.subject, *raised.discrepancy.odoo_refs)))
    known = {record.ref: facts_of(record) for record in container().books.stored(linked)}
    approves = actor().has(UserRole.APPROVER)
    return render_template(
        "exception.html",
        raised=raised,
        linked=[(ref, known.get(ref), _odoo_link(ref)) for ref in linked],
        events=events,
        broken=first_break(events),
        names=names,
        is_blocking=raised.discrepancy.severity is Severity.BLOCKING,
        settles=approves or (actor().has(UserRole.REVIEWER) and raised.discrepancy.severity is not Severity.BLOCKING),
    )


@blueprint.post("/<exception_id>/resolve")
def resolve(exception_id: str) -> Response:
    """Settle it, or say why not; either way back to the page."""
    try:
        resolve_exception(
            uow=container().uow,
            clock=container().clock,
            policy=container().policy,
            actor=actor(),
            discrepancy_id=DiscrepancyId(exception_id),
            resolution=request.form.get("resolution", ""),
            reason=request.form.get("reason"),
        )
    except UsageError as error:
        flash(f"{error.message} {error.advice}".strip(), "error")
    else:
        flash("Settled.")
    return redirect(url_for("exceptions.page", exception_id=exception_id), 303)


def _wanted() -> ExceptionFilter:
    return ExceptionFilter(
        status=request.args.get("status", ExceptionStatus.OPEN.value) or None,
        code=request.args.get("code") or None,
        severity=request.args.get("severity") or None,
        vendor=request.args.get("party", "").strip() or None,
        on_records=True,
    )


def _odoo_link(ref: RecordRef) -> str | None:
    base = container().settings.odoo_url
    return record_url(base, ref) if base else None


def _page_number() -> int:
    given = request.args.get("page", "1")
    if not given.isdecimal() or not 1 <= int(given) <= _MOST_PAGES:
        raise UsageError("There is no such page.")
    return int(given)


def _address(number: int) -> str:
    query = {name: value for name, value in request.args.items() if value or name == "status"} | {"page": number}
    return f"{url_for('exceptions.work_list')}?{urlencode(query)}"
