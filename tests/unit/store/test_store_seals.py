"""What was appended can't be taken out unnoticed, however short ago: the seals tell, before any checkpoint."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import Engine, text

from service.domain.audit import LANES
from service.ports import Clock
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import NOON

KEY = b"k" * 32


@pytest.fixture
def sealed(engine: Engine, clock: Clock) -> SqlUnitOfWork:
    """Two chains, of three events and of one."""
    uow = SqlUnitOfWork(engine, None, clock, KEY)
    for subject, actions in (("document:1", ("one", "two", "three")), ("document:2", ("one",))):
        append(uow, subject, *actions)
    return uow


def append(uow: SqlUnitOfWork, subject: str, *actions: str) -> None:
    with uow.write() as tx:
        for action in actions:
            tx.audit.append(subject, NOON, "u1", action, {})


def fault(uow: SqlUnitOfWork, key: bytes = KEY) -> str | None:
    with uow.read() as tx:
        return tx.audit.verify_seals(key)


def tamper(engine: Engine, *statements: str) -> None:
    """What somebody with full power over the database may do."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def test_what_was_appended_is_sealed_at_once(sealed: SqlUnitOfWork) -> None:
    assert fault(sealed) is None
    assert fault(sealed, b"another key") is not None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_events WHERE subject = 'document:1' AND sequence = 3",
        "DELETE FROM audit_events WHERE subject = 'document:2'",
        "DELETE FROM audit_events",
        "DELETE FROM audit_seals",
        "UPDATE audit_seals SET events = events - 1 WHERE events > 1",
        "UPDATE audit_events SET hash = 'x' WHERE sequence = 3",
    ],
)
def test_what_is_missing_or_changed_is_noticed_then_and_ever_after(
    sealed: SqlUnitOfWork, engine: Engine, statement: str
) -> None:
    tamper(engine, statement)
    assert fault(sealed) is not None
    append(sealed, "document:3", "one")
    append(sealed, "document:1", "more")
    assert fault(sealed) is not None


def test_seals_that_were_removed_are_not_begun_anew(sealed: SqlUnitOfWork, engine: Engine) -> None:
    last = "DELETE FROM audit_events WHERE subject = 'document:1' AND sequence = 3"
    tamper(engine, last, "DELETE FROM audit_seals")
    append(sealed, "document:3", "one")
    said = fault(sealed)
    assert said is not None
    assert "missing" in said


def test_events_from_before_there_were_seals_are_sealed_with_the_first(sealed: SqlUnitOfWork, engine: Engine) -> None:
    tamper(engine, "DELETE FROM audit_seals", "DELETE FROM audit_events WHERE subject = 'audit:seals'")
    append(sealed, "document:3", "one")
    assert fault(sealed) is None
    tamper(engine, "DELETE FROM audit_events WHERE subject = 'document:2'")
    assert fault(sealed) is not None


def test_a_transaction_that_fails_seals_nothing(sealed: SqlUnitOfWork) -> None:
    def fail() -> None:
        with sealed.write() as tx:
            tx.audit.append("document:1", NOON, "u1", "four", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert fault(sealed) is None


def test_many_writers_at_once_neither_lose_a_seal_nor_wait_for_ever(engine: Engine, clock: Clock) -> None:
    uow = SqlUnitOfWork(engine, None, clock, KEY)
    failures: list[BaseException] = []

    def work(writer: int) -> None:
        try:
            for number in range(8):
                with uow.write() as tx:
                    for lane in range(LANES):
                        tx.audit.append(f"document:{writer}-{number}-{lane}", NOON, "u1", "one", {})
        except BaseException as error:  # noqa: BLE001  # handed to the main thread
            failures.append(error)

    writers = [threading.Thread(target=work, args=(writer,)) for writer in range(4)]
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    assert not failures
    assert fault(uow) is None
