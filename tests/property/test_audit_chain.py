"""No event of a chain can be changed, taken out, put in or moved without its being noticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

from hypothesis import assume, given
from hypothesis import strategies as st

from service.domain.audit import (
    AuditEvent,
    ChainHead,
    Checkpoint,
    broken_checkpoint,
    event_hash,
    first_break,
    next_checkpoint,
    next_event,
)

times = st.datetimes(timezones=st.just(UTC))
texts = st.text(st.characters(exclude_categories=["Cs"]))
details = st.dictionaries(
    texts, texts | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False), max_size=3
)
steps = st.lists(st.tuples(times, texts, texts, details), min_size=1, max_size=6)


@st.composite
def chains(draw: st.DrawFn, min_size: int = 1) -> list[AuditEvent]:
    """A chain as it is appended."""
    events: list[AuditEvent] = []
    for at, actor, action, detail in draw(steps.filter(lambda found: len(found) >= min_size)):
        events.append(next_event(events[-1] if events else None, "document:1", at, actor, action, detail))
    return events


@given(chains())
def test_what_is_appended_holds(events: list[AuditEvent]) -> None:
    assert first_break(events) is None
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))


@given(chains(), st.data())
def test_a_changed_event_is_noticed(events: list[AuditEvent], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(events) - 1))
    name = data.draw(st.sampled_from(["subject", "at", "actor", "action", "detail", "previous_hash", "hash"]))
    other = data.draw({"at": times, "detail": details}.get(name, texts))
    assume(other != getattr(events[index], name))
    events[index] = replace(events[index], **{name: other})  # type: ignore[arg-type]
    assert first_break(events) is not None


@given(chains(min_size=2), st.data())
def test_a_changed_event_with_a_mended_hash_is_noticed_unless_it_is_the_last(
    events: list[AuditEvent], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(events) - 2))
    changed = replace(events[index], actor=events[index].actor + "x")
    events[index] = replace(changed, hash=_hash_of(changed))
    assert first_break(events) is not None


def _hash_of(event: AuditEvent) -> str:
    return event_hash(
        event.subject, event.sequence, event.at, event.actor, event.action, event.detail, event.previous_hash
    )


@given(chains(min_size=2), st.data())
def test_an_event_taken_out_is_noticed_unless_it_is_the_last(events: list[AuditEvent], data: st.DataObject) -> None:
    del events[data.draw(st.integers(0, len(events) - 2))]
    assert first_break(events) is not None


@given(chains(min_size=2), st.data())
def test_another_order_is_noticed(events: list[AuditEvent], data: st.DataObject) -> None:
    moved = data.draw(st.permutations(events))
    assume(moved != events)
    assert first_break(moved) is not None


heads = st.lists(st.builds(ChainHead, texts, st.integers(1), texts), min_size=1, max_size=3)


@st.composite
def attested(draw: st.DrawFn) -> list[Checkpoint]:
    """A row of checkpoints signed with the key ``b"key"``."""
    checkpoints: list[Checkpoint] = []
    for at, moved in draw(st.lists(st.tuples(times, heads), min_size=1, max_size=4)):
        checkpoints.append(next_checkpoint(checkpoints[-1] if checkpoints else None, at, moved, b"key"))
    return checkpoints


@given(attested(), st.data())
def test_a_changed_checkpoint_is_noticed(checkpoints: list[Checkpoint], data: st.DataObject) -> None:
    assert broken_checkpoint(checkpoints, b"key") is None
    assert broken_checkpoint(checkpoints, b"another key") is not None
    index = data.draw(st.integers(0, len(checkpoints) - 1))
    name, other = data.draw(
        st.one_of(
            st.tuples(st.just("at"), times),
            st.tuples(st.just("heads"), heads.map(lambda found: tuple(sorted(found)))),
            st.tuples(st.just("signature"), st.binary(min_size=32, max_size=32)),
        )
    )
    assume(other != getattr(checkpoints[index], name))
    checkpoints[index] = replace(checkpoints[index], **{name: other})  # type: ignore[arg-type]
    assert broken_checkpoint(checkpoints, b"key") is not None


@given(attested(), st.data())
def test_a_checkpoint_taken_out_is_noticed_unless_it_is_the_last(
    checkpoints: list[Checkpoint], data: st.DataObject
) -> None:
    assume(len(checkpoints) > 1)
    del checkpoints[data.draw(st.integers(0, len(checkpoints) - 2))]
    assert broken_checkpoint(checkpoints, b"key") is not None
