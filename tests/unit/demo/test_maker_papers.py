"""Makers' invoices: each family prints what its truth says, stays on the page, adds up and is the same by seed."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import chain
from random import Random
from typing import Any

import pypdfium2
import pytest

from service.demo.documents.fonts import face
from service.demo.documents.invented.people import half
from service.demo.documents.invented.places import COINED
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.makers.families import FAMILIES
from service.demo.documents.makers.family import MadeBill, made_bill
from service.demo.documents.makers.hand import Figures, Minus
from service.demo.documents.measuring import layout_names
from service.domain.documents import DocumentKind

INVOICE, CREDIT_NOTE = DocumentKind.SUPPLIER_INVOICE, DocumentKind.CREDIT_NOTE
EACH = [(usage, name) for usage, families in FAMILIES.items() for name in families]
DATES = ("_date", "period_start", "period_end")
NOT_VERBATIM = ("currency", "seller_address", "tax_breakdown", "early_payment_discount", "tax_note")


def made(usage: LayoutSet, name: str, seed: int, kind: DocumentKind = INVOICE) -> MadeBill:
    return made_bill(FAMILIES[usage][name], kind, usage, Random(f"{name}/{seed}"))


def squeezed(text: str) -> str:
    """Without what lines, groups of digits and hyphenation of a page put between characters."""
    return re.sub(r"[\s\u00a0.,'’\ufffe-]", "", text)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return squeezed(" ".join(page.get_textpage().get_text_bounded() for page in document))
    finally:
        document.close()


@pytest.mark.parametrize(("usage", "name"), EACH)
@pytest.mark.parametrize("kind", [INVOICE, CREDIT_NOTE])
def test_what_the_truth_says_stands_on_the_page(usage: LayoutSet, name: str, kind: DocumentKind) -> None:
    for seed in range(3):
        paper = made(usage, name, seed, kind)
        text = text_of(paper.pdf)
        for value in said(paper.truth):
            assert squeezed(value) in text, (seed, paper.language, value)


def said(truth: dict[str, Any]) -> list[str]:
    header = [
        value for field, value in truth["fields"].items() if field not in NOT_VERBATIM and not field.endswith(DATES)
    ]
    cells = [value for line in truth["lines"] for field, value in line.items() if field not in ("unit", "line_number")]
    texts = chain.from_iterable(value if isinstance(value, list) else [value] for value in (*header, *cells))
    return [text.removeprefix("-") for text in texts]


@pytest.mark.parametrize(("usage", "name"), EACH)
def test_sums_of_the_truth_add_up(usage: LayoutSet, name: str) -> None:
    for seed in range(6):
        truth: dict[str, Any] = made(usage, name, seed).truth
        fields = {
            field: Decimal(value) for field, value in truth["fields"].items() if field.endswith(("total", "amount"))
        }
        goods = sum(Decimal(line["line_total"]) for line in truth["lines"])
        net = goods + fields.get("freight_total", 0) - fields.get("allowance_total", 0)
        assert net == fields["net_total"]
        assert fields["net_total"] + fields["tax_total"] == fields["grand_total"]
        if "amount_due" in truth["fields"]:
            taken = fields.get("prepaid_amount", 0) + fields.get("retention_amount", 0)
            assert Decimal(truth["fields"]["amount_due"]) == (
                fields["grand_total"] - taken + fields.get("rounding_amount", 0)
            )


@pytest.mark.parametrize(("usage", "name"), EACH)
def test_nothing_runs_off_the_page(usage: LayoutSet, name: str) -> None:
    for seed in range(4):
        document = pypdfium2.PdfDocument(made(usage, name, seed).pdf)
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            assert min(min(box[:2]) for box in boxes) > -1
            assert max(box[2] for box in boxes) < width + 1, seed
            assert max(box[3] for box in boxes) < height + 1
        document.close()


@pytest.mark.parametrize("kind", [DocumentKind.PRO_FORMA, DocumentKind.ORDER_CONFIRMATION])
def test_papers_that_look_like_invoices_tell_what_they_are(kind: DocumentKind) -> None:
    for usage, name in EACH:
        truth: dict[str, Any] = made(usage, name, 1, kind).truth
        assert truth["kind"] == kind
        assert "invoice_number" not in truth["fields"]
        assert "grand_total" in truth["fields"]


def test_the_same_seed_gives_the_same_paper() -> None:
    assert made(LayoutSet.FITTING, "wholesaler", 3) == made(LayoutSet.FITTING, "wholesaler", 3)
    assert made(LayoutSet.FITTING, "wholesaler", 3) != made(LayoutSet.FITTING, "wholesaler", 4)


def test_families_are_many_and_kept_apart() -> None:
    fitting, measuring = (layout_names(INVOICE, usage) for usage in LayoutSet)
    assert not set(fitting) & set(measuring)
    assert len(fitting) + len(measuring) >= 40
    assert len(measuring) >= 12
    assert not set(half(COINED, LayoutSet.FITTING)) & set(half(COINED, LayoutSet.MEASURING))


def test_every_language_and_currency_comes() -> None:
    papers = [made(usage, name, seed) for usage, name in EACH for seed in range(4)]
    assert {paper.language for paper in papers} >= {"de", "en", "es", "fr", "it", "nl", "pt", "sv"}
    currencies = {fields(paper).get("currency") for paper in papers}
    assert currencies >= {"EUR", "GBP", "USD", "CHF", "SEK", "INR"}


def fields(paper: MadeBill) -> dict[str, Any]:
    found = paper.truth["fields"]
    assert isinstance(found, dict)
    return found


def test_figures_are_written_in_many_ways() -> None:
    amount = Decimal("-1234567.50")
    assert Figures(".", ",", Minus.BRACKETS, is_indian=True).written(amount) == "(12,34,567.50)"
    assert Figures(",", ".", Minus.TRAIL).written(amount) == "1.234.567,50-"
    assert Figures(".", "'").written(amount) == "-1'234'567.50"


def test_a_face_that_is_missing_has_a_stand_in() -> None:
    assert face("helvetica", "de").plain == "Helvetica"
    with pytest.raises(KeyError):
        face("nowhere", "de")
