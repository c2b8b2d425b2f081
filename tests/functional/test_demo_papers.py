"""The demonstration's papers against the stand-in's books: read without a fault, each raises just what it must."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matchers.block import document_keys
from matchers.case import Case
from matchers.pipeline import reconcile
from service.books.books import SqlBooks
from service.demo.company import build_company
from service.demo.company.values import TODAY
from service.demo.documents import DemoDocument, build_documents, make_claims, make_returns
from service.domain.codes import Code
from service.domain.policy import Policy
from service.odoo.rpc import OdooRpcClient, OdooSettings
from service.usecases.sync_books import sync_books
from tests.support.odoo_sandbox import running_sandbox
from tests.support.parts import parts_in
from tests.support.perfect_reader import extraction_of
from tests.support.values import a_document

SEED = 20261123
# Of the file as such, or of what a reader makes of it.
NOT_OF_THE_RULES = {
    Code.UNREADABLE_DOCUMENT,
    Code.DUPLICATE_DOCUMENT,
    Code.LOW_CONFIDENCE_FIELD,
    Code.EINVOICE_MISMATCH,
    Code.EINVOICE_INVALID,
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[SqlBooks]:
    folder = tmp_path_factory.mktemp("papers")
    (folder / "odoo").mkdir()
    parts = parts_in(folder, migrated_sqlite)
    parts.clock.time = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    with running_sandbox(folder / "odoo") as sandbox:
        odoo = OdooRpcClient(OdooSettings(sandbox.url, sandbox.db, sandbox.user, sandbox.password, timeout_s=60))
        sync_books(books=parts.books, odoo=odoo, uow=parts.uow, clock=parts.clock)
    yield parts.books
    parts.engine.dispose()


@pytest.fixture(scope="module")
def papers() -> tuple[DemoDocument, ...]:
    return build_documents(build_company(SEED), SEED)


def found_codes(books: SqlBooks, paper: DemoDocument) -> tuple[str, ...]:
    extraction = extraction_of(paper.truth)
    document = a_document(received_at=datetime(2026, 11, 1, 9, tzinfo=UTC), kind=paper.kind, filename=paper.filename)
    case = Case(document, extraction, books.candidates(document_keys(extraction)), Policy(), TODAY)
    return tuple(sorted({found.code.value for found in reconcile(case).discrepancies}))


def test_each_paper_raises_just_what_it_must(books: SqlBooks, papers: tuple[DemoDocument, ...]) -> None:
    judged = [paper for paper in papers if not NOT_OF_THE_RULES & {Code(code) for code in paper.expected_codes}]
    assert len(judged) >= 55
    wrong = {
        paper.filename: (paper.expected_codes, found)
        for paper in judged
        if (found := found_codes(books, paper)) != paper.expected_codes
    }
    assert not wrong


def test_made_returns_and_claims_raise_nothing(books: SqlBooks) -> None:
    company = build_company(SEED)
    made = (*make_returns(company, 25, 3), *make_claims(company, 25, 3))
    assert {paper.filename: found for paper in made if (found := found_codes(books, paper))} == {}
