"""Keeps the local copy of Odoo's records in the application's database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.books import tables
from service.books.affected import telling_keys
from service.books.candidates import AS_OF, find_records
from service.books.keys import kind_of, record_keys, record_links
from service.books.lookup import batches, decoded, decoded_head, read_mark, stored_records
from service.domain import codec
from service.domain.errors import StorageError
from service.domain.excerpt import Records
from service.domain.matching import Key, KeyKind, Keys
from service.domain.records import Record, RecordKind, RecordRef
from service.ports import Clock

_PAGE = 500


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InternalError, PoolTimeoutError) as error:
        raise StorageError(
            "The database failed or was busy too long.", advice="Try again; if it stays, run concord doctor."
        ) from error


class _SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A record to store beside the one that it replaces."""

    record: Record
    payload: str
    old_payload: str | None

    @property
    def identity(self) -> tuple[str, int]:
        return self.record.ref.model, self.record.ref.id

    @property
    def old(self) -> Record | None:
        return None if self.old_payload is None else decoded(kind_of(self.record), self.old_payload)

    def differs(self) -> bool:
        """Whether anything changed but the time of the change, which Odoo moves for reasons that matter to nobody."""
        if self.old_payload is None:
            return True
        return _without_time(self.payload) != _without_time(self.old_payload)


class SqlBooks:
    """Implements ``service.ports.Books`` on the application's database; safe to share between threads.

    StorageError where the database fails or is busy too long.
    """

    def __init__(self, engine: Engine, clock: Clock | None = None) -> None:
        self._engine = engine
        self._reading = engine.execution_options(read_only=True)
        self._clock = clock or _SystemClock()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with _storage_errors(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with _storage_errors(), self._engine.begin() as connection:
            yield connection

    def candidates(self, keys: Keys) -> Records:
        """What shares a key with the document, and what hangs on it; bounded, the nearest first."""
        with self._read() as connection:
            return find_records(connection, keys)

    def everything(self, kinds: Sequence[RecordKind], *, without_bill_lines: bool = False) -> Iterator[Record]:
        """All records of these kinds, kind by kind in the order of ids; read page by page, so that it takes little
        memory and a change meanwhile may or may not be seen.
        """
        for kind in kinds:
            read = decoded_head if without_bill_lines and kind is RecordKind.BILL else decoded
            after = 0
            while page := self._page(kind, after):
                yield from (read(kind, payload) for _, payload in page)
                after = page[-1][0]

    def _page(self, kind: RecordKind, after: int) -> list[tuple[int, str]]:
        held = tables.records.c
        query = select(held.id, held.payload).where(held.kind == kind.value, held.id > after)
        with self._read() as connection:
            rows = connection.execute(query.order_by(held.id).limit(_PAGE)).all()
        return [(row.id, row.payload) for row in rows]

    def stored(self, refs: Sequence[RecordRef]) -> tuple[Record, ...]:
        """Those of the records that the copy has, in that order."""
        found: dict[tuple[str, int], Record] = {}
        with self._read() as connection:
            for kind in {RecordKind(ref.model) for ref in refs}:
                ids = [ref.id for ref in refs if ref.model == kind.value]
                found.update(((kind.value, record.ref.id), record) for record in stored_records(connection, kind, ids))
        return tuple(found[place] for ref in refs if (place := (ref.model, ref.id)) in found)

    def fingerprint(self, kinds: Sequence[RecordKind]) -> str:
        """A digest over all records of these kinds as they are stored."""
        said = hashlib.sha256()
        held = tables.records.c
        query = select(held.kind, held.id, held.payload).where(held.kind.in_([kind.value for kind in kinds]))
        with self._read() as connection:
            rows = connection.execution_options(yield_per=_PAGE).execute(query.order_by(held.kind, held.id))
            for row in rows:
                said.update(f"{row.kind}:{row.id}:{row.payload}\n".encode())
        return said.hexdigest()

    def store(self, records: Iterable[Record]) -> Keys:
        """Insert or replace, a page a transaction; the keys, old and new, of those that really changed."""
        told: set[Key] = set()
        page: list[Record] = []
        for record in records:
            page.append(record)
            if len(page) == _PAGE:
                told |= self._store_page(page)
                page = []
        return frozenset(told | self._store_page(page))

    def _store_page(self, page: Sequence[Record]) -> Keys:
        unique = {(record.ref.model, record.ref.id): record for record in page}
        with self._write() as connection:
            entries = [entry for entry in _entries(connection, unique) if entry.payload != entry.old_payload]
            changed = [entry for entry in entries if entry.differs()]
            _upsert(connection, tables.records, [_record_row(entry) for entry in entries])
            _replace_index(connection, [entry.record for entry in changed])
            told = telling_keys(connection, [(entry.old, entry.record) for entry in changed])
            self._note(connection, told)
        return told

    def _note(self, connection: Connection, told: Keys) -> None:
        noted_at = _text(self._clock.now())
        rows = [{"kind": key.kind.value, "text": key.text, "noted_at": noted_at} for key in sorted(told)]
        _upsert(connection, tables.changes, rows)

    def unannounced(self) -> Mapping[datetime, Keys]:
        """Keys of records that changed and weren't ``announced`` yet, by when the copy took the change over."""
        grouped: dict[datetime, set[Key]] = {}
        with self._read() as connection:
            for row in connection.execute(select(tables.changes)):
                moment = datetime.fromisoformat(row.noted_at)
                grouped.setdefault(moment, set()).add(Key(KeyKind(row.kind), row.text))
        return {moment: frozenset(grouped[moment]) for moment in sorted(grouped)}

    def announced(self, noted_at: datetime) -> None:
        """Everyone concerned knows of the changes that the copy took over at that moment."""
        column = tables.changes.c
        with self._write() as connection:
            connection.execute(delete(tables.changes).where(column.noted_at == _text(noted_at)))

    def keep_only(self, kind: RecordKind, ids: frozenset[int]) -> int:
        """Forget the records of that kind that aren't in ``ids``; how many."""
        held = tables.records.c
        with self._write() as connection:
            stored = connection.execute(select(held.id).where(held.kind == kind.value)).scalars()
            gone = set(stored) - ids
            lost = stored_records(connection, kind, gone)
            self._note(connection, telling_keys(connection, [(record, None) for record in lost]))
            for some in batches(gone):
                for table in (tables.keys, tables.links):
                    mine = (table.c.record_kind == kind.value, table.c.record_id.in_(some))
                    connection.execute(delete(table).where(*mine))
                connection.execute(delete(tables.records).where(held.kind == kind.value, held.id.in_(some)))
        return len(gone)

    def watermark(self, kind: RecordKind) -> datetime | None:
        """Up to which change of that kind the copy is complete."""
        return self._mark(_watermark(kind))

    def set_watermark(self, kind: RecordKind, changed_at: datetime) -> None:
        """Remember it."""
        self._set_mark(_watermark(kind), changed_at)

    def as_of(self) -> datetime | None:
        """When the last complete sync began."""
        return self._mark(AS_OF)

    def set_as_of(self, at: datetime) -> None:
        """Remember it."""
        self._set_mark(AS_OF, at)

    def _mark(self, name: str) -> datetime | None:
        with self._read() as connection:
            return read_mark(connection, name)

    def _set_mark(self, name: str, at: datetime) -> None:
        with self._write() as connection:
            _upsert(connection, tables.marks, [{"name": name, "at": _text(at)}])


def _entries(connection: Connection, unique: Mapping[tuple[str, int], Record]) -> list[_Entry]:
    """In the order of kind and id, so that two at once never lock each other out."""
    held = tables.records.c
    stored: dict[tuple[str, int], str] = {}
    for kind in {kind for kind, _ in unique}:
        ids = [number for model, number in unique if model == kind]
        query = select(held.kind, held.id, held.payload).where(held.kind == kind, held.id.in_(ids))
        stored.update(((row.kind, row.id), row.payload) for row in connection.execute(query))
    return [
        _Entry(unique[identity], json.dumps(codec.encode(unique[identity]), sort_keys=True), stored.get(identity))
        for identity in sorted(unique)
    ]


def _record_row(entry: _Entry) -> dict[str, Any]:
    kind, number = entry.identity
    return {"kind": kind, "id": number, "payload": entry.payload}


def _replace_index(connection: Connection, changed: Sequence[Record]) -> None:
    """The keys and links of the records, instead of those that they had."""
    for kind in {record.ref.model for record in changed}:
        ids = [record.ref.id for record in changed if record.ref.model == kind]
        for table in (tables.keys, tables.links):
            connection.execute(delete(table).where(table.c.record_kind == kind, table.c.record_id.in_(ids)))
    owned = [(record, {"record_kind": record.ref.model, "record_id": record.ref.id}) for record in changed]
    keys = [
        {"kind": key.kind.value, "text": key.text, **owner} for record, owner in owned for key in record_keys(record)
    ]
    links = [
        {"kind": link.kind.value, "target_id": link.target_id, **owner}
        for record, owner in owned
        for link in record_links(record)
    ]
    _upsert(connection, tables.keys, keys)
    _upsert(connection, tables.links, links)


def _upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert; rows of the same primary key are replaced."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    held = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in held}
    if rest:
        statement = statement.on_conflict_do_update(index_elements=held, set_=rest)
    else:
        statement = statement.on_conflict_do_nothing()
    connection.execute(statement, list(rows))


def _without_time(payload: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(payload)
    del told["changed_at"]
    return told


def _watermark(kind: RecordKind) -> str:
    return f"watermark:{kind.value}"


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
