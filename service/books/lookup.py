"""The indexed queries that everything found in the books is made of."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import Connection, func, select

from service.books.keys import LinkKind
from service.books.tables import keys as keys_table
from service.books.tables import links, marks, records
from service.domain import codec
from service.domain.matching import KeyKind, Keys
from service.domain.records import (
    BankAccount,
    Bill,
    Company,
    Partner,
    Payment,
    Product,
    PurchaseOrder,
    Receipt,
    Record,
    RecordKind,
    Repair,
    SaleOrder,
    Serial,
    StatementLine,
    Tax,
    Unit,
    VendorCode,
)

CLASSES: dict[RecordKind, type[Record]] = {
    RecordKind.COMPANY: Company,
    RecordKind.PARTNER: Partner,
    RecordKind.BANK_ACCOUNT: BankAccount,
    RecordKind.PRODUCT: Product,
    RecordKind.VENDOR_CODE: VendorCode,
    RecordKind.UNIT: Unit,
    RecordKind.TAX: Tax,
    RecordKind.PURCHASE_ORDER: PurchaseOrder,
    RecordKind.RECEIPT: Receipt,
    RecordKind.BILL: Bill,
    RecordKind.SALE_ORDER: SaleOrder,
    RecordKind.SERIAL: Serial,
    RecordKind.PAYMENT: Payment,
    RecordKind.STATEMENT_LINE: StatementLine,
    RecordKind.REPAIR: Repair,
}

MAX_HITS = 100
_BATCH = 500

R = TypeVar(
    "R",
    Company,
    Partner,
    BankAccount,
    Product,
    VendorCode,
    Unit,
    Tax,
    PurchaseOrder,
    Receipt,
    Bill,
    SaleOrder,
    Serial,
    Payment,
    StatementLine,
    Repair,
)


def texts_of(keys: Keys, kind: KeyKind) -> frozenset[str]:
    """The texts of the keys of one kind."""
    return frozenset(key.text for key in keys if key.kind is kind)


def read_mark(connection: Connection, name: str) -> datetime | None:
    """The moment remembered under ``name``."""
    text = connection.execute(select(marks.c.at).where(marks.c.name == name)).scalar_one_or_none()
    return None if text is None else datetime.fromisoformat(text)


def batches(values: Iterable[int] | Iterable[str]) -> Iterator[list[int | str]]:
    """Sorted groups, far below either database's limit on parameters."""
    ordered: list[int | str] = sorted(values)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def key_counts(connection: Connection, kind: KeyKind, texts: Collection[str]) -> dict[str, int]:
    """How many records share each key of that kind."""
    column = keys_table.c
    wanted = select(column.text, func.count()).where(column.kind == kind.value)
    counts: dict[str, int] = {}
    for some in batches(texts):
        rows = connection.execute(wanted.where(column.text.in_(some)).group_by(column.text))
        counts.update((text, count) for text, count in rows)
    return counts


@lru_cache(maxsize=4096)
def decoded(kind: RecordKind, payload: str) -> Record:
    """The record that a payload stands for. Records are frozen, so one value serves every document."""
    return codec.decode(CLASSES[kind], json.loads(payload))


def decoded_head(kind: RecordKind, payload: str) -> Record:
    """The record without its lines, of a kind that has a value for none."""
    data = json.loads(payload)
    del data["lines"]
    return codec.decode(CLASSES[kind], data)


def kind_of_type(record_type: type[Record]) -> RecordKind:
    """The kind that a class of records stands for."""
    return next(kind for kind, held in CLASSES.items() if held is record_type)


def stored_records(connection: Connection, kind: RecordKind, ids: Iterable[int]) -> list[Record]:
    """The records of a kind, in the order of ``ids``; missing ones left out."""
    wanted = list(dict.fromkeys(ids))
    found: dict[int, Record] = {}
    for some in batches(wanted):
        query = select(records.c.id, records.c.payload).where(records.c.kind == kind.value, records.c.id.in_(some))
        found.update((row.id, decoded(kind, row.payload)) for row in connection.execute(query))
    return [found[number] for number in wanted if number in found]


def load(connection: Connection, record_type: type[R], ids: Iterable[int]) -> list[R]:
    """The records of that type, in the order of ``ids``."""
    found = stored_records(connection, kind_of_type(record_type), ids)
    return [record for record in found if isinstance(record, record_type)]


def load_all(connection: Connection, record_type: type[R]) -> tuple[R, ...]:
    """All records of that type."""
    kind = kind_of_type(record_type)
    query = select(records.c.payload).where(records.c.kind == kind.value).order_by(records.c.id)
    loaded = (decoded(kind, row.payload) for row in connection.execute(query))
    return tuple(record for record in loaded if isinstance(record, record_type))


def hits(
    connection: Connection, keys: Keys, key_kind: KeyKind, record_type: type[Record], limit: int = MAX_HITS
) -> list[int]:
    """The newest records of a kind that share a key of that kind."""
    texts = sorted(texts_of(keys, key_kind))
    column = keys_table.c
    query = select(column.record_id).where(
        column.kind == key_kind.value, column.text.in_(texts), column.record_kind == kind_of_type(record_type).value
    )
    rows = connection.execute(query.order_by(column.record_id.desc()).limit(limit)) if texts else ()
    return [row.record_id for row in rows]


def hanging(connection: Connection, record_type: type[R], link: LinkKind, target_ids: Collection[int]) -> tuple[R, ...]:
    """The records that hang on the targets, the newest first."""
    return tuple(load(connection, record_type, hanging_ids(connection, link, target_ids)))


def hanging_ids(
    connection: Connection, link: LinkKind, target_ids: Collection[int], limit: int | None = None
) -> list[int]:
    """What hangs on the targets, the newest first."""
    found: set[int] = set()
    for some in batches(set(target_ids)):
        query = select(links.c.record_id).where(links.c.kind == link.value, links.c.target_id.in_(some))
        found.update(row.record_id for row in connection.execute(query))
    return sorted(found, reverse=True)[:limit]


def unique(found: Iterable[R]) -> list[R]:
    """Each record once."""
    return list({record.ref.id: record for record in found}.values())
