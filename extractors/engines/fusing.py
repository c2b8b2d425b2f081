"""One reading from two: the better engine's characters in the quick one's boxes, which part words and keep sizes.

The better engine joins neighbouring words, draws boxes of uneven height and passes over single figures; the quick one
does none of that but misreads poor print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.engines.port import Seen
from extractors.engines.quality import is_like_text

_SAME_HEIGHT = 0.5  # of the lower word's height that two readings of one word share
_SURE = 0.6  # confidence of a word that only the quick engine saw
_ALIKE = (0.6, 1.7)  # times as high; what differs more took in something else


def fused(better: Sequence[Seen], quick: Sequence[Seen]) -> tuple[Seen, ...]:
    """The words of the better reading, parted and placed as in the quick one where both agree how long they are, with
    what only the quick one saw.
    """
    used: set[int] = set()
    found: list[Seen] = []
    for word in better:
        inside = [i for i, other in enumerate(quick) if _lies_in(other, word)]
        used.update(inside)
        found.extend(_placed(word, [quick[i] for i in inside]))
    last = max((word.row for word in better), default=0) + 1
    found += [
        replace(other, row=last + other.row)
        for i, other in enumerate(quick)
        if i not in used and _is_sure(other) and not any(_touch(other, word) for word in better)
    ]
    return tuple(found)


def _placed(word: Seen, inside: Sequence[Seen]) -> Iterator[Seen]:
    parts = sorted(inside, key=lambda other: other.x0)
    alike = all(_ALIKE[0] <= (o.bottom - o.top) / (word.bottom - word.top) <= _ALIKE[1] for o in parts)
    if not parts or not alike or sum(len(other.text) for other in parts) != len(word.text):
        yield word
        return
    start = 0
    for other in parts:
        text = word.text[start : start + len(other.text)]
        start += len(other.text)
        yield replace(other, text=text, confidence=word.confidence, row=word.row)


def _lies_in(other: Seen, word: Seen) -> bool:
    return word.x0 <= (other.x0 + other.x1) / 2 <= word.x1 and _share_height(other, word)


def _share_height(a: Seen, b: Seen) -> bool:
    return min(a.bottom, b.bottom) - max(a.top, b.top) >= _SAME_HEIGHT * min(a.bottom - a.top, b.bottom - b.top)


def _touch(a: Seen, b: Seen) -> bool:
    across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.bottom, b.bottom) - max(a.top, b.top)
    return across > 0 and down > 0


def _is_sure(word: Seen) -> bool:
    return word.confidence >= _SURE and is_like_text(word.text) and any(c.isalnum() for c in word.text)
