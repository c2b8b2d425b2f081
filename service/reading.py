"""The reader that the settings ask for, apart from ``bootstrap``, of which ``concord extract`` needs nothing else."""

from __future__ import annotations

from extractors.engines.port import EngineName, OcrSettings
from extractors.isolation import WarmReader
from extractors.readers.pdf_open import Limits
from service.config import Settings


def reader_of(settings: Settings) -> WarmReader:
    """A reader under the settings' limits, with their engines; its process is started when it is first asked."""
    limits = Limits(max_bytes=settings.max_upload_bytes, max_pages=settings.max_pages)
    return WarmReader(limits, OcrSettings(EngineName(settings.ocr_engine), settings.ocr_languages))
