"""Migrations on both databases, with rows in them: the schema, the rows and the triggers that come out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, MetaData, Table, event, inspect, select, text
from sqlalchemy.exc import DBAPIError

from service.books import tables as books_tables
from service.domain.discrepancies import Finding
from service.domain.errors import StorageError
from service.domain.jobs import Stage, WriteState
from service.domain.lifecycle import DocumentStatus
from service.domain.matching import Key, KeyKind
from service.domain.memory import KeyType, Lesson, SenderKey
from service.domain.page_ranges import PageRange
from service.domain.records import RecordRef
from service.ports import ExceptionFilter, OdooWrite, RememberedRequest
from service.store import migrate, tables
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import (
    NOON,
    a_decision,
    a_discrepancy,
    a_document,
    a_draft,
    a_stored_reconciliation,
    a_user,
    an_extraction,
    an_order,
)

ROOT = Path(__file__).parents[2]
OURS = {"alembic_version"}
LATER = {"audit_seals", "user_sessions", "lessons", "lesson_keys"}  # tables that revision 0001 doesn't have


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def empty_sqlite(sqlite_url: str) -> Iterator[Engine]:
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


def _fill(engine: Engine) -> None:
    """At least a row in every table."""
    document = a_document()
    with SqlUnitOfWork(engine, None, None).write() as transaction:  # type: ignore[arg-type]  # nothing is nudged
        transaction.documents.add(document)
        transaction.documents.add(a_document(duplicate_of=document.id))
        transaction.readings.put(document.id, 1, an_extraction())
        transaction.lessons.put(document.id, Lesson((SenderKey(KeyType.VAT_ID, "DE1"),), (), NOON))
        key = Key(KeyKind.ORDER_REFERENCE, "P00007")
        transaction.reconciliations.put(document.id, a_stored_reconciliation(), frozenset({key}))
        transaction.discrepancies.replace(document.id, (a_discrepancy(),), NOON)
        transaction.decisions.add(a_decision(document.id))
        transaction.jobs.enqueue(Stage.READ, document.id, 1, NOON)
        transaction.audit.append("document:1", NOON, "system", "receive", {"size": 3})
        transaction.audit.checkpoint(NOON, b"key")
        transaction.users.add(a_user())
        transaction.users.add_token(a_user().id, "d" * 64, NOON)
        transaction.users.add_session(a_user().id, "e" * 64, NOON)
        transaction.writes.put(OdooWrite(document.id, 1, a_draft(), WriteState.INTENDED, (an_order(),)))
        transaction.idempotency.put("u1", "key", RememberedRequest("a" * 64, (document.id,)), NOON)
        transaction.facts.put("a", "b")
    with engine.begin() as connection:
        for table in books_tables.metadata.sorted_tables:
            connection.execute(table.insert().values({c.name: _anything(c.type.python_type) for c in table.columns}))


def _anything(kind: type) -> object:
    return 1 if kind is int else "x"


def _tables() -> dict[str, Table]:
    return {**tables.metadata.tables, **books_tables.metadata.tables}


def _rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in _tables().items()
        }


def _triggers(engine: Engine) -> set[tuple[str, str]]:
    """The names of all triggers and their tables."""
    statement = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        return {(name, table) for name, table in connection.execute(text(statement))}


def _differences(engine: Engine, metadata: MetaData) -> list[object]:
    """Where the database and the models differ."""
    mine = set(metadata.tables)

    def is_mine(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or name in mine

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_mine, "compare_type": True})
        return list(compare_metadata(context, metadata))


def test_the_migrations_make_what_the_models_say(empty: Engine) -> None:
    migrate.upgrade(empty)
    assert migrate.current(empty) == migrate.newest()
    assert _differences(empty, tables.metadata) == []
    assert _differences(empty, books_tables.metadata) == []
    assert set(inspect(empty).get_table_names()) == {*_tables(), *OURS}


def test_an_empty_database_has_no_revision(empty: Engine) -> None:
    assert migrate.current(empty) is None


def test_up_down_and_up_again(empty: Engine) -> None:
    migrate.upgrade(empty)
    triggers = _triggers(empty)
    migrate.downgrade(empty, "base")
    assert migrate.current(empty) is None
    assert set(inspect(empty).get_table_names()) == OURS
    assert _triggers(empty) == set()
    migrate.upgrade(empty)
    assert _triggers(empty) == triggers
    _fill(empty)


def test_one_step_at_a_time(empty: Engine) -> None:
    steps = migrate.history()
    for revision in steps:
        migrate.upgrade(empty, revision)
        assert migrate.current(empty) == revision
    for revision in [*reversed(steps[:-1]), "base"]:
        migrate.downgrade(empty, revision)
        assert (migrate.current(empty) or "base") == revision


def test_rows_stay_when_an_upgrade_runs_over_them(empty: Engine) -> None:
    migrate.upgrade(empty)
    _fill(empty)
    rows, triggers = _rows(empty), _triggers(empty)
    assert all(rows.values()), [name for name, found in rows.items() if not found]
    migrate.upgrade(empty)
    assert _rows(empty) == rows
    assert _triggers(empty) == triggers


def test_rows_of_the_documents_stay_while_the_books_are_made_anew(empty: Engine) -> None:
    migrate.upgrade(empty)
    _fill(empty)
    rows = _rows(empty)
    migrate.downgrade(empty, "0001")
    migrate.upgrade(empty)
    first = tables.metadata.tables.keys() - LATER
    kept = {name: found for name, found in _rows(empty).items() if name in first}
    assert kept == {name: found for name, found in rows.items() if name in first}


def test_rebuilding_a_parent_keeps_children_and_triggers(empty_sqlite: Engine) -> None:
    """What Alembic does for most changes of a table, on SQLite only: copy it, drop it, rename the copy."""
    migrate.upgrade(empty_sqlite)
    _fill(empty_sqlite)
    rows, triggers = _rows(empty_sqlite), _triggers(empty_sqlite)
    with migrate.migrating(empty_sqlite) as connection:
        operations = Operations(MigrationContext.configure(connection))
        for parent in ("documents", "audit_events"):
            with operations.batch_alter_table(parent, recreate="always"):
                pass
    assert _rows(empty_sqlite) == rows
    assert _triggers(empty_sqlite) == triggers
    with pytest.raises(DBAPIError, match="append-only"), empty_sqlite.begin() as connection:
        connection.execute(text("DELETE FROM audit_events"))


def test_a_migration_that_orphans_rows_changes_nothing(empty_sqlite: Engine) -> None:
    """On SQLite, where foreign keys are off meanwhile; PostgreSQL checks them at each statement."""
    migrate.upgrade(empty_sqlite)
    _fill(empty_sqlite)
    rows = _rows(empty_sqlite)

    def orphan() -> None:
        with migrate.migrating(empty_sqlite) as connection:
            connection.execute(text("DELETE FROM users"))

    with pytest.raises(StorageError, match="user_tokens"):
        orphan()
    assert _rows(empty_sqlite) == rows
    with empty_sqlite.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1


def test_a_migration_that_fails_leaves_nothing_behind(empty: Engine) -> None:
    def refuse(connection: Connection, cursor: object, statement: str, *_rest: object) -> None:
        if "books_marks" in statement:
            raise KeyboardInterrupt

    event.listen(empty, "before_cursor_execute", refuse)
    with pytest.raises(KeyboardInterrupt):
        migrate.upgrade(empty)
    event.remove(empty, "before_cursor_execute", refuse)
    assert inspect(empty).get_table_names() == []
    migrate.upgrade(empty)
    assert migrate.current(empty) == migrate.newest()


def test_two_processes_that_start_at_once(empty_url: str) -> None:
    program = (
        "import sys; from service.store.engine import make_engine; from service.store.migrate import upgrade; "
        "upgrade(make_engine(sys.argv[1]))"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, empty_url], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [process.communicate(timeout=120)[1] for process in processes] == ["", "", ""]
    engine = make_engine(empty_url)
    assert migrate.current(engine) == migrate.newest()
    assert _differences(engine, tables.metadata) == []
    engine.dispose()


def test_going_back_drops_only_the_exceptions_that_hang_on_no_document(empty: Engine) -> None:
    migrate.upgrade(empty)
    _fill(empty)
    with SqlUnitOfWork(empty, None, None).write() as transaction:  # type: ignore[arg-type]  # nothing is nudged
        bill = RecordRef("account.move", 7, "BILL/2026/00007")
        transaction.discrepancies.raise_on_records([Finding(bill, a_discrepancy(), "EUR", "Nordlicht")], NOON)
        transaction.jobs.enqueue(Stage.EXAMINE, "books", 0, NOON)
    migrate.downgrade(empty, "0005")
    migrate.upgrade(empty)
    with SqlUnitOfWork(empty, None, None).read() as transaction:  # type: ignore[arg-type]
        (kept,) = transaction.discrepancies.search(ExceptionFilter(), limit=9)[0]
        assert kept.document_id is not None
        assert transaction.jobs.active("books") == ()


def test_going_back_leaves_parts_as_documents_and_what_they_replace_rejected(empty: Engine) -> None:
    whole = a_document(status=DocumentStatus.SPLIT, parts=(PageRange(1, 2), PageRange(3, 3)))
    part = a_document(status=DocumentStatus.IN_REVIEW, part_of=whole.id, pages=PageRange(1, 2))
    gone = a_document(status=DocumentStatus.WITHDRAWN, part_of=whole.id, pages=PageRange(1, 3))
    migrate.upgrade(empty)
    with SqlUnitOfWork(empty, None, None).write() as transaction:  # type: ignore[arg-type]  # nothing is nudged
        for document in (whole, part, gone):
            transaction.documents.add(document)
        assert transaction.documents.parts_of(whole.id) == (part, gone)
        assert transaction.documents.get(whole.id) == whole
    migrate.downgrade(empty, "0008")
    migrate.upgrade(empty)
    with SqlUnitOfWork(empty, None, None).read() as transaction:  # type: ignore[arg-type]
        assert transaction.documents.parts_of(whole.id) == ()
        found = {document.id: transaction.documents.get(document.id) for document in (whole, part, gone)}
    assert found[part.id] == replace(part, part_of=None, pages=None)
    assert {found[whole.id].status, found[gone.id].status} == {DocumentStatus.REJECTED}
