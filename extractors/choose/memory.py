"""What a sender's earlier papers, as people corrected them, say about the values of this one: evidence among other.

A memory's points are added to those of labels and places. Amounts get fewer, so that the sums still rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from extractors.choose.places import place_of
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.choose.vocabulary import Vocabulary
from extractors.labels import Lexicon, Meaning
from service.domain.memory import LIKE_ENOUGH, Memory, Place, Topic, likeness

_MOST, _MOST_OF_AMOUNTS = 4.5, 2.5  # points
_AGAINST = 3.5  # points that a place loses from which a person took a value back
_CLEARLY_BETTER = 0.08  # of likeness


def remembered(reading: Reading, name: str, kind: SpanType) -> Mapping[Span, float]:
    """The points that memories of the field ``name`` give to values of a type or, below 0, take from them."""
    memories = [m for m in reading.memories if m.topic is Topic.PLACE and m.field == name and m.place is not None]
    if not memories:
        return {}
    most = _MOST_OF_AMOUNTS if kind is SpanType.AMOUNT else _MOST
    gained: dict[Span, float] = {}
    lost: dict[Span, float] = {}
    for memory in memories:
        if memory.trust > 0:
            for span, share in _best(_alike(reading, memory, kind)).items():
                gained[span] = max(gained.get(span, 0.0), most * share * memory.trust)
        else:
            for span, share in _alike(reading, memory, kind).items():
                lost[span] = min(lost.get(span, 0.0), min(most, _AGAINST) * share * memory.trust)
    return {span: gained.get(span, 0.0) + lost.get(span, 0.0) for span in {**gained, **lost}}


def _alike(reading: Reading, memory: Memory, kind: SpanType) -> Mapping[Span, float]:
    """The values that stand where the memory says, and how surely (0..1)."""
    assert memory.place is not None
    alike = {span: likeness(memory.place, place) for span, place in _places(reading, kind).items()}
    return {span: min(1.0, points) for span, points in alike.items() if points >= LIKE_ENOUGH}


def _best(alike: Mapping[Span, float]) -> Mapping[Span, float]:
    """The most alike ones, each less sure the more values there are to choose from."""
    best = max(alike.values(), default=0.0) - _CLEARLY_BETTER
    kept = [span for span, points in alike.items() if points >= best]
    values = {span.value for span in kept}
    return {span: alike[span] / len(values) for span in kept}


@lru_cache(maxsize=16)
def _places(reading: Reading, kind: SpanType) -> Mapping[Span, Place]:
    return MappingProxyType({span: place_of(reading, span) for span in reading.all_spans(kind)})


def with_columns(vocabulary: Vocabulary, memories: Iterable[Memory]) -> Vocabulary:
    """The vocabulary with what the sender's column headers mean: they mean that and nothing else."""
    learnt = {m.text: (Meaning(m.field, 1.0),) for m in memories if m.topic is Topic.COLUMN}
    if not learnt:
        return vocabulary
    tables = {**vocabulary.lexicon.tables, "columns": {**vocabulary.lexicon.columns, **learnt}}
    return Vocabulary(Lexicon(tables), vocabulary.fewest_columns, vocabulary.needed)
