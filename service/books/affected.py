"""Which keys tell of a change in the books: a document that bears one of them is matched again.

A record's own keys, old and new, and those of what it hangs on: a receipt tells by its order's, a payment by its
bill's. A new or changed order besides by its partner, for the documents that chose no order yet. Words and e-mail
domains that many partners share tell of nobody in particular and are left out: one changed "Electronics Ltd" must
not send every electronics invoice through matching again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from service.books.keys import record_keys
from service.books.lookup import batches, key_counts, load
from service.books.tables import keys as keys_table
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import (
    Bill,
    Partner,
    Payment,
    PurchaseOrder,
    Receipt,
    Record,
    RecordKind,
    Repair,
    SaleOrder,
    StatementLine,
)

COMMON = 20  # a word or e-mail domain of more partners than that is common
_SHARED = (KeyKind.PARTNER_NAME, KeyKind.EMAIL_DOMAIN)

Change = tuple[Record | None, Record | None]  # before, after; None where there was or is none


def telling_keys(connection: Connection, changes: Sequence[Change]) -> Keys:
    """The keys that tell of the changes. The index must hold the keys of the records as they are now."""
    versions = [record for change in changes for record in change if record is not None]
    owners: dict[RecordKind, set[int]] = {}
    for record in versions:
        for kind, number in _owners(record):
            owners.setdefault(kind, set()).add(number)
    hung_on = [keys for kind, ids in owners.items() for keys in _stored_keys(connection, kind, ids)]
    own = [record_keys(record) for record in versions]
    return _without_common(connection, [*own, *hung_on]) | _partners_orders(connection, versions)


def _partners_orders(connection: Connection, versions: Iterable[Record]) -> Keys:
    """Of the orders' partners and of the companies that these belong to: a document may name either."""
    ids = {order.partner_id for order in versions if isinstance(order, PurchaseOrder | SaleOrder)}
    partners = load(connection, Partner, sorted(ids))
    ids |= {partner.parent_id for partner in partners if partner.parent_id is not None}
    return frozenset(Key(KeyKind.ORDERS_OF_PARTNER, str(number)) for number in ids)


def _owners(record: Record) -> Iterator[tuple[RecordKind, int]]:
    """What the record hangs on, where a document may know that and not the record."""
    match record:
        case Receipt(order_id=order, sale_order_id=sale, returned_id=returned):
            serials = [number for movement in record.movements for number in movement.serial_ids]
            yield from _known(RecordKind.PURCHASE_ORDER, order)
            yield from _known(RecordKind.SALE_ORDER, sale)
            yield from _known(RecordKind.RECEIPT, returned)
            yield from _known(RecordKind.SERIAL, *serials)
        case Repair(serial_id=serial, sale_order_id=sale):
            yield from _known(RecordKind.SERIAL, serial)
            yield from _known(RecordKind.SALE_ORDER, sale)
        case Payment(bill_ids=bills) | StatementLine(bill_ids=bills):
            yield from _known(RecordKind.BILL, *bills)
        case Bill(reversed_id=reversed_id):
            yield from _known(RecordKind.BILL, reversed_id)


def _known(kind: RecordKind, *ids: int | None) -> Iterator[tuple[RecordKind, int]]:
    return ((kind, number) for number in ids if number is not None)


def _stored_keys(connection: Connection, kind: RecordKind, ids: Iterable[int]) -> list[Keys]:
    """The keys of each of those records."""
    column = keys_table.c
    grouped: dict[int, set[Key]] = {}
    for some in batches(ids):
        query = select(column.record_id, column.kind, column.text).where(
            column.record_kind == kind.value, column.record_id.in_(some)
        )
        for row in connection.execute(query):
            grouped.setdefault(row.record_id, set()).add(Key(KeyKind(row.kind), row.text))
    return [frozenset(group) for group in grouped.values()]


def _without_common(connection: Connection, groups: Sequence[Keys]) -> Keys:
    counts: dict[Key, int] = {}
    for kind in _SHARED:
        texts = {key.text for keys in groups for key in keys if key.kind is kind}
        counts.update((Key(kind, text), count) for text, count in key_counts(connection, kind, texts).items())
    return frozenset(key for keys in groups for key in _telling(keys, counts))


def _telling(keys: Keys, counts: Mapping[Key, int]) -> Keys:
    """Without the common ones; of a name whose words are all common, the rarest."""
    telling = frozenset(key for key in keys if counts.get(key, 0) <= COMMON)
    words = [key for key in keys if key.kind is KeyKind.PARTNER_NAME]
    if words and telling.isdisjoint(words):
        return telling | {min(words, key=lambda key: (counts[key], key.text))}
    return telling
