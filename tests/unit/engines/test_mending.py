"""What recognition does to words is undone, and only that."""

from __future__ import annotations

from extractors.engines.mending import mended
from extractors.engines.port import Seen
from extractors.engines.type_size import as_high_as_font


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


def test_a_box_that_took_in_a_line_above_is_as_high_as_the_type() -> None:
    row = [a_word(text, x, x + 36, top=100, bottom=110) for text, x in (("Nombre", 0), ("apellido", 60))]
    stretched = as_high_as_font([row[0], a_word("y", 45, 50, top=92, bottom=113), row[1]])[1]
    assert stretched.bottom - stretched.top < 18


def test_a_title_is_as_large_as_it_is() -> None:
    words = [a_word("Warranty", 0, 180, row=0, top=10, bottom=42), *(a_word("claim", 0, 30, row=n) for n in (1, 2, 3))]
    assert as_high_as_font(words)[0].bottom - as_high_as_font(words)[0].top > 30
