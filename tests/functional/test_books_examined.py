"""The running service's parts over the stand-in: a sync has the books examined, and what is mended in Odoo is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.bootstrap import Container, build
from service.config import load_settings
from service.domain.codes import Code
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.jobs import Stage
from service.ports import ExceptionFilter
from service.store.raising import is_gone
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.parts import SetClock
from workers.runner import run

ALL = ExceptionFilter(on_records=True)


@pytest.fixture
def service(odoo_sandbox: OdooSandbox, engine: Engine, tmp_path: Path) -> Iterator[Container]:
    """The container over that Odoo, on each database in turn; Redis is away, so the tests claim what is due."""
    made = build(
        load_settings(
            {
                "CONCORD_DATA_DIR": str(tmp_path / "data"),
                "CONCORD_DATABASE_URL": engine.url.render_as_string(hide_password=False),
                "CONCORD_ODOO_URL": odoo_sandbox.url,
                "CONCORD_ODOO_DB": odoo_sandbox.db,
                "CONCORD_ODOO_USER": odoo_sandbox.user,
                "CONCORD_ODOO_PASSWORD": odoo_sandbox.password,
            }
        )
    )
    yield replace(made, clock=SetClock(made.clock.now()))
    made.reader.close()
    made.dispatcher.close()
    made.engine.dispose()


def work(service: Container, stage: Stage) -> None:
    """Run the queued job of that stage as a worker does."""
    with service.uow.read() as tx:
        (job,) = [job for job in tx.jobs.active("books") if job.stage is stage]
    run(service, job.id)


def synced(service: Container) -> dict[tuple[Code, str], RaisedDiscrepancy]:
    """Sync, examine; the exceptions by code and record."""
    assert isinstance(service.clock, SetClock)
    service.clock.move(minutes=1)
    with service.uow.write() as tx:
        tx.jobs.enqueue(Stage.SYNC, "books", 0, service.clock.now())
    work(service, Stage.SYNC)
    work(service, Stage.EXAMINE)
    with service.uow.read() as tx:
        assert tx.jobs.active("books") == ()
        found, more = tx.discrepancies.search(ALL, limit=1000)
    assert more is None
    return {(raised.discrepancy.code, raised.subject.name): raised for raised in found if raised.subject}


def test_a_sync_has_the_books_examined_and_a_payment_settles_the_exception(
    service: Container, odoo_sandbox: OdooSandbox
) -> None:
    first = synced(service)
    assert {code for code, _ in first} == {
        Code.PAYMENT_MISSING,
        Code.PAYMENT_AMOUNT_MISMATCH,
        Code.DUPLICATE_PAYMENT,
        Code.UNALLOCATED_PAYMENT,
        Code.PAYMENT_WITHOUT_DOCUMENT,
    }
    assert all(raised.is_open and raised.due_at and raised.currency for raised in first.values())
    assert synced(service) == first
    name = next(name for code, name in first if code is Code.PAYMENT_MISSING and name.startswith("BILL"))
    _pay(odoo_sandbox, name)
    after = synced(service)
    gone = after.pop((Code.PAYMENT_MISSING, name))
    assert is_gone(gone)
    assert gone.id == first[Code.PAYMENT_MISSING, name].id
    assert after == {key: raised for key, raised in first.items() if key in after}


def _pay(sandbox: OdooSandbox, name: str) -> None:
    admin = sandbox.login("admin")
    bills = admin.env["account.move"].search([("name", "=", name)])
    wizards = admin.env["account.payment.register"].with_context(active_model="account.move", active_ids=bills)
    wizards.action_create_payments([wizards.create({})])
