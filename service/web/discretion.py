"""Who sees only their own documents learns of an earlier copy that it exists, not whose or which it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.domain.audit import AuditEvent
from service.domain.codes import Code
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.documents import Document
from service.ports import Transaction
from service.usecases.view_document import DocumentView
from service.web.access import sees_all
from service.web.context import actor, container

_NAMES_ANOTHER = frozenset({Code.DUPLICATE_DOCUMENT, Code.DUPLICATE_CLAIM})
_DUPLICATE_OF = "duplicate_of"


def discreet(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents as the caller may know them: ``duplicate_of`` only where they may see that one."""
    if sees_all(actor()):
        return tuple(documents)
    with container().uow.read() as tx:
        return tuple(replace(entry, duplicate_of=None) if _is_anothers(tx, entry) else entry for entry in documents)


def discreet_view(view: DocumentView) -> DocumentView:
    """The view as the caller may know it: neither exceptions nor the timeline name documents of others."""
    (document,) = discreet((view.document,))
    if sees_all(actor()) or document.duplicate_of is not None:
        return replace(view, document=document)
    return replace(
        view,
        document=document,
        exceptions=tuple(_without_the_other(raised) for raised in view.exceptions),
        events=tuple(_without_its_id(event) for event in view.events),
    )


def _is_anothers(tx: Transaction, document: Document) -> bool:
    """Whether the first copy was uploaded by somebody else."""
    return document.duplicate_of is not None and tx.documents.get(document.duplicate_of).uploaded_by != actor().id


def _without_the_other(raised: RaisedDiscrepancy) -> RaisedDiscrepancy:
    found = raised.discrepancy
    if found.code not in _NAMES_ANOTHER:
        return raised
    said = "This was received before, by another way than yours."
    return replace(raised, discrepancy=replace(found, message=said, expected=None, difference=None))


def _without_its_id(event: AuditEvent) -> AuditEvent:
    return replace(event, detail={name: value for name, value in event.detail.items() if name != _DUPLICATE_OF})
