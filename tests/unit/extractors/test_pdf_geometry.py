"""Pages as their makers write them: boxes that are inherited, type that is scaled, words parted by narrow gaps."""

from __future__ import annotations

from extractors.pipeline import extract
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from service.domain.documents import Page


def _pdf(content: str, *, page_box: str = "", parent_box: str = "/MediaBox [0 0 595.28 841.89]") -> bytes:
    """A PDF of one page with Helvetica as /F1, written by hand so that the boxes stand where they should."""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {parent_box} >>",
        f"<< /Type /Page /Parent 2 0 R {page_box} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def _page(content: bytes) -> Page:
    return plain_page(read_pages(content, "a.pdf", DEFAULT_LIMITS, None)[0])


def test_a_box_inherited_from_the_tree_of_pages() -> None:
    page = _page(_pdf("BT /F1 12 Tf 40 815 Td (Stahlhandel) Tj ET"))
    assert round(page.size.height) == 842
    assert [word.text for word in page.words] == ["Stahlhandel"]
    assert 10 < page.words[0].box.top < 30


def test_the_page_is_what_both_boxes_show() -> None:
    page = _page(_pdf("BT /F1 12 Tf 140 700 Td (Inside) Tj ET", page_box="/CropBox [100 100 500 750]"))
    assert (page.size.width, page.size.height) == (400, 650)
    assert 38 < page.words[0].box.x0 < 42


def test_words_of_scaled_type_with_a_narrow_space() -> None:
    """A gap of 0.19 of the type as printed, 0.14 of the size that the file names."""
    content = "0.75 0 0 0.75 0 0 cm BT /F1 12 Tf 40 1000 Td (De) Tj 17.6 0 Td (Graaf) Tj ET"
    assert [word.text for word in _page(_pdf(content)).words] == ["De", "Graaf"]


def test_such_a_page_reads_as_a_whole() -> None:
    found = extract(_pdf("BT /F1 12 Tf 40 815 Td (Invoice number: A-1021) Tj ET"), "a.pdf")
    assert found.text("invoice_number") == "A-1021"
