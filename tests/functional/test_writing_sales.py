"""A return with its refund, and a repair, written to Odoo: each record once, nothing where the sale has changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from service.domain.codes import Code
from service.domain.documents import Document
from service.domain.drafts import Draft, RepairDraft, ReturnDraft, ReturnLineDraft
from service.domain.jobs import Stage, WriteState
from service.domain.lifecycle import DocumentStatus, WriteStatus
from service.domain.records import RecordRef, SaleOrder
from service.odoo.rpc import OdooRpcClient
from service.ports import OdooWrite
from service.usecases.approval import marker_of
from tests.functional.test_writing import run, stored
from tests.support.odoo_sandbox import OdooSandbox
from tests.support.odoo_work import delivered, invoiced, new_customer, new_product, one, received, sold
from tests.support.parts import Parts


def approved(parts: Parts, document: Document, draft: Draft, sales: tuple[SaleOrder, ...] = ()) -> None:
    with parts.uow.write() as tx:
        tx.documents.save(replace(document, status=DocumentStatus.APPROVED, write_status=WriteStatus.PENDING))
        tx.writes.put(OdooWrite(document.id, 1, draft, WriteState.INTENDED, sale_orders=sales))
        tx.jobs.enqueue(Stage.WRITE, document.id, 1, parts.clock.now())


def sale(admin: Any, odoo: OdooRpcClient, document: Document) -> tuple[ReturnDraft, SaleOrder]:
    """Two pieces sold, delivered and invoiced; the draft takes one back."""
    product = new_product(admin)
    received(admin, product, 5)
    order = sold(admin, new_customer(admin), {"product_id": product, "product_uom_qty": 2, "price_unit": 10.0})
    delivery = delivered(admin, order)
    invoiced(admin, order)
    invoice = one(admin, "sale.order", order, "invoice_ids")[0]
    line = admin.env["account.move.line"].search([("move_id", "=", invoice), ("display_type", "=", "product")])[0]
    move = one(admin, "stock.picking", delivery, "move_ids")[0]
    draft = ReturnDraft(
        marker=marker_of(document),
        delivery_id=delivery,
        lines=(ReturnLineDraft(move, product, Decimal(1), to_refund=True),),
        refund_of=invoice,
        reason="broken",
        refund_on=None,
        refund_lines=((line, Decimal(1)),),
    )
    (seen,) = odoo.live([RecordRef("sale.order", order, "")]).sale_orders
    return draft, seen


def counts(admin: Any, draft: ReturnDraft) -> tuple[int, int]:
    returns = admin.env["stock.picking"].search([("return_id", "=", draft.delivery_id)])
    notes = admin.env["account.move"].search([("reversed_entry_id", "=", draft.refund_of)])
    return len(returns), len(notes)


@pytest.mark.parametrize("already", ["nothing", "the return", "both"])
def test_a_return_and_its_refund_are_made_once(
    parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox, already: str
) -> None:
    """Also where an earlier try died after the first of them, or after both."""
    admin = odoo_sandbox.login("admin")
    (document,) = parts.receive(b"%PDF return")
    draft, seen = sale(admin, odoo, document)
    approved(parts, document, draft, (seen,))
    if already != "nothing":
        odoo.create_return(draft)
    if already == "both":
        odoo.create_refund(draft)
    run(parts, odoo, document)
    now, write = stored(parts, document)
    assert now.status is DocumentStatus.RECORDED
    assert write.outcome is not None
    assert [write.outcome.model, *(ref.model for ref in write.further)] == ["stock.picking", "account.move"]
    assert counts(admin, draft) == (1, 1)


def test_goods_that_came_back_meanwhile_bring_it_back_to_review(
    parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox
) -> None:
    admin = odoo_sandbox.login("admin")
    (document,) = parts.receive(b"%PDF return")
    draft, seen = sale(admin, odoo, document)
    more = replace(seen, lines=tuple(replace(line, delivered=line.delivered + 1) for line in seen.lines))
    approved(parts, document, draft, (more,))
    run(parts, odoo, document)
    now, write = stored(parts, document)
    assert (now.status, write.state) == (DocumentStatus.IN_REVIEW, WriteState.REFUSED)
    with parts.uow.read() as tx:
        (raised,) = tx.discrepancies.of_document(document.id)
    assert raised.discrepancy.code is Code.RECORD_CHANGED
    assert counts(admin, draft) == (0, 0)


def test_a_repair_is_made_once(parts: Parts, odoo: OdooRpcClient, odoo_sandbox: OdooSandbox) -> None:
    admin = odoo_sandbox.login("admin")
    (document,) = parts.receive(b"%PDF claim")
    company = admin.env["res.company"].search([])[0]
    customer, product = new_customer(admin), new_product(admin)
    draft = RepairDraft(marker_of(document), customer, company, product, None, None, under_warranty=True, note="hums")
    approved(parts, document, draft)
    odoo.create_repair(draft)
    run(parts, odoo, document)
    now, write = stored(parts, document)
    assert now.status is DocumentStatus.RECORDED
    assert write.outcome is not None
    assert write.outcome.model == "repair.order"
    assert len(admin.env["repair.order"].search([("product_id", "=", product)])) == 1
