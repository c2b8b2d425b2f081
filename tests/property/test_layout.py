"""Lines and segments keep every word exactly once, from left to right, whatever the page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.layout import lay_out
from service.domain.documents import Page, PageSize, Word
from service.domain.geometry import Box


@st.composite
def words(draw: st.DrawFn) -> Word:
    x, y = draw(st.floats(0, 550)), draw(st.floats(0, 800))
    width, height = draw(st.floats(1, 120)), draw(st.floats(4, 30))
    text = draw(st.text(alphabet="abcÄ19.,€-", min_size=1, max_size=12))
    return Word(text, Box(x, y, x + width, y + height), 1, height)


@given(st.lists(words(), max_size=40))
def test_every_word_once_and_in_order(found: list[Word]) -> None:
    layout = lay_out([Page(1, PageSize(595, 842), tuple(found))])
    kept = [word for segment in layout.segments() for word in segment.words]
    assert sorted(map(id, kept)) == sorted(map(id, found))
    assert [line.number for line in layout.lines] == list(range(len(layout.lines)))
    for line in layout.lines:
        starts = [word.box.x0 for segment in line.segments for word in segment.words]
        assert starts == sorted(starts)


@given(st.lists(words(), min_size=1, max_size=40))
def test_blocks_hold_every_segment_once(found: list[Word]) -> None:
    layout = lay_out([Page(1, PageSize(595, 842), tuple(found))])
    in_blocks = [id(segment) for block in layout.blocks for segment in block.segments]
    assert sorted(in_blocks) == sorted(id(segment) for segment in layout.segments())
