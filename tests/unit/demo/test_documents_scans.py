"""Scans: pictures without text, the same by seed, of the size that was asked for; and whole sets of papers."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from service.demo.documents.__main__ import main
from service.demo.documents.invented.invoices import invented_invoice
from service.demo.documents.layouts import LayoutSet, render
from service.demo.documents.measuring import INVENTED_KINDS, Order, made_papers
from service.demo.documents.scans import ScanFile, ScanKind, ScanLook, look_of, scanned
from service.domain.documents import DocumentKind

LOOK = ScanLook(dpi=60, skew=1.5, noise=5, blur=0.4, shadow=0.2, contrast=0.8, quality=60)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    content = invented_invoice(DocumentKind.SUPPLIER_INVOICE, LayoutSet.FITTING, Random(9), "de")
    return render(content, "din_letter")


@pytest.mark.parametrize("file", list(ScanFile))
def test_the_same_seed_gives_the_same_bytes(pdf: bytes, file: ScanFile) -> None:
    first = scanned(pdf, LOOK, 7, file)
    assert scanned(pdf, LOOK, 7, file) == first
    assert scanned(pdf, LOOK, 8, file) != first


def test_a_scanned_pdf_has_the_pages_but_no_text(pdf: bytes) -> None:
    document, scan = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(scanned(pdf, LOOK, 7))
    assert len(scan) == len(document)
    assert scan[0].get_textpage().get_text_bounded() == ""
    assert scan[0].get_size() == pytest.approx(document[0].get_size(), abs=2)


def test_a_tiff_holds_all_pages() -> None:
    content = invented_invoice(DocumentKind.SUPPLIER_INVOICE, LayoutSet.MEASURING, Random(9), "nl")
    pdf = render(content, "cover_and_annex")
    picture = Image.open(BytesIO(scanned(pdf, LOOK, 7, ScanFile.TIFF)))
    assert getattr(picture, "n_frames", 1) >= 2


def test_what_a_look_says_is_seen(pdf: bytes) -> None:
    plain = pixels(scanned(pdf, ScanLook(dpi=60), 1, ScanFile.PNG))
    assert pixels(scanned(pdf, ScanLook(dpi=60, contrast=0.5), 1, ScanFile.PNG)).min() > plain.min()
    assert pixels(scanned(pdf, ScanLook(dpi=60, shadow=0.5), 1, ScanFile.PNG)).mean() < plain.mean() - 10
    turned = pixels(scanned(pdf, ScanLook(dpi=60, turns=2), 1, ScanFile.PNG))
    assert np.array_equal(turned[::-1, ::-1], plain)


def pixels(content: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.asarray(Image.open(BytesIO(content)), dtype=float)


def test_poor_is_worse_than_clean() -> None:
    clean, poor = (look_of(kind, Random(1)) for kind in (ScanKind.CLEAN, ScanKind.POOR))
    assert poor.quality < clean.quality
    assert poor.noise > clean.noise


def test_each_kind_of_scan_leaves_something_to_read(pdf: bytes) -> None:
    for kind in ScanKind:
        picture = pixels(scanned(pdf, look_of(kind, Random(3)), 3, ScanFile.PNG))
        assert picture.mean() > 120, kind
        assert picture.min() < 110, kind


def test_a_fax_is_black_or_white_and_folds_are_dark_lines(pdf: bytes) -> None:
    fax = pixels(scanned(pdf, ScanLook(dpi=60, is_bilevel=True), 1, ScanFile.PNG))
    assert set(np.unique(fax)) == {0, 255}
    plain = pixels(scanned(pdf, ScanLook(dpi=60), 1, ScanFile.PNG))
    folded = pixels(scanned(pdf, ScanLook(dpi=60, folds=1), 1, ScanFile.PNG))
    assert (plain - folded).mean(axis=1).max() > 40


@pytest.mark.parametrize("kind", INVENTED_KINDS)
@pytest.mark.parametrize("usage", list(LayoutSet))
def test_sets_are_the_same_by_seed_and_turn_through_layouts(kind: DocumentKind, usage: LayoutSet) -> None:
    papers = tuple(made_papers(Order(kind, usage, 12, 4)))
    assert papers == tuple(made_papers(Order(kind, usage, 12, 4)))
    assert len({paper.content for paper in papers}) == 12
    assert len({paper.layout for paper in papers}) >= 2
    assert len({paper.language for paper in papers}) >= 5


def test_a_kind_that_nobody_invents_is_refused() -> None:
    with pytest.raises(ValueError, match="no papers of kind"):
        tuple(made_papers(Order(DocumentKind.RECEIPT, LayoutSet.FITTING, 1, 1)))


def test_the_command_writes_files_and_truth(tmp_path: Path) -> None:
    options = ["--out", str(tmp_path), "--kind", "return_form", "--set", "fitting", "--count", "2", "--scan", "poor"]
    result = CliRunner().invoke(main, options)
    assert result.exit_code == 0, result.output
    rows = [json.loads(row) for row in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(tmp_path / row["file"]).exists() for row in rows] == [True, True]
    assert {row["kind"] for row in rows} == {"return_form"}
