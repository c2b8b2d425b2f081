"""Codes that a form explains in a legend: "1 = too small", "A Arrived damaged", "DEF - defective"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from extractors.choose.forms.meanings import Sense, reason_of
from extractors.choose.reading import Reading

_ONE = r"\d{1,3}|[A-Z]{1,4}\d{0,3}"
_CODE = re.compile(rf"^\W*(?P<code>{_ONE})\W*$")
_SET_OFF = re.compile(
    rf"(?<![\w.,])(?P<code>{_ONE})\s?[=:.)–-]\s*"
    rf"(?P<text>[^\W\d_][^=;]*?)(?=\s+(?:{_ONE})\s?[=:.)–-]|\s?[;,|·•]|$)"
)
_BARE = re.compile(
    r"(?<![\w.,])(?P<code>\d{1,3}|[A-Z]\d{0,3}|(?:(?<=[:;,|·•] )|^)[A-Z]{2,4})\s+(?P<text>[^\W\d_][^=;\d·•]*?)"
    r"(?=\s+(?:\d{1,3}|[A-Z])\s|\s?[;,|·•]|\s[–—-]\s|$)"
)
_FEWEST = 3  # codes; fewer may be anything


def code_in(text: str) -> str | None:
    """The code that a text is, without zeros before it; None where it is none."""
    match = _CODE.match(text)
    return _plain(match["code"]) if match else None


def _plain(code: str) -> str:
    return code.lstrip("0") or code


@lru_cache(maxsize=16)
def reason_codes(reading: Reading) -> Mapping[str, tuple[str, Sense]]:
    """The reasons that the form's codes stand for, each with its words as printed."""
    found: dict[str, tuple[str, Sense]] = {}
    for code, text, _ in _pairs(reading):
        sense = reason_of(reading, text)
        if sense is not None:
            found.setdefault(code, (text, sense))
    return found if len(found) >= _FEWEST else {}


@lru_cache(maxsize=16)
def legend_lines(reading: Reading) -> frozenset[int]:
    """The numbers of the lines that explain codes of reasons."""
    known = reason_codes(reading)
    return frozenset(line for code, text, line in _pairs(reading) if known.get(code, ("",))[0] == text)


@lru_cache(maxsize=16)
def _pairs(reading: Reading) -> tuple[tuple[str, str, int], ...]:
    """What may be codes with their words and lines, those that a sign parts before those that only a space does."""
    texts = list(_texts(reading))
    found = [(_plain(m["code"]), m["text"].strip(), n) for text, n in texts for m in _SET_OFF.finditer(text)]
    found += [(_plain(m["code"]), m["text"].strip(), n) for text, n in texts for m in _BARE.finditer(text)]
    return tuple(found)


def _texts(reading: Reading) -> Iterator[tuple[str, int]]:
    """The runs of text, and a code with the words right of it, each with the number of its line."""
    for line in reading.layout.lines:
        texts = [segment.text for segment in line.segments]
        yield from ((text, line.number) for text in texts)
        pairs = itertools.pairwise(texts)
        yield from ((f"{a.strip(' .:=)-')} = {b}", line.number) for a, b in pairs if _CODE.match(a))
