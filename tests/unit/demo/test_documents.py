"""The demonstration's papers: they print what they say, add up, show every code, and are the same every time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pypdfium2
import pytest

from service.demo.company import DemoCompany, build_company
from service.demo.documents import LAYOUTS, DemoDocument, build_documents, make_invoices, render
from service.demo.documents.content import DocumentContent
from service.demo.documents.scenarios import scenarios
from service.demo.documents.truth import truth_of
from service.demo.documents.wording import wording
from service.domain.codes import Code
from service.domain.documents import DocumentKind

# of a write to Odoo, and of records that no document is about
SHOWN_ELSEWHERE = {
    Code.ODOO_WRITE_REFUSED,
    Code.RECORD_CHANGED,
    Code.PAYMENT_MISSING,
    Code.DUPLICATE_PAYMENT,
    Code.UNALLOCATED_PAYMENT,
    Code.PAYMENT_WITHOUT_DOCUMENT,
}
TYPED = (
    "issue_date",
    "due_date",
    "delivery_date",
    "currency",
    "tax_breakdown",
    "iban",
    "payment_terms",
    "seller_address",
)


@pytest.fixture(scope="module")
def company() -> DemoCompany:
    return build_company(1)


@pytest.fixture(scope="module")
def documents(company: DemoCompany) -> tuple[DemoDocument, ...]:
    return build_documents(company, 1)


@pytest.fixture(scope="module")
def contents(company: DemoCompany) -> tuple[DocumentContent, ...]:
    made = (scenario.content for scenario in scenarios(company, 1))
    return tuple(content for content in made if isinstance(content, DocumentContent))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


def test_same_seed_same_bytes(company: DemoCompany, documents: tuple[DemoDocument, ...]) -> None:
    assert build_documents(company, 1) == documents


@pytest.mark.parametrize("seed", [2, 3, 2026])
def test_every_seed_has_its_papers(seed: int, company: DemoCompany) -> None:
    others = scenarios(build_company(seed), seed)
    assert [scenario.codes for scenario in others] == [scenario.codes for scenario in scenarios(company, 1)]


def test_sixty_papers_and_more_of_every_kind_some_as_pictures(documents: tuple[DemoDocument, ...]) -> None:
    assert len(documents) >= 60
    kinds = Counter(document.kind for document in documents)
    assert min(kinds[kind] for kind in (DocumentKind.RETURN_FORM, DocumentKind.WARRANTY_CLAIM)) >= 8
    assert {document.filename.rpartition(".")[2] for document in documents} == {"pdf", "jpg", "tiff"}


def test_every_code_is_shown_and_three_are_clean(documents: tuple[DemoDocument, ...]) -> None:
    shown = {code for document in documents for code in document.expected_codes}
    assert shown == {code.value for code in Code if code not in SHOWN_ELSEWHERE}
    assert sum(not document.expected_codes for document in documents) >= 3
    assert {document.kind for document in documents} >= {DocumentKind.SUPPLIER_INVOICE, DocumentKind.CREDIT_NOTE}


def test_file_names_and_invoice_numbers_are_unique(documents: tuple[DemoDocument, ...]) -> None:
    assert max(Counter(document.filename for document in documents).values()) == 1
    firsts = {document.content: document for document in reversed(documents)}.values()
    numbers = [number for document in firsts if (number := fields(document).get("invoice_number"))]
    assert max(Counter(numbers).values()) == 1


def fields(document: DemoDocument) -> dict[str, Any]:
    found = document.truth["fields"]
    assert isinstance(found, dict)
    return found


def test_one_file_comes_twice(documents: tuple[DemoDocument, ...]) -> None:
    again = [document for document in documents if Code.DUPLICATE_DOCUMENT in document.expected_codes]
    assert [sum(other.content == document.content for other in documents) for document in again] == [2]


def test_the_broken_file_cannot_be_opened(documents: tuple[DemoDocument, ...]) -> None:
    broken = next(document for document in documents if Code.UNREADABLE_DOCUMENT in document.expected_codes)
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(broken.content)


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_each_layout_prints_all_that_a_content_says(layout: str, contents: tuple[DocumentContent, ...]) -> None:
    for content in contents:
        text = text_of(render(content, layout))
        for expected in printed_texts(content, layout):
            assert expected in text, (layout, content.number, expected)


def printed_texts(content: DocumentContent, layout: str) -> list[str]:
    words = LAYOUTS[layout].words(content)
    dates = (content.issue_date, content.due_date, content.delivery_date)
    figures = [content.net_total, content.grand_total, *(row.tax for row in content.taxes)]
    header = {name: value for name, value in truth(content)["fields"].items() if name not in TYPED}
    texts = [value for name, value in header.items() if isinstance(value, str) and "total" not in name]
    lists = [text for value in header.values() if isinstance(value, list) for text in value]
    items = [text for item in content.items for text in (item.code, item.gtin, words.number(item.total)) if text]
    assert content.bank is not None
    iban = " ".join(content.bank.iban[start : start + 4] for start in range(0, len(content.bank.iban), 4))
    return [
        *(words.day(day) for day in dates if day),
        *(words.number(figure) for figure in figures),
        *texts,
        *lists,
        *items,
        iban,
        content.currency,
    ]


def truth(content: DocumentContent) -> dict[str, Any]:
    return truth_of(content, wording(content.language))


def test_sums_add_up_but_where_they_must_not(company: DemoCompany) -> None:
    for scenario in scenarios(company, 1):
        content = scenario.content
        if not isinstance(content, DocumentContent):
            continue
        goods = sum((item.total for item in content.items), Decimal(0)) + (content.freight or 0)
        adds_up = goods == content.net_total and content.net_total + content.tax_total == content.grand_total
        assert adds_up is (Code.ARITHMETIC_MISMATCH not in scenario.codes), scenario.name


def test_a_long_invoice_carries_its_sum_forward(contents: tuple[DocumentContent, ...]) -> None:
    longest = max(contents, key=lambda content: len(content.items))
    endless = replace(longest, items=longest.items * 4)
    for layout in LAYOUTS:
        document = pypdfium2.PdfDocument(render(endless, layout))
        assert len(document) > 2
        document.close()
    text = text_of(render(endless, "ledger_sheet"))
    assert text.count(wording(endless.language).carried_forward) >= 4


@pytest.mark.parametrize("count", [1, 5, 100, 400])
def test_made_invoices_are_distinct_and_bill_only_what_came(company: DemoCompany, count: int) -> None:
    made = make_invoices(company, count, 3)
    assert len(made) == count
    assert max(Counter(fields(document)["invoice_number"] for document in made).values()) == 1
    assert len({document.content for document in made}) == count
    left = {
        (order.name, company.product(line.product_id).vendor_code): line.to_invoice
        for order in company.billable_orders()
        for line in order.lines
    }
    for document in made:
        (order_name,) = fields(document)["order_reference"]
        lines = document.truth["lines"]
        assert isinstance(lines, list)
        assert lines
        for line in lines:
            left[order_name, line["seller_item_id"]] -= Decimal(line["quantity"])
    assert min(left.values()) >= 0


def test_more_invoices_than_goods_are_refused(company: DemoCompany) -> None:
    with pytest.raises(ValueError, match="are enough for"):
        make_invoices(company, 100_000, 1)


def test_figures_are_written_as_each_language_does() -> None:
    amount = Decimal("1234567.50")
    assert wording("de").number(amount) == "1.234.567,50"
    assert wording("en").number(amount) == "1,234,567.50"
    assert wording("de").number(Decimal(-3)) == "-3"
