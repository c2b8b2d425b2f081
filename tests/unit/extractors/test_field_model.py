"""What the field model adds to what the rules read, and that they read alone without it."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extractors.choose.advice import BY_MODEL, Advice
from extractors.choose.advised import OF_FORMS, OF_INVOICES, advised_fields
from extractors.choose.piece_signs import LOOKS, hashed, signs_of
from extractors.choose.pieces import pieces_of
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.engines import field_model
from extractors.kinds.registry import read_kind
from extractors.layout import Layout, lay_out
from extractors.pipeline import extract
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from service.demo.company import build_company
from service.demo.documents import make_invoices
from service.domain.documents import Page, PageSize

LIKELY = 0.97


def printed(*texts: tuple[float, float, str]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for x, top, text in texts:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x, 842 - top, text)
    canvas.save()
    return out.getvalue()


def laid_out(content: bytes) -> Layout:
    return lay_out([plain_page(page) for page in read_pages(content, "paper.pdf", DEFAULT_LIMITS, None)])


# a form that calls its own number and its days by words that nobody knows
ODD_FORM = printed(
    (60, 60, "Return form"),
    (60, 100, "Name: Anna Weber"),
    (60, 116, "Vorbelt: RMA-20417"),
    (60, 132, "Quandel: 12.03.2026"),
    (60, 148, "Order number: SO-5512"),
)


def saying(layout: Layout, *said: tuple[str, str]) -> Reading:
    """A reading whose model finds these texts as these fields."""
    found = {
        field: {word: LIKELY for s in layout.segments() for word in s.words if word.text == text}
        for field, text in said
    }
    return Reading(layout, ask=lambda: Advice(found))


def test_runs_of_text_are_parted_at_typed_values() -> None:
    layout = laid_out(printed((60, 100, "Vorbelt RMA-20417 dated 12.03.2026")))
    pieces = pieces_of(Reading(layout))
    assert [(piece.text, piece.type) for piece in pieces] == [
        ("Vorbelt", None),
        ("RMA-20417", SpanType.REFERENCE),
        ("dated", None),
        ("12.03.2026", SpanType.DATE),
    ]


def test_each_piece_has_a_row_of_signs() -> None:
    reading = Reading(laid_out(ODD_FORM))
    pieces = pieces_of(reading)
    signs = signs_of(reading, pieces)
    assert len(signs.texts) == len(signs.labels) == len(signs.boxes) == len(signs.looks) == len(pieces)
    assert {len(looks) for looks in signs.looks} == {LOOKS}


def test_figures_are_all_one_and_words_are_not() -> None:
    assert hashed("PO 4711") == hashed("PO 9024")
    assert hashed("Bestellung") != hashed("Lieferung")


def test_what_the_rules_leave_empty_is_filled_with_little_confidence() -> None:
    reading = saying(laid_out(ODD_FORM), ("return_number", "RMA-20417"), ("request_date", "12.03.2026"))
    found = advised_fields(reading, {}, OF_FORMS)
    assert {name: field.raw for name, field in found.items()} == {
        "return_number": "RMA-20417",
        "request_date": "12.03.2026",
    }
    assert {field.provenance.method for field in found.values()} == {BY_MODEL}
    assert all(0.5 < field.confidence < 0.8 for field in found.values())


def test_a_value_serves_one_field() -> None:
    layout = laid_out(ODD_FORM)
    known = advised_fields(saying(layout, ("return_number", "RMA-20417")), {}, OF_FORMS)
    reading = saying(layout, ("authorization_number", "RMA-20417"))
    assert advised_fields(reading, known, OF_FORMS) == {}


def test_the_model_is_not_asked_where_all_that_most_papers_have_is_there() -> None:
    def refuse() -> Advice:
        raise AssertionError("asked")

    layout = laid_out(ODD_FORM)
    known = dict.fromkeys(
        OF_INVOICES, next(iter(advised_fields(saying(layout, ("invoice_number", "SO-5512")), {}, OF_INVOICES).values()))
    )
    del known["contract_reference"]
    assert advised_fields(Reading(layout, ask=refuse), known, OF_INVOICES) == {}


def test_without_its_file_there_is_no_model(tmp_path: Path) -> None:
    assert field_model.load(tmp_path / "field_model.onnx") is None


def test_the_shipped_model_changes_nothing_that_the_rules_read() -> None:
    for paper in make_invoices(build_company(7), 6, 7):
        layout = laid_out(paper.content)
        alone, advised = read_kind(layout, None), read_kind(layout, None, (), field_model.advise)
        assert {name: advised.fields[name] for name in alone.fields} == dict(alone.fields)
        assert advised.lines == alone.lines


def test_the_shipped_model_finds_a_number_whose_label_nobody_knows() -> None:
    layout = laid_out(ODD_FORM)
    model = field_model.shipped()
    assert model is not None
    advice = model.advise(Reading(layout))
    [number] = [word for s in layout.segments() for word in s.words if word.text == "RMA-20417"]
    assert advice.likelihood("return_number", [number]) > 0.5
    assert extract(ODD_FORM, "form.pdf").text("return_number") == "RMA-20417"


def test_a_page_without_words_gets_no_advice() -> None:
    model = field_model.shipped()
    assert model is not None
    assert model.advise(Reading(lay_out([Page(1, PageSize(595, 842), ())]))).scores == {}
