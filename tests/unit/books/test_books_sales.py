"""The books of sales and money on both databases: what a document's keys find, and what tells of a change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from service.books.books import SqlBooks
from service.books.sales import MAX_CUSTOMER_ORDERS
from service.domain.excerpt import Records
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import Receipt, Record, RecordKind
from tests.support.records import a_bill, a_partner, a_product, an_order
from tests.support.sales_records import (
    a_delivery,
    a_payment,
    a_repair,
    a_sale_order,
    a_serial,
    a_statement_line,
    an_invoice,
)


@pytest.fixture
def books(engine: Engine) -> SqlBooks:
    return SqlBooks(engine)


def keys(*pairs: tuple[KeyKind, str]) -> Keys:
    return frozenset(Key(kind, text) for kind, text in pairs)


def ids(found: Records, attribute: str) -> list[int]:
    return sorted(record.ref.id for record in getattr(found, attribute))


def a_return(number: int, delivery: Receipt) -> Receipt:
    back = replace(delivery.movements[0], returned_movement_id=delivery.movements[0].ref.id)
    return a_delivery(number, delivery.sale_order_id, is_outgoing=False, returned_id=delivery.ref.id, movements=(back,))


LENA = a_partner(1, "Lena Fischer", email="Lena@Shop.example", phone="+49 40 123 45 67", is_customer=True)
DELIVERY = a_delivery(32, 25, 5)
SHOP: tuple[Record, ...] = (
    a_product(1, "EM7"),
    LENA,
    a_partner(2, "Ole Larsen", email="ole@shop.example", is_customer=True),
    a_sale_order(25, 1, customer_reference="WEB-100234"),
    a_sale_order(26, 2),
    a_serial(5, "EM7-2026-0001"),
    a_serial(6, "EM7-2026-0002"),
    DELIVERY,
    a_return(33, DELIVERY),
    a_delivery(34, 26, 6),
    an_invoice(42, 1, 250, origin="S00025"),
    an_invoice(46, 1, is_refund=True, reversed_id=42),
    an_invoice(47, 2, 260),
    a_repair(4, 5),
    a_repair(6, None, 25),
    a_repair(7, 6),
    a_payment(1, 1, 42, is_outgoing=False, statement_line_ids=(9,)),
    a_payment(3, 1, is_outgoing=False),
    a_statement_line(9, "payment WEB-100234", is_matched=True),
)
ALL_OF_LENA = {
    "partners": [1],
    "sale_orders": [25],
    "receipts": [32, 33],
    "serials": [5],
    "bills": [42, 46],
    "repairs": [4, 6],
    "payments": [1, 3],
    "statement_lines": [9],
    "products": [1],
}


@pytest.mark.parametrize(
    "pair",
    [
        (KeyKind.SALE_REFERENCE, "WEB100234"),
        (KeyKind.SALE_REFERENCE, "S00025"),
        (KeyKind.SALE_REFERENCE, "INV202600042"),
        (KeyKind.SALE_REFERENCE, "WHOUT33"),
        (KeyKind.SERIAL_NUMBER, "EM720260001"),
        (KeyKind.EMAIL, "lena@shop.example"),
        (KeyKind.PHONE, "01234567"),
        (KeyKind.PARTNER_NAME, "FISCHER"),
    ],
)
def test_whatever_names_a_sale_brings_all_of_it(books: SqlBooks, pair: tuple[KeyKind, str]) -> None:
    books.store(SHOP)
    found = books.candidates(keys(pair))
    assert {name: ids(found, name) for name in ALL_OF_LENA} == ALL_OF_LENA


def test_a_name_beside_a_vendors_keys_brings_no_sales(books: SqlBooks) -> None:
    books.store(SHOP)
    found = books.candidates(keys((KeyKind.PARTNER_NAME, "FISCHER"), (KeyKind.BILL_REFERENCE, "RE1")))
    assert (ids(found, "partners"), ids(found, "sale_orders")) == ([1], [])


def test_only_the_newest_orders_of_a_customer_come(books: SqlBooks) -> None:
    books.store([LENA, *(a_sale_order(number, 1) for number in range(1, 100))])
    found = books.candidates(keys((KeyKind.EMAIL, "lena@shop.example")))
    assert ids(found, "sale_orders") == list(range(100 - MAX_CUSTOMER_ORDERS, 100))
    named = books.candidates(keys((KeyKind.EMAIL, "lena@shop.example"), (KeyKind.SALE_REFERENCE, "S00001")))
    assert 1 in ids(named, "sale_orders")


def test_a_delivery_without_an_order_is_found_by_its_serial(books: SqlBooks) -> None:
    books.store([LENA, a_serial(5, "EM7-1"), a_delivery(32, None, 5, partner_id=1)])
    found = books.candidates(keys((KeyKind.SERIAL_NUMBER, "EM71")))
    assert (ids(found, "receipts"), ids(found, "partners")) == ([32], [1])


MONEY: tuple[Record, ...] = (
    a_partner(1, "Nordwind Electronics GmbH", vat_id="DE811907980"),
    an_order(13, 1),
    a_bill(30, 1, "RE-2026-004711", order_line_ids=(130,)),
    a_payment(1, 1, 30, statement_line_ids=(10,)),
    a_payment(2, 1),
    a_payment(3, 2),
    a_payment(4, 2, reference="paid RE 2026-004711 twice"),
    a_statement_line(10, "anything", is_matched=True),
    a_statement_line(11, "Nordwind RE-2026-004711 part"),
    a_statement_line(12, "nothing known", account_number="DE89370400440532013000"),
    a_statement_line(13, "no number", partner_id=1),
    a_statement_line(14, "other"),
    a_statement_line(15, "direct", is_matched=True, bill_ids=(30,)),
)


def test_a_bill_brings_what_paid_it_or_could_have(books: SqlBooks) -> None:
    books.store(MONEY)
    found = books.candidates(
        keys(
            (KeyKind.VAT_ID, "DE811907980"),
            (KeyKind.BILL_REFERENCE, "RE2026004711"),
            (KeyKind.IBAN, "DE89370400440532013000"),
        )
    )
    assert ids(found, "bills") == [30]
    assert ids(found, "payments") == [1, 2, 4]
    assert ids(found, "statement_lines") == [10, 11, 12, 13, 15]


def test_everything_comes_kind_by_kind_and_page_by_page(books: SqlBooks) -> None:
    books.store([a_payment(number, 1) for number in range(1, 1202)])
    books.store(MONEY[2:3])
    found = list(books.everything((RecordKind.PAYMENT, RecordKind.BILL, RecordKind.REPAIR)))
    assert [record.ref.id for record in found] == [*range(1, 1202), 30]
    assert isinstance(next(books.everything((RecordKind.BILL,))), type(MONEY[2]))


@pytest.mark.parametrize(
    ("change", "pair"),
    [
        (replace(a_return(33, DELIVERY), state="cancel"), (KeyKind.SALE_REFERENCE, "S00025")),
        (replace(DELIVERY, state="cancel"), (KeyKind.SERIAL_NUMBER, "EM720260001")),
        (a_repair(8, 5), (KeyKind.SERIAL_NUMBER, "EM720260001")),
        (a_repair(8, None, 25), (KeyKind.SALE_REFERENCE, "WEB100234")),
        (a_payment(5, 1, 42), (KeyKind.SALE_REFERENCE, "INV202600042")),
        (an_invoice(48, 1, is_refund=True, reversed_id=42), (KeyKind.SALE_REFERENCE, "INV202600042")),
        (a_sale_order(25, 1, net_amount=Decimal(40)), (KeyKind.ORDERS_OF_PARTNER, "1")),
    ],
)
def test_a_change_is_told_by_what_documents_know(books: SqlBooks, change: Record, pair: tuple[KeyKind, str]) -> None:
    books.store(SHOP)
    assert keys(pair) <= books.store([change])
