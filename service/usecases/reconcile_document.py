"""Match a document with the books: refresh what its keys touch, think in pure functions, keep what came out."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matchers.block import document_keys
from matchers.case import Case
from matchers.pipeline import reconcile
from service.domain.audit import Detail
from service.domain.codes import CODES, Family, Severity
from service.domain.decisions import DecisionKind
from service.domain.discrepancies import Discrepancy, RaisedDiscrepancy
from service.domain.documents import CUSTOMER_KINDS, WRITTEN_KINDS, Document, DocumentKind, Failure
from service.domain.errors import OdooRefusedError, OdooUnreachableError, UsageError
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.jobs import Job
from service.domain.keys import reference_key
from service.domain.lifecycle import Move, is_allowed
from service.domain.matching import Keys, Reconciliation, Role
from service.domain.policy import Policy
from service.ports import SYSTEM, Books, Clock, OdooClient, StoredReconciliation, Transaction, UnitOfWork
from service.usecases.advance import advance
from service.usecases.approval import Intent, approve, frozen_decision, intent_of, marker_of
from service.usecases.corrections import has_corrections
from service.usecases.odoo_identity import ADVICE, ANOTHER_DATABASE, is_our_database
from service.usecases.sync_books import refresh_keys
from service.usecases.watched import watched_keys

log = logging.getLogger(__name__)

NOT_CONFIGURED = "not_configured"
UNREACHABLE = "unreachable"
REFUSED = "refused"

# How long until a document that waits is tried again.
_PAUSES = {
    NOT_CONFIGURED: timedelta(minutes=1),
    UNREACHABLE: timedelta(seconds=30),
    REFUSED: timedelta(minutes=1),
}


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What matching came to, and the bill that could be made of it at once (None where it needs more)."""

    keys: Keys
    stored: StoredReconciliation
    intent: Intent | None


def reconcile_document(
    *, uow: UnitOfWork, books: Books, odoo: OdooClient | None, clock: Clock, policy: Policy, job: Job
) -> None:
    """Run a claimed RECONCILE job: ``reconciled``, ``in_review``, or ``waiting_for_odoo`` with the reason.

    The books go stale rather than stop the work: only where they were never filled does the document wait.
    """
    extraction = _to_match(uow, job)
    if extraction is None:
        return
    keys = document_keys(extraction)
    missing = _refresh(uow, books, odoo, clock, keys)
    if missing is not None:
        _wait(uow, clock, job, missing)
        return
    records = books.candidates(keys)
    case = _start(uow, clock, job, extraction, records, policy)
    if case is None:
        return
    found = _with_orders(reconcile(case), records)
    now = clock.now()
    stored = StoredReconciliation(job.revision, found, records.as_of, policy.fingerprint, now)
    outcome = _Outcome(keys, stored, _intent(case, records, found))
    with uow.write() as tx:
        _keep(tx, job, outcome, policy, now)
        tx.jobs.finish(job)


def fail_matching(tx: Transaction, job: Job, failure: Failure, now: datetime) -> None:
    """Move the job's document to ``failed``; nothing where the job is out of date."""
    document = tx.documents.get(job.document_id)
    if document.revision == job.revision and is_allowed(document.status, Move.FAIL):
        failed = replace(document, failure=failure)
        advance(tx, failed, Move.FAIL, actor=SYSTEM, at=now, detail={"failure": failure.code})


def _to_match(uow: UnitOfWork, job: Job) -> Extraction | None:
    """The reading to match; None (and the job done) where the job is out of date."""
    with uow.write() as tx:
        document = _current(tx, job)
        return None if document is None else tx.readings.latest(document.id)


def _current(tx: Transaction, job: Job) -> Document | None:
    document = tx.documents.get(job.document_id)
    if document.revision == job.revision and is_allowed(document.status, Move.START_MATCHING):
        return document
    tx.jobs.finish(job)
    return None


def _start(
    uow: UnitOfWork, clock: Clock, job: Job, extraction: Extraction, records: Records, policy: Policy
) -> Case | None:
    """What the rules see, the document now ``matching``; None as above, for it may have moved on meanwhile."""
    with uow.write() as tx:
        document, now = _current(tx, job), clock.now()
        if document is None:
            return None
        moved = advance(tx, document, Move.START_MATCHING, actor=SYSTEM, at=now, detail={"attempt": job.attempts})
        number = reference_key(extraction.text("invoice_number") or "")
        return Case(
            document=moved,
            extraction=extraction,
            records=records,
            policy=policy,
            today=clock.today(),
            duplicate_of=None if document.duplicate_of is None else tx.documents.get(document.duplicate_of),
            siblings=tx.documents.siblings(document.id, number) if number else (),
            own_marker=marker_of(moved),
        )


def _refresh(uow: UnitOfWork, books: Books, odoo: OdooClient | None, clock: Clock, keys: Keys) -> str | None:
    """Bring the records that the keys concern up to date; the reason to wait, None where matching may go on. From
    another database than that of the books nothing is taken over.
    """
    if odoo is None:
        return NOT_CONFIGURED
    try:
        if not is_our_database(uow=uow, odoo=odoo, clock=clock):
            raise OdooRefusedError(f"{ANOTHER_DATABASE} nothing was read from it.", advice=ADVICE, code="ODOO_IDENTITY")
        refresh_keys(books=books, odoo=odoo, keys=keys)
    except (OdooUnreachableError, OdooRefusedError) as error:
        log.warning("books not refreshed", extra={"code": error.code})
        if books.as_of() is None:
            return REFUSED if isinstance(error, OdooRefusedError) else UNREACHABLE
    return None


def _wait(uow: UnitOfWork, clock: Clock, job: Job, reason: str) -> None:
    """``waiting_for_odoo``, said once a reason and not at each try."""
    with uow.write() as tx:
        document, now = tx.documents.get(job.document_id), clock.now()
        if document.waiting_reason != reason and is_allowed(document.status, Move.WAIT_FOR_ODOO):
            waiting = replace(document, waiting_reason=reason)
            advance(tx, waiting, Move.WAIT_FOR_ODOO, actor=SYSTEM, at=now, detail={"reason": reason})
        tx.jobs.retry(job, now + _PAUSES[reason], f"waits for Odoo: {reason}", uncounted=True)


def _with_orders(found: Reconciliation, records: Records) -> Reconciliation:
    chosen = {match.ref.id for match in found.chosen(Role.ORDER)}
    return replace(found, orders=tuple(order for order in records.orders if order.ref.id in chosen))


def _intent(case: Case, records: Records, found: Reconciliation) -> Intent | None:
    """The bill that a policy with ``auto_draft`` asks for; a document of which none can be made needs a person."""
    if not case.policy.auto_draft:
        return None
    try:
        return intent_of(case.document, case.extraction, found, records)
    except UsageError:
        return None


def _keep(tx: Transaction, job: Job, outcome: _Outcome, policy: Policy, now: datetime) -> None:
    document = tx.documents.get(job.document_id)
    if document.revision != job.revision or not is_allowed(document.status, Move.SEND_TO_REVIEW):
        return  # not ``matching`` any more
    found = outcome.stored.reconciliation
    tx.reconciliations.put(document.id, outcome.stored, watched_keys(outcome.keys, found))
    raised = tx.discrepancies.of_document(document.id)
    tx.discrepancies.replace(document.id, (*found.discrepancies, *_odoos_own(raised)), now)
    open_ones = [entry for entry in tx.discrepancies.of_document(document.id) if entry.is_open]
    settled = replace(document, waiting_reason=None)
    detail: Detail = {"open": len(open_ones), "policy": policy.fingerprint}
    if (
        not is_touchless(found, document.kind, [entry.discrepancy.severity for entry in open_ones], policy)
        or document.held_until is not None
    ):
        advance(tx, settled, Move.SEND_TO_REVIEW, actor=SYSTEM, at=now, detail=detail)
        return
    settled = replace(settled, touchless=not _was_touched(tx, document))
    reconciled = advance(tx, settled, Move.RECONCILE, actor=SYSTEM, at=now, detail=detail)
    if outcome.intent is not None:
        _draft_automatically(tx, reconciled, outcome.intent, policy, now)


def _odoos_own(raised: tuple[RaisedDiscrepancy, ...]) -> tuple[Discrepancy, ...]:
    """What Odoo answered to a write: matching doesn't find it again, so it is a person's to settle."""
    return tuple(
        entry.discrepancy for entry in raised if entry.is_open and CODES[entry.discrepancy.code].family is Family.ODOO
    )


def is_touchless(found: Reconciliation, kind: DocumentKind, open_ones: Sequence[Severity], policy: Policy) -> bool:
    """Nothing open above info, and whom it is from and what they ordered in the automatic band (contract: reconciled);
    only for what an approval makes something of.
    """
    if kind not in WRITTEN_KINDS or any(severity is not Severity.INFO for severity in open_ones):
        return False
    party, order = (Role.CUSTOMER, Role.SALE_ORDER) if kind in CUSTOMER_KINDS else (Role.VENDOR, Role.ORDER)
    parties = found.chosen(party)
    return bool(parties) and all(match.score >= policy.automatic_score for match in (*parties, *found.chosen(order)))


def _was_touched(tx: Transaction, document: Document) -> bool:
    """Whether a person corrected it or settled one of its exceptions."""
    reading = tx.readings.latest(document.id)
    settled = any(entry.resolved_by not in (None, SYSTEM) for entry in tx.discrepancies.of_document(document.id))
    return settled or (reading is not None and has_corrections(reading))


def _draft_automatically(tx: Transaction, document: Document, intent: Intent, policy: Policy, now: datetime) -> None:
    actor = f"policy:{policy.version}"
    decision = frozen_decision(
        tx, document, DecisionKind.APPROVE, actor=actor, at=now, policy_fingerprint=policy.fingerprint
    )
    approve(tx, document, intent, decision=decision, actor=actor, at=now)
