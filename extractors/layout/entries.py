"""What was typed into a form's fields, as words that stand on the page, and blanks to write on taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from service.domain.documents import FormValue, Page, Word
from service.domain.geometry import Box

_LINE = 11.0  # points of height that a line of an entry is given at most
_WIDE = 5.2  # points of a letter at most
_TALL = 22.0  # points; in a field higher than that the entry begins at the top
_FILL = "_.…·-"  # what lines to write on are made of
_FEWEST_FILL = 3


def with_entries(page: Page) -> Page:
    """The page with its form's entries among its words, and without its lines of underscores and dots."""
    printed = tuple(word for word in map(_without_fill, page.words) if word is not None)
    typed = tuple(word for value in page.form_values if not value.is_button for word in _words(value))
    return page if len(printed) == len(page.words) and not typed else replace(page, words=(*printed, *typed))


def _words(value: FormValue) -> Iterator[Word]:
    """The words of an entry, spread over its field line by line."""
    lines = [line.split() for line in value.value.splitlines() if line.strip()]
    box = value.box
    height = min(_LINE, box.height / max(1, len(lines)))
    top = box.top + 1 if box.height > _TALL else box.top + (box.height - height * len(lines)) / 2
    for number, words in enumerate(lines):
        letters = sum(len(word) for word in words) + len(words)
        wide = min(_WIDE, (box.width - 2) / max(1, letters), 0.55 * height + 1)
        x = box.x0 + 2
        for word in words:
            x1 = x + wide * len(word)
            line_top = top + number * height
            yield Word(word, Box(x, line_top, x1, line_top + height), value.page, height)
            x = x1 + min(wide, 0.4 * height)


def _without_fill(word: Word) -> Word | None:
    """None of a word that is only a line to write on; cut to the rest where such a line is part of it."""
    text = word.text
    if len(text) < _FEWEST_FILL or (text[0] not in _FILL + ":" and text[-1] not in _FILL):
        return word
    bare = text.strip(_FILL)
    if not bare.strip(":"):
        is_line = len(text) >= _FEWEST_FILL and len(set(text.strip(":"))) <= 2
        return None if is_line and text.strip(":") and text.strip(":")[0] != "-" else word
    lead, tail = len(text) - len(text.lstrip(_FILL)), len(text) - len(text.rstrip(_FILL))
    if max(lead, tail) < _FEWEST_FILL:
        return word
    wide = word.box.width / len(text)
    box = Box(word.box.x0 + lead * wide, word.box.top, word.box.x1 - tail * wide, word.box.bottom)
    return replace(word, text=bare, box=box)
