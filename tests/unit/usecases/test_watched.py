"""A matched document watches what was chosen for it, and a partner's orders only while it has none."""

from __future__ import annotations

import pytest

from service.domain.matching import Key, KeyKind, Keys, Match, Reconciliation, Role
from service.domain.records import RecordRef
from service.usecases.watched import watched_keys

OWN = frozenset({Key(KeyKind.VAT_ID, "DE811907980")})


def a_match(role: Role, number: int, name: str, *, chosen: bool = True) -> Match:
    return Match(role, RecordRef("any.model", number, name), 0.9, chosen, ())


def watched(*matches: Match) -> Keys:
    return watched_keys(OWN, Reconciliation(matches, (), ()))


def test_without_an_order_any_order_of_the_possible_partners_counts() -> None:
    found = watched(
        a_match(Role.VENDOR, 49, "Nordwind"),
        a_match(Role.VENDOR, 50, "Harbor", chosen=False),
        a_match(Role.ORDER, 13, "P00013", chosen=False),
    )
    assert found == OWN | {Key(KeyKind.ORDERS_OF_PARTNER, "49"), Key(KeyKind.ORDERS_OF_PARTNER, "50")}


@pytest.mark.parametrize(
    ("role", "kind"), [(Role.ORDER, KeyKind.ORDER_REFERENCE), (Role.SALE_ORDER, KeyKind.SALE_REFERENCE)]
)
def test_with_orders_only_these_count(role: Role, kind: KeyKind) -> None:
    found = watched(a_match(Role.VENDOR, 49, "Nordwind"), a_match(role, 13, "P-00013"), a_match(role, 14, "P-00014"))
    assert found == OWN | {Key(kind, "P00013"), Key(kind, "P00014")}


def test_a_delivery_and_a_serial_number_are_watched() -> None:
    found = watched(a_match(Role.DELIVERY, 1, "WH/OUT/1"), a_match(Role.SERIAL, 5, "EM7-1"))
    assert {Key(KeyKind.SALE_REFERENCE, "WHOUT1"), Key(KeyKind.SERIAL_NUMBER, "EM71")} <= found
