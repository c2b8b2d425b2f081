"""The table of states and moves: what it allows, and that it leads everywhere and nowhere by accident."""

from __future__ import annotations

import pytest

from service.domain.errors import InvalidMoveError
from service.domain.lifecycle import MOVES, DocumentStatus, Move, is_allowed, status_after

S, M = DocumentStatus, Move


@pytest.mark.parametrize(
    "path",
    [
        (M.START_READING, M.EXTRACT, M.START_MATCHING, M.RECONCILE, M.APPROVE, M.RECORD),
        (M.START_READING, M.EXTRACT, M.WAIT_FOR_ODOO, M.START_MATCHING, M.SEND_TO_REVIEW, M.APPROVE, M.RECORD),
        (M.FLAG_DUPLICATE, M.REJECT, M.REOPEN, M.APPROVE, M.REFUSE_WRITE, M.CORRECT, M.START_MATCHING, M.RECONCILE),
        (M.START_READING, M.FAIL, M.REPROCESS, M.START_READING, M.START_READING),  # the second worker after a crash
        (M.START_READING, M.EXTRACT, M.START_MATCHING, M.RECONCILE, M.HOLD, M.APPROVE, M.RECORD_CHANGED, M.REJECT),
    ],
)
def test_ways_through(path: tuple[Move, ...]) -> None:
    status = S.RECEIVED
    for move in path:
        assert is_allowed(status, move), (status, move)
        status = status_after(status, move)


def test_every_move_has_its_row_and_every_state_can_be_reached() -> None:
    assert set(MOVES) == set(Move)
    reached, before = {S.RECEIVED}, set[DocumentStatus]()
    while reached != before:
        before = set(reached)
        reached |= {target for sources, target in MOVES.values() if not reached.isdisjoint(sources)}
    assert reached == set(DocumentStatus)


def test_a_move_is_either_allowed_or_an_error() -> None:
    for status in DocumentStatus:
        for move in Move:
            if is_allowed(status, move):
                assert status_after(status, move) is MOVES[move][1]
            else:
                with pytest.raises(InvalidMoveError):
                    status_after(status, move)


def test_the_sentence_names_state_and_move() -> None:
    with pytest.raises(InvalidMoveError, match="A document that is rejected can't start matching"):
        status_after(S.REJECTED, M.START_MATCHING)


@pytest.mark.parametrize("status", [S.RECONCILED, S.IN_REVIEW])
def test_only_a_person_approves_and_only_what_was_matched(status: DocumentStatus) -> None:
    assert is_allowed(status, M.APPROVE)
    assert MOVES[M.APPROVE] == ((S.RECONCILED, S.IN_REVIEW), S.APPROVED)
    assert [move for move, (_, target) in MOVES.items() if target is S.APPROVED] == [M.APPROVE]
    assert [move for move, (_, target) in MOVES.items() if target is S.REJECTED] == [M.REJECT]
    assert [move for move, (_, target) in MOVES.items() if target is S.RECORDED] == [M.RECORD]


def test_waiting_for_odoo_lies_before_the_matching_only() -> None:
    entries = {source for source in DocumentStatus if is_allowed(source, M.WAIT_FOR_ODOO)}
    assert entries == {S.EXTRACTED, S.MATCHING, S.WAITING_FOR_ODOO}


def test_what_is_over_stays_over_but_for_reopening() -> None:
    """A rejected part may also be set aside, with the split that made it; nothing that is in Odoo can be."""
    assert [move for move in Move if is_allowed(S.RECORDED, move)] == [M.REOPEN]
    assert [move for move in Move if is_allowed(S.REJECTED, move)] == [M.REOPEN, M.WITHDRAW]
