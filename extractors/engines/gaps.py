"""Words that an engine ran together, told apart by the blank between them: "2GS-6607" of two cells of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from extractors.engines.ink import Gray
from extractors.engines.port import Seen
from extractors.engines.quality import is_within_figure

_WIDE = 0.33  # of the box's height: more than the blank between two words of a sentence
_INK = 60  # grey levels between ink and paper
_NEAR = 2  # characters about a likely cut within which a better one is looked for
_NARROW, _BROAD = frozenset("iljtfrI1.,:;'|!()[] "), frozenset("mwMWGOQ@%&")
_WIDER = 3.0  # times the usual blank between the letters of the same run, which wide type raises


def told_apart(words: Sequence[Seen], picture: Gray) -> tuple[Seen, ...]:
    """The words, each cut where the picture shows a gap in it."""
    return tuple(part for word in words for part in _parts(word, picture))


def _parts(word: Seen, picture: Gray) -> Iterator[Seen]:
    cut = _gap(word, picture) if len(word.text) > 1 else None
    if cut is None:
        yield word
        return
    begin, end, share = cut
    at = _break(word.text, share)
    if _is_domain(word.text, at) or any(is_within_figure(word.text, behind) for behind in (at, at + 1)):
        yield word
        return
    yield from _parts(replace(word, text=word.text[:at], x1=begin), picture)
    yield from _parts(replace(word, text=word.text[at:], x0=end), picture)


def _is_domain(text: str, at: int) -> bool:
    """Whether a mail address goes on there: its dots have wide blanks about them in type of even width."""
    return "@" in text[:at] and "." in (text[at - 1], text[at])


def _break(text: str, share: float) -> int:
    """Where a text is cut that has ``share`` of its ink before the gap: there, or nearby where its kind changes."""
    widths = [_width(character) for character in text]
    whole = sum(widths)
    reached = [sum(widths[:at]) / whole for at in range(len(text) + 1)]
    likely = min(range(1, len(text)), key=lambda at: abs(reached[at] - share))
    near = (at for off in range(_NEAR + 1) for at in (likely - off, likely + off))
    return next((at for at in near if _changes(text, at)), likely)


def _width(character: str) -> float:
    """Of a usual character's."""
    if character in _NARROW:
        return 0.5
    return 1.4 if character in _BROAD or _is_sign(character) else 1.0


def _gap(word: Seen, picture: Gray) -> tuple[float, float, float] | None:
    """The widest blank within a word where it is too wide for one: where it begins and ends, and the share of the ink
    before it.
    """
    left, top = max(int(word.x0), 0), max(int(word.top), 0)
    shown = picture[top : int(word.bottom) + 1, left : int(word.x1) + 1]
    if shown.size == 0 or int(shown.max()) - int(shown.min()) < _INK:
        return None
    inked = np.flatnonzero((shown < (int(shown.min()) + int(shown.max())) / 2).any(axis=0))
    blanks = np.diff(inked) - 1
    between = blanks[blanks > 0]
    if between.size == 0:
        return None
    widest = int(blanks.argmax())
    others = [int(blank) for blank in between if blank != blanks[widest]]
    if blanks[widest] < max(_WIDE * shown.shape[0], _WIDER * median(others) if others else 0.0):
        return None
    before, after = widest + 1, len(inked) - widest - 1
    return left + float(inked[widest]) + 1, left + float(inked[widest + 1]), before / (before + after)


def _changes(text: str, at: int) -> bool:
    """Whether another kind of character begins there: a figure beside a letter, a capital behind a small letter, a
    word behind a colon or a sign.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before == ":" or _is_sign(before):
        return after.isalnum()
    if _is_sign(after):
        return True
    if not (before.isalnum() and after.isalnum()):
        return False
    return before.isdigit() != after.isdigit() or (before.islower() and after.isupper())


def _is_sign(character: str) -> bool:
    """Whether it is no character of a text, as the boxes that are to be ticked."""
    return not character.isascii() and not character.isalnum()
