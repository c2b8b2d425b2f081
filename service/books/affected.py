"""Which keys tell of a change in the books: a document that bears one of them is matched again.

A record's own keys, old and new, and for an order those of its vendor too, since an invoice that names no order is
matched by its vendor's. Words and e-mail domains that many partners share tell of nobody in particular and are left
out: one changed "Electronics Ltd" must not send every electronics invoice through matching again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, select

from service.books.candidates import batches, key_counts
from service.books.keys import record_keys
from service.books.tables import keys as keys_table
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import PurchaseOrder, Receipt, Record, RecordKind

COMMON = 20  # a word or e-mail domain of more partners than that is common
_SHARED = (KeyKind.PARTNER_NAME, KeyKind.EMAIL_DOMAIN)

Change = tuple[Record | None, Record | None]  # before, after; None where there was or is none


def telling_keys(connection: Connection, changes: Sequence[Change]) -> Keys:
    """The keys that tell of the changes. The index must hold the keys of the records as they are now."""
    versions = [record for change in changes for record in change if record is not None]
    own = [record_keys(record) for record in versions]
    partner_ids = {record.partner_id for record in versions if isinstance(record, PurchaseOrder)}
    order_ids = {record.order_id for record in versions if isinstance(record, Receipt) and record.order_id is not None}
    hung_on = [
        *_stored_keys(connection, RecordKind.PARTNER, partner_ids),
        *_stored_keys(connection, RecordKind.PURCHASE_ORDER, order_ids),
    ]
    return _without_common(connection, [*own, *hung_on])


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
