"""The audit trail's sentences and its hash, which must never change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from service.domain.audit import GENESIS, AuditEvent, event_hash, first_break, next_event

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def _chain(length: int) -> list[AuditEvent]:
    events: list[AuditEvent] = []
    for number in range(length):
        last = events[-1] if events else None
        events.append(next_event(last, "document:1", NOON + timedelta(minutes=number), "u1", "extract", {"lines": 3}))
    return events


def test_the_hash_of_an_event_is_fixed_for_good() -> None:
    """Stored chains are verified by later versions, so this figure is part of the format."""
    digest = event_hash("document:1", 1, NOON, "system", "receive", {"size": 3, "ok": True, "name": "ä"}, GENESIS)
    assert digest == "201aa9ae6ff744ce959d55d92b5373c87dbe45bf42fe0154f5d41711a7baa387"


def test_the_same_moment_in_another_zone_is_the_same_event() -> None:
    elsewhere = NOON.astimezone(timezone(timedelta(hours=5)))
    assert event_hash("s", 1, elsewhere, "a", "b", {}, GENESIS) == event_hash("s", 1, NOON, "a", "b", {}, GENESIS)


def test_the_order_of_the_detail_does_not_matter() -> None:
    one, other = {"a": 1, "b": 2}, {"b": 2, "a": 1}
    assert event_hash("s", 1, NOON, "a", "b", one, GENESIS) == event_hash("s", 1, NOON, "a", "b", other, GENESIS)


def test_the_first_event_follows_nothing() -> None:
    (first,) = _chain(1)
    assert (first.sequence, first.previous_hash) == (1, GENESIS)
    assert first_break([first]) is None
    assert first_break([]) is None


def test_a_sentence_says_where_the_chain_breaks() -> None:
    events = _chain(3)
    assert first_break(events) is None
    assert first_break([events[0], events[2]]) == "document:1: event 2 is missing, 3 follows"
    changed = [events[0], replace(events[1], actor="u2"), events[2]]
    assert first_break(changed) == "document:1: event 2 was changed after it was written"
    foreign = next_event(None, "document:1", NOON, "u1", "receive", {})
    unlinked = [foreign, *events[1:]]
    assert first_break(unlinked) == "document:1: event 2 doesn't follow the one before it"
