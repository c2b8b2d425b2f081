"""Writing to Odoo: one bill whatever is lost on the way, none where the ground has shifted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from service.domain.codes import Code
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.documents import Document
from service.domain.drafts import BillDraft, BillLineDraft
from service.domain.errors import LeaseLostError
from service.domain.jobs import LEASES, Job, Stage, WriteState
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.domain.records import PurchaseOrder, RecordRef
from service.odoo.rpc import OdooRpcClient
from service.ports import OdooWrite
from service.usecases.approval import marker_of
from service.usecases.odoo_identity import ODOO_IDENTITY
from service.usecases.write_to_odoo import write_to_odoo
from tests.support.lossy_proxy import Loses, LossyProxy
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.parts import Parts

LIMIT = timedelta(seconds=120)
ORDER = RecordRef("purchase.order", 12, "P00012")


def draft_of(document: Document, order: PurchaseOrder) -> BillDraft:
    line = order.lines[0]
    return BillDraft(
        marker=marker_of(document),
        is_refund=False,
        partner_id=order.partner_id,
        company_id=order.company_id,
        currency=order.currency,
        vendor_reference="RE-1",
        payment_reference="RE-1",
        billed_on=order.ordered_on,  # type: ignore[arg-type]  # the demonstration's orders have one
        due_on=None,
        order_names=(order.ref.name,),
        lines=(
            BillLineDraft(
                line.description,
                Decimal(1),
                line.unit_price,
                Decimal(0),
                line.product_id,
                line.unit_id,
                line.ref.id,
                line.tax_ids,
            ),
        ),
    )


def approved(parts: Parts, odoo: OdooRpcClient, currency: str | None = None) -> Document:
    """An approved document over one piece of an order, its WRITE job queued."""
    (document,) = parts.receive(b"%PDF one")
    (order,) = odoo.live([ORDER]).orders
    draft = draft_of(document, order)
    draft = draft if currency is None else replace(draft, currency=currency)
    with parts.uow.write() as tx:
        asked = replace(document, status=DocumentStatus.APPROVED, write_status=WriteStatus.PENDING)
        tx.documents.save(asked)
        tx.writes.put(OdooWrite(document.id, 1, draft, WriteState.INTENDED, (order,)))
        tx.jobs.enqueue(Stage.WRITE, document.id, 1, parts.clock.now())
    return document


def run(parts: Parts, odoo: OdooRpcClient | None, document: Document) -> None:
    job = parts.claim(document, Stage.WRITE)
    write_to_odoo(uow=parts.uow, odoo=odoo, clock=parts.clock, job=job, request_limit=LIMIT)


def stored(parts: Parts, document: Document) -> tuple[Document, OdooWrite]:
    with parts.uow.read() as tx:
        write = tx.writes.latest(document.id)
        assert write is not None
        return tx.documents.get(document.id), write


def exceptions(parts: Parts, document: Document) -> tuple[RaisedDiscrepancy, ...]:
    with parts.uow.read() as tx:
        return tx.discrepancies.of_document(document.id)


def bills(sandbox: OdooSandbox, document: Document) -> int:
    found: int = sandbox.login("admin").execute(
        "account.move", "search_count", [["invoice_origin", "like", marker_of(document)]]
    )
    return found


def test_an_approved_document_becomes_one_draft_bill(
    parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox
) -> None:
    document = approved(parts, odoo)
    run(parts, odoo, document)
    now, write = stored(parts, document)
    assert (now.status, now.write_status) == (DocumentStatus.RECORDED, WriteStatus.DONE)
    assert write.state is WriteState.DONE
    assert write.outcome is not None
    (row,) = odoo_sandbox.login("admin").execute("account.move", "read", [write.outcome.id], ["state", "move_type"])
    assert (row["state"], row["move_type"]) == ("draft", "in_invoice")
    assert bills(odoo_sandbox, document) == 1
    assert parts.actions(document)[-2:] == ["attempt_write", "record"]


def test_a_bill_that_exists_already_is_taken_for_the_result(
    parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox
) -> None:
    """As when the worker was killed between Odoo's answer and our commit."""
    document = approved(parts, odoo)
    _, write = stored(parts, document)
    made = odoo.create_bill(write.draft)
    with parts.uow.write() as tx:
        tx.writes.put(replace(write, state=WriteState.ATTEMPTED, attempted_at=parts.clock.now()))
    parts.clock.move(seconds=121)
    run(parts, odoo, document)
    now, write = stored(parts, document)
    assert now.status is DocumentStatus.RECORDED
    assert write.outcome is not None
    assert write.outcome.id == made.id
    assert bills(odoo_sandbox, document) == 1


@pytest.mark.parametrize("lost", [Loses.ANSWER, Loses.REQUEST])
def test_after_a_lost_answer_it_waits_looks_and_never_doubles(
    parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox, network: LossyProxy, lost: Loses
) -> None:
    document = approved(parts, odoo)
    network.loses = lost
    run(parts, odoo, document)
    now, write = stored(parts, document)
    assert (now.status, now.write_status) == (DocumentStatus.APPROVED, WriteStatus.RETRYING)
    assert write.state is WriteState.ATTEMPTED
    network.loses = Loses.NOTHING
    parts.clock.move(seconds=121)
    run(parts, odoo, document)
    assert stored(parts, document)[0].status is DocumentStatus.RECORDED
    assert bills(odoo_sandbox, document) == 1


def test_within_odoos_request_limit_nothing_is_asked(parts: Parts, odoo: OdooRpcClient, network: LossyProxy) -> None:
    """The create of a killed worker may still be running, and its bill not be visible yet."""
    document = approved(parts, odoo)
    _, write = stored(parts, document)
    with parts.uow.write() as tx:
        tx.writes.put(replace(write, state=WriteState.ATTEMPTED, attempted_at=parts.clock.now()))
    run(parts, odoo, document)
    assert network.creates == 0
    with parts.uow.read() as tx:
        (job,) = [job for job in tx.jobs.active(document.id) if job.stage is Stage.WRITE]
    assert job.run_after == parts.clock.now() + LIMIT
    assert job.attempts == 0


def test_without_odoo_the_write_waits_and_costs_no_attempt(
    parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox
) -> None:
    document = approved(parts, odoo)
    odoo_sandbox.stop()
    for client in (odoo, None, odoo, odoo):
        run(parts, client, document)
        assert stored(parts, document)[0].write_status is WriteStatus.RETRYING
        parts.clock.move(seconds=31)
    odoo_sandbox.start()
    run(parts, odoo, document)
    assert stored(parts, document)[0].status is DocumentStatus.RECORDED
    assert parts.actions(document).count("retry_write") == 1


def test_refused_means_back_to_review_with_odoos_words(parts: Parts, odoo: OdooRpcClient) -> None:
    document = approved(parts, odoo, currency="XTS")
    run(parts, odoo, document)
    now, write = stored(parts, document)
    assert (now.status, now.write_status) == (DocumentStatus.IN_REVIEW, WriteStatus.REFUSED)
    assert write.state is WriteState.REFUSED
    (raised,) = exceptions(parts, document)
    assert raised.discrepancy.code is Code.ODOO_WRITE_REFUSED
    assert "XTS" in raised.discrepancy.message


def test_a_changed_order_means_back_to_review_with_both_figures(
    parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox, network: LossyProxy
) -> None:
    document = approved(parts, odoo)
    line = stored(parts, document)[1].orders[0].lines[0]
    odoo_sandbox.login("admin").execute("purchase.order.line", "write", [line.ref.id], {"price_unit": 1.25})
    run(parts, odoo, document)
    assert stored(parts, document)[0].status is DocumentStatus.IN_REVIEW
    (raised,) = exceptions(parts, document)
    assert raised.discrepancy.code is Code.RECORD_CHANGED
    assert f"was {line.unit_price}, now 1.25" in raised.discrepancy.message
    assert network.creates == 0
    assert parts.claim(document, Stage.RECONCILE).revision == 2  # the reviewer is to see the new figures


def test_another_database_is_never_written_to(parts: Parts, odoo: OdooRpcClient, network: LossyProxy) -> None:
    document = approved(parts, odoo)
    with parts.uow.write() as tx:
        tx.facts.put(ODOO_IDENTITY, "demo@000000000000")
    run(parts, odoo, document)
    (raised,) = exceptions(parts, document)
    assert "another Odoo database" in raised.discrepancy.message
    assert network.creates == 0


def test_who_lost_the_lease_creates_nothing(parts: Parts, odoo: OdooRpcClient, network: LossyProxy) -> None:
    document = approved(parts, odoo)
    late = parts.claim(document, Stage.WRITE)
    parts.clock.move(seconds=LEASES[Stage.WRITE].total_seconds() + 1)
    current = parts.claim(document, Stage.WRITE)
    assert isinstance(current, Job)
    with pytest.raises(LeaseLostError):
        write_to_odoo(uow=parts.uow, odoo=odoo, clock=parts.clock, job=late, request_limit=LIMIT)
    assert network.creates == 0
    write_to_odoo(uow=parts.uow, odoo=odoo, clock=parts.clock, job=current, request_limit=LIMIT)
    assert network.creates == 1


def test_a_reopened_document_is_not_written(parts: Parts, odoo: OdooRpcClient, network: LossyProxy) -> None:
    document = approved(parts, odoo)
    with parts.uow.write() as tx:
        tx.documents.save(replace(tx.documents.get(document.id), status=DocumentStatus.IN_REVIEW))
    run(parts, odoo, document)
    assert network.creates == 0
    with parts.uow.read() as tx:
        assert [job.stage for job in tx.jobs.active(document.id)] == [Stage.READ]
