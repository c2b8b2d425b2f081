"""A word's box is drawn around its own ink, however roughly the engine placed it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.engines.ink import Gray
from extractors.engines.port import Seen
from extractors.engines.tight import tightened

PITCH = 38  # pixels between three lines of type 28 pixels high


def lines(*texts: str, ink: int = 0, paper: int = 255) -> Gray:
    picture = Image.new("L", (600, 40 + PITCH * len(texts)), paper)
    draw = ImageDraw.Draw(picture)
    for number, text in enumerate(texts):
        draw.text((40, 20 + PITCH * number), text, fill=ink, font_size=28)
    return np.asarray(picture, np.uint8)


def ink_rows(picture: Gray, top: int, bottom: int, ink: int) -> tuple[int, int]:
    rows = top + np.flatnonzero((np.abs(picture[top:bottom].astype(int) - ink) < 100).any(axis=1))
    return int(rows[0]), int(rows[-1]) + 1


@pytest.mark.parametrize(("ink", "paper"), [(0, 255), (255, 40)])
def test_a_box_that_reaches_into_the_neighbouring_lines_is_drawn_around_its_own(ink: int, paper: int) -> None:
    picture = lines("Mggy", "72 Stk", "Hbdk", ink=ink, paper=paper)
    top, bottom = ink_rows(picture, 20 + PITCH + 5, 20 + 2 * PITCH, ink)
    (word,) = tightened([Seen("72", 38, top - 14, 66, bottom + 14, 0.9, 0)], picture)
    assert (word.top, word.bottom) == pytest.approx((top, bottom), abs=1)
    assert 39 <= word.x0 <= 44
    assert 66 <= word.x1 <= 76


def test_a_box_set_off_to_the_side_finds_its_letter() -> None:
    picture = lines("L Zakelijk")
    (word,) = tightened([Seen("L", 50, 15, 60, 60, 0.9, 0)], picture)
    assert word.x0 < 46
    assert word.x1 <= 62


def test_a_box_without_ink_stays() -> None:
    word = Seen("kelen", 500, 20, 580, 50, 0.9, 0)
    assert tightened([word], lines("Totaal")) == (word,)


def test_pale_type_is_told_from_the_dark_line_that_reaches_into_its_box() -> None:
    paper = Image.new("L", (400, 120), 255)
    ImageDraw.Draw(paper).text((20, 30), "Auftrag", fill=175, font_size=28, anchor="lt")
    ImageDraw.Draw(paper).text((20, 62), "SW-25-5116", fill=0, font_size=40, anchor="lt")
    (word,) = tightened((Seen("Auftrag", 16, 22, 130, 70, 0.9, 0),), np.asarray(paper))
    assert (word.top, word.bottom) == pytest.approx((30, 58), abs=4)


def test_a_ruling_beside_a_figure_is_no_part_of_it() -> None:
    picture = lines("M", "72", "H").copy()
    picture[42:105, 74:76] = 0
    top, bottom = ink_rows(picture[:, :73], 20 + PITCH + 5, 20 + 2 * PITCH, 0)
    (word,) = tightened([Seen("72", 38, top - 14, 80, bottom + 14, 0.9, 0)], picture)
    assert (word.top, word.bottom) == pytest.approx((top, bottom), abs=1)
    assert word.x1 < 75
