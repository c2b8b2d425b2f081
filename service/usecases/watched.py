"""What a matched document watches the books for: the keys whose change has it matched again."""

from __future__ import annotations

from collections.abc import Iterator

from service.domain.keys import reference_key
from service.domain.matching import Key, KeyKind, Keys, Match, Reconciliation, Role

_BY_NAME = {
    Role.ORDER: KeyKind.ORDER_REFERENCE,
    Role.SALE_ORDER: KeyKind.SALE_REFERENCE,
    Role.DELIVERY: KeyKind.SALE_REFERENCE,
    Role.SERIAL: KeyKind.SERIAL_NUMBER,
}
_ORDERS = (Role.ORDER, Role.SALE_ORDER)
_PARTNERS = (Role.VENDOR, Role.CUSTOMER)


def watched_keys(keys: Keys, found: Reconciliation) -> Keys:
    """The document's own keys and those of the records that were chosen for it. Only where no order was chosen, any
    order of the partners that it may be of: a vendor's every order must not have all its invoices matched again.
    """
    chosen = [match for match in found.matches if match.chosen]
    named = (Key(_BY_NAME[match.role], reference_key(match.ref.name)) for match in chosen if match.role in _BY_NAME)
    has_order = any(match.role in _ORDERS for match in chosen)
    return keys | frozenset(named) | frozenset(() if has_order else _orders_of_partners(found.matches))


def _orders_of_partners(matches: tuple[Match, ...]) -> Iterator[Key]:
    partners = (match for match in matches if match.role in _PARTNERS)
    return (Key(KeyKind.ORDERS_OF_PARTNER, str(match.ref.id)) for match in partners)
