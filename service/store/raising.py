"""What becomes of exceptions when matching, or the examination of the books, has run again; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from service.domain.discrepancies import Discrepancy, ExceptionStatus, Finding, RaisedDiscrepancy
from service.domain.ids import DiscrepancyId, DocumentId, new_id
from service.ports import SYSTEM

GONE = "gone"  # the resolution of what a later run no longer found


def is_gone(raised: RaisedDiscrepancy) -> bool:
    """Whether it was settled by not being found any more."""
    return raised.resolved_by == SYSTEM and raised.resolution == GONE


def raised_again(
    document_id: DocumentId, before: Sequence[RaisedDiscrepancy], found: Iterable[Discrepancy], at: datetime
) -> tuple[RaisedDiscrepancy, ...]:
    """All of the document's exceptions after a run that found ``found`` at ``at``, given those before it.

    The same finding with the same figures stays as it was; with other figures, or after it was gone, it is open
    again; an open one that wasn't found is gone; a new one gets an id.
    """
    remaining = list(before)
    after: list[RaisedDiscrepancy] = []
    for discrepancy in found:
        earlier = _earlier(remaining, discrepancy)
        if earlier is None:
            after.append(_opened(document_id, discrepancy, at))
        else:
            remaining.remove(earlier)
            after.append(_found_again(earlier, discrepancy, at))
    return (*after, *(not_found(raised, at) for raised in remaining))


def raised_on_record(earlier: RaisedDiscrepancy | None, found: Finding, at: datetime) -> RaisedDiscrepancy:
    """The exception of a record after a run that found ``found`` at ``at``, given the one of the same identity before
    it; by the same rules.
    """
    new = found.discrepancy
    after = _opened(None, new, at) if earlier is None else _found_again(earlier, new, at)
    return replace(after, subject=found.subject, currency=found.currency, party=found.party)


def _opened(document_id: DocumentId | None, discrepancy: Discrepancy, at: datetime) -> RaisedDiscrepancy:
    return RaisedDiscrepancy(DiscrepancyId(new_id()), document_id, discrepancy, ExceptionStatus.OPEN, at)


def _earlier(candidates: Sequence[RaisedDiscrepancy], discrepancy: Discrepancy) -> RaisedDiscrepancy | None:
    """The one of the same identity. Where several share it, one with the same figures, then one not gone."""
    same = [raised for raised in candidates if raised.discrepancy.identity == discrepancy.identity]
    same.sort(key=lambda raised: (_figures(raised.discrepancy) != _figures(discrepancy), is_gone(raised)))
    return same[0] if same else None


def _figures(discrepancy: Discrepancy) -> tuple[object, ...]:
    # A finding that became more severe needs another person's answer, so the severity counts as a figure.
    return discrepancy.severity, discrepancy.expected, discrepancy.actual, discrepancy.difference


def _found_again(earlier: RaisedDiscrepancy, discrepancy: Discrepancy, at: datetime) -> RaisedDiscrepancy:
    if _figures(earlier.discrepancy) == _figures(discrepancy) and not is_gone(earlier):
        return replace(earlier, discrepancy=discrepancy)
    return replace(
        earlier,
        discrepancy=discrepancy,
        status=ExceptionStatus.OPEN,
        raised_at=at,
        resolved_by=None,
        resolved_at=None,
        resolution=None,
        reason=None,
    )


def not_found(raised: RaisedDiscrepancy, at: datetime) -> RaisedDiscrepancy:
    """It after a run at ``at`` that didn't find it: gone, unless somebody had settled it."""
    if not raised.is_open:
        return raised
    return replace(raised, status=ExceptionStatus.RESOLVED, resolved_by=SYSTEM, resolved_at=at, resolution=GONE)
