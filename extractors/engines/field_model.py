"""The field model: a small network over a document's pieces of text that tells which piece is which field's value.

Its weights are made by ``python -m training.field_model``; without the file the rules read alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from extractors.choose.advice import Advice
from extractors.choose.piece_signs import LOOKS, MOST_IDS, Label, Signs, hashed, signs_of
from extractors.choose.pieces import pieces_of
from extractors.choose.reading import Reading
from service.domain.documents import Word

SHIPPED = Path(__file__).with_name("field_model.onnx")
FIELDS, LABELS = "fields", "labels"  # names of the lists that the file carries
INPUTS = ("ids", "labels", "looks", "boxes", "lines", "segments", "mask")
_LEAST = 0.5  # likelihood below which a piece isn't worth a word

Arrays = tuple[npt.NDArray[Any], ...]


@dataclass(frozen=True, slots=True)
class FieldModel:
    """The loaded network, the fields that it knows and the numbers of the labels that it knows."""

    session: Any
    fields: tuple[str, ...]
    labels: Mapping[str, int]

    def advise(self, reading: Reading) -> Advice:
        """What it says of a document."""
        pieces = pieces_of(reading)
        if not pieces:
            return Advice()
        arrays = arrays_of([signs_of(reading, pieces)], self.labels)
        likely = self.session.run(None, dict(zip(INPUTS, arrays, strict=True)))[0][0]
        scores: dict[str, dict[Word, float]] = {}
        for position, column in zip(*np.nonzero(likely[: len(pieces)] >= _LEAST), strict=True):
            words = scores.setdefault(self.fields[column], {})
            words.update(dict.fromkeys(pieces[position].words, float(likely[position, column])))
        return Advice(scores)


def load(path: Path) -> FieldModel | None:
    """The model of that file, with one thread and without an arena, so that the process may be forked and stays small;
    None where there is no such file.
    """
    if not path.is_file():
        return None
    import onnxruntime  # costs a quarter of a second, and most documents don't need it

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    carried = session.get_modelmeta().custom_metadata_map
    labels = {name: number for number, name in enumerate(json.loads(carried[LABELS]))}
    return FieldModel(session, tuple(json.loads(carried[FIELDS])), labels)


@cache
def shipped() -> FieldModel | None:
    """The model that lies beside this module. A process that forks for each document asks for it once before."""
    return load(SHIPPED)


def advise(reading: Reading) -> Advice:
    """What the shipped model says of a document; nothing where there is none."""
    model = shipped()
    return Advice() if model is None else model.advise(reading)


def arrays_of(documents: Sequence[Signs], labels: Mapping[str, int]) -> Arrays:
    """The model's ``INPUTS``, a row a document, shorter ones filled up; ``labels`` numbers the names of labels."""
    count, longest = len(documents), max(len(signs.texts) for signs in documents)
    ids = np.zeros((count, longest, MOST_IDS), np.int64)
    named = np.zeros((count, longest, len(labels)), np.float32)
    looks = np.zeros((count, longest, LOOKS), np.float32)
    boxes = np.zeros((count, longest, 4), np.float32)
    lines, segments = np.zeros((count, longest), np.int64), np.zeros((count, longest), np.int64)
    mask = np.zeros((count, longest), np.float32)
    for row, signs in enumerate(documents):
        length = len(signs.texts)
        looks[row, :length], boxes[row, :length] = signs.looks, signs.boxes
        lines[row, :length], segments[row, :length], mask[row, :length] = signs.lines, signs.segments, 1
        for place, text in enumerate(signs.texts):
            numbers = hashed(text)
            ids[row, place, : len(numbers)] = numbers
            _name(named[row, place], signs.labels[place], labels)
    return ids, named, looks, boxes, lines, segments, mask


def _name(row: npt.NDArray[Any], found: Sequence[Label], labels: Mapping[str, int]) -> None:
    for label in found:
        number = labels.get(label.name)
        if number is not None:
            row[number] = max(row[number], label.weight)
