"""What the field model says of a document's words: one more piece of evidence, asked for in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from service.domain.documents import Word

BY_MODEL = "field model"  # the method of a value that it found
_NOTHING: Mapping[str, Mapping[Word, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Advice:
    """By field the words of its likely values, each with how likely (0..1) its piece of text is the value."""

    scores: Mapping[str, Mapping[Word, float]] = field(default_factory=lambda: _NOTHING)

    def likelihood(self, name: str, words: Iterable[Word]) -> float:
        """That of the likeliest of the words."""
        known = self.scores.get(name)
        return max((known.get(word, 0.0) for word in words), default=0.0) if known else 0.0


Ask = Callable[[], Advice]


def no_advice() -> Advice:
    """Nobody is asked."""
    return Advice()
