"""A document as the choosers see it: its layout, the labels and the typed values in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from extractors.choose.advice import Advice, Ask, no_advice
from extractors.choose.hits import Hit, find_labels
from extractors.choose.spans import Span, SpanType, spans_of
from extractors.choose.vocabulary import INVOICES, Vocabulary
from extractors.choose.wrapped_labels import wrapped_labels
from extractors.labels import squeeze
from extractors.layout import Layout
from extractors.layout.lines import Segment, TextLine
from extractors.parse.amounts import decimal_mark_of
from extractors.parse.dates import DayOrder, proven_order
from extractors.parse.identifiers import find_domains
from extractors.parse.towns import AMERICAN_TOWN
from service.domain.memory import DAY_ORDER, DECIMAL_MARK, Memory, constant_of

_NUMBER_WORD = re.compile(r"^[(\-−–+]?[€$£]?\d[\d.,'’]*\d[€$£%)\-]?$")
_MONTH_FIRST_SIGNS = re.compile(rf"{AMERICAN_TOWN}|\bUSA\b|\bUnited States\b|\bEIN\b|\b[Ss]ales [Tt]ax\b|\bSALES TAX\b")


@dataclass(frozen=True, eq=False)
class Reading:
    """Everything found in a document's layout, ready for choosing, in the words of one family of kinds."""

    layout: Layout
    vocabulary: Vocabulary = INVOICES
    memories: tuple[Memory, ...] = ()  # of the sender's earlier papers
    ask: Ask = no_advice  # the field model, which takes longer than the rules

    @cached_property
    def advice(self) -> Advice:
        """What the field model says of the words; it is asked once, and only where somebody looks."""
        return self.ask()

    @cached_property
    def decimal_mark(self) -> str | None:
        """The document's decimal mark, as most of its figures show, else as its sender's is remembered."""
        words = (word.text for page in self.layout.pages for word in page.words)
        shown = decimal_mark_of(text for text in words if _NUMBER_WORD.match(text))
        return shown or self._habit(DECIMAL_MARK)

    def _habit(self, name: str) -> str | None:
        memory = constant_of(self.memories, name)
        return None if memory is None else memory.text

    @cached_property
    def day_order(self) -> DayOrder:
        """Proven by a date of the document, else remembered of its sender, else by signs of the United States, else
        day first.
        """
        texts = [segment.text for segment in self.layout.segments()]
        proven = proven_order(texts)
        if proven is not None:
            return proven
        habit = self._habit(DAY_ORDER)
        if habit is not None:
            return DayOrder(habit)
        american = any(_MONTH_FIRST_SIGNS.search(text) for text in texts)
        return DayOrder.MONTH_FIRST if american else DayOrder.DAY_FIRST

    @cached_property
    def _spans(self) -> dict[Segment, tuple[Span, ...]]:
        return {s: spans_of(s, self.decimal_mark, self.day_order) for s in self.layout.segments()}

    @cached_property
    def _hits(self) -> dict[Segment, tuple[Hit, ...]]:
        table = self.vocabulary.lexicon.fields
        found = {segment: find_labels(segment, table) for segment in self.layout.segments()}
        return {**found, **wrapped_labels(self.layout, table)}

    @cached_property
    def _by_type(self) -> dict[tuple[Segment, SpanType], tuple[Span, ...]]:
        return {}

    def spans(self, segment: Segment, kind: SpanType) -> tuple[Span, ...]:
        """The typed values of that type in a segment, or in a part of one that a table's columns cut out."""
        found = self._by_type.get((segment, kind))
        if found is None:
            every = self._spans.get(segment)
            if every is None:
                every = spans_of(segment, self.decimal_mark, self.day_order)
            found = tuple(span for span in every if span.type is kind)
            self._by_type[segment, kind] = found
        return found

    def every_span(self, segment: Segment) -> tuple[Span, ...]:
        """The typed values of all types in a segment of the layout, some of them overlapping."""
        return self._spans[segment]

    def all_spans(self, kind: SpanType) -> tuple[Span, ...]:
        """The typed values of that type in the whole document, in its order."""
        return tuple(span for spans in self._spans.values() for span in spans if span.type is kind)

    def hits(self, segment: Segment) -> tuple[Hit, ...]:
        """The labels in a segment, or in a part of one."""
        found = self._hits.get(segment)
        return find_labels(segment, self.vocabulary.lexicon.fields) if found is None else found

    @cached_property
    def all_hits(self) -> tuple[Hit, ...]:
        """The labels of the document, in its order."""
        return tuple(hit for hits in self._hits.values() for hit in hits)

    def hits_of(self, *names: str) -> tuple[Hit, ...]:
        """The labels that may mean one of ``names``."""
        return tuple(hit for hit in self.all_hits if any(hit.weight(name) for name in names))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of its labels, the most frequent first."""
        votes = Counter(
            language for hit in self.all_hits for m in hit.meanings if m.weight == 1.0 for language in m.languages
        )
        return tuple(language for language, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])))

    @cached_property
    def usual_size(self) -> float:
        """The median height of its text in points."""
        sizes = sorted(segment.size for segment in self.layout.segments())
        return sizes[len(sizes) // 2] if sizes else 10.0

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The hosts of the web sites and mail addresses in it."""
        return frozenset(host for s in self.layout.segments() if "." in s.text for host in find_domains(s.text))

    @cached_property
    def squeezed(self) -> tuple[str, ...]:
        """The text of its segments, squeezed."""
        return tuple(squeeze(segment.text) for segment in self.layout.segments())

    def line_of(self, segment: Segment) -> TextLine:
        """The line that a segment is part of."""
        return self.layout.lines[segment.line]

    def lines_below(self, segment: Segment, reach: float) -> Iterable[TextLine]:
        """The lines of the same page that begin at most ``reach`` points below a segment."""
        for line in self.layout.lines[segment.line + 1 :]:
            if line.page != segment.page or line.box.top > segment.box.bottom + reach:
                return
            yield line
