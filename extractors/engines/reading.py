"""One page read by both engines, whose readings are fused: each sees what the other misses."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.engines.fusing import fused
from extractors.engines.gaps import told_apart
from extractors.engines.ink import Gray, is_blank
from extractors.engines.port import EngineName, OcrEngine, OcrSettings, Seen
from extractors.engines.quality import mean_confidence, share_like_text
from extractors.engines.rapid import RapidOcr
from extractors.engines.tesseract import Tesseract, is_installed
from extractors.engines.type_size import as_wide_as_font
from service.domain.errors import UnreadableDocumentError

_SURE = 0.92  # mean confidence; clean print stands above, poor print below
_TEXT = 0.75  # of the characters in tokens like text; codes and formulas take some
_MUCH_LESS = 0.6  # of the characters that the other engine found


@dataclass(frozen=True, slots=True)
class Recognition:
    """The words of a page and the name of the engine that read them."""

    words: tuple[Seen, ...]
    engine: str


@dataclass(frozen=True, slots=True)
class Engines:
    """The engines in the order in which they are asked; the second one of a hasty reading only in doubt."""

    quick: OcrEngine
    better: OcrEngine | None = None

    def read(self, picture: Gray, *, hastily: bool = False) -> Recognition:
        """The words of an upright, straight picture, by both engines, ``hastily`` by the better one only where the
        quick one is in doubt. No engine is asked about a blank page.

        UnreadableDocumentError where every engine asked breaks on it.
        """
        if is_blank(picture):
            return Recognition((), self.quick.name)
        found = self._read(picture, hastily=hastily)
        return Recognition(as_wide_as_font(told_apart(found.words, picture)), found.engine)

    def _read(self, picture: Gray, *, hastily: bool) -> Recognition:
        if self.better is None:
            return _by(self.quick, picture)
        try:
            quick = _by(self.quick, picture)
        except UnreadableDocumentError:
            return _by(self.better, picture)
        if hastily and is_sure(quick.words):
            return quick
        better = _by(self.better, picture)
        if _length(better.words) < _MUCH_LESS * _length(quick.words):
            return quick
        return Recognition(fused(better.words, quick.words), better.engine)


def _by(engine: OcrEngine, picture: Gray) -> Recognition:
    return Recognition(engine.recognise(picture), engine.name)


def engines_for(settings: OcrSettings) -> Engines:
    """The engines that the settings name, rapidocr where tesseract is missing."""
    if settings.engine is EngineName.RAPIDOCR or not is_installed():
        return Engines(RapidOcr())
    tesseract = Tesseract(settings.languages)
    return Engines(tesseract) if settings.engine is EngineName.TESSERACT else Engines(tesseract, RapidOcr())


def is_sure(words: tuple[Seen, ...]) -> bool:
    """Whether a reading needs no second opinion."""
    return mean_confidence(words) >= _SURE and share_like_text(word.text for word in words) >= _TEXT


def _length(words: tuple[Seen, ...]) -> int:
    return sum(len(word.text) for word in words)
