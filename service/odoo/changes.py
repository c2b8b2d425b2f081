"""Pages through what changed in Odoo since a moment, without losing or repeating a record.

Odoo shows times in whole seconds and keeps microseconds, so a page may end in the middle of a second and "equal to
the last one shown" finds nothing. Each page therefore starts again at the last second shown, and rows already seen
are dropped; a second that holds more rows than a page (an import) is paged by id instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from service.domain.records import Record, RecordKind
from service.odoo.session import Row, Session
from service.odoo.sources import SOURCES, records_where
from service.odoo.values import to_id

PAGE = 500
_ORDER = "write_date asc, id asc"
_SECOND = timedelta(seconds=1)
_PARTIALS = "account.partial.reconcile"


# What belongs to a record but changes without moving the record's own time: (model, its link to the record).
_PARTS: Mapping[RecordKind, tuple[tuple[str, str], ...]] = {
    RecordKind.PURCHASE_ORDER: (("purchase.order.line", "order_id"),),
    RecordKind.SALE_ORDER: (("sale.order.line", "order_id"),),
    RecordKind.RECEIPT: (("stock.move", "picking_id"), ("stock.move.line", "picking_id")),
}
# The link of a journal item to what it was made for.
_OF_ITEM = {RecordKind.PAYMENT: "payment_id", RecordKind.STATEMENT_LINE: "statement_line_id"}


def changed_records(
    session: Session, kind: RecordKind, since: datetime | None, page: int = PAGE
) -> Iterator[Sequence[Record]]:
    """Pages of records changed at or after ``since``. Companies always come whole: they are few, and their VAT id
    and name live in another record. Those of which only a part changed come last.
    """
    source = SOURCES[kind]
    start = None if kind is RecordKind.COMPANY else since
    seen: set[int] = set()
    for rows in changed_rows(session, kind.value, source.domain, source.fields, start, page):
        seen.update(row["id"] for row in rows)
        yield source.to_records(session, rows)
    if since is None:
        return
    for some in _owners_of_changed_parts(session, kind, since, page):
        if ids := some - seen:
            seen |= ids
            yield records_where(session, kind, [["id", "in", sorted(ids)]])


def _owners_of_changed_parts(session: Session, kind: RecordKind, since: datetime, page: int) -> Iterator[set[int]]:
    for model, link in _PARTS.get(kind, ()):
        for rows in changed_rows(session, model, (), (link, "write_date"), since, page):
            yield _linked(rows, link)
    if kind in _OF_ITEM:
        for rows in changed_rows(
            session, _PARTIALS, (), ("debit_move_id", "credit_move_id", "write_date"), since, page
        ):
            items = _linked(rows, "debit_move_id") | _linked(rows, "credit_move_id")
            link = _OF_ITEM[kind]
            found = session.search_read("account.move.line", [["id", "in", sorted(items)], [link, "!=", False]], [link])
            yield _linked(found, link)


def _linked(rows: Sequence[Row], link: str) -> set[int]:
    return {number for row in rows if (number := to_id(row[link])) is not None}


def changed_rows(
    session: Session,
    model: str,
    domain: Sequence[Any],
    fields: Sequence[str],
    since: datetime | None,
    page: int = PAGE,
) -> Iterator[list[Row]]:
    """Pages of rows of ``model``, oldest change first; ``fields`` holds write_date."""
    cursor = _whole_second(since)
    fresh = _Fresh()
    while True:
        window = [*domain, *_from(cursor)]
        rows = session.search_read(model, window, fields, order=_ORDER, limit=page)
        if new := fresh.of(rows):
            yield new
        if len(rows) < page:
            return
        last = _shown(rows[-1])
        if last == cursor:
            yield from _one_second(
                session, model, [*domain, *_from(last), *_before(last + _SECOND)], fields, fresh, page
            )
            last += _SECOND
        cursor = last


def _one_second(
    session: Session, model: str, domain: Sequence[Any], fields: Sequence[str], fresh: _Fresh, page: int
) -> Iterator[list[Row]]:
    after = 0
    while True:
        rows = session.search_read(model, [*domain, ["id", ">", after]], fields, limit=page)
        if new := fresh.of(rows):
            yield new
        if len(rows) < page:
            return
        after = rows[-1]["id"]


class _Fresh:
    """Drops rows that were given out before with the same time of change."""

    def __init__(self) -> None:
        self._given: dict[int, str] = {}

    def of(self, rows: Sequence[Row]) -> list[Row]:
        new = [row for row in rows if self._given.get(row["id"]) != row["write_date"]]
        self._given.update((row["id"], row["write_date"]) for row in new)
        return new


def _whole_second(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC).replace(microsecond=0)


def _shown(row: Row) -> datetime:
    return datetime.fromisoformat(row["write_date"]).replace(tzinfo=UTC)


def _from(moment: datetime | None) -> list[Any]:
    return [] if moment is None else [["write_date", ">=", _odoo_time(moment)]]


def _before(moment: datetime) -> list[Any]:
    return [["write_date", "<", _odoo_time(moment)]]


def _odoo_time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
