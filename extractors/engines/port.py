"""What an OCR engine is to the rest, and the settings that choose one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from extractors.engines.ink import Gray


class EngineName(StrEnum):
    """The engines by the names of the settings; ``AUTO`` takes both where both are there."""

    AUTO = "auto"
    TESSERACT = "tesseract"
    RAPIDOCR = "rapidocr"


DEFAULT_LANGUAGES = ("eng", "deu", "fra", "spa", "ita", "nld")


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """Which engine reads pictures, and the languages (tesseract's names) that it is told to expect."""

    engine: EngineName = EngineName.AUTO
    languages: tuple[str, ...] = DEFAULT_LANGUAGES


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as an engine sees it: pixels from the top left of the picture, confidence 0..1. ``row`` numbers the runs
    of words that the engine takes for one line of text.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    row: int


class OcrEngine(Protocol):
    """Reads the words of a picture that lies upright and straight."""

    @property
    def name(self) -> str:
        """How the engine is called in a value's provenance."""
        ...

    def recognise(self, picture: Gray) -> tuple[Seen, ...]:
        """The words in reading order. UnreadableDocumentError where the engine breaks on this picture."""
        ...
