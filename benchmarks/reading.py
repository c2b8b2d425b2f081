"""Pages a second of one core: bare pdfplumber's words, bare pdfium's text, and Concord from bytes to fields."""

from __future__ import annotations

import gc
import io
import time
from collections.abc import Callable, Sequence

import pdfplumber
import pypdfium2

from extractors.pipeline import extract
from service.demo.company import build_company
from service.demo.documents import make_invoices

_DOCUMENTS = 40
_SEED = 7


def main() -> None:
    """Print the figures and their ratios to bare pdfplumber."""
    papers = [document.content for document in make_invoices(build_company(_SEED), _DOCUMENTS, _SEED)]
    pages = sum(len(pypdfium2.PdfDocument(paper)) for paper in papers)
    contenders: Sequence[tuple[str, Callable[[bytes], object]]] = (
        ("pdfplumber, words only", _plumber_words),
        ("pdfium, text only", _pdfium_text),
        ("concord, bytes to fields", lambda paper: extract(paper, "paper.pdf")),
    )
    extract(papers[0], "warm-up.pdf")
    gc.freeze()  # as the reader process does before each document
    speeds = {name: pages / _seconds(read, papers) for name, read in contenders}
    gc.unfreeze()
    print(f"reading: {len(papers)} documents, {pages} pages, processor time of one core")
    for name, speed in speeds.items():
        print(f"  {name:28}{speed:8.1f} pages/s  {speed / speeds['pdfplumber, words only']:6.2f} × pdfplumber")


def _seconds(read: Callable[[bytes], object], papers: Sequence[bytes]) -> float:
    start = time.process_time()
    for paper in papers:
        read(paper)
    return time.process_time() - start


def _plumber_words(paper: bytes) -> object:
    with pdfplumber.open(io.BytesIO(paper)) as document:
        return [page.extract_words() for page in document.pages]


def _pdfium_text(paper: bytes) -> object:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper)]


if __name__ == "__main__":
    main()
