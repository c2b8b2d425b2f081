"""One reading from two: the better engine's characters and heights, parted and as wide as the quick one has them.

The better engine joins neighbouring words and passes over single figures; the quick one does none of that but misreads
poor print, and takes in lines and other rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise, zip_longest

from extractors.engines.port import Seen
from extractors.engines.quality import is_like_text, is_within_figure

_SAME_HEIGHT = 0.5  # of the lower word's height that two readings of one word share
_SURE = 0.6  # confidence of a word that only the quick engine saw
_BEYOND = 0.6  # of the height, that a box of the same word may reach beyond the other one
_SAME_TEXT = 0.7  # likeness of two readings that tell where one of them is parted
_TORN = 0.9  # likeness of two words together to the one that they are
_CUT_OFF = 0.1  # of the height, by which a box is too narrow where the character at its end is lost


def fused(better: Sequence[Seen], quick: Sequence[Seen]) -> tuple[Seen, ...]:
    """The words of the better reading, parted and as wide as in the quick one where both agree how long they are, with
    what only the quick one saw.
    """
    used: set[int] = set()
    found: list[Seen] = []
    for word in _joined(better, quick):
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


def _joined(better: Sequence[Seen], quick: Sequence[Seen]) -> Iterator[Seen]:
    """The better engine's words; of two that a wide blank behind tore, "arti" and "kelen", the quick one's word."""
    skipped = False
    for word, following in zip_longest(better, better[1:]):
        if skipped:
            skipped = False
            continue
        whole = _torn_from(word, following, quick) if following is not None and following.row == word.row else None
        skipped = whole is not None
        yield word if whole is None else replace(word, text=whole.text, x0=whole.x0, x1=whole.x1)


def _torn_from(word: Seen, following: Seen, quick: Sequence[Seen]) -> Seen | None:
    """What the quick engine read where a word stands, if it reads as that word and the following one together, and
    nothing where that one is said to stand.
    """
    both = word.text + following.text
    for other in quick:
        if not (_lies_in(other, word) and len(other.text) > len(word.text) and other.text.startswith(word.text)):
            continue
        if SequenceMatcher(None, other.text, both, autojunk=False).ratio() >= _TORN:
            return None if any(_lies_in(one, following) for one in quick) else other
    return None


def _placed(word: Seen, inside: Sequence[Seen]) -> Iterator[Seen]:
    parts = _with_whole_figures(sorted(inside, key=lambda other: other.x0))
    within = all(_is_within(other, word) for other in parts)
    cuts = _cuts(word.text, [other.text for other in parts]) if parts and within and "@" not in word.text else None
    if cuts is None:
        yield word
        return
    for other, (start, end) in _outside_figures(word.text, parts, cuts):
        yield replace(word, text=_whole(word, start, end, other), x0=other.x0, x1=other.x1)


def _outside_figures(text: str, parts: Sequence[Seen], cuts: Sequence[int]) -> Iterator[tuple[Seen, tuple[int, int]]]:
    """The parts with where their characters begin and end; one that a cut within a figure parts from the next, as in
    "RM8.60" where the quick engine saw "RM8" and "60", is one with it.
    """
    first, begins = parts[0], 0
    for following, cut in zip(parts[1:], cuts[1:-1], strict=True):
        if is_within_figure(text, cut) or is_within_figure(text, cut + 1):
            first = replace(first, text=first.text + following.text, x1=following.x1)
            continue
        yield first, (begins, cut)
        first, begins = following, cut
    yield first, (begins, len(text))


def _with_whole_figures(parts: Sequence[Seen]) -> tuple[Seen, ...]:
    """The parts of one word, without a cut behind the comma or point of a figure."""
    whole: list[Seen] = []
    for part in parts:
        if whole and is_within_figure(whole[-1].text + part.text, len(whole[-1].text)):
            whole[-1] = replace(whole[-1], text=whole[-1].text + part.text, x1=part.x1)
        else:
            whole.append(part)
    return tuple(whole)


def _is_within(other: Seen, word: Seen) -> bool:
    """Whether a box doesn't reach far beyond the word."""
    beyond = _BEYOND * (word.bottom - word.top)
    return word.x0 - beyond <= other.x0 and other.x1 <= word.x1 + beyond


def _cuts(text: str, parts: Sequence[str]) -> tuple[int, ...] | None:
    """Where the parts of another reading begin in ``text``, its end behind them; None where the two differ too much,
    or a part would be empty.
    """
    joined = "".join(parts)
    matcher = SequenceMatcher(None, joined, text, autojunk=False)
    if len(joined) != len(text) and matcher.ratio() < _SAME_TEXT:
        return None
    ends, cuts = 0, [0]
    for part in parts[:-1]:
        ends += len(part)
        cuts.append(ends if len(joined) == len(text) else _counterpart(matcher, ends))
    cuts.append(len(text))
    return tuple(cuts) if all(a < b for a, b in pairwise(cuts)) else None


def _counterpart(matcher: SequenceMatcher[str], at: int) -> int:
    """Where a position of the first text lies in the second."""
    return next(
        (i2 if at == j2 else i1 + min(at - j1, i2 - i1))
        for _, j1, j2, i1, i2 in matcher.get_opcodes()
        if j1 < at <= j2 or at == j1 == 0
    )


def _whole(word: Seen, start: int, end: int, other: Seen) -> str:
    """The better engine's characters; with those that only the other one saw beyond the end of the better one's box."""
    text = word.text[start:end]
    lost = len(other.text) - len(text)
    beyond = _CUT_OFF * (other.bottom - other.top)
    if lost != 1:
        return text
    if start == 0 and other.text[1:] == text and other.text[0].isalnum() and word.x0 - other.x0 > beyond:
        return other.text
    if end == len(word.text) and other.text[:-1] == text and other.text[-1].isalnum() and other.x1 - word.x1 > beyond:
        return other.text
    return text


def _lies_in(other: Seen, word: Seen) -> bool:
    return word.x0 <= (other.x0 + other.x1) / 2 <= word.x1 and _share_height(other, word)


def _share_height(a: Seen, b: Seen) -> bool:
    return min(a.bottom, b.bottom) - max(a.top, b.top) >= _SAME_HEIGHT * min(a.bottom - a.top, b.bottom - b.top)


def _touch(a: Seen, b: Seen) -> bool:
    across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.bottom, b.bottom) - max(a.top, b.top)
    return across > 0 and down > 0


def _is_sure(word: Seen) -> bool:
    return word.confidence >= _SURE and is_like_text(word.text) and any(c.isalnum() for c in word.text)
