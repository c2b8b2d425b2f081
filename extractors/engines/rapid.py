"""RapidOCR from its wheel, models and all: the better engine on poor pictures, and the only one without tesseract."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import cv2
import numpy as np

from extractors.engines.ink import Gray
from extractors.engines.mending import mended
from extractors.engines.port import Seen
from extractors.engines.tight import tightened
from extractors.engines.type_size import as_high_as_font
from service.domain.errors import UnreadableDocumentError

_LONGEST_SIDE = 960  # pixels of what the lines are looked for in; they are read from the full picture
_LARGEST_PICTURE = 6_000  # pixels a side
_LEAST_CONFIDENCE = 0.5  # of a line
_BROKEN = "Reading the picture failed; scan or save it anew."
_UPSIDE_DOWN = "180"

# One thread and no arena: 370 MB in place of 950, and a process that may be forked once the models are loaded.
_PARAMETERS: dict[str, object] = {
    "Global.log_level": "error",
    "Global.use_cls": False,
    "Global.max_side_len": _LARGEST_PICTURE,
    "Global.text_score": _LEAST_CONFIDENCE,
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    "EngineConfig.onnxruntime.enable_cpu_mem_arena": False,
    "Det.limit_side_len": _LONGEST_SIDE,
    "Det.limit_type": "max",
}


class RapidOcr:
    """``OcrEngine`` by rapidocr's models."""

    name = "rapidocr"

    def recognise(self, picture: Gray) -> tuple[Seen, ...]:
        """The words in reading order. UnreadableDocumentError where the models break on this picture."""
        try:
            found = _models()(_coloured(picture), use_det=True, use_cls=False, use_rec=True, return_word_box=True)
        except (RuntimeError, cv2.error, ValueError) as error:
            raise UnreadableDocumentError(_BROKEN, code="OCR_FAILED") from error
        rows = found.word_results if found.txts else ()  # of a blank page it says words that are none
        seen = [_seen(word, row) for row, words in enumerate(rows) for word in words if word[0].strip()]
        return as_high_as_font(tightened(mended(seen), picture))


def is_upside_down(line: Gray) -> tuple[bool, float]:
    """Whether the picture of one line stands on its head, with the model's confidence 0..1."""
    found = _models()(_coloured(line), use_det=False, use_cls=True, use_rec=False)
    label, confidence = found.cls_res[0]
    return label == _UPSIDE_DOWN, float(confidence)


def warm_up() -> None:
    """Load all models now: what a process that forks for each document does once."""
    line = np.full((64, 320), 255, np.uint8)
    cv2.putText(line, "Total 12.50", (10, 44), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2)
    RapidOcr().recognise(line)
    is_upside_down(line)


@cache
def _models() -> Any:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    cv2.setNumThreads(1)
    import onnxruntime  # these cost half a second, and text documents don't need them
    from rapidocr import RapidOCR

    onnxruntime.disable_telemetry_events()

    return RapidOCR(params=_PARAMETERS)


def _coloured(picture: Gray) -> Any:
    return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)


def _seen(word: tuple[str, float, list[list[float]]], row: int) -> Seen:
    text, confidence, corners = word
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return Seen(text.strip(), min(across), min(down), max(across), max(down), float(confidence), row)
