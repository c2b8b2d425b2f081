"""What recognition does to words is undone, and only that."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.engines.ink import held, ink_of
from extractors.engines.mending import mended
from extractors.engines.port import Seen
from extractors.engines.type_size import as_high_as_font
from extractors.readers.scan_rulings import rulings_of, without_rulings
from tests.unit.engines.pictures import picture


def a_word(text: str, x0: float, x1: float, row: int = 0, top: float = 100, bottom: float = 110) -> Seen:
    return Seen(text, x0, top, x1, bottom, 0.9, row)


def test_a_ruling_read_as_a_letter_parts_words() -> None:
    left, right = mended([a_word("1|Electric", 100, 200)])
    assert (left.text, right.text) == ("1", "Electric")
    assert left.x1 <= 120 <= right.x0 + 0.1
    assert [word.text for word in mended([a_word("SARL|", 0, 50), a_word("|", 60, 62)])] == ["SARL"]


def test_a_torn_address_is_one_again() -> None:
    assert [w.text for w in mended([a_word("eva", 0, 30), a_word("@post.example", 33, 120)])] == ["eva@post.example"]
    apart = [a_word("eva", 0, 30), a_word("@post.example", 60, 150)]
    assert len(mended(apart)) == 2


def test_the_sign_of_a_number_is_told_by_the_word_behind_it() -> None:
    assert [w.text for w in mended([a_word("N.2", 0, 20), a_word("RMA", 25, 60)])] == ["N.º", "RMA"]
    assert [w.text for w in mended([a_word("N.2", 0, 20), a_word("4711", 25, 60)])] == ["N.2", "4711"]


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("S.r.1.", "S.r.l."), ("0.o.", "o.o."), ("V.0.F.", "V.O.F."), ("A.1.", "A.1."), ("1.0", "1.0"), ("S.A.", "S.A.")],
)
def test_figures_among_initials_are_letters(seen: str, meant: str) -> None:
    (word,) = mended([a_word(seen, 0, 40)])
    assert word.text.casefold() == meant.casefold()


def test_a_box_that_took_in_a_line_above_is_as_high_as_the_type() -> None:
    row = [a_word(text, x, x + 36, top=100, bottom=110) for text, x in (("Nombre", 0), ("apellido", 60))]
    stretched = as_high_as_font([row[0], a_word("y", 45, 50, top=92, bottom=113), row[1]])[1]
    assert stretched.bottom - stretched.top < 18


def test_a_title_is_as_large_as_it_is() -> None:
    words = [a_word("Warranty", 0, 180, row=0, top=10, bottom=42), *(a_word("claim", 0, 30, row=n) for n in (1, 2, 3))]
    assert as_high_as_font(words)[0].bottom - as_high_as_font(words)[0].top > 30


def test_frames_are_painted_over_and_short_strokes_stay() -> None:
    picture = np.full((400, 600), 255, np.uint8)
    for row in range(3):
        cv2.putText(picture, "garden hose with connectors", (60, 100 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 0, 2)
    cv2.line(picture, (40, 300), (560, 300), 0, 2)
    clean = without_rulings(picture, ((40.0, 299.0, 560.0, 301.0), (62.0, 85.0, 64.0, 100.0)))
    assert int(clean[296:305].min()) == 255
    assert (clean[:290] == picture[:290]).all()


def test_letters_that_run_together_in_small_print_are_no_rulings() -> None:
    small = picture(150, ("Montaje e instrucción en sus instalaciones", "Fehlerbeschreibung, corresponde") * 4)
    page = np.full((2400, 1700), 255, np.uint8)
    page[: small.shape[0], : small.shape[1]] = small
    assert rulings_of(page) == ()
    cv2.line(page, (100, 240), (1100, 240), 0, 2)
    cv2.line(page, (100, 240), (100, 900), 0, 2)
    level, upright = sorted(rulings_of(page), key=lambda box: box[3] - box[1])
    assert level[2] - level[0] > 990
    assert upright[3] - upright[1] > 640


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("..13-4-2025", "13-4-2025"),
        ("Unterschrift:...", "Unterschrift:"),
        ("09108/2025", "09/08/2025"),
        ("09/0812025", "09/08/2025"),
        ("99108/2025", "99108/2025"),
        ("0910812025", "0910812025"),
        ("1.2", "1.2"),
        ("....", "...."),
    ],
)
def test_dots_to_write_on_and_strokes_of_dates(seen: str, meant: str) -> None:
    assert [word.text for word in mended([a_word(seen, 0, 80)])] == [meant]


def test_the_ink_of_a_held_picture_is_looked_for_once_and_of_another_anew() -> None:
    page = picture(150, ("Fehlerbeschreibung", "garden hose") * 3).copy()
    assert ink_of(page) is not ink_of(page)
    first = ink_of(held(page))
    assert ink_of(page) is first
    assert np.array_equal(first.letters, ink_of(page.copy()).letters)
    with pytest.raises(ValueError, match="read-only"):
        page[0, 0] = 0
