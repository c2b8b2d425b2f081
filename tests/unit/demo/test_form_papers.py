"""Return forms and claims: each prints what its truth says, leaves blank what it must, and holds real form fields."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest

from service.demo.company import DemoCompany, build_company
from service.demo.documents import DemoDocument, make_claims, make_returns
from service.demo.documents.forms import FORMS, render_form
from service.demo.documents.forms.content import FormContent, header_values, printed_value
from service.demo.documents.forms.truth import form_truth
from service.demo.documents.invented.forms import invented_claim, invented_return
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.wording import LANGUAGES
from service.demo.documents.wording.form_words import form_wording
from service.domain.documents import DocumentKind
from service.domain.fields import ClaimLineType, Resolution, ReturnReason
from service.domain.kinds import spec_of

FILLABLE = {"fillable", "fillable_claim", "fillable_sheet", "fillable_card"}


@pytest.fixture(scope="module")
def company() -> DemoCompany:
    return build_company(1)


def contents(form: str, count: int = 6) -> list[FormContent]:
    invent = invented_return if FORMS[form].kind is DocumentKind.RETURN_FORM else invented_claim
    return [invent(FORMS[form].set, Random(n), LANGUAGES[n % len(LANGUAGES)]) for n in range(count)]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    try:
        for page in document:
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        pages = [document[index].get_textpage().get_text_bounded() for index in range(len(document))]
        return " ".join(" ".join(pages).split())
    finally:
        document.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("manner", [0, 1])
def test_every_language_words_everything(language: str, manner: int) -> None:
    words = form_wording(language, manner)
    assert set(words.resolutions) == set(Resolution)
    assert set(words.reasons) == set(ReturnReason)
    assert set(words.line_types) == set(ClaimLineType)
    for form in FORMS.values():
        for name in form.design.names:
            assert name in words.labels or name == "signature_present"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_form_prints_what_its_truth_says(form: str) -> None:
    for content in contents(form):
        words = FORMS[form].design.words(content)
        text = squeezed(text_of(render_form(content, form)))
        truth: Any = form_truth(content, FORMS[form])
        for name in set(truth["fields"]) & set(header_values(content)) - {"requested_resolution", "customer_address"}:
            assert squeezed(printed_value(content, words, name)) in text, (form, name)
        for line in truth["lines"]:
            for name in ("product_code", "serial_number"):
                assert squeezed(line.get(name, "")) in text, (form, name)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_truth_has_only_fields_of_the_contract(form: str) -> None:
    spec = spec_of(FORMS[form].kind)
    for content in contents(form):
        truth: Any = form_truth(content, FORMS[form])
        assert set(truth["fields"]) <= set(spec.fields)
        assert set(truth["absent"]) <= set(spec.fields) - set(truth["fields"])
        assert all(set(line) <= set(spec.line_fields) for line in truth["lines"])


def test_blank_fields_are_absent_and_ticks_for_all_need_one_reason() -> None:
    content = replace(contents("dotted_lines", 1)[0], number=None)
    first = replace(content.lines[0], reason=ReturnReason.LATE)
    truth: Any = form_truth(replace(content, lines=(first,)), FORMS["dotted_lines"])
    assert "return_number" in truth["absent"]
    assert truth["lines"][0]["reason"] == "late"
    mixed = replace(content, lines=(first, replace(first, reason=ReturnReason.GIFT)))
    truth = form_truth(mixed, FORMS["dotted_lines"])
    assert not any("reason" in line for line in truth["lines"])
    truth = form_truth(mixed, FORMS["slip_boxes"])
    assert [line["reason"] for line in truth["lines"]] == ["late", "gift"]


@pytest.mark.parametrize("form", sorted(FILLABLE))
def test_fillable_forms_hold_real_fields(form: str) -> None:
    content = contents(form, 1)[0]
    document = pypdfium2.PdfDocument(render_form(content, form))
    assert document.get_formtype() == raw.FORMTYPE_ACRO_FORM
    document.close()


@pytest.mark.parametrize("form", sorted(FORMS))
def test_same_content_same_bytes(form: str) -> None:
    content = contents(form, 1)[0]
    assert render_form(content, form) == render_form(content, form)


def test_forms_are_many_and_some_are_kept_for_measuring() -> None:
    for kind in (DocumentKind.RETURN_FORM, DocumentKind.WARRANTY_CLAIM):
        sets = Counter(form.set for form in FORMS.values() if form.kind is kind)
        assert sets.total() >= 15
        assert sets[LayoutSet.MEASURING] >= 5


@pytest.mark.parametrize("form", sorted(FORMS))
def test_nothing_runs_off_the_page(form: str) -> None:
    for content in contents(form):
        document = pypdfium2.PdfDocument(render_form(content, form))
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            boxes = [text.get_charbox(index) for index in range(text.count_chars())]
            assert min(min(box[:2]) for box in boxes) > 4
            assert max(box[2] for box in boxes) < width - 4
            assert max(box[3] for box in boxes) < height
        document.close()


@pytest.mark.parametrize("count", [1, 30])
def test_made_returns_are_of_goods_that_were_delivered(company: DemoCompany, count: int) -> None:
    made = make_returns(company, count, 5)
    assert len({document.content for document in made}) == count
    codes = {product.code for product in company.products}
    for document in made:
        order = next(o for o in company.sale_orders if o.name == fields(document)["sale_order_reference"])
        assert order.state == "sale"
        assert fields(document)["customer_name"] == company.customer(order.customer_id).name
        lines: Any = document.truth["lines"]
        assert {line["product_code"] for line in lines} <= codes


def test_made_claims_name_pieces_under_warranty(company: DemoCompany) -> None:
    made = make_claims(company, 20, 5)
    lines: list[Any] = [document.truth["lines"] for document in made]
    serials = [line["serial_number"] for paper in lines for line in paper]
    assert len(set(serials)) == 20
    assert set(serials) <= {serial.number for serial in company.serials}
    for document in made:
        bought, failed = (date.fromisoformat(fields(document)[name]) for name in ("purchase_date", "failure_date"))
        assert bought <= failed


def fields(document: DemoDocument) -> dict[str, Any]:
    found = document.truth["fields"]
    assert isinstance(found, dict)
    return found


def test_more_forms_than_sales_are_refused(company: DemoCompany) -> None:
    with pytest.raises(ValueError, match="are enough for"):
        make_returns(company, 100_000, 1)
    with pytest.raises(ValueError, match="are enough for"):
        make_claims(company, 100_000, 1)
