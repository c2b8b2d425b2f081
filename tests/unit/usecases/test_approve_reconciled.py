"""Many at once: each its own decision, and one that can't be approved doesn't stop the others."""

from __future__ import annotations

from dataclasses import replace

from service.domain.decisions import Actor
from service.domain.documents import Document
from service.domain.ids import DocumentId
from service.domain.lifecycle import DocumentStatus
from service.domain.policy import Policy
from service.usecases.approve_reconciled import Approvals, Chosen, approve_reconciled
from tests.support.matched import fill_books, matched
from tests.support.parts import APPROVER, REVIEWER, Parts
from tests.support.values import a_discrepancy


def approved(parts: Parts, actor: Actor, *documents: Document) -> Approvals:
    return approve_reconciled(
        uow=parts.uow,
        books=parts.books,
        clock=parts.clock,
        policy=Policy(),
        actor=actor,
        chosen=[Chosen(document.id, document.version) for document in documents],
    )


def test_each_is_a_decision_and_an_event_of_its_own(parts: Parts) -> None:
    fill_books(parts)
    clean = [matched(parts, status=DocumentStatus.RECONCILED, content=f"%PDF {n}".encode()) for n in range(3)]
    done = approved(parts, APPROVER, *clean)
    assert [document.id for document in done.approved] == [document.id for document in clean]
    assert done.refused == ()
    for document in clean:
        assert parts.actions(document)[-1] == "approve"
        with parts.uow.read() as tx:
            (decision,) = tx.decisions.of_document(document.id)
        assert decision.actor == APPROVER.id


def test_what_needs_a_look_changed_or_is_gone_is_refused_and_the_rest_approved(parts: Parts) -> None:
    fill_books(parts)
    clean = matched(parts, status=DocumentStatus.RECONCILED)
    in_review = matched(parts, a_discrepancy(), content=b"%PDF two")
    changed = matched(parts, status=DocumentStatus.RECONCILED, content=b"%PDF three")
    gone = replace(clean, id=DocumentId("none"))
    done = approved(parts, APPROVER, in_review, gone, replace(changed, version=1), clean)
    assert [document.id for document in done.approved] == [clean.id]
    assert [refusal.document_id for refusal in done.refused] == [in_review.id, "none", changed.id]
    assert "open this one" in done.refused[0].message
    assert parts.load(in_review).status is DocumentStatus.IN_REVIEW


def test_a_reviewer_approves_none(parts: Parts) -> None:
    fill_books(parts)
    clean = matched(parts, status=DocumentStatus.RECONCILED)
    assert approved(parts, REVIEWER, clean).approved == ()
    assert parts.load(clean).status is DocumentStatus.RECONCILED
