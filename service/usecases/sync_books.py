"""Bring the local copy of Odoo's records up to date, and have the documents matched again that a change concerns."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.domain.audit import Detail
from service.domain.documents import Document
from service.domain.errors import ODOO_NOT_READABLE, ConfigurationError, OdooRefusedError, VersionConflictError
from service.domain.ids import DocumentId
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus
from service.domain.matching import Keys
from service.domain.records import OPTIONAL_KINDS, Record, RecordKind
from service.ports import SYSTEM, Books, Clock, OdooClient, Transaction, UnitOfWork
from service.usecases.advance import record
from service.usecases.odoo_identity import ADVICE, ANOTHER_DATABASE, ODOO_IDENTITY, is_our_database

log = logging.getLogger(__name__)

# What a record refers to comes before it.
ORDER = (
    RecordKind.COMPANY,
    RecordKind.UNIT,
    RecordKind.TAX,
    RecordKind.PARTNER,
    RecordKind.BANK_ACCOUNT,
    RecordKind.PRODUCT,
    RecordKind.VENDOR_CODE,
    RecordKind.PURCHASE_ORDER,
    RecordKind.SALE_ORDER,
    RecordKind.SERIAL,
    RecordKind.RECEIPT,
    RecordKind.BILL,
    RecordKind.PAYMENT,
    RecordKind.STATEMENT_LINE,
    RecordKind.REPAIR,
)

BOOKS = "books"  # the subject of the jobs over the whole of them

# Odoo stamps a change with the start of its transaction, so a slow one appears later with an older time.
OVERLAP = timedelta(minutes=5)
# Deletions leave no trace; they are found by comparing ids.
LEFT_OUT = "books_left_out"  # the fact that names the kinds that this Odoo lacks or doesn't let us read
LAST_DELETION_CHECK = "books_checked_for_deletions_at"
DELETION_CHECK_EVERY = timedelta(hours=1)
# A document that was being matched when a change came may have read the books before it: it is told later.
ANNOUNCED_FOR = timedelta(minutes=10)

_CONCERNED = frozenset({DocumentStatus.IN_REVIEW, DocumentStatus.RECONCILED})


def sync_books(*, books: Books, odoo: OdooClient, uow: UnitOfWork, clock: Clock) -> None:
    """Copy what changed since the last time; ConfigurationError where it is another database than before. Optional
    kinds that this Odoo lacks, or doesn't let us read, are left out, and the audit says which.

    Safe to run twice at once and to be killed anywhere: a kind's watermark moves when the kind is complete, and the
    books keep telling of a change until the documents concerned were matched after it.
    """
    began_at = clock.now()
    if not is_our_database(uow=uow, odoo=odoo, clock=clock):
        raise ConfigurationError(f"{ANOTHER_DATABASE} nothing was read from it.", advice=ADVICE)
    thorough = _is_check_due(uow, began_at)
    found = [_sync_kind(books, odoo, kind, thorough=thorough) for kind in ORDER]
    books.set_as_of(began_at)
    told = {
        "changed_keys": len(frozenset().union(*(copied.changed for copied in found))),
        "forgotten": sum(copied.forgotten for copied in found),
        "documents": _announce(books, uow, clock),
    }
    left_out = " ".join(kind.value for kind, copied in zip(ORDER, found, strict=True) if copied.left_out)
    _conclude(uow, clock, told, left_out, began_at if thorough else None)
    log.info("books synchronised", extra={**told, "left_out": left_out})


def _conclude(uow: UnitOfWork, clock: Clock, told: dict[str, int], left_out: str, checked_at: datetime | None) -> None:
    """Wake the documents that wait for the books, have these examined; the audit hears of what changed."""
    with uow.write() as tx:
        now = clock.now()
        if checked_at is not None:
            tx.facts.put(LAST_DELETION_CHECK, checked_at.isoformat())
        tx.jobs.enqueue(Stage.EXAMINE, BOOKS, 0, now)
        for document in tx.documents.waiting():
            tx.jobs.enqueue(Stage.RECONCILE, document.id, document.revision, now)
        news = left_out != (tx.facts.get(LEFT_OUT) or "")
        if news:
            tx.facts.put(LEFT_OUT, left_out)
        if news or any(told.values()):
            detail: Detail = {**told, "left_out": left_out} if left_out else {**told}
            tx.audit.append(f"odoo:{tx.facts.get(ODOO_IDENTITY)}", now, SYSTEM, "sync_books", detail)


def refresh_keys(*, books: Books, odoo: OdooClient, keys: Keys) -> None:
    """Copy just what these keys need, right before matching. Other documents concerned hear of it at the next sync."""
    for page in odoo.by_keys(keys):
        books.store(page)


def _is_check_due(uow: UnitOfWork, now: datetime) -> bool:
    """Whether deletions are due to be looked for."""
    with uow.read() as tx:
        checked = tx.facts.get(LAST_DELETION_CHECK)
    return checked is None or datetime.fromisoformat(checked) + DELETION_CHECK_EVERY <= now


@dataclass(frozen=True, slots=True)
class _Copied:
    """What came of one kind: the keys that changed, how many records were forgotten."""

    changed: Keys = frozenset()
    forgotten: int = 0
    left_out: bool = False


def fetched(
    odoo: OdooClient, kinds: Sequence[RecordKind], on_left_out: Callable[[RecordKind], None]
) -> Iterator[Record]:
    """All records of these kinds as Odoo has them now, kept nowhere; told of optional ones that it doesn't give."""
    for kind in kinds:
        try:
            for page in odoo.changed(kind, None):
                yield from page
        except OdooRefusedError as error:
            _left_out(kind, error)
            on_left_out(kind)


def _left_out(kind: RecordKind, error: OdooRefusedError) -> None:
    """Go on without a kind that this Odoo lacks or doesn't let us read; ``error`` again for any other."""
    if kind not in OPTIONAL_KINDS or error.code not in ODOO_NOT_READABLE:
        raise error
    log.warning("left out of the books", extra={"kind": kind.value, "code": error.code})


def _sync_kind(books: Books, odoo: OdooClient, kind: RecordKind, *, thorough: bool) -> _Copied:
    try:
        return _copy_kind(books, odoo, kind, thorough=thorough)
    except OdooRefusedError as error:
        _left_out(kind, error)
        return _Copied(left_out=True)


def _copy_kind(books: Books, odoo: OdooClient, kind: RecordKind, *, thorough: bool) -> _Copied:
    """Where the newest change that we know of isn't there any more, it was deleted, or Odoo was set back to an older
    state: then the whole kind is read anew, for any record may be an older one than ours.
    """
    mark = books.watermark(kind)
    changed, newest = _copy(books, odoo, kind, None if mark is None else mark - OVERLAP)
    vanished = mark is not None and (newest is None or newest < mark)
    if vanished:
        log.warning("newest known change is gone", extra={"kind": kind.value})
        again, newest = _copy(books, odoo, kind, None)
        changed |= again
    forgotten = books.keep_only(kind, odoo.existing_ids(kind)) if thorough or vanished else 0
    if newest is not None:
        books.set_watermark(kind, newest)
    return _Copied(changed, forgotten)


def _copy(books: Books, odoo: OdooClient, kind: RecordKind, since: datetime | None) -> tuple[Keys, datetime | None]:
    changed: Keys = frozenset()
    newest: datetime | None = None
    for page in odoo.changed(kind, since):
        changed |= books.store(page)
        times = (entry.changed_at for entry in page)
        newest = max(times if newest is None else (newest, *times), default=newest)
    return changed, newest


def _announce(books: Books, uow: UnitOfWork, clock: Clock) -> int:
    """Have the documents matched again that are concerned by what changed; how many."""
    told = 0
    for noted_at, keys in books.unannounced().items():
        with uow.read() as tx:
            concerned = tx.reconciliations.affected(keys)
        told += sum(_match_again(uow, clock, document_id, noted_at) for document_id in concerned)
        if noted_at + ANNOUNCED_FOR < clock.now():
            books.announced(noted_at)
    return told


def _match_again(uow: UnitOfWork, clock: Clock, document_id: DocumentId, noted_at: datetime) -> bool:
    try:
        with uow.write() as tx:
            document = tx.documents.get(document_id)
            if not _is_concerned(tx, document, noted_at):
                return False
            now = clock.now()
            saved = tx.documents.save(replace(document, revision=document.revision + 1))
            record(tx, saved, "books_changed", actor=SYSTEM, at=now)
            tx.jobs.enqueue(Stage.RECONCILE, saved.id, saved.revision, now)
            return True
    except VersionConflictError:  # somebody works on it at this moment; the next sync tells it again
        return False


def _is_concerned(tx: Transaction, document: Document, noted_at: datetime) -> bool:
    """Whether it was last matched before the change and isn't queued to be matched already."""
    if document.status not in _CONCERNED or any(job.stage is Stage.RECONCILE for job in tx.jobs.active(document.id)):
        return False
    last = tx.reconciliations.latest(document.id)
    return last is None or last.at <= noted_at
