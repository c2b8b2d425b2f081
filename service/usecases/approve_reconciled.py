"""Approve many documents at once, each by a decision of its own, as far as nothing about them is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.decisions import Actor, DecisionKind
from service.domain.documents import Document
from service.domain.errors import InvalidMoveError, UsageError
from service.domain.ids import DocumentId
from service.domain.lifecycle import DocumentStatus
from service.domain.policy import Policy
from service.ports import Books, Clock, UnitOfWork
from service.usecases.decide import decide


@dataclass(frozen=True, slots=True)
class Chosen:
    """A document as it stood when it was chosen."""

    document_id: DocumentId
    version: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that was not approved, and a sentence that says why."""

    document_id: DocumentId
    message: str


@dataclass(frozen=True, slots=True)
class Approvals:
    """What became of the chosen ones, each list in their order."""

    approved: tuple[Document, ...]
    refused: tuple[Refusal, ...]


def approve_reconciled(
    *, uow: UnitOfWork, books: Books, clock: Clock, policy: Policy, actor: Actor, chosen: Sequence[Chosen]
) -> Approvals:
    """Approve those of ``chosen`` that are ``reconciled`` and unchanged, one transaction and one audit event each.

    One that can't be approved doesn't stop the others; what needs a look of its own is refused here.
    """
    approved: list[Document] = []
    refused: list[Refusal] = []
    for one in chosen:
        try:
            _check_reconciled(uow, one)
            approved.append(
                decide(
                    uow=uow,
                    books=books,
                    clock=clock,
                    policy=policy,
                    actor=actor,
                    document_id=one.document_id,
                    version=one.version,
                    kind=DecisionKind.APPROVE,
                )
            )
        except UsageError as error:
            refused.append(Refusal(one.document_id, error.message))
    return Approvals(tuple(approved), tuple(refused))


def _check_reconciled(uow: UnitOfWork, one: Chosen) -> None:
    with uow.read() as tx:
        document = tx.documents.get(one.document_id)
    if document.status is not DocumentStatus.RECONCILED:
        raise InvalidMoveError("Only documents that agree with the books are approved together; open this one.")
