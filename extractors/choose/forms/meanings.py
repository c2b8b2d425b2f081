"""What words of a customer mean in the contract's terms: a reason, a resolution, a type of line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from extractors.choose.hits import find_phrases
from extractors.choose.reading import Reading
from extractors.labels import Table, squeeze

_FIRST = "refund"  # of two that are asked for alike: "Credit / refund"
_WHOLE, _SOME, _NEARLY = 1.0, 0.6, 0.75
_SHORTEST, _ALIKE = 6, 88.0  # letters; of 100, by which a phrase may differ in its ending
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")


@dataclass(frozen=True, slots=True)
class Sense:
    """The meaning ``name`` of a text, how surely (0..1), and where its phrase stands."""

    name: str
    sure: float
    start: int
    end: int


def sense_of(reading: Reading, text: str, section: str) -> Sense | None:
    """The meaning that a text has in a section of the lexicon: of the whole, else of its longest phrase."""
    table = reading.vocabulary.lexicon.table(section)
    key = squeeze(text)
    whole = table.get(key)
    if whole:
        return Sense(whole[0].name, _WHOLE, 0, len(text))
    phrases = find_phrases(text, table)
    if not phrases:
        return _inflected(text, table)
    best = max(phrases, key=lambda p: (_length(text, p.start, p.end), p.meanings[0].name == _FIRST, -p.start))
    share = _length(text, best.start, best.end) / max(1, len(key))
    sure = min(0.95, _SOME + 0.4 * share)
    return Sense(best.meanings[0].name, sure, best.start, best.end)


def _inflected(text: str, table: Table) -> Sense | None:
    """The meaning of a text, or of a long word in it, that is a known phrase but for its ending or a letter."""
    for match in (re.match(r".{1,48}$", text), *_LONG_WORD.finditer(text)):
        key = squeeze(match.group()) if match else ""
        if match and len(key) >= _SHORTEST:
            near = process.extractOne(key, table.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
            if near is not None:
                return Sense(table[near[0]][0].name, _NEARLY, *match.span())
    return None


def _length(text: str, start: int, end: int) -> int:
    return len(squeeze(text[start:end]))


def reason_of(reading: Reading, text: str) -> Sense | None:
    """Why goods come back."""
    return sense_of(reading, text, "reasons")


def resolution_of(reading: Reading, text: str) -> Sense | None:
    """What the customer asks for."""
    return sense_of(reading, text, "resolutions")


def line_type_of(reading: Reading, text: str) -> Sense | None:
    """What a line of a claim is for."""
    return sense_of(reading, text, "line_types")


SenseFinder = Callable[[Reading, str], Sense | None]
