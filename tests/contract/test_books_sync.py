"""The books filled from the stand-in for Odoo, and the documents that a change in Odoo has matched again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from service.books.books import SqlBooks
from service.demo.odoo_server.server import ServerOptions, open_services
from service.domain.documents import Document
from service.domain.errors import ConfigurationError, OdooRefusedError, OdooUnreachableError
from service.domain.excerpt import Records
from service.domain.jobs import Job, Stage
from service.domain.keys import reference_key
from service.domain.lifecycle import DocumentStatus
from service.domain.matching import Key, KeyKind, Keys, Match, Reconciliation, Role
from service.domain.records import Partner, PurchaseOrder, Receipt, Record, RecordKind, RecordRef
from service.odoo.rpc import OdooRpcClient, OdooSettings
from service.store.unit_of_work import SqlUnitOfWork
from service.usecases.sync_books import ANNOUNCED_FOR, DELETION_CHECK_EVERY, LEFT_OUT, ORDER, refresh_keys, sync_books
from service.usecases.watched import watched_keys
from tests.support.odoo_sandbox import OdooSandbox, running_sandbox
from tests.support.parts import SetClock
from tests.support.values import a_document, a_stored_reconciliation


@dataclass(frozen=True)
class Desk:
    """Everything that a sync works with."""

    sandbox: OdooSandbox
    client: OdooRpcClient
    books: SqlBooks
    uow: SqlUnitOfWork
    clock: SetClock

    def sync(self, client: OdooRpcClient | None = None) -> None:
        self.clock.move(seconds=1)
        sync_books(books=self.books, odoo=client or self.client, uow=self.uow, clock=self.clock)

    def order(self) -> PurchaseOrder:
        """A confirmed order that waits for its bill."""
        orders = [order for page in self.client.changed(RecordKind.PURCHASE_ORDER, None) for order in page]
        fitting = (o for o in orders if isinstance(o, PurchaseOrder) and o.billing_status == "to invoice" and o.lines)
        return next(fitting)

    def vendor(self) -> Partner:
        """Its vendor."""
        partners = [partner for page in self.client.changed(RecordKind.PARTNER, None) for partner in page]
        return next(p for p in partners if isinstance(p, Partner) and p.ref.id == self.order().partner_id)

    def key(self, what: str) -> tuple[KeyKind, str]:
        """What an order, its vendor, a sale or a serial number that was sold is found by."""
        if what == "order":
            return KeyKind.ORDER_REFERENCE, self.order().ref.name
        if what == "vendor":
            return KeyKind.VAT_ID, self.vendor().vat_id or ""
        transfers = [record for page in self.client.changed(RecordKind.RECEIPT, None) for record in page]
        for sold in transfers:
            if isinstance(sold, Receipt) and sold.is_outgoing and any(m.serial_ids for m in sold.movements):
                if what == "sale":
                    return KeyKind.SALE_REFERENCE, reference_key(sold.ref.name)
                number = next(n for moved in sold.movements for n in moved.serial_ids)
                (serial,) = self.client.live([RecordRef(RecordKind.SERIAL.value, number, "")]).serials
                return KeyKind.SERIAL_NUMBER, reference_key(serial.number)
        raise AssertionError("nothing with a serial number was sold")

    def reviewed(self, keys: Keys, status: DocumentStatus = DocumentStatus.IN_REVIEW) -> Document:
        """A document that was matched by these keys just now."""
        document = a_document(status=status)
        with self.uow.write() as tx:
            tx.documents.add(document)
            tx.reconciliations.put(document.id, replace(a_stored_reconciliation(), at=self.clock.now()), keys)
        self.clock.move(seconds=1)
        return document

    def again(self, document: Document) -> Document:
        with self.uow.read() as tx:
            return tx.documents.get(document.id)

    def jobs(self, document: Document) -> tuple[Job, ...]:
        with self.uow.read() as tx:
            return tx.jobs.active(document.id)

    def actions(self) -> list[str]:
        with self.uow.read() as tx:
            return [event.action for event in tx.audit.of_subject(f"odoo:{self.client.identity()}")]


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "odoo"
    folder.mkdir()
    clock = SetClock(datetime.now(UTC))
    with running_sandbox(folder) as sandbox:
        yield Desk(sandbox, client_of(sandbox), SqlBooks(engine, clock), SqlUnitOfWork(engine, None, clock), clock)


def client_of(sandbox: OdooSandbox, kind: type[OdooRpcClient] = OdooRpcClient) -> OdooRpcClient:
    return kind(OdooSettings(sandbox.url, sandbox.db, sandbox.user, sandbox.password, 20.0))


def keys(*pairs: tuple[KeyKind, str]) -> Keys:
    return frozenset(Key(kind, text) for kind, text in pairs)


def change_price(desk: Desk, order: PurchaseOrder, price: float) -> None:
    admin = desk.sandbox.login("admin")
    admin.env["purchase.order.line"].write([order.lines[0].ref.id], {"price_unit": price})


def test_the_first_sync_copies_everything(desk: Desk) -> None:
    desk.sync()
    order, vendor = desk.order(), desk.vendor()
    found = desk.books.candidates(keys((KeyKind.VAT_ID, vendor.vat_id or "")))
    assert vendor in found.partners
    assert order in found.orders
    assert found.as_of == desk.clock.now()
    for kind in ORDER:
        assert desk.books.watermark(kind) is not None
    assert desk.actions() == ["adopt_odoo_database", "sync_books"]


def test_a_sync_without_changes_leaves_no_trace(desk: Desk) -> None:
    for _ in range(3):
        desk.sync()
    assert desk.actions() == ["adopt_odoo_database", "sync_books"]
    assert desk.books.as_of() == desk.clock.now()


def test_a_document_is_matched_again_when_its_order_changes(desk: Desk) -> None:
    desk.sync()
    order = desk.order()
    document = desk.reviewed(keys((KeyKind.ORDER_REFERENCE, order.ref.name)))
    unconcerned = desk.reviewed(keys((KeyKind.ORDER_REFERENCE, "P99999")))
    change_price(desk, order, 77.0)
    desk.sync()
    assert desk.again(document).revision == 2
    assert desk.again(document).status is DocumentStatus.IN_REVIEW
    assert [(job.stage, job.revision) for job in desk.jobs(document)] == [(Stage.RECONCILE, 2)]
    assert desk.again(unconcerned) == unconcerned
    with desk.uow.read() as tx:
        assert tx.audit.of_subject(f"document:{document.id}")[-1].action == "books_changed"
    desk.sync()
    assert desk.again(document).revision == 2


def test_a_document_that_names_only_the_vendor_hears_of_a_new_order(desk: Desk) -> None:
    desk.sync()
    vendor = desk.vendor()
    match = Match(Role.VENDOR, vendor.ref, 0.9, True, ())
    document = desk.reviewed(watched_keys(keys(), Reconciliation((match,), (), ())))
    admin = desk.sandbox.login("admin")
    admin.env["purchase.order"].create({"partner_id": vendor.ref.id})
    desk.sync()
    assert desk.again(document).revision == 2


def test_a_change_is_told_until_the_document_was_matched_after_it(desk: Desk) -> None:
    """A document that was being matched when the change came may have read the books before it."""
    desk.sync()
    order = desk.order()
    wanted = keys((KeyKind.ORDER_REFERENCE, order.ref.name))
    document = desk.reviewed(wanted, DocumentStatus.MATCHING)
    change_price(desk, order, 77.0)
    desk.sync()
    assert desk.again(document).revision == 1
    with desk.uow.write() as tx:
        tx.documents.save(replace(tx.documents.get(document.id), status=DocumentStatus.IN_REVIEW))
    desk.sync()
    assert desk.again(document).revision == 2
    (job,) = desk.jobs(document)
    with desk.uow.write() as tx:
        claimed = tx.jobs.claim(job.id, desk.clock.now(), timedelta(minutes=1))
        assert claimed is not None
        tx.reconciliations.put(document.id, replace(a_stored_reconciliation(2), at=desk.clock.now()), wanted)
        tx.jobs.finish(claimed)
    for _ in range(2):
        desk.sync()
        desk.clock.move(seconds=ANNOUNCED_FOR.total_seconds())
    assert desk.again(document).revision == 2
    desk.sync()
    assert not desk.books.unannounced()


def test_a_waiting_document_gets_its_job(desk: Desk) -> None:
    document = a_document(status=DocumentStatus.WAITING_FOR_ODOO)
    with desk.uow.write() as tx:
        tx.documents.add(document)
    desk.sync()
    assert [(job.stage, job.revision) for job in desk.jobs(document)] == [(Stage.RECONCILE, 1)]
    assert desk.again(document) == document


def test_what_a_refresh_brought_is_told_by_the_next_sync(desk: Desk) -> None:
    desk.sync()
    order = desk.order()
    document = desk.reviewed(keys((KeyKind.ORDER_REFERENCE, order.ref.name)))
    change_price(desk, order, 77.0)
    refresh_keys(books=desk.books, odoo=desk.client, keys=keys((KeyKind.ORDER_REFERENCE, order.ref.name)))
    assert desk.again(document).revision == 1
    desk.sync()
    assert desk.again(document).revision == 2


@pytest.mark.parametrize("pair", ["order", "vendor", "sale", "serial"])
def test_a_refresh_brings_what_the_whole_sync_would(desk: Desk, pair: str) -> None:
    wanted = keys(desk.key(pair))
    refresh_keys(books=desk.books, odoo=desk.client, keys=wanted)
    refreshed = desk.books.candidates(wanted)
    assert refreshed.partners
    desk.sync()
    synced = replace(desk.books.candidates(wanted), as_of=None)
    for field in fields(Records):
        assert getattr(refreshed, field.name) == getattr(synced, field.name), field.name


def test_another_database_stops_the_sync_before_it_reads(desk: Desk, tmp_path: Path) -> None:
    desk.sync()
    before = desk.books.as_of()
    folder = tmp_path / "other"
    folder.mkdir()
    with running_sandbox(folder, database="other") as other, pytest.raises(ConfigurationError, match="another Odoo"):
        desk.sync(client_of(other))
    assert desk.books.as_of() == before


def test_deleted_records_are_forgotten_now_and_then(desk: Desk) -> None:
    admin = desk.sandbox.login("admin")
    number = admin.env["res.partner"].create({"name": "Shortlived Ltd", "is_company": True})
    newer = admin.env["res.partner"].create({"name": "Longlived Ltd", "is_company": True})
    desk.sync()
    admin.env["res.partner"].unlink([number])
    wanted = keys((KeyKind.PARTNER_NAME, "SHORTLIVED"), (KeyKind.PARTNER_NAME, "LONGLIVED"))
    desk.sync()
    assert {partner.ref.id for partner in desk.books.candidates(wanted).partners} == {number, newer}
    desk.clock.move(seconds=DELETION_CHECK_EVERY.total_seconds())
    desk.sync()
    assert {partner.ref.id for partner in desk.books.candidates(wanted).partners} == {newer}


def test_books_follow_an_odoo_that_was_set_back(desk: Desk, tmp_path: Path) -> None:
    """A restored backup shows older records with older times of change than those that we know."""
    order = desk.order()
    before = [line.unit_price for line in order.lines]
    desk.sandbox.stop()
    backup = {path: path.read_bytes() for path in desk.sandbox.folder.glob("odoo.sqlite*")}
    desk.sandbox.start()
    change_price(desk, order, 77.0)
    desk.sync()
    desk.sandbox.stop()
    for path in desk.sandbox.folder.glob("odoo.sqlite*"):
        path.unlink()
    for path, content in backup.items():
        path.write_bytes(content)
    desk.sandbox.start()
    desk.sync()
    found = desk.books.candidates(keys((KeyKind.ORDER_REFERENCE, order.ref.name))).orders[0]
    assert [line.unit_price for line in found.lines] == before


def test_what_we_may_not_read_is_left_out_and_told_once(desk: Desk) -> None:
    """Serial numbers and repairs are for people of the warehouse."""
    desk.sandbox.stop()
    give_groups(desk.sandbox, "base.group_user", "account.group_account_readonly")
    desk.sandbox.start()
    for _ in range(2):
        desk.sync()
    assert desk.books.watermark(RecordKind.SERIAL) is None
    assert desk.books.watermark(RecordKind.SALE_ORDER) is not None
    with desk.uow.read() as tx:
        assert tx.facts.get(LEFT_OUT) == "stock.lot repair.order"
        events = tx.audit.of_subject(f"odoo:{desk.client.identity()}")
    assert [event.action for event in events] == ["adopt_odoo_database", "sync_books"]
    assert events[-1].detail["left_out"] == "stock.lot repair.order"
    refresh_keys(books=desk.books, odoo=desk.client, keys=keys((KeyKind.SERIAL_NUMBER, "EM7")))


def test_without_the_right_to_purchase_orders_there_are_no_books(desk: Desk) -> None:
    desk.sandbox.stop()
    give_groups(desk.sandbox, "base.group_user")
    desk.sandbox.start()
    with pytest.raises(OdooRefusedError):
        desk.sync()
    assert desk.books.as_of() is None


def give_groups(sandbox: OdooSandbox, *groups: str) -> None:
    """The integration user's groups, set in the stopped stand-in's state."""
    options = ServerOptions(sandbox.folder / "odoo.sqlite", sandbox.db, sandbox.user, {})
    store = open_services(options, dict).store
    with store.transaction():
        users = {row["login"]: number for number, row in store.rows("res.users").items()}
        number = users[sandbox.user]
        store.put("res.users", number, {**store.rows("res.users")[number], "groups": list(groups)})
    store.close()


class Dying(OdooRpcClient):
    """Loses its connection in the middle of the orders."""

    def changed(self, kind: RecordKind, since: datetime | None) -> Iterator[Sequence[Record]]:
        for page in super().changed(kind, since):
            yield page
            if kind is RecordKind.PURCHASE_ORDER:
                raise OdooUnreachableError("gone")


def test_a_sync_that_broke_off_is_taken_up_again(desk: Desk) -> None:
    desk.sync()
    order = desk.order()
    document = desk.reviewed(keys((KeyKind.ORDER_REFERENCE, order.ref.name)))
    change_price(desk, order, 77.0)
    as_of = desk.books.as_of()
    with pytest.raises(OdooUnreachableError):
        desk.sync(client_of(desk.sandbox, Dying))
    assert (desk.books.as_of(), desk.again(document).revision) == (as_of, 1)
    desk.sync()
    assert desk.again(document).revision == 2
