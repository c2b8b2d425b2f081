"""How far a page that was recognised can be trusted: by the engine's own word and by what looks like text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.engines.port import Seen

_FIGURE = re.compile(r"^[(+\-−–]?[€$£]?\d[\d.,:'’/\-%]*[€$£%)\-.:]?$")
_PLAIN = re.compile(r"^[\"'(„“‚‘]*[^\W\d_]+(?:['’.&/\-][^\W\d_]+)*[\"'”’“).,:;!?*]*$")
_VOWELS = frozenset("aeiouyäöüàáâãåæèéêëìíîïòóôõøùúûœýÿ")
_MOST_CONSONANTS = 5  # in a row; "Angstschweiß" is rare
_MARK = re.compile(r"^[^\w\s]{1,2}$")
_CODE = re.compile(r"^[\w.\-/#:+&()]+$")
_PLACE = re.compile(r"^(?:[\w.\-+]+@[\w\-]+(?:\.\w+)+|(?:https?://|www\.)\S+)$")
_SHORT = 4  # letters; "GmbH" and "USt" have no vowels


def is_like_text(token: str) -> bool:
    """Whether a token could be a word, a figure, a code or punctuation of a document."""
    if _FIGURE.match(token) or _MARK.match(token) or _PLACE.match(token):
        return True
    if _PLAIN.match(token):
        return _is_speakable(token)
    return bool(_CODE.match(token)) and any(character.isdigit() for character in token)


def is_within_figure(text: str, at: int) -> bool:
    """Whether a figure goes on at that place, behind its comma or point, as in "29,80"."""
    before, sign, behind = text[at - 2 : at - 1], text[at - 1 : at], text[at : at + 1]
    return sign in {",", "."} and before.isdigit() and behind.isdigit()


def _is_speakable(token: str) -> bool:
    letters = [character for character in token.casefold() if character.isalpha()]
    if len(letters) <= _SHORT:
        return True
    run = longest = 0
    for character in letters:
        run = 0 if character in _VOWELS else run + 1
        longest = max(longest, run)
    return longest <= _MOST_CONSONANTS and any(character in _VOWELS for character in letters)


def share_like_text(tokens: Iterable[str]) -> float:
    """The share (0..1) of the characters that stand in tokens like text; 0 where there are none."""
    good = whole = 0
    for token in tokens:
        whole += len(token)
        good += len(token) * is_like_text(token)
    return good / whole if whole else 0.0


def mean_confidence(words: Sequence[Seen]) -> float:
    """The engine's confidence (0..1), weighed by characters; 0 where there are no words."""
    whole = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / whole if whole else 0.0
