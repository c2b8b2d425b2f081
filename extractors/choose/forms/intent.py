"""What a customer's message is about, by its words: a return, a claim, a refund, a complaint, a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.hits import Hit, find_hits
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment
from service.domain.fields import AnyField, Field, Provenance, Source

_QUESTION, _CLAIM = "question", "claim"
# A section of the labels, and what its phrases say (their own name where it isn't here), with how many points.
_SAYING: tuple[tuple[str, dict[str, str], float], ...] = (
    ("prose", {"return": "return", "withdrawal": "return", "claim": _CLAIM}, 1.5),
    ("prose", {"asking": _QUESTION}, 3.0),
    ("requests", {"refund": "refund", "repair": _CLAIM, "exchange": "return", "store_credit": "refund"}, 1.2),
    ("intents", {"complaint": "complaint", "question": _QUESTION}, 1.0),
    ("title_words", {"return_form": "return", "warranty_claim": _CLAIM}, 0.8),
    ("fault_words", {"fault": _CLAIM}, 0.3),
)
_ASKED = 0.6  # points of a question mark
_MOST = 3.0  # points that one section may bring
_NOTHING = 0.4  # confidence of "other"


def choose_intent(reading: Reading) -> AnyField:
    """return, claim, refund, complaint or question; ``other`` where nothing is said of any."""
    points: dict[str, float] = {}
    first: dict[str, Segment] = {}
    for weight, said in _said(reading):
        counts = Counter(name for name, _ in said)
        for name, count in counts.items():
            points[name] = points.get(name, 0.0) + min(_MOST, weight * count)
        for name, segment in said:
            first.setdefault(name, segment)
    if not points:
        return Field("other", "", _NOTHING, Provenance(Source.DERIVED, "no words that say what it is about"))
    order = sorted(points, key=lambda name: -points[name])
    lead = points[order[0]] - (points[order[1]] if len(order) > 1 else 0.0)
    segment = first[order[0]]
    sure = confidence_of(min(points[order[0]], lead + 0.4))
    return printed(order[0], segment.text, sure, segment.page, segment.box, "words of the message")


def _said(reading: Reading) -> Iterator[tuple[float, list[tuple[str, Segment]]]]:
    segments = reading.layout.segments()
    for section, meanings, weight in _SAYING:
        table = reading.vocabulary.lexicon.table(section)
        hits = [hit for segment in segments for hit in find_hits(segment, table)]
        yield weight, [(name, hit.segment) for hit in hits if (name := _meaning(hit, meanings))]
    yield _ASKED, [(_QUESTION, segment) for segment in segments if segment.text.rstrip().endswith("?")]


def _meaning(hit: Hit, meanings: dict[str, str]) -> str | None:
    return next((meanings[m.name] for m in hit.meanings if m.name in meanings), None)
