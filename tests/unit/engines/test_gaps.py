"""Words that stand in two cells are two, whatever the engine took them for."""

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extractors.engines.gaps import told_apart
from extractors.engines.port import Seen


def joined(*texts: str, blank: int) -> tuple[Seen, np.ndarray]:
    """The texts drawn ``blank`` pixels apart, and seen as one word."""
    picture = Image.new("L", (900, 80), 255)
    draw, x = ImageDraw.Draw(picture), 20.0
    for text in texts:
        draw.text((x, 15), text, fill=0, font_size=36)
        x += draw.textlength(text, font_size=36) + blank
    return Seen("".join(texts), 20, 12, x - blank, 60, 0.9, 0), np.asarray(picture)


@pytest.mark.parametrize(
    "texts", [("2", "GS-6607"), ("Stuks", "Artikelcode"), ("471102", "vom", "Kassel"), ("Remitente", "Carmen")]
)
def test_cells_read_as_one_word_are_parted(texts: tuple[str, ...]) -> None:
    word, picture = joined(*texts, blank=30)
    parts = told_apart((word,), picture)
    assert tuple(part.text for part in parts) == texts
    assert all(left.x1 < right.x0 for left, right in pairwise(parts))


@pytest.mark.parametrize("text", ["Rechnungsnummer", "1111", "DE89-3704"])
def test_a_word_stays_one(text: str) -> None:
    word, picture = joined(text, blank=0)
    assert told_apart((word,), picture) == (word,)


def test_a_number_whose_mark_stands_apart_is_one() -> None:
    _, picture = joined("6", ".", "5", blank=16)
    word = Seen("6.5", 20, 12, 130, 60, 0.9, 0)
    assert told_apart((word,), picture) == (word,)


def test_a_box_of_nothing_stays() -> None:
    word = Seen("ab", 10, 10, 60, 40, 0.9, 0)
    assert told_apart((word,), np.full((60, 80), 255, np.uint8)) == (word,)


def test_a_mail_address_is_not_parted_at_a_dot_with_wide_blanks() -> None:
    word, picture = joined("anna@mail", ".example", blank=30)
    assert told_apart((word,), picture) == (word,)


def test_a_figure_is_not_parted_behind_its_comma() -> None:
    word, picture = joined("102,", "00", blank=30)
    assert told_apart((word,), picture) == (word,)
