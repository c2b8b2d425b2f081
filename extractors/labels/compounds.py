"""Puts labels together from their words: languages join owner, thing and number in more ways than a list can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

_Words = Mapping[str, Sequence[str]]


def compound_phrases(words: _Words) -> Iterator[str]:
    """The phrases of ``words``: ``what`` is named, ``before`` or ``after`` it the word for its number, ``whose`` it is
    before or ``theirs`` behind it. Never ``what`` alone; what is ``owned`` only with whose it is.
    """
    whose, theirs = words.get("whose", ()), words.get("theirs", ())
    before, after = words.get("before", ()), words.get("after", ())
    named, owned = words.get("what", ()), words.get("owned", ())
    every = (*named, *owned)
    yield from _joined(whose, every, ("", *after))
    yield from _joined(before, whose, every)
    yield from _joined(every, ("", *after), theirs)
    yield from _joined(before, every, theirs)
    yield from _joined(named, after)
    yield from _joined(before, named)


def _joined(*parts: Sequence[str]) -> Iterator[str]:
    return (" ".join(words) for words in product(*parts))
