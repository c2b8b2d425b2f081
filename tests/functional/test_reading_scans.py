"""A scan goes from the quick queue to the one that recognises pictures, in the real reader process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from extractors.engines.port import EngineName, OcrSettings
from extractors.isolation import WarmReader
from extractors.readers.pdf_open import Limits
from service.domain.errors import UnreadableDocumentError
from service.domain.fields import Source
from service.domain.jobs import JobState, Stage
from service.domain.lifecycle import DocumentStatus
from service.ports import ReadRequest
from service.usecases.read_document import read_document
from tests.support.parts import Parts
from tests.unit.engines.pictures import as_file, picture, saved, tiff_of

OCR = OcrSettings(EngineName.RAPIDOCR)


@pytest.fixture(scope="module")
def reader() -> Iterator[WarmReader]:
    warm = WarmReader(ocr=OCR)
    yield warm
    warm.close()


def test_reading_hands_a_scan_over(parts: Parts, reader: WarmReader) -> None:
    (document,) = parts.receive(as_file(picture(), "JPEG", quality=70))
    first = parts.claim(document, Stage.READ)
    read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=first)
    assert parts.load(document).status is DocumentStatus.READING
    second = parts.claim(document, Stage.OCR)
    read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=second)
    assert parts.load(document).status is DocumentStatus.EXTRACTED
    with parts.uow.read() as tx:
        reading = tx.readings.latest(document.id)
        assert tx.jobs.get(first.id).state is JobState.DONE
        assert [job.stage for job in tx.jobs.active(document.id)] == [Stage.RECONCILE]
    assert reading is not None
    total = reading.first("grand_total")
    assert total is not None
    assert (total.value, total.provenance.source) == (Decimal("1161.44"), Source.OCR)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (saved(Image.new("1", (20_000, 20_000), 1), "PNG"), "TOO_LARGE"),
        (as_file(picture(60))[:2000], "TRUNCATED"),
        (tiff_of(500), "TOO_MANY_PAGES"),
    ],
)
def test_a_hostile_picture_fails_with_a_reason(tmp_path: Path, reader: WarmReader, content: bytes, code: str) -> None:
    file = tmp_path / "scan"
    file.write_bytes(content)
    with pytest.raises(UnreadableDocumentError) as caught:
        reader.read(ReadRequest(file, "scan.png"))
    assert caught.value.code == code


def test_pages_of_pictures_are_shown(tmp_path: Path, reader: WarmReader) -> None:
    file = tmp_path / "scan"
    page = Image.fromarray(picture(60))
    file.write_bytes(saved(page, "TIFF", save_all=True, append_images=[page]))
    assert reader.render(file, 2, 300).startswith(b"\x89PNG")
    with pytest.raises(UnreadableDocumentError):
        reader.render(file, 3, 300)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    warm = WarmReader(Limits(max_scanned_pages=1), OcrSettings(EngineName.AUTO))
    file = tmp_path / "scan"
    file.write_bytes(as_file(picture(100)))
    try:
        warm.read(ReadRequest(file, "scan.png"))
    finally:
        warm.close()
    assert list(tmp_path.iterdir()) == [file]
