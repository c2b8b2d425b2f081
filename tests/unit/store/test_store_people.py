"""People, decisions, intended writes, remembered requests and facts."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from service.domain.decisions import DecisionKind
from service.domain.errors import NotFoundError, StorageError, UsageError, VersionConflictError
from service.domain.ids import DocumentId, UserId
from service.domain.jobs import WriteState
from service.ports import OdooWrite, RememberedRequest
from service.store.engine import make_engine
from service.store.unit_of_work import SqlUnitOfWork
from tests.support.values import NOON, ORDER, a_decision, a_document, a_draft, a_user, an_order

ANNA = a_user()


@pytest.fixture
def document_id(uow: SqlUnitOfWork) -> DocumentId:
    document = a_document()
    with uow.write() as transaction:
        transaction.documents.add(document)
    return document.id


def test_people_and_their_tokens(uow: SqlUnitOfWork) -> None:
    bert = replace(ANNA, id=UserId("u2"), name="Bert", roles=frozenset())
    with uow.write() as transaction:
        transaction.users.add(bert)
        transaction.users.add(ANNA)
        transaction.users.add_token(ANNA.id, "d" * 64, NOON)
        transaction.users.add_token(ANNA.id, "e" * 64, NOON)
    with uow.read() as transaction:
        assert transaction.users.get(ANNA.id) == transaction.users.by_name("Anna Ärmel") == ANNA
        assert transaction.users.by_name("anna ärmel") is None
        assert transaction.users.all() == (ANNA, bert)
        assert transaction.users.by_token("d" * 64) == transaction.users.by_token("e" * 64) == ANNA
        assert transaction.users.by_token("f" * 64) is None
    with uow.write() as transaction:
        transaction.users.save(replace(ANNA, active=False))
    with uow.read() as transaction:
        assert transaction.users.by_token("d" * 64) is None
        assert transaction.users.get(ANNA.id) == replace(ANNA, active=False)


def test_a_taken_name_is_refused(uow: SqlUnitOfWork) -> None:
    with uow.write() as transaction:
        transaction.users.add(ANNA)
    with pytest.raises(UsageError), uow.write() as transaction:
        transaction.users.add(replace(ANNA, id=UserId("u2")))
    with pytest.raises(NotFoundError), uow.write() as transaction:
        transaction.users.save(replace(ANNA, id=UserId("u3"), name="Carl"))


def test_decisions_are_kept_in_order_and_for_good(uow: SqlUnitOfWork, document_id: DocumentId, engine: Engine) -> None:
    hold = a_decision(document_id)
    approve = replace(hold, kind=DecisionKind.APPROVE, reason=None, held_until=None)
    with uow.write() as transaction:
        transaction.decisions.add(hold)
        transaction.decisions.add(approve)
    with uow.read() as transaction:
        assert transaction.decisions.of_document(document_id) == (hold, approve)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text("UPDATE decisions SET kind = 'reject'"))


def test_intended_writes_by_revision(uow: SqlUnitOfWork, document_id: DocumentId) -> None:
    first = OdooWrite(document_id, 1, a_draft("m1"), WriteState.INTENDED, (an_order(),))
    second = OdooWrite(document_id, 2, a_draft("m2"), WriteState.INTENDED)
    done = replace(second, state=WriteState.DONE, attempted_at=NOON, outcome=replace(ORDER, model="account.move"))
    refused = replace(first, state=WriteState.REFUSED, error="Odoo says no.")
    with uow.write() as transaction:
        assert transaction.writes.latest(document_id) is None
        transaction.writes.put(first)
        assert transaction.writes.get(document_id, 1) == first
        transaction.writes.put(second)
        transaction.writes.put(done)
        transaction.writes.put(refused)
    with uow.read() as transaction:
        assert transaction.writes.get(document_id, 1) == refused
        assert transaction.writes.get(document_id, 3) is None
        assert transaction.writes.latest(document_id) == done


def test_requests_are_remembered_by_actor_and_key(uow: SqlUnitOfWork) -> None:
    request = RememberedRequest("a" * 64, (DocumentId("d1"), DocumentId("d2")))
    with uow.write() as transaction:
        transaction.idempotency.put("u1", "key", request, NOON)
    with uow.read() as transaction:
        assert transaction.idempotency.get("u1", "key") == request
        assert transaction.idempotency.get("u2", "key") is None
    with pytest.raises(VersionConflictError), uow.write() as transaction:
        transaction.idempotency.put("u1", "key", replace(request, body_digest="b" * 64), NOON)


def test_of_two_requests_at_once_one_is_remembered(uow: SqlUnitOfWork) -> None:
    both_have_looked = threading.Barrier(2, timeout=20)
    outcomes: list[str] = []

    def request(body: str) -> None:
        with uow.read() as transaction:
            assert transaction.idempotency.get("u1", "key") is None
        both_have_looked.wait()
        try:
            with uow.write() as transaction:
                transaction.idempotency.put("u1", "key", RememberedRequest(body, ()), NOON)
        except VersionConflictError:
            outcomes.append("conflict")
        else:
            outcomes.append("remembered")

    threads = [threading.Thread(target=request, args=(body,)) for body in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "remembered"]


def test_facts(uow: SqlUnitOfWork) -> None:
    with uow.write() as transaction:
        assert transaction.facts.get("odoo") is None
        transaction.facts.put("odoo", "first")
        transaction.facts.put("odoo", "second")
    with uow.read() as transaction:
        assert transaction.facts.get("odoo") == "second"


def test_a_failing_block_changes_nothing(uow: SqlUnitOfWork) -> None:
    def fail() -> None:
        with uow.write() as transaction:
            transaction.facts.put("a", "b")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with uow.read() as transaction:
        assert transaction.facts.get("a") is None


def test_an_unusable_database_is_a_storage_error(sqlite_url: str, uow: SqlUnitOfWork) -> None:
    empty = make_engine(sqlite_url + ".empty")
    with pytest.raises(StorageError) as failed, SqlUnitOfWork(empty, None, uow.clock).read() as transaction:
        transaction.facts.get("a")
    empty.dispose()
    assert failed.value.retryable
    assert isinstance(failed.value.__cause__, DBAPIError)


def test_a_server_that_is_away_is_a_storage_error(uow: SqlUnitOfWork) -> None:
    nowhere = make_engine("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(StorageError), SqlUnitOfWork(nowhere, None, uow.clock).write():
        pass
    nowhere.dispose()
