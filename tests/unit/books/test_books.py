"""The books on both databases: what a document's keys find, and what tells of a change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from service.books.books import SqlBooks
from service.books.candidates import MAX_BY_NAME
from service.domain.excerpt import Records
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import Record, RecordKind
from tests.support.records import (
    MORNING,
    a_bill,
    a_company,
    a_partner,
    a_product,
    a_receipt,
    a_tax,
    a_unit,
    a_vendor_code,
    an_account,
    an_order,
    an_order_line,
)

ATTRIBUTES = ("partners", "bank_accounts", "products", "vendor_codes", "orders", "receipts", "bills")


class Ticking:
    """A clock that moves by a second at every look."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def books(engine: Engine) -> SqlBooks:
    return SqlBooks(engine, Ticking())


def keys(*pairs: tuple[KeyKind, str]) -> Keys:
    return frozenset(Key(kind, text) for kind, text in pairs)


def ids(found: Records, attribute: str) -> list[int]:
    return [record.ref.id for record in getattr(found, attribute)]


SHOP: tuple[Record, ...] = (
    a_company(),
    a_unit(),
    a_tax(),
    a_partner(1, "Nordwind Electronics GmbH", vat_id="DE811907980", email="billing@nordwind.example"),
    a_partner(2, "Nordwind Electronics, Buchhaltung", parent_id=1, is_company=False),
    a_partner(3, "Harbor Textile Supply LLC", email="harbor@mail.example"),
    an_account(1, 1, "DE89370400440532013000"),
    a_product(1, "BX20", barcode="4006381333931"),
    a_product(2, "TX-9"),
    a_vendor_code(1, 1, 1, "NW-BX20"),
    a_vendor_code(2, 3, 2, "HT 9"),
    a_vendor_code(3, 3, 1, "HT-BX"),
    an_order(13, 1, vendor_reference="NW-SO/55821"),
    an_order(14, 2),
    an_order(15, 1, billing_status="invoiced"),
    an_order(16, 1, state="cancel"),
    an_order(17, 3, lines=(an_order_line(170, 2),)),
    a_receipt(26, 13),
    a_receipt(27, 17),
    a_bill(30, 1, "RE-2026-004711", order_line_ids=(130,)),
    a_bill(31, 3, "HTS-88121"),
)


@pytest.mark.parametrize(
    "pair",
    [
        (KeyKind.VAT_ID, "DE811907980"),
        (KeyKind.IBAN, "DE89370400440532013000"),
        (KeyKind.EMAIL_DOMAIN, "nordwind.example"),
        (KeyKind.PARTNER_NAME, "NORDWIND"),
    ],
)
def test_a_vendor_brings_its_family_accounts_open_orders_and_goods(books: SqlBooks, pair: tuple[KeyKind, str]) -> None:
    books.store(SHOP)
    found = books.candidates(keys(pair))
    assert found.partners[0].ref.id == 1
    assert {name: sorted(ids(found, name)) for name in ATTRIBUTES} == {
        "partners": [1, 2],
        "bank_accounts": [1],
        "products": [1],
        "vendor_codes": [1],
        "orders": [13, 14],
        "receipts": [26],
        "bills": [30],
    }
    assert [len(found.companies), len(found.units), len(found.taxes)] == [1, 1, 1]


@pytest.mark.parametrize("text", ["P00013", "NWSO55821"])
def test_an_order_reference_brings_the_order_and_its_vendor(books: SqlBooks, text: str) -> None:
    books.store(SHOP)
    found = books.candidates(keys((KeyKind.ORDER_REFERENCE, text)))
    assert ids(found, "orders")[0] == 13
    assert ids(found, "partners")[0] == 1


@pytest.mark.parametrize(("text", "order"), [("P00015", 15), ("P00016", 16)])
def test_a_referenced_order_comes_though_it_is_closed(books: SqlBooks, text: str, order: int) -> None:
    books.store(SHOP)
    assert order in ids(books.candidates(keys((KeyKind.ORDER_REFERENCE, text))), "orders")


def test_a_bill_of_the_same_reference(books: SqlBooks) -> None:
    books.store(SHOP)
    found = books.candidates(keys((KeyKind.BILL_REFERENCE, "HTS88121")))
    assert (ids(found, "bills"), ids(found, "partners")) == ([31], [])


def test_codes_of_our_own_and_of_the_vendor(books: SqlBooks) -> None:
    books.store(SHOP)
    assert ids(books.candidates(keys((KeyKind.PRODUCT_CODE, "4006381333931"))), "products") == [1]
    both = keys((KeyKind.PRODUCT_CODE, "HT9"), (KeyKind.PARTNER_NAME, "HARBOR"))
    found = books.candidates(both)
    assert (sorted(ids(found, "products")), sorted(ids(found, "vendor_codes"))) == ([2], [2])


def test_no_keys_bring_only_what_everybody_needs(books: SqlBooks) -> None:
    books.store(SHOP)
    found = books.candidates(frozenset())
    assert all(not ids(found, name) for name in ATTRIBUTES)
    assert found.as_of is None


def test_names_are_ranked_by_rare_words_and_cut(books: SqlBooks) -> None:
    crowd = [a_partner(number, f"Electronics House {number}") for number in range(100, 400)]
    books.store([*crowd, a_partner(500, "Nordwind Electronics")])
    found = books.candidates(keys((KeyKind.PARTNER_NAME, "NORDWIND"), (KeyKind.PARTNER_NAME, "ELECTRONICS")))
    assert found.partners[0].ref.id == 500
    assert len(found.partners) == MAX_BY_NAME


def test_a_mail_providers_domain_says_nothing(books: SqlBooks) -> None:
    books.store(a_partner(number, f"Person {number}", email=f"p{number}@mail.example") for number in range(1, 60))
    assert books.candidates(keys((KeyKind.EMAIL_DOMAIN, "mail.example"))).partners == ()


def test_an_order_that_closes_is_found_by_its_vendor_no_more(books: SqlBooks) -> None:
    books.store(SHOP)
    books.store([an_order(13, 1, billing_status="invoiced")])
    assert 13 not in ids(books.candidates(keys((KeyKind.VAT_ID, "DE811907980"))), "orders")


def test_storing_again_changes_nothing(books: SqlBooks) -> None:
    assert books.store(SHOP)
    assert books.store(SHOP) == frozenset()


def test_a_new_time_of_change_alone_is_kept_and_not_told(books: SqlBooks) -> None:
    books.store(SHOP)
    later = replace(SHOP[3], changed_at=MORNING + timedelta(hours=1))
    assert books.store([later]) == frozenset()
    assert books.candidates(keys((KeyKind.VAT_ID, "DE811907980"))).partners[0] == later


def test_a_change_is_told_by_the_old_and_the_new_key(books: SqlBooks) -> None:
    books.store(SHOP)
    told = books.store([a_partner(1, "Nordwind Electronics GmbH", vat_id="DE136695976")])
    assert keys((KeyKind.VAT_ID, "DE811907980"), (KeyKind.VAT_ID, "DE136695976")) <= told


def test_a_changed_order_is_told_to_documents_that_chose_it_or_none_of_its_vendor(books: SqlBooks) -> None:
    books.store(SHOP)
    told = books.store([an_order(13, 1, net_amount=Decimal("120.00"))])
    assert told == keys(
        (KeyKind.ORDER_REFERENCE, "P00013"), (KeyKind.ORDER_REFERENCE, "NWSO55821"), (KeyKind.ORDERS_OF_PARTNER, "1")
    )
    of_a_contact = books.store([an_order(14, 2, net_amount=Decimal("120.00"))])
    assert keys((KeyKind.ORDERS_OF_PARTNER, "1"), (KeyKind.ORDERS_OF_PARTNER, "2")) <= of_a_contact
    received = books.store([replace(a_receipt(26, 13), state="cancel")])
    assert Key(KeyKind.ORDER_REFERENCE, "P00013") in received


def test_common_words_tell_of_nobody(books: SqlBooks) -> None:
    crowd = [a_partner(number, f"Electronics House {number}") for number in range(100, 200)]
    books.store(crowd)
    told = books.store([a_partner(150, "Electronics House 150", vat_id="DE1")])
    assert told == keys((KeyKind.PARTNER_NAME, "150"), (KeyKind.VAT_ID, "DE1"))
    assert books.store([a_partner(300, "Electronics House")]) == keys((KeyKind.PARTNER_NAME, "ELECTRONICS"))


def test_changes_are_told_until_they_are_acknowledged(engine: Engine) -> None:
    books = SqlBooks(engine, Ticking())
    first = books.store([an_order(13, 1)])
    second = books.store([an_order(14, 3)])
    pending = SqlBooks(engine).unannounced()
    assert list(pending.values()) == [first, second]
    books.announced(min(pending))
    assert list(books.unannounced().values()) == [second]


def test_a_change_after_the_announcement_is_told_again(books: SqlBooks) -> None:
    books.store([an_order(13, 1)])
    (noted_at,) = books.unannounced()
    books.store([an_order(13, 1, state="cancel")])
    books.announced(noted_at)
    told = keys((KeyKind.ORDER_REFERENCE, "P00013"), (KeyKind.ORDERS_OF_PARTNER, "1"))
    assert list(books.unannounced().values()) == [told]


def test_deleted_records_are_forgotten_and_told(books: SqlBooks) -> None:
    books.store(SHOP)
    for noted_at in books.unannounced():
        books.announced(noted_at)
    assert books.keep_only(RecordKind.PURCHASE_ORDER, frozenset({13, 15, 16, 17, 99})) == 1
    assert ids(books.candidates(keys((KeyKind.VAT_ID, "DE811907980"))), "orders") == [13]
    assert any(Key(KeyKind.ORDER_REFERENCE, "P00014") in told for told in books.unannounced().values())
    assert books.keep_only(RecordKind.PURCHASE_ORDER, frozenset({13, 15, 16, 17})) == 0


def test_marks(books: SqlBooks) -> None:
    assert books.watermark(RecordKind.BILL) is None
    moment = datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=UTC)
    for at in (MORNING, moment):
        books.set_watermark(RecordKind.BILL, at)
        books.set_as_of(at)
    assert (books.watermark(RecordKind.BILL), books.as_of()) == (moment, moment)
    assert books.candidates(frozenset()).as_of == moment


def test_many_pages_and_doubles_in_one_go(books: SqlBooks) -> None:
    def stream() -> Iterable[Record]:
        for number in range(1, 1201):
            yield a_partner(number, f"Firm{number}")
        yield a_partner(1200, "Renamed")

    books.store(stream())
    assert ids(books.candidates(keys((KeyKind.PARTNER_NAME, "RENAMED"))), "partners") == [1200]
    assert ids(books.candidates(keys((KeyKind.PARTNER_NAME, "FIRM7"))), "partners") == [7]
