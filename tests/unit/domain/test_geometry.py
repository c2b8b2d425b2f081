"""Boxes on a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.geometry import Box, union_of

numbers = st.floats(-1e6, 1e6)
boxes = st.tuples(numbers, numbers, numbers, numbers).map(
    lambda e: Box(min(e[0], e[2]), min(e[1], e[3]), max(e[0], e[2]), max(e[1], e[3]))
)


def test_extent_and_middle() -> None:
    box = Box(10, 20, 40, 30)
    assert (box.width, box.height, box.x_mid, box.y_mid) == (30, 10, 25, 25)


@pytest.mark.parametrize("edges", [(2, 0, 1, 1), (0, 2, 1, 1)])
def test_a_box_inside_out_is_refused(edges: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="not a box"):
        Box(*edges)


@pytest.mark.parametrize(
    ("other", "x_overlap", "y_overlap"),
    [
        (Box(5, 5, 15, 15), 5, 5),
        (Box(10, 0, 20, 10), 0, 10),  # touching is no overlap
        (Box(20, 20, 30, 30), 0, 0),
        (Box(2, 3, 4, 4), 2, 1),
    ],
)
def test_overlaps(other: Box, x_overlap: float, y_overlap: float) -> None:
    box = Box(0, 0, 10, 10)
    assert (box.x_overlap(other), box.y_overlap(other)) == (x_overlap, y_overlap)
    assert (other.x_overlap(box), other.y_overlap(box)) == (x_overlap, y_overlap)


def test_shares_of_a_page_are_cut_at_its_edge() -> None:
    assert Box(59.5, 84.2, 297.5, 842).shares_of(595, 842) == (0.1, 0.1, 0.5, 1.0)
    assert Box(-5, -5, 700, 900).shares_of(595, 842) == (0.0, 0.0, 1.0, 1.0)
    assert Box(0, 0, 1, 1).shares_of(0, 0) == (0.0, 0.0, 0.0, 0.0)


@given(st.lists(boxes, min_size=1, max_size=5))
def test_the_union_holds_all_and_no_more(several: list[Box]) -> None:
    whole = union_of(several)
    for box in several:
        assert whole.x_overlap(box) == box.width
        assert whole.y_overlap(box) == box.height
    assert whole.x0 in {box.x0 for box in several}
    assert whole.bottom in {box.bottom for box in several}


def test_nothing_has_no_union() -> None:
    with pytest.raises(ValueError, match="no boxes"):
        union_of(())
