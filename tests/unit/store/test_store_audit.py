"""The audit trail: chains that don't fork, can't be changed, and whose end can't be cut off unnoticed."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from service.domain.audit import Detail, first_break
from service.domain.errors import StorageError
from service.ports import Clock
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import NOON

KEY = b"k" * 32


def _append(uow: SqlUnitOfWork, subject: str, *actions: str) -> None:
    with uow.write() as transaction:
        for action in actions:
            transaction.audit.append(subject, NOON, "u1", action, {"lines": 3, "share": 0.1, "ok": True, "was": None})


def test_a_chain_comes_back_as_it_was_appended(uow: SqlUnitOfWork) -> None:
    with uow.write() as transaction:
        detail: Detail = {
            "status": "in_review",
            "lines": 3,
            "share": 0.1,
            "touchless": False,
            "reason": None,
            "text": "ä\0",
        }
        appended = [transaction.audit.append("document:1", NOON, "u1", f"step {n}", detail) for n in range(3)]
        transaction.audit.append("document:2", NOON, "system", "receive", {})
    with uow.read() as transaction:
        events = transaction.audit.of_subject("document:1")
        assert list(events) == appended
        assert first_break(events) is None
        assert list(transaction.audit.subjects()) == ["audit:seals", "document:1", "document:2"]
        assert transaction.audit.of_subject("document:3") == ()


def test_concurrent_writers_do_not_fork_a_chain(uow: SqlUnitOfWork) -> None:
    failures: list[BaseException] = []

    def append() -> None:
        try:
            for number in range(25):
                _append(uow, "document:1", f"step {number}")
        except BaseException as error:  # noqa: BLE001  # handed to the main thread
            failures.append(error)

    writers = [threading.Thread(target=append) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    with uow.read() as transaction:
        events = transaction.audit.of_subject("document:1")
    assert len(events) == 100
    assert first_break(events) is None


@pytest.mark.postgresql
def test_of_two_that_wait_for_each_other_one_may_try_again(migrated_postgresql_url: str, clock: Clock) -> None:
    engine = make_engine(migrated_postgresql_url)
    uow = SqlUnitOfWork(engine, None, clock)
    both_hold_one = threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    def append(first: str, second: str) -> None:
        try:
            with uow.write() as transaction:
                transaction.audit.append(first, NOON, "u1", "one", {})
                both_hold_one.wait()
                transaction.audit.append(second, NOON, "u1", "two", {})
        except StorageError as error:
            outcomes.append("again" if error.retryable else "never")
        else:
            outcomes.append("committed")

    writers = [threading.Thread(target=append, args=names) for names in (("a", "b"), ("b", "a"))]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with uow.read() as transaction:
        chains = [transaction.audit.of_subject(subject) for subject in ("a", "b")]
    engine.dispose()
    assert sorted(outcomes) == ["again", "committed"]
    assert [(len(chain), first_break(chain)) for chain in chains] == [(1, None), (1, None)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET actor = 'nobody'",
        "DELETE FROM audit_events WHERE sequence = 2",
        "DELETE FROM audit_checkpoints",
        "UPDATE audit_checkpoint_heads SET sequence = 1",
    ],
)
def test_the_database_itself_refuses_changes(uow: SqlUnitOfWork, engine: Engine, statement: str) -> None:
    _append(uow, "document:1", "one", "two")
    with uow.write() as transaction:
        transaction.audit.checkpoint(NOON, KEY)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))


def _without_triggers(engine: Engine, *statements: str) -> None:
    """What somebody with full power over the database may do."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def _verify(uow: SqlUnitOfWork, key: bytes = KEY) -> str | None:
    with uow.read() as transaction:
        return transaction.audit.verify_checkpoints(key)


@pytest.fixture
def attested(uow: SqlUnitOfWork) -> SqlUnitOfWork:
    """Two checkpoints: the second attests what moved since the first."""
    _append(uow, "document:1", "one", "two")
    _append(uow, "document:2", "one")
    with uow.write() as transaction:
        assert transaction.audit.checkpoint(NOON, KEY) == 3  # the chain that says that there are seals is one
    _append(uow, "document:1", "three")
    _append(uow, "document:3", "one")
    with uow.write() as transaction:
        assert transaction.audit.checkpoint(NOON, KEY) == 2
        assert transaction.audit.checkpoint(NOON, KEY) == 0  # nothing moved
    return uow


def test_an_untouched_trail_is_attested(attested: SqlUnitOfWork) -> None:
    assert _verify(attested) is None
    _append(attested, "document:1", "four")
    assert _verify(attested) is None


def test_nothing_attested_is_nothing_wrong(uow: SqlUnitOfWork) -> None:
    assert _verify(uow) is None


def test_a_chain_cut_short_is_noticed(attested: SqlUnitOfWork, engine: Engine) -> None:
    _without_triggers(engine, "DELETE FROM audit_events WHERE subject = 'document:1' AND sequence = 3")
    with attested.read() as transaction:
        assert first_break(transaction.audit.of_subject("document:1")) is None  # the chain alone doesn't show it
    assert _verify(attested) == "document:1: event 3, attested by checkpoint 2, is missing"


def test_a_chain_taken_away_is_noticed(attested: SqlUnitOfWork, engine: Engine) -> None:
    _without_triggers(engine, "DELETE FROM audit_events WHERE subject = 'document:2'")
    assert _verify(attested) == "document:2: event 1, attested by checkpoint 1, is missing"


def test_a_chain_written_anew_is_noticed(attested: SqlUnitOfWork, engine: Engine) -> None:
    _without_triggers(engine, "DELETE FROM audit_events WHERE subject = 'document:3'")
    with attested.write() as transaction:
        transaction.audit.append("document:3", NOON, "u2", "one", {})
    assert _verify(attested) == "document:3: event 1, attested by checkpoint 2, is another one"


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (
            "UPDATE audit_checkpoint_heads SET sequence = 1 WHERE subject = 'document:1' AND number = 1",
            "checkpoint 1 was",
        ),
        ("DELETE FROM audit_checkpoint_heads WHERE subject = 'document:3'", "checkpoint 2 was"),
        ("DELETE FROM audit_checkpoint_heads WHERE number = 1", "checkpoint 1 was"),
    ],
)
def test_a_changed_checkpoint_is_noticed(attested: SqlUnitOfWork, engine: Engine, statement: str, finding: str) -> None:
    _without_triggers(engine, statement)
    found = _verify(attested)
    assert found is not None
    assert found.startswith(finding)


def test_a_checkpoint_taken_away_is_noticed(attested: SqlUnitOfWork, engine: Engine) -> None:
    _without_triggers(
        engine, "DELETE FROM audit_checkpoint_heads WHERE number = 1", "DELETE FROM audit_checkpoints WHERE number = 1"
    )
    assert _verify(attested) == "checkpoint 1 is missing, 2 follows"


def test_another_key_attests_nothing(attested: SqlUnitOfWork) -> None:
    assert _verify(attested, b"another") == "checkpoint 1 was changed, or signed with another key"
