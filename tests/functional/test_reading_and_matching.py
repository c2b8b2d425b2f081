"""From bytes to matched: the real reader process, the stand-in's books, every way a document can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.isolation import WarmReader
from service.demo.company import build_company
from service.demo.documents import DemoDocument, make_invoices
from service.domain.codes import Code
from service.domain.documents import Document
from service.domain.errors import LeaseLostError
from service.domain.extraction import Extraction
from service.domain.jobs import LEASES, Stage
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.domain.policy import Policy
from service.odoo.rpc import OdooRpcClient
from service.ports import OdooClient, ReadRequest
from service.usecases.correct_fields import Corrections, correct_fields
from service.usecases.decide import resolve_exception
from service.usecases.read_document import read_document
from service.usecases.reconcile_document import reconcile_document
from service.usecases.sync_books import sync_books
from service.usecases.view_document import DocumentView, view_document
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.parts import APPROVER, Parts

SEED = 20261123
# Whatever the reader's confidence in one value or another: these tests are about the ways, not about reading.
SURE = replace(Policy(), low_confidence=0.0, automatic_score=0.0)


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    warm = WarmReader()
    yield warm
    warm.close()


@pytest.fixture(scope="module")
def invoice() -> DemoDocument:
    return make_invoices(build_company(SEED), 1, 7)[0]


def read(parts: Parts, reader: WarmReader, document: Document) -> Document:
    job = parts.claim(document, Stage.READ)
    read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
    return parts.load(document)


def match(parts: Parts, odoo: OdooClient | None, document: Document, policy: Policy = SURE) -> DocumentView:
    job = parts.claim(document, Stage.RECONCILE)
    reconcile_document(uow=parts.uow, books=parts.books, odoo=odoo, clock=parts.clock, policy=policy, job=job)
    return view_document(uow=parts.uow, document_id=document.id)


def received(parts: Parts, reader: WarmReader, invoice: DemoDocument) -> Document:
    (document,) = parts.receive(invoice.content)
    return read(parts, reader, document)


def test_a_good_invoice_goes_through_without_a_hand(
    parts: Parts, reader: WarmReader, invoice: DemoDocument, odoo: OdooRpcClient
) -> None:
    document = received(parts, reader, invoice)
    assert document.status is DocumentStatus.EXTRACTED
    view = match(parts, odoo, document)
    assert (view.document.status, view.document.touchless) == (DocumentStatus.RECONCILED, True)
    assert view.stored is not None
    assert [order.ref for order in view.stored.reconciliation.orders] == [
        chosen.ref for chosen in view.stored.reconciliation.matches if chosen.role == "order" and chosen.chosen
    ]
    assert parts.actions(document) == ["receive", "start_reading", "extract", "start_matching", "reconcile"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "EMPTY_FILE"), (b"just words", "UNSUPPORTED_FORMAT"), (b"%PDF-1.7 broken off", None)],
)
def test_what_cannot_be_read_fails_with_a_sentence(
    parts: Parts, reader: WarmReader, content: bytes, code: str | None
) -> None:
    (document,) = parts.receive(content)
    failed = read(parts, reader, document)
    assert failed.status is DocumentStatus.FAILED
    assert failed.failure is not None
    assert failed.failure.message
    assert code is None or failed.failure.code == code
    (raised,) = view_document(uow=parts.uow, document_id=document.id).exceptions
    assert raised.discrepancy.code is Code.UNREADABLE_DOCUMENT
    assert parts.actions(document) == ["receive", "start_reading", "fail"]


class _SlowReader(WarmReader):
    """Reads when the lease is over, as on a machine that was suspended."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts

    def read(self, request: ReadRequest, heartbeat: object = None) -> Extraction:
        del heartbeat
        extraction = super().read(request)
        self._parts.clock.move(seconds=LEASES[Stage.READ].total_seconds() + 1)
        with self._parts.uow.write() as tx:
            (job,) = tx.jobs.due(self._parts.clock.now())
            assert tx.jobs.claim(job.id, self._parts.clock.now(), timedelta(seconds=30)) is not None
        return extraction


def test_who_lost_the_lease_stores_nothing(parts: Parts, invoice: DemoDocument) -> None:
    (document,) = parts.receive(invoice.content)
    slow = _SlowReader(parts)
    with pytest.raises(LeaseLostError):
        read(parts, slow, document)
    slow.close()
    view = view_document(uow=parts.uow, document_id=document.id)
    assert view.document.status is DocumentStatus.READING
    assert view.extraction is None


def test_a_reading_is_started_again_where_a_worker_died(
    parts: Parts, reader: WarmReader, invoice: DemoDocument
) -> None:
    (document,) = parts.receive(invoice.content)
    with parts.uow.write() as tx:
        tx.documents.save(replace(document, status=DocumentStatus.READING))
    parts.claim(document, Stage.READ)
    parts.clock.move(seconds=31)
    assert read(parts, reader, document).status is DocumentStatus.EXTRACTED


def test_an_out_of_date_job_does_nothing(parts: Parts, reader: WarmReader, invoice: DemoDocument) -> None:
    (document,) = parts.receive(invoice.content)
    with parts.uow.write() as tx:
        later = tx.documents.save(replace(document, revision=2, status=DocumentStatus.EXTRACTED))
    assert read(parts, reader, document) == later


def test_without_an_odoo_it_waits_and_says_why(parts: Parts, reader: WarmReader, invoice: DemoDocument) -> None:
    document = received(parts, reader, invoice)
    for _ in range(2):
        view = match(parts, None, document)
        assert (view.document.status, view.document.waiting_reason) == (
            DocumentStatus.WAITING_FOR_ODOO,
            "not_configured",
        )
        parts.clock.move(minutes=2)
    assert parts.actions(document)[-2:] == ["extract", "wait_for_odoo"]  # said once, not at each try


def test_an_odoo_that_is_away_is_waited_for_only_while_the_books_are_empty(
    parts: Parts, reader: WarmReader, invoice: DemoDocument, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox
) -> None:
    document = received(parts, reader, invoice)
    odoo_sandbox.stop()
    assert match(parts, odoo, document).document.waiting_reason == "unreachable"
    odoo_sandbox.start()
    sync_books(books=parts.books, odoo=odoo, uow=parts.uow, clock=parts.clock)
    odoo_sandbox.stop()
    parts.clock.move(minutes=2)
    view = match(parts, odoo, document)
    assert (view.document.status, view.document.waiting_reason) == (DocumentStatus.RECONCILED, None)


def test_open_exceptions_and_weak_matches_need_a_person(
    parts: Parts, reader: WarmReader, invoice: DemoDocument, odoo: OdooRpcClient
) -> None:
    strict = replace(SURE, low_confidence=1.0)
    document = received(parts, reader, invoice)
    assert match(parts, odoo, document, strict).document.status is DocumentStatus.IN_REVIEW
    (other,) = parts.receive(invoice.content + b"\n% another")
    read(parts, reader, other)
    picky = replace(SURE, automatic_score=1.1)
    assert match(parts, odoo, other, picky).document.status is DocumentStatus.IN_REVIEW


def test_a_corrected_document_is_matched_again_but_never_touchless(
    parts: Parts, reader: WarmReader, invoice: DemoDocument, odoo: OdooRpcClient
) -> None:
    document = received(parts, reader, invoice)
    view = match(parts, odoo, document)
    assert view.extraction is not None
    corrected = correct_fields(
        uow=parts.uow,
        clock=parts.clock,
        actor=APPROVER,
        document_id=document.id,
        version=view.document.version,
        corrections=Corrections({"seller_name": view.extraction.text("seller_name")}),
    )
    again = match(parts, odoo, corrected)
    assert (again.document.status, again.document.touchless) == (DocumentStatus.RECONCILED, False)


def test_a_settled_exception_stays_settled_and_is_no_touchless(
    parts: Parts, reader: WarmReader, invoice: DemoDocument, odoo: OdooRpcClient
) -> None:
    doubtful = replace(SURE, low_confidence=1.0)
    document = received(parts, reader, invoice)
    for raised in match(parts, odoo, document, doubtful).exceptions:
        resolve_exception(
            uow=parts.uow,
            clock=parts.clock,
            policy=doubtful,
            actor=APPROVER,
            discrepancy_id=raised.id,
            resolution="compared with the page",
            reason="read it",
        )
    with parts.uow.write() as tx:
        tx.jobs.enqueue(Stage.RECONCILE, document.id, document.revision, parts.clock.now())
    view = match(parts, odoo, document, doubtful)
    assert (view.document.status, view.document.touchless) == (DocumentStatus.RECONCILED, False)


def test_a_held_document_stays_in_review(
    parts: Parts, reader: WarmReader, invoice: DemoDocument, odoo: OdooRpcClient
) -> None:
    document = received(parts, reader, invoice)
    with parts.uow.write() as tx:
        tx.documents.save(replace(tx.documents.get(document.id), held_until=parts.clock.now() + timedelta(days=1)))
    assert match(parts, odoo, document).document.status is DocumentStatus.IN_REVIEW


def test_a_policy_may_draft_by_itself_and_is_then_the_actor(
    parts: Parts, reader: WarmReader, invoice: DemoDocument, odoo: OdooRpcClient
) -> None:
    document = received(parts, reader, invoice)
    view = match(parts, odoo, document, replace(SURE, auto_draft=True, version="2026-03"))
    assert (view.document.status, view.document.write_status) == (DocumentStatus.APPROVED, WriteStatus.PENDING)
    (decision,) = view.decisions
    assert decision.actor == "policy:2026-03"
    assert view.write is not None
    assert parts.claim(document, Stage.WRITE).revision == 1


def test_a_copy_that_came_before_the_first_was_read_shares_its_reading(
    parts: Parts, reader: WarmReader, invoice: DemoDocument
) -> None:
    first, copy = parts.receive(invoice.content, invoice.content)
    read(parts, reader, first)
    view = view_document(uow=parts.uow, document_id=copy.id)
    assert view.extraction == view_document(uow=parts.uow, document_id=first.id).extraction
    assert view.document.kind == invoice.kind
    assert view.document.status is DocumentStatus.IN_REVIEW
    assert parts.actions(copy) == ["receive", "flag_duplicate", "share_reading"]
