"""What speaks for a return, a claim or a customer's letter apart from its title: what it asks for and says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.choose.forms.labels import find_labels
from extractors.choose.forms.people import mailbox
from extractors.choose.forms.prose import is_letter
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.documents import CUSTOMER_KINDS, DocumentKind

_RETURN = frozenset(
    {"return_number", "request_date", "reason", "requested_resolution", "refund_amount", "restocking_fee_amount"}
)
_CLAIM = frozenset(
    {
        "claim_number", "fault_description", "failure_date", "installation_date", "repair_date", "usage_value",
        "authorization_number", "labour_hours", "failure_code", "travel_amount", "claim_date",
    }
)  # fmt: skip
_SURE = 0.7  # of a label
_ASKED, _MOST_ASKED = 0.5, 2.0
_SAID, _MOST_SAID = 0.9, 1.8
_FORM = 0.6  # for tick boxes or fields to fill in
_LETTER, _PLAIN = 0.5, 1.5  # a letter; one that is nothing else and from no firm that prints its tax number
_MAILED = 1.5  # points off any paper's title, which the subject of a mail may name
_PAPERS = sorted(set(DocumentKind) - CUSTOMER_KINDS - {DocumentKind.CUSTOMER_COMMUNICATION})
_COMPLAINT = 2.5  # points off a claim's title for a letter that claims nothing
_TITLE, _TITLE_SIZE, _TITLE_LENGTH = 1.6, 1.12, 80
_COMPOUND, _PART = 10, 6  # letters of a title's long word, and of the word of a kind in it
_SUBJECT = re.compile(r"(?:objet|betreff|betr|subject|re|asunto|oggetto|onderwerp)\W*[:.]", re.IGNORECASE)
_DONE = ("return", "claim")  # what a question may ask about without doing it
_HEADING = 5  # lines of a printed mail's heading
_LEAST = 0.8  # points below which nothing is said


def form_points(reading: Reading) -> Mapping[DocumentKind, float]:
    """Points for the kinds of customers' documents, those with enough of them."""
    labels = [{n for n, weight in la.names() if weight == 1.0} for la in find_labels(reading) if la.sure >= _SURE]
    asked = frozenset().union(*(names for names in labels if not (names & _RETURN and names & _CLAIM)))
    said = _said(reading)
    form = _FORM * any(page.marks or page.form_values for page in reading.layout.pages)
    points = {
        DocumentKind.RETURN_FORM: _count(asked & _RETURN) + _prose(said, "return", "withdrawal"),
        DocumentKind.WARRANTY_CLAIM: _count(asked & _CLAIM) + _prose(said, "claim"),
    }
    for kind in points:
        in_subject = points[kind] > 0 and _is_subject(reading, kind)
        points[kind] += _TITLE * (_is_entitled(reading, kind) or in_subject)
    points = {kind: value + form for kind, value in points.items() if value > 0}
    if is_letter(reading):
        if said.get("asking"):  # for an invoice, whatever for, or how long one may return or claim
            points = dict.fromkeys(points, 0.0)
        plain = not any(value >= _LEAST for value in points.values()) and not reading.all_spans(SpanType.VAT_ID)
        points[DocumentKind.CUSTOMER_COMMUNICATION] = _LETTER + (_PLAIN if plain else 0.0)
        against = dict.fromkeys(_PAPERS, -_MAILED) if plain and mailbox(reading) is not None else {}
        if plain and _only_complains(reading):
            against[DocumentKind.WARRANTY_CLAIM] = -_COMPLAINT
        return {**_said_enough(points), **against}
    return _said_enough(points)


def _said_enough(points: Mapping[DocumentKind, float]) -> dict[DocumentKind, float]:
    return {kind: value for kind, value in points.items() if value >= _LEAST}


def _only_complains(reading: Reading) -> bool:
    """Whether a letter that says nothing of a warranty asks for no remedy either, whatever its subject calls it."""
    tables = [reading.vocabulary.lexicon.table(name) for name in ("requests", "resolutions")]
    return not any(find_hits(segment, table) for segment in reading.layout.segments() for table in tables)


def _is_entitled(reading: Reading, kind: DocumentKind) -> bool:
    """Whether a line that stands out, in the upper half of the first page, has a word of the kind in it."""
    for line in reading.layout.lines:
        page = reading.layout.pages[line.page - 1]
        if line.page > 1 or line.box.top > page.size.height / 2:
            return False
        titles = [s for s in line.segments if _stands_out(reading, s)]
        if _names(reading, titles, kind):
            return True
    return False


def _is_subject(reading: Reading, kind: DocumentKind) -> bool:
    """Whether the heading of a printed mail, or a letter's line of its subject, has a word of the kind in it."""
    written = mailbox(reading)
    lines = [] if written is None else reading.layout.lines[written[1].line : written[1].line + _HEADING]
    subjects = [s for line in lines for s in line.segments if "@" not in s.text]
    if written is None and is_letter(reading):
        subjects = [s for s in reading.layout.segments() if len(s.text) <= _TITLE_LENGTH and _SUBJECT.match(s.text)]
    return _names(reading, subjects, kind)


def _names(reading: Reading, segments: Sequence[Segment], kind: DocumentKind) -> bool:
    """Whether some of the texts have a word of the kind in them, alone or within a long word."""
    table = reading.vocabulary.lexicon.table("title_words")
    if any(hit.weight(kind.value) for segment in segments for hit in find_hits(segment, table)):
        return True
    words = [squeeze(word) for segment in segments for word in segment.text.split() if len(word) > _COMPOUND]
    keys = [key for key, meanings in table.items() if len(key) >= _PART and meanings[0].name == kind.value]
    return any(key in word for word in words for key in keys)


def _stands_out(reading: Reading, segment: Segment) -> bool:
    large = segment.size > _TITLE_SIZE * reading.usual_size
    return len(segment.text) <= _TITLE_LENGTH and (segment.bold or large or segment.text.isupper())


def _count(names: frozenset[str] | set[str]) -> float:
    return min(_MOST_ASKED, _ASKED * len(names))


def _said(reading: Reading) -> Mapping[str, int]:
    table = reading.vocabulary.lexicon.table("prose")
    requests = reading.vocabulary.lexicon.table("requests")
    asides = reading.vocabulary.lexicon.table("asides")
    counts: dict[str, int] = {}
    for segment in reading.layout.segments():
        is_question = segment.text.rstrip().endswith("?") and not find_hits(segment, requests)
        hits = find_hits(segment, table)
        is_enclosed = any(hit.weight("enclosing") for hit in find_hits(segment, asides))
        for hit in hits:
            for meaning in hit.meanings:
                if is_question and meaning.name in _DONE:
                    continue  # "is it still under warranty?"
                if is_enclosed and meaning.name == "asking":
                    continue  # "I enclose a copy of the invoice"
                counts[meaning.name] = counts.get(meaning.name, 0) + 1
    return counts


def _prose(said: Mapping[str, int], *names: str) -> float:
    return min(_MOST_SAID, _SAID * sum(said.get(name, 0) for name in names))
