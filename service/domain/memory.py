"""What people's corrections taught about a sender's documents, and what of it the next document is read with.

A lesson is what one document taught: observations of where the confirmed values stand on its pages. Nothing is
counted up: memories are worked out from a sender's latest lessons each time, so that teaching twice changes nothing
and erasing a document's lesson takes back all that it taught.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from service.domain.extraction import Extraction
from service.domain.fields import FieldStatus
from service.domain.keys import account_key, email_key, name_words

MOST_LESSONS = 24  # of one sender, the latest, that are taken into account
MOST_MEMORIES = 60  # that a document is read with
MOST_OBSERVATIONS = 60  # of one document
DAY_ORDER, DECIMAL_MARK = "day_order", "decimal_mark"  # constants that are no fields: a sender's habits of writing
BY_MEMORY = "as corrected before for this sender"  # what the method of a value says that memory helped to choose
_LONGEST = 200  # characters of any text in an observation
_HABITS = {DAY_ORDER: ("day_first", "month_first"), DECIMAL_MARK: (",", ".")}
LIKE_ENOUGH = 0.5  # of ``likeness``: two places that are one to a reader of the form
_SHORTEST_NAME = 4  # characters
_SAME_X, _SAME_Y = 0.01, 0.015  # shares of the page
_LABEL, _ONLY_ABOVE, _SAME_PLACE = 0.6, 0.5, 0.5
_ACROSS, _DOWN, _SHAPE = 0.15, 0.15, 0.1


class KeyType(StrEnum):
    """By what a page says who sent it."""

    VAT_ID = "vat_id"
    IBAN = "iban"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, slots=True, order=True)
class SenderKey:
    """One thing that tells a sender, normalised."""

    type: KeyType
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: the squeezed words before it in its run of text, left of it and above it, its edges and
    top as shares of the page, and the shape of what is printed ("A-9/9").
    """

    before: str
    left: str
    above: str
    x0: float
    x1: float
    top: float
    shape: str


class Topic(StrEnum):
    """What an observation is about."""

    PLACE = "place"  # a field's value stands there
    CONSTANT = "constant"  # a field always has that text
    COLUMN = "column"  # a column's header means that field


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that a document taught of ``field``. ``text`` is the constant, or a column's header; ``read`` the sign
    that a currency is printed as. ``right`` is False where a person took back the value that had been read there;
    ``typed`` where a person typed the value and didn't just approve it.
    """

    topic: Topic
    field: str
    right: bool
    typed: bool
    place: Place | None = None
    text: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one document of a sender taught, and when."""

    keys: tuple[SenderKey, ...]
    observations: tuple[Observation, ...]
    learnt_at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """Observations of several documents that say the same: in how many it was right and in how many wrong."""

    topic: Topic
    field: str
    support: int
    contradiction: int
    last_seen: datetime
    place: Place | None = None
    text: str = ""
    read: str = ""

    @property
    def trust(self) -> float:
        """0..1, rising with what speaks for it; below 0 where more speaks against it."""
        lead = self.support - self.contradiction
        return lead / (abs(lead) + 0.25) if lead else 0.0


def sender_keys(extraction: Extraction) -> tuple[SenderKey, ...]:
    """By what a document tells its sender; identifiers that fail their check digits, and such that are the buyer's
    as well, tell nothing.
    """
    found = []
    for name, kind in (("seller_vat_id", KeyType.VAT_ID), ("iban", KeyType.IBAN)):
        field = extraction.first(name)
        if field is not None and field.status is not FieldStatus.INVALID:
            found.append(SenderKey(kind, account_key(str(field.value))))
    found.append(SenderKey(KeyType.EMAIL, email_key(extraction.text("seller_email") or "")))
    name = " ".join(name_words(extraction.text("seller_name") or ""))
    found.append(SenderKey(KeyType.NAME, name if len(name) >= _SHORTEST_NAME else ""))
    buyers = {account_key(extraction.text("buyer_vat_id") or ""), ""}
    buyers.add(" ".join(name_words(extraction.text("buyer_name") or "")))
    return tuple(key for key in found if key.text not in buyers)


def sound(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Those that may be kept: the reader process is the one that hostile files are read in, so its answer is bounded
    here once more.
    """
    return tuple(one for one in observations[:MOST_OBSERVATIONS] if _is_sound(one))


def _is_sound(observation: Observation) -> bool:
    place = observation.place
    texts = (
        observation.text,
        observation.read,
        *((place.before, place.left, place.above, place.shape) if place else ()),
    )
    if observation.field in _HABITS and observation.text not in _HABITS[observation.field]:
        return False
    return all(len(text) <= _LONGEST for text in texts) and len(observation.field) <= _LONGEST


def likeness(one: Place, other: Place) -> float:
    """How alike two places are (0..1); from ``LIKE_ENOUGH`` on they are the same place of a form. A label says most;
    the same spot of the page says enough only where neither place has one.
    """
    same_x = abs(one.x0 - other.x0) <= _SAME_X or abs(one.x1 - other.x1) <= _SAME_X
    same_y = abs(one.top - other.top) <= _SAME_Y
    points = _same_label(one, other) + _ACROSS * same_x + _DOWN * same_y + _SHAPE * (one.shape == other.shape)
    labels = (one.before, one.left, one.above) == (other.before, other.left, other.above)
    if same_x and same_y and labels:
        points = max(points, _SAME_PLACE + _SHAPE * (one.shape == other.shape))
    return points


def _same_label(one: Place, other: Place) -> float:
    if one.before or other.before:
        return _LABEL if one.before == other.before else 0.0
    if one.left and one.left == other.left:
        return _LABEL
    return _ONLY_ABOVE if one.above and one.above == other.above else 0.0


def recalled(lessons: Iterable[Lesson], keys: Sequence[SenderKey]) -> tuple[Memory, ...]:
    """The memories with which a document that tells ``keys`` is read: those that a person's typing began. Of lessons
    whose VAT id is another one nothing is recalled.
    """
    known = sorted((lesson for lesson in lessons if _is_of(lesson, keys)), key=lambda lesson: lesson.learnt_at)
    groups: list[_Group] = []
    for lesson in known[-MOST_LESSONS:]:
        for observation in lesson.observations:
            group = next((g for g in groups if g.takes(observation)), None)
            if group is None:
                groups.append(_Group(observation, lesson.learnt_at))
            else:
                group.add(observation, lesson.learnt_at)
    memories = [group.memory for group in groups if group.typed]
    settled = [_against_rivals(memory, memories) for memory in memories]
    awake = [memory for memory in settled if memory.trust > 0 or memory.topic is Topic.PLACE]
    return tuple(sorted(awake, key=lambda m: (-abs(m.trust), m.field, m.text))[:MOST_MEMORIES])


def constant_of(memories: Iterable[Memory], name: str, read: str = "") -> Memory | None:
    """What the sender's papers always have as ``name``; the most trusted, of equals the latest."""
    found = [m for m in memories if m.topic is Topic.CONSTANT and (m.field, m.read) == (name, read) and m.trust > 0]
    return max(found, key=lambda m: (m.trust, m.last_seen), default=None)


def _is_of(lesson: Lesson, keys: Sequence[SenderKey]) -> bool:
    own, told = ({k.text for k in some if k.type is KeyType.VAT_ID} for some in (lesson.keys, keys))
    return not set(lesson.keys).isdisjoint(keys) and not (own and told and own.isdisjoint(told))


class _Group:
    """Observations that say the same, oldest first; the latest place stands for all."""

    def __init__(self, first: Observation, at: datetime) -> None:
        self.typed = False
        self.memory = Memory(first.topic, first.field, 0, 0, at, first.place, first.text, first.read)
        self.add(first, at)

    def takes(self, observation: Observation) -> bool:
        mine = self.memory
        if (mine.topic, mine.field, mine.text, mine.read) != (
            observation.topic, observation.field, observation.text, observation.read,
        ):  # fmt: skip
            return False
        if mine.place is None or observation.place is None:
            return mine.place is observation.place
        return likeness(mine.place, observation.place) >= LIKE_ENOUGH

    def add(self, observation: Observation, at: datetime) -> None:
        self.typed = self.typed or observation.typed
        self.memory = replace(
            self.memory,
            support=self.memory.support + observation.right,
            contradiction=self.memory.contradiction + (not observation.right),
            last_seen=at,
            place=observation.place,
        )


def _against_rivals(memory: Memory, memories: Sequence[Memory]) -> Memory:
    """Of constants of one field, and of meanings of one header, only one can be right: later others speak against."""
    if memory.topic is Topic.PLACE:
        return memory
    rivals = [m for m in memories if m.topic is memory.topic and m is not memory and _claims_the_same(m, memory)]
    against = sum(rival.support for rival in rivals if rival.last_seen > memory.last_seen)
    return replace(memory, contradiction=memory.contradiction + against)


def _claims_the_same(one: Memory, other: Memory) -> bool:
    if one.topic is Topic.COLUMN:
        return one.text == other.text
    return (one.field, one.read) == (other.field, other.read)
