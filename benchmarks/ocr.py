"""How many pages a second each OCR engine reads, bare and through us: ``python -m benchmarks.ocr [FILE…]``.

Without files it draws invoices of its own, clean at 200 dots an inch and poor: 150 dots, two degrees askew, noise, JPEG
quality 40. Bare is the engine on the picture as it is; through us is orientation, straightening and reading, in this
process. With each goes the share of the printed words that were read, where they are known.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image

from extractors.engines.ink import Gray
from extractors.engines.port import DEFAULT_LANGUAGES, EngineName, OcrEngine, OcrSettings
from extractors.engines.rapid import RapidOcr, warm_up
from extractors.engines.reading import Engines, engines_for
from extractors.engines.tesseract import Tesseract, is_installed
from extractors.readers.image import shots_of
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from service.demo.company import build_company
from service.demo.documents import build_documents
from service.domain.errors import UnreadableDocumentError

_PAGES = 6
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Sample:
    """A page as a picture file, and the words that it is known to show."""

    content: bytes
    words: Counter[str]


def main(files: Sequence[str]) -> None:
    """Measure and print."""
    warm_up()
    sets = {"given": [Sample(Path(file).read_bytes(), Counter()) for file in files]} if files else _drawn()
    print(f"{'pages':8}{'reader':28}{'pages/s':>9}{'s CPU/page':>12}{'words read':>12}")
    for name, samples in sets.items():
        for reader, read in _readers():
            _measure(name, reader, read, samples)


def _readers() -> Iterable[tuple[str, Callable[[bytes], Iterable[str]]]]:
    engines: list[OcrEngine] = [RapidOcr()]
    if is_installed():
        engines.insert(0, Tesseract(DEFAULT_LANGUAGES))
    for engine in engines:
        yield f"{engine.name}, bare", lambda content, engine=engine: _bare(engine, content)  # type: ignore[misc]
        yield f"{engine.name}, through us", lambda content, engine=engine: _through(Engines(engine), content)  # type: ignore[misc]
    both = engines_for(OcrSettings(EngineName.AUTO))
    yield "auto, through us", lambda content: _through(both, content)


def _bare(engine: OcrEngine, content: bytes) -> Iterable[str]:
    for shot in shots_of(content, "page", DEFAULT_LIMITS):
        yield from (word.text for word in engine.recognise(shot.picture))


def _through(engines: Engines, content: bytes) -> Iterable[str]:
    pages = read_pages(content, "page", DEFAULT_LIMITS, engines)
    return [word.text for page in pages for word in plain_page(page).words]


def _measure(name: str, reader: str, read: Callable[[bytes], Iterable[str]], samples: Sequence[Sample]) -> None:
    known = right = 0
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    for sample in samples:
        found = _words(" ".join(read(sample.content)))
        known += sum(sample.words.values())
        right += sum((found & sample.words).values())
    wall, cpu = time.perf_counter() - wall, sum(os.times()[:4]) - cpu
    share = f"{right / known:12.3f}" if known else f"{'–':>12}"
    print(f"{name:8}{reader:28}{len(samples) / wall:9.2f}{cpu / len(samples):12.2f}{share}", flush=True)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _drawn() -> dict[str, list[Sample]]:
    papers = [paper for paper in build_documents(build_company(1), 1) if _has_text(paper.content)]
    chosen = papers[:: max(1, len(papers) // _PAGES)][:_PAGES]
    rng = np.random.default_rng(1)
    clean, poor = [], []
    for paper in chosen:
        words = _first_words(paper.content)
        clean.append(Sample(_file(_picture(paper.content, 200), "PNG", 200), words))
        poor.append(Sample(_file(_worn(_picture(paper.content, 150), rng), "JPEG", 150), words))
    return {"clean": clean, "poor": poor}


def _has_text(content: bytes) -> bool:
    try:
        return bool(read_pages(content, "page.pdf", DEFAULT_LIMITS, None))
    except UnreadableDocumentError:
        return False


def _first_words(content: bytes) -> Counter[str]:
    first = plain_page(read_pages(content, "page.pdf", DEFAULT_LIMITS, None)[0])
    return _words(" ".join(word.text for word in first.words))


def _picture(content: bytes, dots: int) -> Gray:
    with pdfium.PdfDocument(content) as document:
        return np.asarray(document[0].render(scale=dots / 72).to_pil().convert("L"), np.uint8)


def _worn(picture: Gray, rng: np.random.Generator) -> Gray:
    height, width = picture.shape
    askew = cv2.getRotationMatrix2D((width / 2, height / 2), -2, 1)
    turned = np.asarray(cv2.warpAffine(picture, askew, (width, height), borderValue=245), np.float64)
    return np.clip(turned * 0.88 + 12 + rng.normal(0, 12, turned.shape), 0, 255).astype(np.uint8)


def _file(picture: Gray, kind: str, dots: int) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, format=kind, quality=40, dpi=(dots, dots))
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
