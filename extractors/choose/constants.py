"""Puts in what a sender's papers always say: its own name, its customer's, what its currency sign stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.choose.candidates import confidence_of, derived, printed
from extractors.choose.reading import Reading
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.fields import AnyField
from service.domain.geometry import union_of
from service.domain.memory import BY_MEMORY, Memory, constant_of

_POINTS = 3.0
_MOST_PIECES = 3  # that a name is printed in
_NAMES = ("seller_name", "buyer_name")
_Fields = dict[str, tuple[AnyField, ...]]


def with_constants(reading: Reading, fields: Mapping[str, tuple[AnyField, ...]]) -> _Fields:
    """The fields with the constants that memories know. The customer's name only where this paper prints it, the
    currency only where it is printed by the same sign.
    """
    found = dict(fields)
    for name in _NAMES:
        memory = constant_of(reading.memories, name)
        if memory is not None and not _says(found.get(name, ()), memory.text):
            _put_name(reading, found, name, memory)
    printed_as = found["currency"][0].raw if "currency" in found else ""
    memory = constant_of(reading.memories, "currency", printed_as)
    if memory is not None and not _says(found.get("currency", ()), memory.text):
        found["currency"] = (_currency(found.get("currency", ()), memory),)
    return found


def _says(entries: tuple[AnyField, ...], text: str) -> bool:
    return bool(entries) and squeeze(str(entries[0].value)) == squeeze(text)


def _put_name(reading: Reading, fields: _Fields, name: str, memory: Memory) -> None:
    confidence = confidence_of(_POINTS * memory.trust)
    lines = _printed_in(reading, memory.text)
    if lines:
        raw, box = " ".join(segment.text for segment in lines), union_of(segment.box for segment in lines)
        fields[name] = (printed(memory.text, raw, confidence, lines[0].page, box, BY_MEMORY),)
    elif name == "seller_name":
        fields[name] = (derived(memory.text, confidence, BY_MEMORY),)


def _printed_in(reading: Reading, text: str) -> tuple[Segment, ...]:
    """The text that prints the name, or a few beside or beneath one another; none where it isn't printed."""
    key = squeeze(text)
    together = [*(line.segments for line in reading.layout.lines), *(block.segments for block in reading.layout.blocks)]
    for count in range(1, _MOST_PIECES + 1):
        for segments in together:
            for first in range(len(segments) - count + 1):
                pieces = segments[first : first + count]
                if key and key in squeeze(" ".join(piece.text for piece in pieces)):
                    return pieces
    return ()


def _currency(entries: tuple[AnyField, ...], memory: Memory) -> AnyField:
    confidence = confidence_of(_POINTS * memory.trust)
    if not entries:
        return derived(memory.text, confidence, BY_MEMORY)
    place = replace(entries[0].provenance, method=BY_MEMORY)
    return replace(entries[0], value=memory.text, confidence=confidence, provenance=place)
