"""The rows: all in memory for speed, each transaction durable in SQLite before it is answered."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from service.demo.odoo_server.values import JsonValue, Row

_TABLES = """
CREATE TABLE IF NOT EXISTS record (
    model TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (model, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS content (sha1 TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
"""
_Key = tuple[str, int]
_NO_ROWS: Mapping[int, Row] = {}


class Store:
    """Not safe for threads by itself: the caller holds a lock around a transaction.

    Rows are replaced, never changed in place, so what was handed out stays what it was.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")  # a killed process loses nothing, only a power cut may
        self._connection.executescript(_TABLES)
        self._rows: dict[str, dict[int, Row]] = defaultdict(dict)
        self._counters: dict[str, int] = {}
        self._inverse: dict[tuple[str, str], dict[int, set[int]]] = {}
        self._before: dict[_Key, Row | None] = {}
        self._new_contents: dict[str, bytes] = {}
        self._load()

    def _load(self) -> None:
        for model, number, body in self._connection.execute("SELECT model, id, body FROM record ORDER BY model, id"):
            self._rows[model][number] = json.loads(body)
        self._counters.update(self._connection.execute("SELECT name, value FROM counter"))

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def is_empty(self) -> bool:
        """Whether nothing was ever stored."""
        return not any(self._rows.values())

    def rows(self, model: str) -> Mapping[int, Row]:
        """All rows of a model by id."""
        return self._rows.get(model, _NO_ROWS)

    def get(self, model: str, number: int) -> Row | None:
        """One row."""
        return self.rows(model).get(number)

    def put(self, model: str, number: int, row: Row) -> None:
        """Insert or replace."""
        self._change(model, number, row)

    def delete(self, model: str, number: int) -> None:
        """Remove; nothing happens where there is no such row."""
        self._change(model, number, None)

    def _change(self, model: str, number: int, row: Row | None) -> None:
        old = self._rows[model].get(number)
        self._before.setdefault((model, number), old)
        self._replace(model, number, old, row)

    def _replace(self, model: str, number: int, old: Row | None, new: Row | None) -> None:
        for (indexed, field), index in self._inverse.items():
            if indexed == model:
                _move_in_index(index, number, (old or {}).get(field), (new or {}).get(field))
        if new is None:
            self._rows[model].pop(number, None)
        else:
            self._rows[model][number] = new

    def pointing(self, model: str, field: str, target: int) -> set[int]:
        """Ids of the rows of ``model`` whose many2one ``field`` is ``target``."""
        index = self._inverse.get((model, field))
        if index is None:
            index = self._inverse[model, field] = defaultdict(set)
            for number, row in self.rows(model).items():
                _move_in_index(index, number, None, row.get(field))
        return index.get(target, set())

    def next_number(self, name: str) -> int:
        """One more than the last time. Like PostgreSQL's sequences it never goes back, not even on a rollback."""
        if name not in self._counters:
            self._counters[name] = max(self.rows(name), default=0)
        self._counters[name] += 1
        return self._counters[name]

    def has_counter(self, name: str) -> bool:
        """Whether a number was ever taken under that name."""
        return name in self._counters

    def start_after(self, name: str, last: int) -> None:
        """Let the next number be ``last + 1``."""
        self._counters[name] = last

    def put_content(self, sha1: str, content: bytes) -> None:
        """Keep an attachment's bytes."""
        self._new_contents[sha1] = content

    def content(self, sha1: str) -> bytes:
        """An attachment's bytes; empty where there are none."""
        if sha1 in self._new_contents:
            return self._new_contents[sha1]
        found = self._connection.execute("SELECT bytes FROM content WHERE sha1 = ?", (sha1,)).fetchone()
        return bytes(found[0]) if found else b""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes inside are kept together, or on an exception none of them."""
        try:
            yield
            self._commit()
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._before.clear()
            self._new_contents.clear()

    def _commit(self) -> None:
        if not self._before and not self._new_contents:
            return
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        try:
            for model, number in self._before:
                row = self._rows[model].get(number)
                if row is None:
                    run("DELETE FROM record WHERE model = ? AND id = ?", (model, number))
                else:
                    run("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (model, number, _encoded(row)))
            for counter in self._counters.items():
                run("INSERT OR REPLACE INTO counter VALUES (?, ?)", counter)
            for content in self._new_contents.items():
                run("INSERT OR IGNORE INTO content VALUES (?, ?)", content)
            run("COMMIT")
        except BaseException:
            run("ROLLBACK")
            raise

    def _roll_back(self) -> None:
        for (model, number), old in self._before.items():
            self._replace(model, number, self._rows[model].get(number), old)


def _move_in_index(index: dict[int, set[int]], number: int, old: JsonValue, new: JsonValue) -> None:
    if isinstance(old, int):
        index[old].discard(number)
    if isinstance(new, int):
        index[new].add(number)


def _encoded(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
