"""What looks like an invoice, or is one that is paid, is held by the real reader, rules and store."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from extractors.isolation import WarmReader
from service.demo.company import build_company
from service.demo.documents import make_invoices
from service.domain.codes import Code
from service.domain.documents import DocumentKind
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus
from service.domain.policy import Policy
from service.odoo.rpc import OdooRpcClient
from service.usecases.read_document import read_document
from service.usecases.reconcile_document import reconcile_document
from service.usecases.view_document import DocumentView, view_document
from tests.support.parts import Parts
from tests.support.statement_papers import Statement, draw_statement

SEED = 20261123
STATEMENT = Statement(
    "Statement of account", ("Hartwell Lighting Ltd", "12 Mill Lane", "Leeds LS1 4AB"),
    ("Brook & Sons Ltd", "4 High Street", "York YO1 7HT"),
    (("Statement date:", "31/03/2026"), ("Currency:", "GBP")),
    (("Date", 60, "l"), ("Type", 130, "l"), ("Invoice no.", 210, "l"), ("Due date", 310, "l"), ("Amount", 450, "r")),
    (
        ("04/03/2026", "Invoice", "INV-10045", "03/04/2026", "1,200.00"),
        ("27/03/2026", "Invoice", "INV-10101", "26/04/2026", "300.50"),
    ),
    (("Balance due", "1,500.50"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    warm = WarmReader()
    yield warm
    warm.close()


def handled(parts: Parts, reader: WarmReader, odoo: OdooRpcClient, content: bytes) -> DocumentView:
    (document,) = parts.receive(content)
    job = parts.claim(document, Stage.READ)
    read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
    job = parts.claim(parts.load(document), Stage.RECONCILE)
    reconcile_document(uow=parts.uow, books=parts.books, odoo=odoo, clock=parts.clock, policy=Policy(), job=job)
    return view_document(uow=parts.uow, document_id=document.id)


def codes(view: DocumentView) -> set[Code]:
    return {raised.discrepancy.code for raised in view.exceptions}


def stamped(content: bytes, text: str) -> bytes:
    """The PDF with a text in large type at the head of its first page."""
    document = pdfium.PdfDocument(content)
    page = document[0]
    words = raw.FPDFPageObj_NewTextObj(document, b"Helvetica-Bold", ctypes.c_float(30))
    letters = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)
    raw.FPDFText_SetText(words, letters)
    raw.FPDFPageObj_Transform(words, 1, 0, 0, 1, 250, 810)
    raw.FPDFPage_InsertObject(page, words)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def test_an_invoice_that_is_stamped_as_paid_is_held(parts: Parts, reader: WarmReader, odoo: OdooRpcClient) -> None:
    invoice = make_invoices(build_company(SEED), 1, 7)[0].content
    view = handled(parts, reader, odoo, stamped(invoice, "PAID"))
    assert view.document.kind is DocumentKind.SUPPLIER_INVOICE
    assert Code.NOT_PAYABLE_DOCUMENT in codes(view)
    assert view.document.status is DocumentStatus.IN_REVIEW


def test_a_statement_keeps_its_lines_and_is_never_billed(parts: Parts, reader: WarmReader, odoo: OdooRpcClient) -> None:
    view = handled(parts, reader, odoo, draw_statement(STATEMENT))
    assert view.document.kind is DocumentKind.SUPPLIER_STATEMENT
    assert codes(view) == {Code.NOT_PAYABLE_DOCUMENT}
    assert view.document.status is DocumentStatus.IN_REVIEW
    assert view.extraction is not None
    assert [line.text("reference") for line in view.extraction.lines] == ["INV-10045", "INV-10101"]
    assert view.extraction.text("closing_balance") == "1500.50"
