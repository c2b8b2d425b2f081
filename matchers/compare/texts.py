"""How alike product descriptions are: spelled alike, and made of the same words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

Matrix = NDArray[np.float64]


def text_similarity(texts: Sequence[str], names: Sequence[Sequence[str]]) -> Matrix:
    """Similarity 0..1 of every text (rows) with each group of names (columns), the most alike of a group counting.

    Half of it is spelling, half is how many words of the shorter text the longer one has: a misread letter spoils
    the latter, an added word the former. Texts and names are as ``compared_text`` makes them; no group is empty.
    """
    flat = [name for group in names for name in group]
    starts = np.cumsum([0, *(len(group) for group in names[:-1])])
    spelling = process.cdist(texts, flat, scorer=fuzz.ratio, dtype=np.float32) / 100
    both = (spelling + _shared_words(texts, flat)) / 2
    return np.maximum.reduceat(both, starts, axis=1).astype(np.float64)


def _shared_words(texts: Sequence[str], names: Sequence[str]) -> NDArray[np.float32]:
    vocabulary: dict[str, int] = {}
    rows, columns = _words(texts, vocabulary), _words(names, vocabulary)
    has, held = _incidence(rows, len(vocabulary)), _incidence(columns, len(vocabulary))
    shorter = np.minimum(has.sum(axis=1)[:, None], held.sum(axis=1)[None, :])
    return (has @ held.T) / np.maximum(shorter, 1)  # type: ignore[no-any-return]


def _words(texts: Sequence[str], vocabulary: dict[str, int]) -> list[list[int]]:
    return [[vocabulary.setdefault(word, len(vocabulary)) for word in text.split()] for text in texts]


def _incidence(rows: Sequence[Sequence[int]], width: int) -> NDArray[np.float32]:
    matrix = np.zeros((len(rows), width), dtype=np.float32)
    for row, words in enumerate(rows):
        matrix[row, words] = 1
    return matrix
