"""Invented invoices in every layout and language: nothing runs off the page, sets share no names, figures agree."""

from __future__ import annotations

from random import Random

import pypdfium2
import pytest

from service.demo.documents.invented.invoices import invented_invoice
from service.demo.documents.invented.people import half
from service.demo.documents.invented.places import SURNAMES
from service.demo.documents.layouts import LAYOUTS, LayoutSet, render
from service.demo.documents.wording import LANGUAGES
from service.domain.documents import DocumentKind

INVOICE = DocumentKind.SUPPLIER_INVOICE


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_everything_stands_on_the_page(layout: str) -> None:
    for number, language in enumerate(LANGUAGES * 2):
        content = invented_invoice(INVOICE, LAYOUTS[layout].set, Random(number), language)
        assert_inside(render(content, layout))


def assert_inside(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                assert left > -1
                assert right < width + 1
                assert bottom > -1
                assert top < height + 1
    finally:
        document.close()


def test_half_of_the_layouts_is_kept_for_measuring() -> None:
    assert len(LAYOUTS) == 12
    assert sum(layout.set is LayoutSet.MEASURING for layout in LAYOUTS.values()) == 5


@pytest.mark.parametrize("language", sorted(SURNAMES))
def test_no_name_is_in_both_sets(language: str) -> None:
    fitting, measuring = (set(half(SURNAMES[language], usage)) for usage in LayoutSet)
    assert fitting
    assert measuring
    assert not fitting & measuring


@pytest.mark.parametrize("seed", range(30))
def test_invented_invoices_add_up(seed: int) -> None:
    content = invented_invoice(INVOICE, LayoutSet.FITTING, Random(seed))
    assert sum(item.total for item in content.items) + (content.freight or 0) == content.net_total
    assert content.net_total + content.tax_total == content.grand_total
    assert content.seller.name != content.buyer.name
