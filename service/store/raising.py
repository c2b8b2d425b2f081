"""What becomes of a document's exceptions when matching has run again; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from service.domain.discrepancies import Discrepancy, ExceptionStatus, RaisedDiscrepancy
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
            opened = RaisedDiscrepancy(DiscrepancyId(new_id()), document_id, discrepancy, ExceptionStatus.OPEN, at)
            after.append(opened)
        else:
            remaining.remove(earlier)
            after.append(_found_again(earlier, discrepancy, at))
    return (*after, *(_not_found(raised, at) for raised in remaining))


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


def _not_found(raised: RaisedDiscrepancy, at: datetime) -> RaisedDiscrepancy:
    if not raised.is_open:
        return raised
    return replace(raised, status=ExceptionStatus.RESOLVED, resolved_by=SYSTEM, resolved_at=at, resolution=GONE)
