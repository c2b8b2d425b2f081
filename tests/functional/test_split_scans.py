"""A scan of several papers, recognised once to be told apart, as PDF and as TIFF; each part is a picture of its own."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from extractors.isolation import WarmReader
from service.demo.documents.scans import ScanFile, clean_look, scanned
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus
from service.usecases.read_document import read_document
from service.usecases.split_file import active_parts
from tests.support.bundles import NORD, SUED, bundle
from tests.support.parts import Parts, parts_in


@pytest.mark.parametrize("file", [ScanFile.PDF, ScanFile.TIFF])
def test_a_scan_of_two_invoices_becomes_two(tmp_path: Path, migrated_sqlite: Path, file: ScanFile) -> None:
    parts, reader = parts_in(tmp_path, migrated_sqlite), WarmReader()
    (document,) = parts.receive(scanned(bundle(NORD, SUED), clean_look(Random(3)), 3, file))
    _work(parts, reader, document.id, Stage.READ)
    assert parts.load(document).status is DocumentStatus.READING
    _work(parts, reader, document.id, Stage.OCR)
    assert parts.load(document).status is DocumentStatus.SPLIT
    with parts.uow.read() as tx:
        found = active_parts(tx, document.id)
    for part in found:
        _work(parts, reader, part.id, Stage.READ)
        _work(parts, reader, part.id, Stage.OCR)
    with parts.uow.read() as tx:
        readings = [tx.readings.latest(part.id) for part in found]
    assert [reading and reading.text("invoice_number") for reading in readings] == ["BX-1041", "RG-77120"]
    assert [reading and len(reading.pages) for reading in readings] == [1, 1]
    reader.close()
    parts.engine.dispose()


def _work(parts: Parts, reader: WarmReader, document_id: str, stage: Stage) -> None:
    with parts.uow.read() as tx:
        document = tx.documents.get(document_id)  # type: ignore[arg-type]
    job = parts.claim(document, stage)
    read_document(uow=parts.uow, blobs=parts.blobs, reader=reader, clock=parts.clock, job=job)
