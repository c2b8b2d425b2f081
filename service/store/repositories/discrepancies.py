"""Raised discrepancies: what the contract and the screens call exceptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Float, Select, cast, func, or_, select, tuple_

from service.domain.discrepancies import Discrepancy, ExceptionStatus, Finding, RaisedDiscrepancy
from service.domain.errors import NotFoundError
from service.domain.ids import DiscrepancyId, DocumentId
from service.domain.keys import fold
from service.ports import ExceptionFilter
from service.store import tables
from service.store.mapping import identity_text, raised_columns, raised_of
from service.store.raising import is_gone, not_found, raised_again, raised_on_record
from service.store.repositories.narrowing import names_vendor, severity_rank
from service.store.repositories.paging import Position
from service.store.statements import insert_or_replace

_RAISED = tables.discrepancies
_OPEN = ExceptionStatus.OPEN.value


@dataclass(frozen=True, slots=True)
class SqlDiscrepancies:
    """``ports.Discrepancies`` over one transaction."""

    connection: Connection

    def replace(self, document_id: DocumentId, found: Iterable[Discrepancy], at: datetime) -> None:
        """Make ``found`` the document's exceptions, by the rules of ``service.store.raising``."""
        before = self._all_of(document_id)
        for raised in raised_again(document_id, before, found, at):
            if raised not in before:
                self.save(raised)

    def _all_of(self, document_id: DocumentId) -> tuple[RaisedDiscrepancy, ...]:
        wanted = select(_RAISED).where(_RAISED.c.document_id == document_id)
        order = (_RAISED.c.status != _OPEN, severity_rank(), _RAISED.c.raised_at, _RAISED.c.id)
        return tuple(raised_of(row) for row in self.connection.execute(wanted.order_by(*order)))

    def of_document(self, document_id: DocumentId) -> tuple[RaisedDiscrepancy, ...]:
        """All of a document: open ones first, the most severe first, without those that are gone."""
        return tuple(raised for raised in self._all_of(document_id) if not is_gone(raised))

    def get(self, discrepancy_id: DiscrepancyId) -> RaisedDiscrepancy:
        """One; NotFoundError."""
        row = self.connection.execute(select(_RAISED).where(_RAISED.c.id == discrepancy_id)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such exception.")
        return raised_of(row)

    def hold(self, discrepancy_id: DiscrepancyId) -> RaisedDiscrepancy:
        """One that nobody else can change until this transaction ends; NotFoundError."""
        wanted = select(_RAISED.c.id).where(_RAISED.c.id == discrepancy_id).with_for_update()
        self.connection.execute(wanted).all()
        return self.get(discrepancy_id)

    def raise_on_records(self, found: Sequence[Finding], at: datetime) -> tuple[RaisedDiscrepancy, ...]:
        """Make each of ``found`` the exception of its record, by the rules of ``service.store.raising``; those that
        are open anew.
        """
        before = self._on_records([identity_text(finding) for finding in found])
        anew: list[RaisedDiscrepancy] = []
        for finding in found:
            earlier = before.get(identity_text(finding))
            raised = raised_on_record(earlier, finding, at)
            if raised != earlier:
                self.save(raised)
            if earlier is None or raised.raised_at != earlier.raised_at:
                anew.append(raised)
        return tuple(anew)

    def _on_records(self, identities: Sequence[str]) -> dict[str, RaisedDiscrepancy]:
        """Those of records by identity, held until the transaction ends."""
        wanted = select(_RAISED).where(_RAISED.c.identity.in_(identities)).order_by(_RAISED.c.id)
        return {row.identity: raised_of(row) for row in self.connection.execute(wanted.with_for_update())}

    def drop_from_records(self, found: Collection[Finding], at: datetime, limit: int) -> tuple[RaisedDiscrepancy, ...]:
        """The first ``limit`` open ones of records that aren't in ``found`` are gone; which they are."""
        kept = {identity_text(finding) for finding in found}
        of_records = _RAISED.c.identity.is_not(None)
        wanted = select(_RAISED.c.identity).where(_RAISED.c.status == _OPEN, of_records).order_by(_RAISED.c.id)
        vanished = [identity for identity in self.connection.execute(wanted).scalars() if identity not in kept]
        gone: list[RaisedDiscrepancy] = []
        for raised in self._on_records(vanished[:limit]).values():
            after = not_found(raised, at)
            if after != raised:  # somebody may have settled it before we held it
                self.save(after)
                gone.append(after)
        return tuple(gone)

    def open_on_records(self) -> int:
        """How many open ones hang on records."""
        counted = select(func.count()).where(_RAISED.c.status == _OPEN, _RAISED.c.identity.is_not(None))
        number: int = self.connection.execute(counted).scalar_one()
        return number

    def save(self, raised: RaisedDiscrepancy) -> None:
        """Store the changed one."""
        insert_or_replace(self.connection, _RAISED, raised_columns(raised))

    def search(
        self, wanted: ExceptionFilter, *, limit: int, cursor: str | None = None
    ) -> tuple[tuple[RaisedDiscrepancy, ...], str | None]:
        """Newest first, and the cursor of the next page."""
        statement = _narrowed(wanted)
        if cursor is not None:
            place = tuple_(_RAISED.c.raised_at, _RAISED.c.id)
            statement = statement.where(place < Position.of_cursor(cursor).literals())
        statement = statement.order_by(_RAISED.c.raised_at.desc(), _RAISED.c.id.desc()).limit(limit + 1)
        rows = self.connection.execute(statement).all()
        page = rows[:limit]
        more = Position(page[-1].raised_at, page[-1].id).cursor() if len(rows) > limit else None
        return tuple(raised_of(row) for row in page), more

    def worst(self, wanted: ExceptionFilter, *, limit: int, skip: int) -> tuple[RaisedDiscrepancy, ...]:
        """After ``skip`` of them, the most severe first, of these the ones with the most money at risk."""
        at_risk = cast(_RAISED.c.discrepancy["money_at_risk"].as_string(), Float)  # to sort by, so no money is lost
        order = (severity_rank(), at_risk.desc().nulls_last(), _RAISED.c.id)
        rows = self.connection.execute(_narrowed(wanted).order_by(*order).offset(skip).limit(limit))
        return tuple(raised_of(row) for row in rows)

    def open_by_code(self) -> dict[str, int]:
        """How many open ones there are of each code."""
        number = func.count().label("number")
        counted = select(_RAISED.c.code, number).where(_RAISED.c.status == _OPEN).group_by(_RAISED.c.code)
        return {row.code: row.number for row in self.connection.execute(counted.order_by(_RAISED.c.code))}


def _narrowed(wanted: ExceptionFilter) -> Select[Any]:
    documents, summaries = tables.documents, tables.document_summaries
    source = _RAISED.outerjoin(documents, _RAISED.c.document_id == documents.c.id)
    statement = select(_RAISED).select_from(source.outerjoin(summaries, summaries.c.document_id == documents.c.id))
    equal = {"status": wanted.status, "code": wanted.code, "severity": wanted.severity, "assignee": wanted.assignee}
    for name, value in equal.items():
        if value is not None:
            statement = statement.where(_RAISED.c[name] == value)
    if wanted.kind is not None:
        statement = statement.where(documents.c.kind == wanted.kind)
    if wanted.on_records:
        statement = statement.where(_RAISED.c.identity.is_not(None))
    if wanted.vendor is None:
        return statement
    is_about = _RAISED.c.party_folded.contains(fold(wanted.vendor), autoescape=True)
    return statement.where(or_(is_about, names_vendor(wanted.vendor)))
