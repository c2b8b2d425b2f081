"""What recognition does to words and can be undone: rulings taken for letters, signs of numbers, torn addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from extractors.engines.port import Seen

_PIECE = re.compile(r"[^|¦]+")
_NUMBER_SIGN = re.compile(r"[Nn]\.?[2?9*\"'”][.:]?")  # what "N.º" and "N°" are taken for
_DOTS = re.compile(r"^[.…]{2,}|(?<=[\w:])[.…]{2,}$")
_DAY = re.compile(r"(?P<one>\d\d)(?P<first>[/1])(?P<two>\d\d)(?P<second>[/1])(?P<year>(?:19|20)\d\d)")
_MONTHS, _DAYS = 12, 31
_INITIALS = re.compile(
    r"(?=(?:[01]\.)*[^\W\d_]\.(?:[01]\.)*[^\W\d_]\.|0\.o\.|o\.0\.)(?:[^\W\d_]\.|[01]\.)+"
)  # as "S.r.1."
_LETTERS = str.maketrans("01", "ol")
_NEAR = 0.5  # of a word's height, between the parts of one e-mail address


def mended(words: Iterable[Seen]) -> tuple[Seen, ...]:
    """The words parted where a ruling was read as "|", an e-mail address in one, "N.º" in place of "N.2", "S.r.l." in
    place of "S.r.1.", dates with both their strokes, and what was written on dots without the dots.
    """
    found: list[Seen] = []
    for word in words:
        for part in _parts(word):
            if found and _is_torn(found[-1], part):
                left = found.pop()
                top, bottom = min(left.top, part.top), max(left.bottom, part.bottom)
                found.append(replace(left, text=left.text + part.text, x1=part.x1, top=top, bottom=bottom))
            else:
                found.append(part)
    return tuple(_signed([replace(word, text=_with_strokes(_undotted(word.text))) for word in found]))


def _undotted(text: str) -> str:
    """A text without the dots that it was written on: "..13-4-2025"."""
    return _DOTS.sub("", text) or text


def _with_strokes(text: str) -> str:
    """A day of which one of two strokes was taken for a figure, which makes no other sense: "09108/2025"."""
    match = _DAY.fullmatch(text)
    if match is None or match["first"].isdigit() == match["second"].isdigit():
        return text
    numbers = sorted((int(match["one"]), int(match["two"])))
    is_day = 1 <= numbers[0] <= _MONTHS and numbers[1] <= _DAYS
    return f"{match['one']}/{match['two']}/{match['year']}" if is_day else text


def _parts(word: Seen) -> Iterator[Seen]:
    wide = (word.x1 - word.x0) / max(1, len(word.text))
    for match in _PIECE.finditer(word.text):
        start, end = match.span()
        yield replace(word, text=match.group(), x0=word.x0 + start * wide, x1=word.x0 + end * wide)


def _is_torn(left: Seen, right: Seen) -> bool:
    """Whether two words are one e-mail address with a gap before its "@" or behind it."""
    near = 0 <= right.x0 - left.x1 < _NEAR * (left.bottom - left.top)
    torn = (right.text.startswith("@") and left.text[-1].isalnum()) or (left.text.endswith("@") and "." in right.text)
    return left.row == right.row and near and torn and len(left.text) > 1 and len(right.text) > 1


def _signed(words: list[Seen]) -> Iterator[Seen]:
    for word, right in zip_longest(words, words[1:]):
        names = right is not None and right.row == word.row and right.text[:1].isalpha()
        if _INITIALS.fullmatch(word.text):
            yield replace(word, text=word.text.translate(_LETTERS))
        else:
            yield replace(word, text="N.º") if names and _NUMBER_SIGN.fullmatch(word.text) else word
