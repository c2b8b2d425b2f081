"""All tick boxes of a page as marks: drawn ones, those printed as text, fields of a form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.parse.tick_marks import FoundMark, find_marks, is_bullet, is_tick
from service.domain.documents import Mark, MarkShape, Page, Word
from service.domain.geometry import Box, union_of

_NEAR = 0.6  # of a mark's side that the letter in it may be off its middle
_COMB, _SAME = 0.8, 0.15  # shares: of the height that a comb's lines have, of its boxes' width
_TEXT_SURE, _FIELD_SURE = 0.95, 0.99


def with_marks(page: Page) -> Page:
    """The page with every tick box among its marks, and without the words that are tick boxes or ticks in them."""
    buttons = [
        Mark(MarkShape.BOX, v.box, v.page, v.value == "on", _FIELD_SURE) for v in page.form_values if v.is_button
    ]
    upright = [ruling.box for ruling in page.rulings if ruling.box.height > ruling.box.width]
    drawn = [m for m in page.marks if not any(_meet(m.box, b.box) for b in buttons) and not _ends_comb(m.box, upright)]
    words, marks = _ticked_by_letters(page.words, [*buttons, *drawn])
    printed = list(_printed(words, has_empty=any(not mark.ticked for mark in marks)))
    rest = tuple(word for _, kept in printed for word in kept)
    found = [mark for mark, _ in printed if mark is not None]
    outer = [m for m in marks if not any(_meet(m.box, f.box) for f in found)]
    return replace(page, words=rest, marks=(*outer, *found))


def _ends_comb(box: Box, upright: Sequence[Box]) -> bool:
    """Whether a box is the last of a row that has one letter in each, which upright lines of its height part."""
    return any(
        abs(line.x_mid - (box.x0 - box.width)) <= _SAME * box.width
        and line.y_overlap(box) >= _COMB * box.height
        and line.height <= box.height / _COMB
        for line in upright
    )


def _ticked_by_letters(words: Sequence[Word], marks: list[Mark]) -> tuple[list[Word], list[Mark]]:
    """An "x" that stands in a box is no word but ticks it; a box around another word is a table's cell."""
    kept, ticked, cells = [], set(), set()
    for word in words:
        box = next((i for i, m in enumerate(marks) if _centred(word.box, m.box)), None) if len(word.text) < 4 else None
        if box is not None and is_tick(word.text):
            ticked.add(box)
        else:
            kept.append(word)
            cells |= set() if box is None else {box}
    return kept, [replace(m, ticked=True) if i in ticked else m for i, m in enumerate(marks) if i not in cells]


def _centred(word: Box, mark: Box) -> bool:
    side = max(mark.width, mark.height)
    return abs(word.x_mid - mark.x_mid) <= _NEAR * side and abs(word.y_mid - mark.y_mid) <= _NEAR * side


def _meet(a: Box, b: Box) -> bool:
    return a.x_overlap(b) > 0.3 * min(a.width, b.width) and a.y_overlap(b) > 0.3 * min(a.height, b.height)


def _printed(words: Sequence[Word], *, has_empty: bool) -> Iterator[tuple[Mark | None, tuple[Word, ...]]]:
    """Each word as it is, or the mark that it holds with what is left of it; a bracketed mark may be two words."""
    joined = list(_joined(words))
    shown = has_empty or any(not mark.ticked for text, _ in joined for mark in find_marks(text))
    for text, parts in joined:
        marks = [m for m in find_marks(text) if shown or not is_bullet(text[m.start : m.end])]
        if not marks:
            yield None, parts
            continue
        for mark in marks:
            yield _mark(text, parts, mark), ()
        yield None, tuple(_left(text, parts, marks))


def _joined(words: Sequence[Word]) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """Words one by one, but "[" and "x" and "]" as one text."""
    index = 0
    while index < len(words):
        count = 1
        if words[index].text in ("[", "(", "[x", "[X", "(x", "(X"):
            for more in (1, 2):
                following = words[index + more : index + more + 1]
                if following and following[0].text.startswith(("]", ")")):
                    count = more + 1
                    break
        parts = tuple(words[index : index + count])
        yield "".join(part.text for part in parts), parts
        index += count


def _mark(text: str, parts: Sequence[Word], mark: FoundMark) -> Mark:
    box = _cut(union_of(p.box for p in parts), len(text), mark.start, mark.end)
    return Mark(MarkShape.BOX, box, parts[0].page, mark.ticked, _TEXT_SURE * min(p.confidence for p in parts))


def _left(text: str, parts: Sequence[Word], marks: Sequence[FoundMark]) -> Iterator[Word]:
    """The words that are left of a text where its marks are cut out."""
    whole = union_of(p.box for p in parts)
    edges = [0, *(edge for mark in marks for edge in (mark.start, mark.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if text[start:end].strip():
            yield replace(parts[0], text=text[start:end].strip(), box=_cut(whole, len(text), start, end))


def _cut(box: Box, length: int, start: int, end: int) -> Box:
    wide = box.width / max(1, length)
    return Box(box.x0 + start * wide, box.top, box.x0 + end * wide, box.bottom)
