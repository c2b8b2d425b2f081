"""The client's sales side by the real odoorpc against the stand-in for Odoo: what is read, and what is written once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from service.domain.drafts import RepairDraft, ReturnDraft, ReturnLineDraft
from service.domain.errors import OdooAmbiguousError, OdooRefusedError, OdooUnreachableError
from service.domain.keys import reference_key
from service.domain.matching import Key, KeyKind
from service.domain.records import Bill, Payment, Receipt, Record, RecordKind, Repair, SaleOrder, Serial, StatementLine
from service.odoo import markers
from service.odoo.rpc import OdooRpcClient, OdooSettings
from tests.support.lossy_proxy import Loses, lossy_proxy
from tests.support.odoo_sandbox import OdooSandbox, running_sandbox

R = TypeVar("R", SaleOrder, Receipt, Bill, Serial, Payment, StatementLine, Repair)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("odoo")) as running:
        yield running


@pytest.fixture
def client(sandbox: OdooSandbox) -> OdooRpcClient:
    return client_at(sandbox, sandbox.url)


@pytest.fixture
def admin(sandbox: OdooSandbox) -> Any:
    """A person who works in Odoo meanwhile."""
    return sandbox.login("admin")


def client_at(sandbox: OdooSandbox, url: str) -> OdooRpcClient:
    return OdooRpcClient(OdooSettings(url, sandbox.db, sandbox.user, sandbox.password, 20.0))


def all_of(client: OdooRpcClient, kind: type[R], model: RecordKind, since: datetime | None = None) -> list[R]:
    return [record for page in client.changed(model, since) for record in page if isinstance(record, kind)]


def by_keys(client: OdooRpcClient, *pairs: tuple[KeyKind, str]) -> list[Record]:
    return [record for page in client.by_keys(frozenset(Key(kind, text) for kind, text in pairs)) for record in page]


def ids(records: Sequence[Record], kind: type[Record]) -> set[int]:
    return {record.ref.id for record in records if isinstance(record, kind)}


def sold_with_serial(client: OdooRpcClient) -> tuple[SaleOrder, Receipt, Serial]:
    """A delivered order with a serial number on it."""
    serials = {serial.ref.id: serial for serial in all_of(client, Serial, RecordKind.SERIAL)}
    orders = {order.ref.id: order for order in all_of(client, SaleOrder, RecordKind.SALE_ORDER)}
    for delivery in all_of(client, Receipt, RecordKind.RECEIPT):
        numbers = [number for moved in delivery.movements for number in moved.serial_ids]
        if delivery.is_outgoing and delivery.state == "done" and delivery.sale_order_id and numbers:
            return orders[delivery.sale_order_id], delivery, serials[numbers[0]]
    raise AssertionError("the demonstration sold nothing with a serial number")


def a_return(client: OdooRpcClient, marker: str, skip: int = 0) -> ReturnDraft:
    """Of a delivery of which nothing came back yet, with a refund of the invoice's line."""
    transfers = all_of(client, Receipt, RecordKind.RECEIPT)
    returned = {transfer.returned_id for transfer in transfers}
    lines = {
        number: (bill, line)
        for bill in all_of(client, Bill, RecordKind.BILL)
        if bill.is_sale and not bill.is_refund and bill.state == "posted"
        for line in bill.lines
        for number in line.sale_line_ids
    }
    for delivery in transfers:
        moved = [movement for movement in delivery.movements if movement.order_line_id in lines]
        if delivery.is_outgoing and delivery.state == "done" and delivery.ref.id not in returned and moved:
            if skip:
                skip -= 1
                continue
            bill, line = lines[moved[0].order_line_id or 0]
            back = ReturnLineDraft(moved[0].ref.id, moved[0].product_id, Decimal(1), to_refund=True)
            refund = ((line.ref.id, Decimal(1)),)
            day = date(2026, 11, 24)
            return ReturnDraft(marker, delivery.ref.id, (back,), bill.ref.id, "Broken", day, refund)
    raise AssertionError("the demonstration has no delivery to return")


@pytest.mark.parametrize("pair", ["order", "invoice", "delivery", "serial", "email", "phone"])
def test_whatever_names_a_sale_fetches_all_of_it(client: OdooRpcClient, admin: Any, pair: str) -> None:
    order, delivery, serial = sold_with_serial(client)
    sold = {line.ref.id for line in order.lines}
    invoices = [
        bill
        for bill in all_of(client, Bill, RecordKind.BILL)
        if any(number in sold for line in bill.lines for number in line.sale_line_ids)
    ]
    admin.env["res.partner"].write([order.partner_id], {"phone": "+49 (0)40 / 765 43 21", "email": "Who@shop.example"})
    key = {
        "order": (KeyKind.SALE_REFERENCE, reference_key(order.ref.name)),
        "invoice": (KeyKind.SALE_REFERENCE, reference_key(invoices[0].ref.name)),
        "delivery": (KeyKind.SALE_REFERENCE, reference_key(delivery.ref.name)),
        "serial": (KeyKind.SERIAL_NUMBER, reference_key(serial.number)),
        "email": (KeyKind.EMAIL, "who@shop.example"),
        "phone": (KeyKind.PHONE, "07654321"),
    }[pair]
    found = by_keys(client, key)
    assert order.ref.id in ids(found, SaleOrder)
    assert delivery in found
    assert serial in found
    assert {bill.ref.id for bill in invoices} <= ids(found, Bill)
    assert {line.product_id for line in order.lines} <= {r.ref.id for r in found if r.ref.model == "product.product"}
    repairs = all_of(client, Repair, RecordKind.REPAIR)
    assert {r.ref.id for r in repairs if r.serial_id == serial.ref.id} <= ids(found, Repair)


def test_a_bill_fetches_what_paid_it(client: OdooRpcClient) -> None:
    bills = {bill.ref.id: bill for bill in all_of(client, Bill, RecordKind.BILL)}
    payments = all_of(client, Payment, RecordKind.PAYMENT)
    lines = all_of(client, StatementLine, RecordKind.STATEMENT_LINE)
    payment = next(p for p in payments if p.is_outgoing and p.bill_ids and p.statement_line_ids)
    assert set(payment.statement_line_ids) <= {line.ref.id for line in lines if line.is_matched}
    bill = bills[payment.bill_ids[0]]
    found = by_keys(client, (KeyKind.BILL_REFERENCE, reference_key(bill.vendor_reference or "")))
    assert payment in found
    assert set(payment.statement_line_ids) <= ids(found, StatementLine)


def test_an_open_statement_line_is_found_by_the_number_in_its_text(client: OdooRpcClient) -> None:
    bills = [b for b in all_of(client, Bill, RecordKind.BILL) if not b.is_sale and b.vendor_reference]
    numbers = {reference_key(bill.vendor_reference or "") for bill in bills}
    lines = all_of(client, StatementLine, RecordKind.STATEMENT_LINE)
    named = [(line, n) for line in lines for n in numbers if n in reference_key(line.payment_reference or "")]
    assert named
    line, number = named[0]
    assert line in by_keys(client, (KeyKind.BILL_REFERENCE, number))


def test_a_move_that_changed_alone_brings_its_transfer(client: OdooRpcClient, admin: Any) -> None:
    transfers = all_of(client, Receipt, RecordKind.RECEIPT)
    delivery = next(t for t in transfers if t.is_outgoing and t.movements)
    newest = max(record.changed_at for record in transfers)
    admin.env["stock.move"].write([delivery.movements[0].ref.id], {"name": "Another text"})
    changed = all_of(client, Receipt, RecordKind.RECEIPT, newest + timedelta(seconds=1))
    assert [transfer.ref.id for transfer in changed] == [delivery.ref.id]
    assert changed[0].movements[0].ref.name == "Another text"


def test_an_approver_sees_all_kinds_live(client: OdooRpcClient) -> None:
    order, delivery, serial = sold_with_serial(client)
    live = client.live([order.ref, delivery.ref, serial.ref])
    assert (live.sale_orders, live.receipts, live.serials) == ((order,), (delivery,), (serial,))


def test_a_return_moves_back_just_what_was_asked_for(client: OdooRpcClient) -> None:
    draft = a_return(client, "1-asked")
    assert client.find_return(draft) is None
    made = client.create_return(draft)
    (back,) = client.live([made]).receipts
    assert (back.returned_id, back.is_outgoing) == (draft.delivery_id, False)
    assert markers.bears(back.origin, "1-asked")
    moved = [(m.returned_movement_id, m.quantity, m.to_refund) for m in back.movements]
    assert moved == [(draft.lines[0].movement_id, Decimal(1), True)]
    assert client.find_return(draft) == made
    assert client.find_return(replace(draft, marker="1-ask")) is None


def test_a_return_that_died_before_it_was_marked_is_known_and_marked(
    client: OdooRpcClient, sandbox: OdooSandbox
) -> None:
    draft = a_return(client, "1-died", 1)
    with lossy_proxy(sandbox.port) as proxy:
        proxy.model, proxy.method, proxy.loses = "stock.return.picking", "create_returns", Loses.ANSWER
        with pytest.raises(OdooAmbiguousError):
            client_at(sandbox, proxy.url).create_return(draft)
    assert client.find_return(replace(draft, lines=(replace(draft.lines[0], quantity=Decimal(2)),))) is None
    found = client.find_return(draft)
    assert found is not None
    assert markers.bears(client.live([found]).receipts[0].origin, "1-died")
    assert client.find_return(replace(draft, marker="1-other")) is None
    assert client.find_return(draft) == found


def test_a_return_that_could_not_be_marked_is_ambiguous(client: OdooRpcClient, sandbox: OdooSandbox) -> None:
    draft = a_return(client, "1-unmarked", 2)
    with lossy_proxy(sandbox.port) as proxy:
        proxy.model, proxy.method, proxy.loses = "stock.picking", "write", Loses.REQUEST
        with pytest.raises(OdooAmbiguousError):
            client_at(sandbox, proxy.url).create_return(draft)
    assert client.find_return(draft) is not None


def test_a_wizard_that_was_never_run_is_no_attempt(client: OdooRpcClient, sandbox: OdooSandbox) -> None:
    draft = a_return(client, "1-wizard", 3)
    with lossy_proxy(sandbox.port) as proxy:
        proxy.model, proxy.method, proxy.loses = "stock.return.picking.line", "write", Loses.ANSWER
        with pytest.raises(OdooUnreachableError) as raised:
            client_at(sandbox, proxy.url).create_return(draft)
    assert not isinstance(raised.value, OdooAmbiguousError)
    assert client.find_return(draft) is None


def test_a_persons_return_is_not_taken_for_ours(client: OdooRpcClient, admin: Any) -> None:
    draft = a_return(client, "1-person", 4)
    wizards, lines = admin.env["stock.return.picking"], admin.env["stock.return.picking.line"]
    wizard = wizards.create({"picking_id": draft.delivery_id})
    for line in lines.search_read([["wizard_id", "=", wizard]], ["move_id"]):
        asked = line["move_id"][0] == draft.lines[0].movement_id
        lines.write([line["id"]], {"quantity": 1.0 if asked else 0.0})
    wizards.create_returns([wizard])
    assert client.find_return(draft) is None


def test_returns_that_make_no_sense_are_refused(client: OdooRpcClient) -> None:
    draft = a_return(client, "1-wrong", 5)
    for wrong in (
        replace(draft, delivery_id=987_654),
        replace(draft, lines=(replace(draft.lines[0], movement_id=987_654),)),
    ):
        with pytest.raises(OdooRefusedError):
            client.create_return(wrong)
    assert client.find_return(draft) is None


def test_a_refund_is_a_draft_over_the_invoices_line(client: OdooRpcClient) -> None:
    draft = a_return(client, "1-refund", 5)
    assert client.find_refund("1-refund") is None
    made = client.create_refund(draft)
    assert client.find_refund("1-refund") == made
    (refund,) = client.live([made]).bills
    assert (refund.state, refund.is_sale, refund.is_refund) == ("draft", True, True)
    assert refund.reversed_id == draft.refund_of
    invoice = client.live([replace(made, id=draft.refund_of or 0)]).bills[0]
    refunded = next(line for line in invoice.lines if line.ref.id == draft.refund_lines[0][0])
    assert [(line.unit_price, line.sale_line_ids) for line in refund.lines] == [
        (refunded.unit_price, refunded.sale_line_ids)
    ]
    assert client.find_bill("1-refund") is None
    with pytest.raises(OdooRefusedError):
        client.create_refund(replace(draft, refund_of=987_654))


def test_a_repair_is_a_draft_with_the_marker_in_its_notes(client: OdooRpcClient) -> None:
    order, _, serial = sold_with_serial(client)
    note = "Pump & valve <leak>"
    draft = RepairDraft("1-repair", order.partner_id, 1, serial.product_id, serial.ref.id, order.ref.id, True, note)
    assert client.find_repair("1-repair") is None
    made = client.create_repair(draft)
    assert client.find_repair("1-repair") == made
    assert client.find_repair("1-rep") is None
    (repair,) = client.live([made]).repairs
    assert (repair.state, repair.serial_id, repair.sale_order_id) == ("draft", serial.ref.id, order.ref.id)
    assert repair.under_warranty
    assert repair.note == f"{note} · concord:1-repair"
