"""Figures over all documents: what the dashboard draws, added up in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, extract, func, select

from service.domain.decisions import DecisionKind
from service.domain.discrepancies import ExceptionStatus
from service.domain.lifecycle import UNDECIDED, DocumentStatus
from service.ports import Figures
from service.store import tables

_DOCUMENTS = tables.documents
_RAISED = tables.discrepancies
_DECISIONS = tables.decisions
_SUMMARIES = tables.document_summaries
_MATCHED = (
    DocumentStatus.RECONCILED,
    DocumentStatus.IN_REVIEW,
    DocumentStatus.APPROVED,
    DocumentStatus.RECORDED,
    DocumentStatus.REJECTED,
)
_FINAL = (DecisionKind.APPROVE.value, DecisionKind.REJECT.value)


@dataclass(frozen=True, slots=True)
class SqlStatistics:
    """``ports.Statistics`` over one transaction."""

    connection: Connection

    def figures(self, now: datetime, ages: Sequence[timedelta]) -> Figures:
        """All of them as they are ``now``."""
        matched, touchless = self._touchless()
        decided, cycle_time = self._cycle_time()
        return Figures(
            documents_by_status=self._by_status(),
            documents_by_code=self._by_code(),
            of_books_by_code=self._of_books_by_code(),
            matched=matched,
            touchless=touchless,
            decided=decided,
            cycle_time=cycle_time,
            undecided_by_age=self._by_age(now, ages),
            held=self._held(),
        )

    def _by_status(self) -> dict[str, int]:
        counted = select(_DOCUMENTS.c.status, func.count().label("documents")).group_by(_DOCUMENTS.c.status)
        found = {row.status: row.documents for row in self.connection.execute(counted)}
        return {status.value: found.get(status.value, 0) for status in DocumentStatus}

    def _by_code(self) -> dict[str, int]:
        number = func.count(_RAISED.c.document_id.distinct()).label("documents")
        is_open = and_(_RAISED.c.status == ExceptionStatus.OPEN.value, _RAISED.c.document_id.is_not(None))
        counted = select(_RAISED.c.code, number).where(is_open).group_by(_RAISED.c.code)
        rows = self.connection.execute(counted.order_by(number.desc(), _RAISED.c.code))
        return {row.code: row.documents for row in rows}

    def _of_books_by_code(self) -> dict[str, int]:
        number = func.count().label("exceptions")
        is_open = and_(_RAISED.c.status == ExceptionStatus.OPEN.value, _RAISED.c.document_id.is_(None))
        counted = select(_RAISED.c.code, number).where(is_open).group_by(_RAISED.c.code)
        rows = self.connection.execute(counted.order_by(number.desc(), _RAISED.c.code))
        return {row.code: row.exceptions for row in rows}

    def _touchless(self) -> tuple[int, int]:
        counted = select(func.count(), func.count().filter(_DOCUMENTS.c.touchless))
        matched, touchless = self.connection.execute(counted.where(_in(_MATCHED))).one()
        return matched, touchless

    def _cycle_time(self) -> tuple[int, timedelta | None]:
        """How many were decided, and the median of their times; the middle rows are found by their place."""
        times = _times_to_decision().subquery()
        decided: int = self.connection.execute(select(func.count()).select_from(times)).scalar_one()
        if not decided:
            return 0, None
        middle = select(times.c.seconds).order_by(times.c.seconds).offset((decided - 1) // 2).limit(2 - decided % 2)
        found = [float(seconds) for seconds in self.connection.execute(middle).scalars()]
        return decided, timedelta(seconds=sum(found) / len(found))

    def _by_age(self, now: datetime, ages: Sequence[timedelta]) -> tuple[int, ...]:
        counts = [func.count().filter(_older(now, *edges)) for edges in zip(ages, [*ages[1:], None], strict=True)]
        return tuple(self.connection.execute(select(*counts).where(_in(UNDECIDED))).one())

    def _held(self) -> dict[str, tuple[Decimal, int]]:
        """Equal totals are counted together and the products added here: SQLite would add decimals as floats."""
        columns = (_SUMMARIES.c.currency, _SUMMARIES.c.grand_total)
        is_held = and_(_in((DocumentStatus.IN_REVIEW,)), *(column.is_not(None) for column in columns))
        counted = select(*columns, func.count()).select_from(_DOCUMENTS.join(_SUMMARIES)).where(is_held)
        held: dict[str, tuple[Decimal, int]] = {}
        for currency, total, number in self.connection.execute(counted.group_by(*columns)):
            amount, documents = held.get(currency, (Decimal(0), 0))
            held[currency] = (amount + total * number, documents + number)
        return held


def _in(states: Sequence[DocumentStatus] | frozenset[DocumentStatus]) -> ColumnElement[bool]:
    return _DOCUMENTS.c.status.in_([state.value for state in states])


def _older(now: datetime, least: timedelta, most: timedelta | None) -> ColumnElement[bool]:
    received = _DOCUMENTS.c.received_at
    at_least = received <= now - least
    return at_least if most is None else and_(at_least, received > now - most)


def _times_to_decision() -> Select[Any]:
    """The seconds from the receipt to the first final decision, a row a document."""
    decided_at = func.min(_DECISIONS.c.decided_at)
    seconds = extract("epoch", decided_at) - extract("epoch", _DOCUMENTS.c.received_at)
    joined = select(seconds.label("seconds")).select_from(_DECISIONS.join(_DOCUMENTS))
    return joined.where(_DECISIONS.c.kind.in_(_FINAL)).group_by(_DOCUMENTS.c.id, _DOCUMENTS.c.received_at)
