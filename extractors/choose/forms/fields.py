"""Header fields of a form: each label's entry goes to the field that it fits best, then values get their types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.entries import Entry, find_entries
from extractors.choose.forms.table import row_lines
from extractors.choose.forms.values import Found
from extractors.choose.reading import Reading
from extractors.labels import STRONG
from service.domain.fields import AnyField, FieldSpec, FieldStatus, Value, ValueType

PARTS = (
    "first_name", "last_name", "customer_company", "customer", "street", "street_more", "postcode", "city",
    "postcode_city", "region", "country",
)  # fmt: skip
_NUMBERS = ("return_number", "claim_number", "authorization_number")
_SHORTEST_NUMBER = 3
_LEAST = 0.75  # points that an entry needs
_RIVAL = 0.3  # how much another entry of the same field takes from the confidence
_SURE = 0.7  # how surely a label is one that asks for a part of a name or an address
_SECOND = 0.6  # of the weight of a meaning that is weak beside a strong one
_PER_WORD, _MOST_FOR_LENGTH = 0.1, 1.0
_OFFSET = 0.3  # points by which an entry's score is more than its margin


def choose_entries(reading: Reading, names: Iterable[str]) -> dict[str, Entry]:
    """The best entry of each field; an entry serves one field only, the one that its label means most."""
    wanted = tuple(names)
    rows = row_lines(reading)
    pairs = [
        (entry.score * weight + _length_bonus(name, entry), position, name, entry)
        for position, entry in enumerate(find_entries(reading))
        for name, weight in _weights(reading, entry, wanted)
        if entry.label.segment.line not in rows
        if (entry.label.sure >= _SURE or name not in PARTS)
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[3].label.segment.line, pair[1]))
    chosen: dict[str, Entry] = {}
    used: set[int] = set()
    for score, _, name, entry in pairs:
        if score >= _LEAST and name not in chosen and id(entry) not in used:
            chosen[name] = entry
            used.add(id(entry))
    return chosen


def _length_bonus(name: str, entry: Entry) -> float:
    """Points of the longer one of two texts that say what is wrong: the other one is an article's own."""
    if name != "fault_description":
        return 0.0
    return min(_MOST_FOR_LENGTH, _PER_WORD * sum(len(piece.words) for piece in entry.pieces))


def _weights(reading: Reading, entry: Entry, wanted: Sequence[str]) -> list[tuple[str, float]]:
    """The wanted fields that the entry's label may ask for and of whose type the entry is."""
    names = [(name, weight) for name, weight in entry.label.names() if _is_value(reading, entry, name)]
    strong = any(weight == STRONG for _, weight in names)
    return [(n, w if w == STRONG or not strong else w * _SECOND) for n, w in names if n in wanted]


def _is_value(reading: Reading, entry: Entry, name: str) -> bool:
    """Whether an entry is of a field's type; a number of the form has more than two characters."""
    found = entry.value(reading, name)
    return found is not None and (name not in _NUMBERS or len(str(found.value)) >= _SHORTEST_NUMBER)


def typed_fields(reading: Reading, entries: Mapping[str, Entry], specs: Mapping[str, FieldSpec]) -> dict[str, AnyField]:
    """The entries' values as fields, as far as they are of the field's type."""
    fields: dict[str, AnyField] = {}
    for name, entry in entries.items():
        if name not in specs or specs[name].type in (ValueType.RESOLUTION, ValueType.REASON, ValueType.BOOLEAN):
            continue
        found = entry.value(reading, name)
        if found is not None:
            fields[name] = entry_field(entry, found, margin_at(reading, name, entry))
    return fields


def entry_field(entry: Entry, found: Found, margin: float, value: Value | None = None) -> AnyField:
    """The value of an entry as a field."""
    status = FieldStatus.OK if found.valid else FieldStatus.INVALID
    kept = found.value if value is None else value
    return printed(kept, found.raw, confidence_of(margin), found.page, found.box, entry.method, status)


def value_field(found: Found, margin: float, method: str) -> AnyField:
    """A value that was found without a label's entry as a field."""
    status = FieldStatus.OK if found.valid else FieldStatus.INVALID
    return printed(found.value, found.raw, confidence_of(margin), found.page, found.box, method, status)


def margin_at(reading: Reading, name: str, entry: Entry) -> float:
    """By how much an entry leads over the other ones of its field."""
    own = entry.score * entry.label.weight(name)
    others = [e.score * e.label.weight(name) for e in find_entries(reading) if e is not entry]
    return own - _OFFSET - _RIVAL * max([0.0, *others])
