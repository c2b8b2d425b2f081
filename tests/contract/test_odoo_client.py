"""The client by the real odoorpc against the stand-in for Odoo, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from service.domain.drafts import BillDraft, BillLineDraft
from service.domain.errors import OdooRefusedError
from service.domain.keys import name_words
from service.domain.matching import Key, KeyKind
from service.domain.records import Bill, Partner, PurchaseOrder, Receipt, Record, RecordKind, VendorCode
from service.odoo.changes import changed_records
from service.odoo.rpc import OdooRpcClient, OdooSettings
from service.odoo.session import Session
from tests.support.odoo_sandbox import OdooSandbox, running_sandbox


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OdooSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("odoo")) as running:
        yield running


@pytest.fixture
def client(sandbox: OdooSandbox) -> OdooRpcClient:
    return OdooRpcClient(settings(sandbox))


@pytest.fixture
def admin(sandbox: OdooSandbox) -> Any:
    """A person who works in Odoo meanwhile."""
    return sandbox.login("admin")


def settings(sandbox: OdooSandbox, **changes: Any) -> OdooSettings:
    return replace(OdooSettings(sandbox.url, sandbox.db, sandbox.user, sandbox.password, 20.0), **changes)


def everything(client: OdooRpcClient, kind: RecordKind, since: datetime | None = None) -> list[Record]:
    return [record for page in client.changed(kind, since) for record in page]


def open_order(client: OdooRpcClient) -> PurchaseOrder:
    """A confirmed order with something left to bill."""
    orders = [order for order in everything(client, RecordKind.PURCHASE_ORDER) if isinstance(order, PurchaseOrder)]
    return next(order for order in orders if order.state == "purchase" and order.billing_status == "to invoice")


def a_draft(order: PurchaseOrder, marker: str, **changes: Any) -> BillDraft:
    line = order.lines[0]
    first = BillLineDraft(
        line.description,
        Decimal(1),
        Decimal("12.34"),
        Decimal(5),
        line.product_id,
        line.unit_id,
        line.ref.id,
        line.tax_ids,
    )
    freight = BillLineDraft("Freight", Decimal(1), Decimal("9.90"), Decimal(0), None, None, None, ())
    draft = BillDraft(
        marker=marker,
        is_refund=False,
        partner_id=order.partner_id,
        company_id=order.company_id,
        currency=order.currency,
        vendor_reference=f"RE-{marker}",
        payment_reference=None,
        billed_on=date(2026, 11, 20),
        due_on=date(2026, 12, 20),
        order_names=(order.ref.name,),
        lines=(first, freight),
    )
    return replace(draft, **changes)


def test_version_and_identity(client: OdooRpcClient, sandbox: OdooSandbox) -> None:
    assert client.version() == "17.0"
    assert (
        client.identity()
        == OdooRpcClient(settings(sandbox, user="admin", password=sandbox.passwords["admin"])).identity()
    )
    assert client.identity().startswith("demo@")


def test_another_database_has_another_identity(client: OdooRpcClient, tmp_path: Path) -> None:
    with running_sandbox(tmp_path, database="other") as other:
        assert OdooRpcClient(settings(other)).identity() != client.identity()


@pytest.mark.parametrize("kind", list(RecordKind))
def test_every_kind_comes_whole_and_once(client: OdooRpcClient, kind: RecordKind) -> None:
    found = everything(client, kind)
    ids = [record.ref.id for record in found]
    assert found
    assert len(set(ids)) == len(ids)
    assert set(ids) <= client.existing_ids(kind)


@pytest.mark.parametrize("page", [1, 3, 7, 500])
@pytest.mark.parametrize("kind", [RecordKind.PRODUCT, RecordKind.PURCHASE_ORDER, RecordKind.BILL])
def test_pages_lose_and_repeat_nothing(
    sandbox: OdooSandbox, client: OdooRpcClient, kind: RecordKind, page: int
) -> None:
    """Most of the products changed in one and the same second."""
    pages = list(changed_records(Session(settings(sandbox)), kind, None, page))
    ids = [record.ref.id for records in pages for record in records]
    assert sorted(ids) == sorted(record.ref.id for record in everything(client, kind))
    assert all(len(records) <= page for records in pages)


def test_changes_come_by_time_oldest_first(client: OdooRpcClient) -> None:
    orders = everything(client, RecordKind.PURCHASE_ORDER)
    middle = sorted(order.changed_at for order in orders)[len(orders) // 2]
    later = everything(client, RecordKind.PURCHASE_ORDER, middle)
    assert {order.ref.id for order in later} == {order.ref.id for order in orders if order.changed_at >= middle}


def test_a_line_that_changed_alone_brings_its_order(client: OdooRpcClient, admin: Any) -> None:
    order = open_order(client)
    newest = max(record.changed_at for record in everything(client, RecordKind.PURCHASE_ORDER))
    admin.env["purchase.order.line"].write([order.lines[0].ref.id], {"name": "Another text"})
    changed = everything(client, RecordKind.PURCHASE_ORDER, newest + timedelta(seconds=1))
    assert [record.ref.id for record in changed] == [order.ref.id]
    assert isinstance(changed[0], PurchaseOrder)
    assert changed[0].lines[0].description == "Another text"


def test_archived_records_come_too(client: OdooRpcClient, admin: Any) -> None:
    number = admin.env["res.partner"].create({"name": "Gone Ltd", "vat": "DE 811-907 980", "is_company": True})
    admin.env["res.partner"].write([number], {"active": False})
    (gone,) = (record for record in everything(client, RecordKind.PARTNER) if record.ref.id == number)
    assert isinstance(gone, Partner)
    assert (gone.active, gone.vat_id) == (False, "DE811907980")
    assert number in client.existing_ids(RecordKind.PARTNER)
    found = by_keys(client, (KeyKind.VAT_ID, "DE811907980"))
    assert gone in found


def by_keys(client: OdooRpcClient, *pairs: tuple[KeyKind, str]) -> list[Record]:
    return [record for page in client.by_keys(frozenset(Key(kind, text) for kind, text in pairs)) for record in page]


def test_an_order_reference_fetches_what_hangs_on_it(client: OdooRpcClient) -> None:
    order = open_order(client)
    found = by_keys(client, (KeyKind.ORDER_REFERENCE, order.ref.name))
    assert order in found
    assert any(isinstance(record, Partner) and record.ref.id == order.partner_id for record in found)
    assert any(isinstance(record, Receipt) and record.order_id == order.ref.id for record in found)
    products = {line.product_id for line in order.lines}
    assert products <= {record.ref.id for record in found if record.ref.model == "product.product"}
    kinds = {record.ref.model for record in found}
    assert {"res.company", "uom.uom", "account.tax", "product.supplierinfo"} <= kinds


def test_a_vendor_is_found_by_each_of_its_keys(client: OdooRpcClient) -> None:
    order = open_order(client)
    partners = {record.ref.id: record for record in everything(client, RecordKind.PARTNER)}
    accounts = {record.partner_id: record for record in everything(client, RecordKind.BANK_ACCOUNT)}  # type: ignore[union-attr]
    vendor = partners[order.partner_id]
    assert isinstance(vendor, Partner)
    assert vendor.vat_id is not None
    assert vendor.email is not None
    pairs = [
        (KeyKind.VAT_ID, vendor.vat_id),
        (KeyKind.EMAIL_DOMAIN, vendor.email.rpartition("@")[2]),
        (KeyKind.IBAN, accounts[vendor.ref.id].number),  # type: ignore[union-attr]
    ]
    names = [(KeyKind.PARTNER_NAME, word) for word in name_words(vendor.ref.name)]
    for wanted in ([pair] for pair in pairs):
        assert vendor in by_keys(client, *wanted)
        assert order in by_keys(client, *wanted)
    assert order in by_keys(client, *names)


def test_names_with_accents_are_found(client: OdooRpcClient, admin: Any) -> None:
    number = admin.env["res.partner"].create({"name": "Großhandel Müller & Söhne", "is_company": True})
    found = by_keys(client, *((KeyKind.PARTNER_NAME, word) for word in ("GROSSHANDEL", "MULLER", "SOHNE")))
    assert number in {record.ref.id for record in found if isinstance(record, Partner)}


def test_vendor_codes_and_bills_are_found_however_they_are_written(client: OdooRpcClient) -> None:
    code = next(r for r in everything(client, RecordKind.VENDOR_CODE) if isinstance(r, VendorCode) and r.code)
    assert code.code is not None
    assert code in by_keys(client, (KeyKind.PRODUCT_CODE, code.code.replace("-", "").upper()))
    bill = next(r for r in everything(client, RecordKind.BILL) if isinstance(r, Bill) and r.vendor_reference)
    assert bill.vendor_reference is not None
    reference = "".join(character for character in bill.vendor_reference.upper() if character.isalnum())
    assert bill in by_keys(client, (KeyKind.BILL_REFERENCE, reference))


def test_no_keys_fetch_only_what_everybody_needs(client: OdooRpcClient) -> None:
    assert {record.ref.model for record in by_keys(client)} == {"res.company", "uom.uom", "account.tax"}


@pytest.mark.parametrize("is_refund", [False, True])
def test_a_draft_is_created_linked_and_found_again(client: OdooRpcClient, admin: Any, is_refund: bool) -> None:
    order = open_order(client)
    marker = f"made-{is_refund}"
    assert client.find_bill(marker) is None
    made = client.create_bill(a_draft(order, marker, is_refund=is_refund))
    assert client.find_bill(marker) == made
    assert client.find_bill(marker[:-1]) is None
    live = client.live([order.ref, made])
    (bill,) = live.bills
    assert (bill.state, bill.is_refund, bill.order_line_ids) == ("draft", is_refund, (order.lines[0].ref.id,))
    assert bill.origin == f"{order.ref.name} · concord:{marker}"
    assert (bill.vendor_reference, bill.payment_reference) == (f"RE-{marker}", f"RE-{marker}")
    assert live.orders[0].lines[0].invoiced == order.lines[0].invoiced + (-1 if is_refund else 1)
    (row,) = admin.execute("account.move", "read", [made.id], ["invoice_date", "invoice_date_due", "amount_untaxed"])
    assert (row["invoice_date"], row["invoice_date_due"]) == ("2026-11-20", "2026-12-20")
    assert row["amount_untaxed"] == pytest.approx(12.34 * 0.95 + 9.90, abs=0.011)


def test_a_copy_of_the_bill_is_not_taken_for_it(client: OdooRpcClient, admin: Any) -> None:
    made = client.create_bill(a_draft(open_order(client), "copied"))
    origin = {"move_type": "in_invoice", "partner_id": 1, "invoice_origin": "P1 · concord:copied"}
    admin.env["account.move"].create(origin)
    assert client.find_bill("copied") == made


def test_gone_records_are_missing_from_the_live_ones(client: OdooRpcClient) -> None:
    order = open_order(client)
    live = client.live([replace(order.ref, id=987_654)])
    assert (live.orders, live.bills) == ((), ())
    assert client.live([]).orders == ()


def test_odoo_refuses_in_a_sentence(client: OdooRpcClient) -> None:
    with pytest.raises(OdooRefusedError) as raised:
        client.create_bill(replace(a_draft(open_order(client), "x"), currency="XXX"))
    assert raised.value.code == "ODOO_CURRENCY"
    with pytest.raises(OdooRefusedError) as raised:
        client.create_bill(replace(a_draft(open_order(client), "x"), company_id=77))
    assert raised.value.code == "ODOO_ACCESS"


def test_an_unauthorised_company_is_refused(sandbox: OdooSandbox) -> None:
    with pytest.raises(OdooRefusedError) as raised:
        OdooRpcClient(settings(sandbox, company_ids=(99,))).existing_ids(RecordKind.BILL)
    assert raised.value.code == "ODOO_ACCESS"


def test_wrong_password_and_database(sandbox: OdooSandbox) -> None:
    with pytest.raises(OdooRefusedError) as raised:
        OdooRpcClient(settings(sandbox, password="wrong")).identity()
    assert raised.value.code == "ODOO_LOGIN"
    with pytest.raises(OdooRefusedError) as raised:
        OdooRpcClient(settings(sandbox, db="nosuch")).identity()
    assert raised.value.code == "ODOO_DATABASE"
