"""What the use cases need from the outside world, as Protocols; adapters are chosen in ``service.bootstrap``."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from service.domain.audit import AuditEvent, Detail
from service.domain.decisions import Decision, UserRole
from service.domain.discrepancies import Discrepancy, Finding, RaisedDiscrepancy
from service.domain.documents import Document, DocumentKind
from service.domain.drafts import BillDraft, Draft, RepairDraft, ReturnDraft
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.ids import DiscrepancyId, DocumentId, JobId, UserId
from service.domain.jobs import Job, Stage, WriteState
from service.domain.matching import Keys, Reconciliation
from service.domain.memory import Lesson, Memory, Observation, SenderKey
from service.domain.page_ranges import PageRange
from service.domain.records import PurchaseOrder, Record, RecordKind, RecordRef, SaleOrder

SYSTEM = "system"  # the actor of what no person did


class Clock(Protocol):
    """The time, injected so that tests can set it."""

    def now(self) -> datetime:
        """The current moment, aware, UTC."""
        ...

    def today(self) -> date:
        """The day that it is where the installation is."""
        ...


class BlobStore(Protocol):
    """Content-addressed files: written once, never changed."""

    def put(self, content: bytes) -> str:
        """Store durably (synced to disk before returning); the SHA-256 in hexadecimal. Idempotent."""
        ...

    def get(self, sha256: str) -> bytes:
        """The content; StorageError where it is missing or damaged."""
        ...

    def path(self, sha256: str) -> Path:
        """A local file with the content, read-only."""
        ...


class Dispatcher(Protocol):
    """Tells the workers that there is a job. The row is the truth, so a lost nudge only costs time."""

    def nudge(self, job: Job) -> None:
        """Send the job's id to its queue; BrokerError where Redis is away."""
        ...


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What a list of documents is narrowed to; None means any. ``text`` looks into number, vendor, customer and file
    name, ``party`` into vendor and customer; ``undecided`` takes all states before a decision; received at or after
    ``received_from``, before ``received_before``.
    """

    status: str | None = None
    kind: str | None = None
    code: str | None = None
    severity: str | None = None
    vendor: str | None = None
    assignee: str | None = None
    uploaded_by: UserId | None = None
    text: str | None = None
    party: str | None = None
    undecided: bool = False
    touchless: bool | None = None
    currency: str | None = None
    source_ref: str | None = None
    received_from: datetime | None = None
    received_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A row of the work list: the document, its main figures as read and its open exceptions' codes."""

    document: Document
    seller_name: str | None
    invoice_number: str | None
    issue_date: date | None
    grand_total: Decimal | None
    currency: str | None
    open_codes: tuple[str, ...]
    customer_name: str | None = None


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another document of ours that bears the same number (of an invoice, a return or a claim), or claims for one
    of the same serial numbers.
    """

    document: Document
    invoice_number: str
    seller_name: str | None
    seller_vat_id: str | None
    grand_total: Decimal | None
    customer_name: str | None = None
    serial_numbers: tuple[str, ...] = ()
    fault: str | None = None


class Documents(Protocol):
    """Documents by id."""

    def add(self, document: Document) -> None:
        """Insert a new one."""
        ...

    def get(self, document_id: DocumentId) -> Document:
        """The document; NotFoundError."""
        ...

    def save(self, document: Document) -> Document:
        """Store the changed document if the stored version is still ``document.version``; returned with the
        version raised by one. VersionConflictError otherwise.
        """
        ...

    def first_with_content(self, sha256: str) -> Document | None:
        """The earliest document of that content that isn't withdrawn."""
        ...

    def copies(self, document: Document) -> tuple[Document, ...]:
        """Other documents of the same content that are said to be its duplicates, the earliest first."""
        ...

    def parts_of(self, document_id: DocumentId) -> tuple[Document, ...]:
        """What its file was ever split into, withdrawn ones too, by their pages."""
        ...

    def search(
        self, wanted: DocumentFilter, *, limit: int, cursor: str | None = None
    ) -> tuple[tuple[DocumentSummary, ...], str | None]:
        """Newest first, and the cursor of the next page (None at the end)."""
        ...

    def siblings(self, document_id: DocumentId, reference_key: str) -> tuple[Sibling, ...]:
        """Other documents, not rejected or failed, received before this one, whose latest reading has that
        ``service.domain.keys.reference_key`` of its invoice number.
        """
        ...

    def counts(self) -> dict[str, int]:
        """How many documents there are in each state."""
        ...

    def touchless(self) -> int:
        """How many documents agreed with the books without a person's correction or resolution."""
        ...

    def waiting(self) -> tuple[Document, ...]:
        """Documents in state ``waiting_for_odoo``."""
        ...


class Readings(Protocol):
    """Extractions by document and revision; never overwritten by a later revision."""

    def put(self, document_id: DocumentId, revision: int, extraction: Extraction) -> None:
        """Store (again: replace) the reading of that revision."""
        ...

    def latest(self, document_id: DocumentId) -> Extraction | None:
        """The reading of the highest revision."""
        ...

    def at(self, document_id: DocumentId, revision: int) -> Extraction | None:
        """The reading of just that revision, where it has one of its own."""
        ...

    def first(self, document_id: DocumentId) -> Extraction | None:
        """The reading of the lowest revision: what the machine read before anybody corrected it."""
        ...


class Lessons(Protocol):
    """What people's corrections taught, a lesson a document."""

    def put(self, document_id: DocumentId, lesson: Lesson) -> None:
        """Store (again: replace) what that document taught."""
        ...

    def of_sender(self, keys: Sequence[SenderKey], *, besides: DocumentId | None = None) -> tuple[Lesson, ...]:
        """The latest ``MOST_LESSONS`` lessons of documents ``besides`` one that share one of ``keys``, newest first."""
        ...

    def forget(self, document_id: DocumentId) -> bool:
        """Erase what that document taught; whether it had taught anything."""
        ...


@dataclass(frozen=True, slots=True)
class StoredReconciliation:
    """A reconciliation with what it rests on."""

    revision: int
    reconciliation: Reconciliation
    books_as_of: datetime | None
    policy_fingerprint: str
    at: datetime


class Reconciliations(Protocol):
    """Reconciliations by document and revision."""

    def put(self, document_id: DocumentId, stored: StoredReconciliation, keys: Keys) -> None:
        """Store (again: replace) the reconciliation of its revision, and the keys that would change it."""
        ...

    def affected(self, keys: Keys) -> tuple[DocumentId, ...]:
        """Documents in review, reconciled or waiting for Odoo whose stored keys share one with ``keys``."""
        ...

    def latest(self, document_id: DocumentId) -> StoredReconciliation | None:
        """The one of the highest revision."""
        ...


@dataclass(frozen=True, slots=True)
class ExceptionFilter:
    """What a list of exceptions is narrowed to; None means any."""

    status: str | None = None
    code: str | None = None
    severity: str | None = None
    kind: str | None = None
    vendor: str | None = None
    assignee: str | None = None
    on_records: bool = False  # only those that hang on a record of the books and on no document


class Discrepancies(Protocol):
    """Raised discrepancies: those of documents and, by ``raise_on_records``, those of records of the books."""

    def replace(self, document_id: DocumentId, found: Iterable[Discrepancy], at: datetime) -> None:
        """Make ``found`` the document's exceptions. One of the same identity and same figures keeps its id, status
        and resolution; one whose figures changed is open again; open ones that weren't found become resolved by
        the system with the resolution "gone".
        """
        ...

    def of_document(self, document_id: DocumentId) -> tuple[RaisedDiscrepancy, ...]:
        """All of a document: open ones first, the most severe first, without those resolved as "gone"."""
        ...

    def get(self, discrepancy_id: DiscrepancyId) -> RaisedDiscrepancy:
        """One; NotFoundError."""
        ...

    def hold(self, discrepancy_id: DiscrepancyId) -> RaisedDiscrepancy:
        """One that nobody else can change until this transaction ends; NotFoundError."""
        ...

    def save(self, raised: RaisedDiscrepancy) -> None:
        """Store the changed one."""
        ...

    def raise_on_records(self, found: Sequence[Finding], at: datetime) -> tuple[RaisedDiscrepancy, ...]:
        """Make each of ``found`` the exception of its record; those that are open anew. One of the same identity and
        same figures keeps its id, status and resolution; one whose figures changed, or that was gone, is open again.
        """
        ...

    def drop_from_records(self, found: Collection[Finding], at: datetime, limit: int) -> tuple[RaisedDiscrepancy, ...]:
        """The first ``limit`` open ones of records that aren't in ``found`` become resolved by the system with the
        resolution "gone"; which they are.
        """
        ...

    def open_on_records(self) -> int:
        """How many open ones hang on records."""
        ...

    def search(
        self, wanted: ExceptionFilter, *, limit: int, cursor: str | None = None
    ) -> tuple[tuple[RaisedDiscrepancy, ...], str | None]:
        """Newest first, and the cursor of the next page."""
        ...

    def worst(self, wanted: ExceptionFilter, *, limit: int, skip: int) -> tuple[RaisedDiscrepancy, ...]:
        """After ``skip`` of them, the most severe first, of these the ones with the most money at risk."""
        ...

    def open_by_code(self) -> dict[str, int]:
        """How many open ones there are of each code."""
        ...


class Decisions(Protocol):
    """Decisions, append-only."""

    def add(self, decision: Decision) -> None:
        """Append."""
        ...

    def of_document(self, document_id: DocumentId) -> tuple[Decision, ...]:
        """Oldest first."""
        ...


class Jobs(Protocol):
    """The job table: unique by (stage, subject, revision), claimed by compare-and-set."""

    def enqueue(self, stage: Stage, subject: str, revision: int, at: datetime) -> Job:
        """The job of that stage, subject and revision, made QUEUED where it is new, and nudged after the commit.
        An existing one that is DONE or DEAD is queued afresh with no attempts; a QUEUED or RUNNING one stays.
        """
        ...

    def claim(self, job_id: JobId, now: datetime, lease: timedelta) -> Job | None:
        """Take a QUEUED job that is due, or a RUNNING one whose lease ran out: a new token, one more attempt,
        state RUNNING. None where somebody else has it or nothing is to do. A job that already used up
        ``MAX_ATTEMPTS`` is claimed all the same, with ``attempts`` above it, so that the runner can give it up.
        """
        ...

    def renew(self, job: Job, until: datetime) -> bool:
        """Extend the lease; False where the token is no longer the current one."""
        ...

    def finish(self, job: Job) -> None:
        """DONE, in the caller's transaction; LeaseLostError (VersionConflictError) where the token isn't current."""
        ...

    def retry(self, job: Job, run_after: datetime, error: str, *, uncounted: bool = False) -> None:
        """QUEUED again, not before ``run_after``; ``uncounted`` takes the attempt back (waiting for Odoo)."""
        ...

    def give_up(self, job: Job, error: str) -> None:
        """DEAD: a person has to look."""
        ...

    def put_aside(self, job: Job) -> None:
        """DONE where it is DEAD: somebody saw to it."""
        ...

    def due(self, now: datetime, limit: int = 100) -> tuple[Job, ...]:
        """QUEUED and due since some seconds, or RUNNING with an expired lease: what the sweeper nudges again."""
        ...

    def get(self, job_id: JobId) -> Job:
        """One; NotFoundError."""
        ...

    def dead(self) -> tuple[Job, ...]:
        """All DEAD ones, newest first."""
        ...

    def active(self, subject: str) -> tuple[Job, ...]:
        """QUEUED and RUNNING ones of a subject."""
        ...


class AuditTrail(Protocol):
    """The chains of audit events."""

    def append(self, subject: str, at: datetime, actor: str, action: str, detail: Detail) -> AuditEvent:
        """Append to the subject's chain, in the caller's transaction."""
        ...

    def of_subject(self, subject: str) -> tuple[AuditEvent, ...]:
        """Oldest first."""
        ...

    def subjects(self) -> Iterator[str]:
        """Every subject that has a chain."""
        ...

    def checkpoint(self, at: datetime, key: bytes) -> int:
        """Attest the heads that moved since the last checkpoint, signed with ``key``; how many (0: none was made)."""
        ...

    def verify_seals(self, key: bytes) -> str | None:
        """A sentence on the first lane whose events aren't those that were sealed with ``key``; None where all is
        well.
        """
        ...

    def verify_checkpoints(self, key: bytes) -> str | None:
        """A sentence on the first checkpoint that ``key`` didn't sign, or the first attested event that is missing
        or differs; None where all is well.
        """
        ...


@dataclass(frozen=True, slots=True)
class User:
    """A person who may sign in; ``password_hash`` in the hashing library's own format."""

    id: UserId
    name: str
    roles: frozenset[UserRole]
    password_hash: str
    created_at: datetime
    active: bool = True


class Users(Protocol):
    """People and their tokens."""

    def add(self, user: User) -> None:
        """Insert; UsageError where the name is taken."""
        ...

    def save(self, user: User) -> None:
        """Store the changed one."""
        ...

    def get(self, user_id: UserId) -> User | None:
        """By id."""
        ...

    def by_name(self, name: str) -> User | None:
        """By name, exactly."""
        ...

    def all(self) -> tuple[User, ...]:
        """By name."""
        ...

    def add_token(self, user_id: UserId, digest: str, at: datetime) -> None:
        """Remember a token by the SHA-256 of its text; the text itself is never stored."""
        ...

    def add_session(self, user_id: UserId, digest: str, at: datetime) -> None:
        """Remember a session by the SHA-256 of its id."""
        ...

    def by_session(self, digest: str, since: datetime) -> User | None:
        """The active person whose session that is, begun at ``since`` or later."""
        ...

    def drop_session(self, digest: str) -> None:
        """End that session; nothing where it is over."""
        ...

    def drop_sessions(self, user_id: UserId) -> None:
        """End all sessions of that person."""
        ...

    def drop_sessions_before(self, moment: datetime) -> None:
        """Forget the sessions that began before ``moment``."""
        ...

    def drop_tokens(self, user_id: UserId) -> int:
        """Forget all tokens of that person; how many there were."""
        ...

    def by_token(self, digest: str) -> User | None:
        """The active user whose token has that digest."""
        ...


@dataclass(frozen=True, slots=True)
class OdooWrite:
    """An intended write: what to create, the marker to find it by, and how it went. ``orders`` are the purchase
    orders as the approver saw them, ``sale_orders`` the sales; where Odoo's differ by then, nothing is written.
    ``further`` is what was created beside ``outcome``: a return's credit note.
    """

    document_id: DocumentId
    revision: int
    draft: Draft
    state: WriteState
    orders: tuple[PurchaseOrder, ...] = ()
    attempted_at: datetime | None = None
    outcome: RecordRef | None = None
    error: str | None = None
    sale_orders: tuple[SaleOrder, ...] = ()
    further: tuple[RecordRef, ...] = ()


class OdooWrites(Protocol):
    """Intended writes by document and revision."""

    def put(self, write: OdooWrite) -> None:
        """Store (again: replace) the write of that document and revision."""
        ...

    def get(self, document_id: DocumentId, revision: int) -> OdooWrite | None:
        """That one."""
        ...

    def latest(self, document_id: DocumentId) -> OdooWrite | None:
        """The one of the highest revision."""
        ...


@dataclass(frozen=True, slots=True)
class RememberedRequest:
    """An upload that was answered under an idempotency key."""

    body_digest: str
    document_ids: tuple[DocumentId, ...]


class IdempotencyKeys(Protocol):
    """Answers remembered by actor and key."""

    def get(self, actor: str, key: str) -> RememberedRequest | None:
        """The remembered request."""
        ...

    def put(self, actor: str, key: str, request: RememberedRequest, at: datetime) -> None:
        """Remember; VersionConflictError where it exists already (two at once)."""
        ...


class Facts(Protocol):
    """Small durable facts by name: the Odoo database's identity, the demonstration's seed."""

    def get(self, name: str) -> str | None:
        """The text stored under that name."""
        ...

    def put(self, name: str, text: str) -> None:
        """Store."""
        ...


@dataclass(frozen=True, slots=True)
class Figures:
    """Where all documents stand, in figures. ``documents_by_code`` counts documents with an open exception of that
    code; ``matched`` those that got through matching at all, ``touchless`` those of them that needed nobody;
    ``cycle_time`` is the median from receipt to the first approval or rejection, of the ``decided``;
    ``undecided_by_age`` has one count an edge asked for (at least that old, younger than the next edge); ``held`` the
    totals in review by currency, with how many documents they come from. ``of_books_by_code`` counts open exceptions
    that hang on records.
    """

    documents_by_status: Mapping[str, int]
    documents_by_code: Mapping[str, int]
    of_books_by_code: Mapping[str, int]
    matched: int
    touchless: int
    decided: int
    cycle_time: timedelta | None
    undecided_by_age: tuple[int, ...]
    held: Mapping[str, tuple[Decimal, int]]


class Statistics(Protocol):
    """Figures over all documents, added up in the database."""

    def figures(self, now: datetime, ages: Sequence[timedelta]) -> Figures:
        """All of them as they are ``now``; ``ages`` are the edges of age classes, ascending from zero."""
        ...


class Transaction(Protocol):
    """One database transaction and everything that can be done in it."""

    @property
    def documents(self) -> Documents: ...
    @property
    def readings(self) -> Readings: ...
    @property
    def lessons(self) -> Lessons: ...
    @property
    def reconciliations(self) -> Reconciliations: ...
    @property
    def discrepancies(self) -> Discrepancies: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def audit(self) -> AuditTrail: ...
    @property
    def users(self) -> Users: ...
    @property
    def writes(self) -> OdooWrites: ...
    @property
    def idempotency(self) -> IdempotencyKeys: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def statistics(self) -> Statistics: ...


class UnitOfWork(Protocol):
    """Makes transactions. ``write`` commits on leaving the block, rolls back on an exception, and nudges the jobs
    that were enqueued in it only after the commit; a broker that is away is logged, never raised.
    """

    def read(self) -> AbstractContextManager[Transaction]:
        """A deferred, read-only transaction."""
        ...

    def write(self) -> AbstractContextManager[Transaction]:
        """An immediate one, for changes."""
        ...


class Books(Protocol):
    """The local copy of Odoo's records."""

    def candidates(self, keys: Keys) -> Records:
        """What shares a key with the document, and what hangs on it: the partners' accounts, their orders that are
        open or referenced, the orders' receipts and products, the partners' vendor codes, bills of the same
        reference or on the same orders; all companies, units and taxes. For a customer's document besides the sale
        orders that it names or that its customers made last, their deliveries and returns, invoices and credit
        notes, the serial numbers that it names or that were delivered, with their transfers and repairs. Of all
        bills and invoices the payments and statement lines, and the unallocated ones of the partners.
        """
        ...

    def everything(self, kinds: Sequence[RecordKind], *, without_bill_lines: bool = False) -> Iterator[Record]:
        """All records of these kinds, kind by kind in the order of ids, read page by page; for what goes over the
        whole books. The lines of bills, which are most of the work, may be left out.
        """
        ...

    def stored(self, refs: Sequence[RecordRef]) -> tuple[Record, ...]:
        """Those of the records that the copy has, in that order."""
        ...

    def fingerprint(self, kinds: Sequence[RecordKind]) -> str:
        """What changes whenever a record of these kinds changes, comes or goes."""
        ...

    def store(self, records: Iterable[Record]) -> Keys:
        """Insert or replace; the keys, old and new, of those that really changed."""
        ...

    def unannounced(self) -> Mapping[datetime, Keys]:
        """Keys of records that changed, ``store`` by ``store``, until they are ``announced``; by the moment at which
        the copy took the change over. Durable, so that a death between storing and telling loses nothing.
        """
        ...

    def announced(self, noted_at: datetime) -> None:
        """The documents that the changes of that moment concern have been told."""
        ...

    def keep_only(self, kind: RecordKind, ids: frozenset[int]) -> int:
        """Forget the records of that kind that aren't in ``ids`` (deleted in Odoo); how many."""
        ...

    def watermark(self, kind: RecordKind) -> datetime | None:
        """Up to which change of that kind the copy is complete."""
        ...

    def set_watermark(self, kind: RecordKind, changed_at: datetime) -> None:
        """Remember it."""
        ...

    def as_of(self) -> datetime | None:
        """When the last complete sync began; None where there was none."""
        ...

    def set_as_of(self, at: datetime) -> None:
        """Remember it."""
        ...


class OdooClient(Protocol):
    """Odoo in accounting words. Errors: OdooUnreachableError, OdooAmbiguousError (create only), OdooRefusedError."""

    def version(self) -> str:
        """The server's version, e.g. "17.0"."""
        ...

    def identity(self) -> str:
        """What tells this database from any other, a restored copy of another company's included."""
        ...

    def changed(self, kind: RecordKind, since: datetime | None) -> Iterator[Sequence[Record]]:
        """Pages of the records of that kind changed at or after ``since`` (None: all), oldest change first."""
        ...

    def existing_ids(self, kind: RecordKind) -> frozenset[int]:
        """The ids that exist now."""
        ...

    def by_keys(self, keys: Keys) -> Iterator[Sequence[Record]]:
        """Just the records that ``Books.candidates(keys)`` would need."""
        ...

    def live(self, refs: Sequence[RecordRef]) -> Records:
        """Those records read now, of whatever kinds; those that are gone are missing from the answer."""
        ...

    def find_bill(self, marker: str) -> RecordRef | None:
        """The bill that carries the marker."""
        ...

    def create_bill(self, draft: BillDraft) -> RecordRef:
        """Create the draft bill. OdooAmbiguousError where the answer was lost after sending."""
        ...

    def find_return(self, draft: ReturnDraft) -> RecordRef | None:
        """The return transfer that was made for the draft: Odoo's wizard leaves no room for a marker, so one that
        was lost before it got it is known by its delivery and movements, and marked now.
        """
        ...

    def create_return(self, draft: ReturnDraft) -> RecordRef:
        """Create the return transfer, to be received by the warehouse. OdooAmbiguousError as above."""
        ...

    def find_refund(self, marker: str) -> RecordRef | None:
        """The customer's credit note that carries the marker."""
        ...

    def create_refund(self, draft: ReturnDraft) -> RecordRef:
        """Create the draft credit note of ``draft.refund_of`` for its ``refund_lines``. OdooAmbiguousError as above."""
        ...

    def find_repair(self, marker: str) -> RecordRef | None:
        """The repair order that carries the marker."""
        ...

    def create_repair(self, draft: RepairDraft) -> RecordRef:
        """Create the draft repair order. OdooAmbiguousError as above."""
        ...


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A file to read: its stored content, its name (a hint to its format) and the kind it was filed as. Recognising
    pictures takes long and much memory, so who has to answer soon doesn't let it. ``memories`` are of the sender's
    earlier papers. ``as_one`` where it is known to be one document, whatever its pages say.
    """

    path: Path
    filename: str
    kind_hint: DocumentKind | None = None
    ignore_einvoice: bool = False
    may_recognise: bool = True
    memories: tuple[Memory, ...] = ()
    as_one: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person says of a paper: its values, the names of those that were taken out, and whether all of it was
    approved or only what was typed counts.
    """

    extraction: Extraction
    cleared: tuple[str, ...] = ()
    approved: bool = False


class DocumentReader(Protocol):
    """Reads a document under limits, apart from this process's memory and secrets."""

    def read(self, request: ReadRequest, heartbeat: Callable[[], None] = lambda: None) -> Extraction:
        """The extraction; UnreadableDocumentError with a code and a sentence to act on; NeedsOcrError where pages are
        pictures and the request doesn't let it recognise them. ``heartbeat`` is called every few seconds while it
        waits.
        """
        ...

    def observe(
        self, request: ReadRequest, confirmed: Confirmed, heartbeat: Callable[[], None] = lambda: None
    ) -> tuple[Observation, ...]:
        """What the file teaches about its sender's papers, where it is an invoice or a credit note; errors and
        ``heartbeat`` as of ``read``.
        """
        ...

    def render(self, path: Path, page: int, width: int) -> bytes:
        """Page ``page`` (1-based) as a PNG ``width`` pixels wide; UnreadableDocumentError."""
        ...

    def cut(self, path: Path, pages: PageRange) -> bytes:
        """Those pages as a file of its own of the same type, the same bytes each time; UnreadableDocumentError."""
        ...

    def close(self) -> None:
        """End the reader process."""
        ...
