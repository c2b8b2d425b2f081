"""What approving means, whoever does it: evidence frozen, the draft intended, the write under way."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime

from matchers.block import document_keys
from matchers.draft import draft_of
from service.domain.audit import Detail
from service.domain.codec import encode
from service.domain.decisions import Decision, DecisionKind
from service.domain.documents import Document
from service.domain.drafts import Draft
from service.domain.errors import InvalidMoveError
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.jobs import Stage, WriteState
from service.domain.lifecycle import Move, WriteStatus
from service.domain.matching import Reconciliation
from service.domain.records import PurchaseOrder, SaleOrder
from service.ports import Books, OdooWrite, StoredReconciliation, Transaction
from service.usecases.advance import advance
from service.usecases.evidence import DECISION, decision_digest
from service.usecases.split_file import check_whole


@dataclass(frozen=True, slots=True)
class Intent:
    """What an approval asks for in Odoo, and the orders it rests on as the approver sees them."""

    draft: Draft
    orders: tuple[PurchaseOrder, ...]
    sale_orders: tuple[SaleOrder, ...] = ()


def marker_of(document: Document) -> str:
    """The token by which what the document becomes is found in Odoo: one a revision, so that asking twice makes one.
    The revision comes first, because Odoo finds it as a part of a text: "…-1" would be found in "…-10".
    """
    return f"{document.revision}-{document.id}"


def intent_of(document: Document, extraction: Extraction, reconciliation: Reconciliation, records: Records) -> Intent:
    """The intent; UsageError that says why nothing can be made of the document."""
    draft = draft_of(extraction, reconciliation, records, marker_of(document))
    return Intent(draft, reconciliation.orders, reconciliation.sale_orders)


def intent_from_books(
    books: Books, document: Document, extraction: Extraction | None, stored: StoredReconciliation | None
) -> Intent:
    """The intent by what is stored; InvalidMoveError where the document wasn't matched as it is now."""
    if extraction is None or stored is None or stored.revision != document.revision:
        raise InvalidMoveError(
            "The document wasn't matched as it is now.", advice="Reprocess it, or wait until it was matched."
        )
    return intent_of(document, extraction, stored.reconciliation, books.candidates(document_keys(extraction)))


def approve(
    tx: Transaction, document: Document, intent: Intent, *, decision: Decision, actor: str, at: datetime
) -> Document:
    """``approved`` with a pending write: decision, intent and WRITE job in the caller's transaction. InvalidMoveError
    where the file is split into documents that are approved instead.
    """
    check_whole(tx, document)
    asked = replace(document, write_status=WriteStatus.PENDING, held_until=None)
    detail = decision_detail(decision)
    approved = advance(tx, asked, Move.APPROVE, actor=actor, at=at, detail=detail)
    tx.decisions.add(decision)
    write = OdooWrite(
        document_id=document.id,
        revision=document.revision,
        draft=intent.draft,
        state=WriteState.INTENDED,
        orders=intent.orders,
        sale_orders=intent.sale_orders,
    )
    tx.writes.put(write)
    tx.jobs.enqueue(Stage.WRITE, document.id, document.revision, at)
    return approved


def decision_detail(decision: Decision) -> Detail:
    """What the audit trail keeps of a decision: its own digest, the policy's and that of what the person saw."""
    return {
        "policy": decision.policy_fingerprint,
        "snapshot": decision.snapshot_digest,
        DECISION: decision_digest(decision),
    }


def frozen_decision(
    tx: Transaction,
    document: Document,
    kind: DecisionKind,
    *,
    actor: str,
    at: datetime,
    policy_fingerprint: str,
    reason: str | None = None,
    held_until: datetime | None = None,
) -> Decision:
    """The decision with the digest of what is stored of the document now: that is what the person saw."""
    digest = _snapshot_digest(document, tx.readings.latest(document.id), tx.reconciliations.latest(document.id))
    return Decision(document.id, document.revision, kind, actor, at, reason, policy_fingerprint, digest, held_until)


def _snapshot_digest(document: Document, extraction: Extraction | None, stored: StoredReconciliation | None) -> str:
    seen = {
        "content": document.sha256,
        "revision": document.revision,
        "reading": None if extraction is None else encode(extraction),
        "reconciliation": None if stored is None else encode(stored.reconciliation),
        "books_as_of": None if stored is None or stored.books_as_of is None else stored.books_as_of.isoformat(),
    }
    canonical = json.dumps(seen, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
