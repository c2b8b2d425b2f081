"""One table of a document's states and of the moves between them.

received → reading → extracted → matching → reconciled ─┐
            │ │          ↕           │                  ├→ approved → recorded
            │ ↓   waiting_for_odoo   └──→ in_review ────┘
            │failed                         ↑↓ hold, reopen      rejected
            ↓
           split     whose parts are documents of their own; those that another split does without are withdrawn

The last exception settled leads from in_review to reconciled.
"""

from __future__ import annotations

from enum import StrEnum

from service.domain.errors import InvalidMoveError


class DocumentStatus(StrEnum):
    """States of a document (contract: States of a document)."""

    RECEIVED = "received"
    READING = "reading"
    EXTRACTED = "extracted"
    WAITING_FOR_ODOO = "waiting_for_odoo"
    MATCHING = "matching"
    RECONCILED = "reconciled"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RECORDED = "recorded"
    REJECTED = "rejected"
    FAILED = "failed"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"


# They stand for nothing: a file whose parts do, and a part that its file is no longer split into.
SET_ASIDE = frozenset({DocumentStatus.SPLIT, DocumentStatus.WITHDRAWN})

# Somebody stands behind these.
APPROVED_OR_RECORDED = (DocumentStatus.APPROVED, DocumentStatus.RECORDED)

# Nobody has decided on these yet.
UNDECIDED = (
    frozenset(DocumentStatus)
    - SET_ASIDE
    - {
        DocumentStatus.APPROVED,
        DocumentStatus.RECORDED,
        DocumentStatus.REJECTED,
        DocumentStatus.FAILED,
    }
)


class WriteStatus(StrEnum):
    """How the write to Odoo of an approved document stands."""

    PENDING = "pending"
    RETRYING = "retrying"
    REFUSED = "refused"
    DONE = "done"


class Move(StrEnum):
    """What can happen to a document; every move is an audit event of the same name."""

    START_READING = "start_reading"
    EXTRACT = "extract"
    FAIL = "fail"
    FLAG_DUPLICATE = "flag_duplicate"
    WAIT_FOR_ODOO = "wait_for_odoo"
    START_MATCHING = "start_matching"
    RECONCILE = "reconcile"
    SEND_TO_REVIEW = "send_to_review"
    CORRECT = "correct"
    REPROCESS = "reprocess"
    APPROVE = "approve"
    REJECT = "reject"
    HOLD = "hold"
    REOPEN = "reopen"
    RECORD = "record"
    REFUSE_WRITE = "refuse_write"
    RECORD_CHANGED = "record_changed"
    SPLIT = "split"
    CHANGE_SPLIT = "change_split"
    WITHDRAW = "withdraw"
    REVIVE = "revive"


_S = DocumentStatus
_DECIDABLE = (_S.RECONCILED, _S.IN_REVIEW)
_SETTLED = (_S.RECONCILED, _S.IN_REVIEW, _S.WAITING_FOR_ODOO, _S.EXTRACTED)

# move → (states it may start from, state it leads to)
MOVES: dict[Move, tuple[tuple[DocumentStatus, ...], DocumentStatus]] = {
    Move.START_READING: ((_S.RECEIVED, _S.READING), _S.READING),
    Move.EXTRACT: ((_S.READING,), _S.EXTRACTED),
    Move.FAIL: ((_S.RECEIVED, _S.READING, _S.EXTRACTED, _S.MATCHING, _S.WAITING_FOR_ODOO), _S.FAILED),
    Move.FLAG_DUPLICATE: ((_S.RECEIVED,), _S.IN_REVIEW),
    Move.WAIT_FOR_ODOO: ((_S.EXTRACTED, _S.MATCHING, _S.WAITING_FOR_ODOO), _S.WAITING_FOR_ODOO),
    Move.START_MATCHING: ((*_SETTLED, _S.MATCHING), _S.MATCHING),
    Move.RECONCILE: ((_S.MATCHING, _S.IN_REVIEW), _S.RECONCILED),
    Move.SEND_TO_REVIEW: ((_S.MATCHING,), _S.IN_REVIEW),
    Move.CORRECT: (_SETTLED, _S.EXTRACTED),
    Move.REPROCESS: ((*_SETTLED, _S.FAILED), _S.RECEIVED),
    Move.APPROVE: (_DECIDABLE, _S.APPROVED),
    Move.REJECT: ((*_DECIDABLE, _S.WAITING_FOR_ODOO, _S.FAILED), _S.REJECTED),
    Move.HOLD: (_DECIDABLE, _S.IN_REVIEW),
    Move.REOPEN: ((_S.REJECTED, _S.APPROVED, _S.RECORDED), _S.IN_REVIEW),
    Move.RECORD: ((_S.APPROVED,), _S.RECORDED),
    Move.REFUSE_WRITE: ((_S.APPROVED,), _S.IN_REVIEW),
    Move.RECORD_CHANGED: ((_S.APPROVED,), _S.IN_REVIEW),
    Move.SPLIT: ((_S.READING,), _S.SPLIT),
    Move.CHANGE_SPLIT: ((*_SETTLED, _S.FAILED, _S.SPLIT), _S.RECEIVED),
    Move.WITHDRAW: ((*_SETTLED, _S.RECEIVED, _S.READING, _S.MATCHING, _S.FAILED, _S.REJECTED), _S.WITHDRAWN),
    Move.REVIVE: ((_S.WITHDRAWN,), _S.RECEIVED),
}


def is_allowed(status: DocumentStatus, move: Move) -> bool:
    """Whether a document in ``status`` may make ``move``."""
    return status in MOVES[move][0]


def status_after(status: DocumentStatus, move: Move) -> DocumentStatus:
    """The state that ``move`` leads to; InvalidMoveError where it isn't allowed from ``status``."""
    sources, target = MOVES[move]
    if status not in sources:
        raise InvalidMoveError(f"A document that is {status.value} can't {move.value.replace('_', ' ')}.")
    return target
