"""What an entry's words say: the paper's number and sort, the other party and its account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.choose.addresses import has_legal_form
from extractors.choose.candidates import confidence_of, derived, printed
from extractors.choose.hits import Hit, find_hits, find_phrases
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType, with_prefix
from extractors.choose.statements.entries import Entry, is_numbered
from extractors.choose.statements.meanings import MONEY, money_in
from extractors.labels import squeeze
from extractors.layout.lines import Segment
from service.domain.documents import DocumentKind
from service.domain.fields import AnyField
from service.domain.geometry import union_of

_IN_COLUMN, _IN_TEXT = 2.4, 1.4
_LEAST_NAME = 5  # letters of a sort's name within a header
_SAYING = ("description", "document_type")  # columns of words
_SHORTEST = 3  # characters of a number that a text names
_NAME = re.compile(r"^[^\W\d_][^\d@]{2,69}$")
_FILLING = re.compile(
    r"(?:from|to|von|an|de|du|des|à|da|di|a|van|aan|od|do|från|till|reçue?|recue?|em|en|favor|[:–-])", re.IGNORECASE
)
_BANK_WORDS = re.compile(r"\b(?:IBAN|BIC|SWIFT|EREF|KREF|MREF|SVWZ|CRED|ABWA)\b[+:]?|\+")
_LOOSE = re.compile(r"^[\s:#.,°º/–-]*(?:n[ro]?[°º.]?\s*)?$", re.IGNORECASE)


def entry_texts(reading: Reading, entry: Entry, kind: DocumentKind) -> dict[str, AnyField]:
    """document_type, reference, counterparty_name and counterparty_iban of an entry on a paper of that ``kind``."""
    found: dict[str, AnyField] = {}
    said = _type(reading, entry)
    if said is not None:
        found["document_type"] = said
    number = _reference(reading, entry)
    if number is not None:
        found["reference"] = number
    account = _account(reading, entry)
    if account is not None:
        found["counterparty_iban"] = account
    name = _in_column(entry) or (_in_words(reading, entry) if kind is DocumentKind.BANK_STATEMENT else None)
    if name is not None:
        found["counterparty_name"] = name
    return found


def _texts(entry: Entry) -> Iterator[Segment]:
    """The pieces that hold words, those of the first line first."""
    yield from entry.segments("document_type", "description", "reference", "counterparty_name")
    for name in ("description", "counterparty_name", "document_type"):
        yield from entry.continued(name)


def _types(reading: Reading, piece: Segment) -> tuple[Hit, ...]:
    return find_hits(piece, reading.vocabulary.lexicon.table("document_types"))


def _type(reading: Reading, entry: Entry) -> AnyField | None:
    """What the column says, else the words with which another text begins, else what its number's header says."""
    for piece in entry.segments("document_type"):
        if any(character.isalpha() for character in piece.text) and money_in(reading, piece) is None:
            return _sort(reading, piece, _before_number(reading, piece), _IN_COLUMN)
    for piece in _texts(entry):
        hits = _types(reading, piece)
        if hits and len(piece.text[: hits[0].start].split()) <= 1:
            return _sort(reading, piece, hits[0].end, _IN_TEXT)
    return _by_header(reading, entry)


def _before_number(reading: Reading, piece: Segment) -> int:
    """Where a type ends: before the number of its paper, as in "Invoice RE-4711"."""
    hits = _types(reading, piece)
    numbers = [span.start for span in reading.spans(piece, SpanType.REFERENCE)]
    return hits[0].end if hits and numbers and hits[0].end <= numbers[0] else len(piece.text)


def _sort(reading: Reading, piece: Segment, end: int, points: float) -> AnyField:
    """The sort of paper by its usual name, such as "credit_note", where the words are known."""
    text = piece.text[:end].strip(" :,;–-")
    hits = [hit for hit in _types(reading, piece) if hit.end <= end]
    value = hits[0].meanings[0].name if hits else text
    return printed(value, text, confidence_of(points), piece.page, piece.box, "column" if points > 2 else "words")


def _by_header(reading: Reading, entry: Entry) -> AnyField | None:
    """What the column of numbers is called, such as "Invoice no."; what is taken off is no invoice."""
    table = reading.vocabulary.lexicon.table("document_types")
    header = next((column.header for column in entry.header.columns if column.means("reference")), "")
    called = squeeze(header)
    known = [phrase for phrase in table if len(phrase) >= _LEAST_NAME and phrase in called]
    if not known or not entry.segments("reference"):
        return None
    name = table[max(known, key=len)][0].name
    amounts = [span for piece in entry.segments(*MONEY) if (span := money_in(reading, piece)) is not None]
    if name == "invoice" and any(span.amount < 0 for span in amounts):
        name = "credit_note"
    return derived(name, confidence_of(_IN_TEXT), f"header “{header}”")


def _reference(reading: Reading, entry: Entry) -> AnyField | None:
    for piece in (*entry.segments("reference"), *entry.continued("reference")[:1]):
        if is_numbered(reading, piece):
            return _number(_whole(reading, piece), _IN_COLUMN)
    for piece in _texts(entry):
        span = _named(reading, piece)
        if span is not None:
            return _number(span, _IN_TEXT)
    return None


def _number(span: Span, points: float) -> AnyField:
    method = "column" if points > 2 else "number in the text"
    return printed(str(span.value), span.raw, confidence_of(points), span.page, span.box, method)


def _whole(reading: Reading, piece: Segment) -> Span:
    """The number in a column of numbers: all of it that isn't the sort of its paper."""
    spans = reading.spans(piece, SpanType.REFERENCE)
    hits = [hit for hit in _types(reading, piece) if hit.start == 0 and len(hit.text) > _SHORTEST]
    begin = hits[0].end if hits and hits[0].end < len(piece.text) else 0
    behind = [span for span in spans if span.start >= begin]
    first, last = (behind or list(spans))[0], (behind or list(spans))[-1]
    gap = piece.text[first.end : last.start]
    if first is not last and gap.strip(" /–-"):
        return first
    text = piece.text[first.start : last.end]
    return with_prefix(Span(first.type, text, piece, first.start, last.end), alone=True)


def _named(reading: Reading, piece: Segment) -> Span | None:
    """The number that a text names: right behind the sort of its paper, else the first of letters and figures."""
    taken = [s for kind in (SpanType.IBAN, SpanType.BIC, SpanType.DATE) for s in reading.spans(piece, kind)]
    spans = [
        span
        for span in reading.spans(piece, SpanType.REFERENCE)
        if len(str(span.value)) >= _SHORTEST and not any(t.start <= span.start < t.end for t in taken)
    ]
    hits = _types(reading, piece)
    for span in spans:
        if any(hit.end <= span.start and _LOOSE.match(piece.text[hit.end : span.start]) for hit in hits):
            return with_prefix(span)
    mixed = (s for s in spans if any(c.isalpha() for c in str(s.value)))
    return next((with_prefix(span) for span in mixed), None)


def _account(reading: Reading, entry: Entry) -> AnyField | None:
    pieces = [*entry.segments(*entry.cells), *(piece for _, piece in entry.below)]
    for piece in pieces:
        for span in reading.spans(piece, SpanType.IBAN):
            points = _IN_COLUMN if span.valid else _IN_TEXT
            return printed(str(span.value), span.raw, confidence_of(points), span.page, span.box, "form of an IBAN")
    return None


def _in_column(entry: Entry) -> AnyField | None:
    own = [p for p in entry.segments("counterparty_name") if _NAME.match(p.text)]
    if not own:
        return None
    wrapped = [p for p in entry.continued("counterparty_name") if _NAME.match(p.text)]
    return _name([own[0], *wrapped[:1]] if _is_wrapped(own[0], wrapped) else own[:1], _IN_COLUMN)


def _in_words(reading: Reading, entry: Entry) -> AnyField | None:
    """The name that a booking's text holds: on a line of its own, or behind the sort of booking."""
    described = [*entry.segments(*_SAYING), *(piece for name in _SAYING for piece in entry.continued(name))]
    names = [piece for piece in described if _is_name(reading, piece)]
    legal = [piece for piece in names if has_legal_form(piece.text)]
    if legal or (names and (entry.below or _names_people(reading, entry))):
        return _name((legal or names)[:1], _IN_TEXT)
    behind = (rest for piece in described if (rest := _behind_sort(reading, piece)) is not None)
    return next((_name([rest], _IN_TEXT) for rest in behind), None)


def _behind_sort(reading: Reading, piece: Segment) -> Segment | None:
    """What follows the sort of booking where it may be a name, as in "SEPA transfer Nordholz Handel GmbH"."""
    hits = _types(reading, piece)
    if not hits or hits[0].start > 0 or hits[0].end >= len(piece.text):
        return None
    first = piece.word_range(hits[0].start, hits[0].end)[1]
    while first < len(piece.words) and _FILLING.fullmatch(piece.words[first].text):
        first += 1
    rest = piece.part(first, len(piece.words)) if first < len(piece.words) else None
    return rest if rest is not None and len(rest.words) > 1 and _is_name(reading, rest) else None


def _names_people(reading: Reading, entry: Entry) -> bool:
    """Whether the column of descriptions says that it holds names too, as "Name / Description" does."""
    table = reading.vocabulary.lexicon.columns
    headers = (column.header for column in entry.header.columns if column.means("description"))
    phrases = (phrase for header in headers for word in header.split() for phrase in find_phrases(word, table))
    return any(meaning.name == "counterparty_name" for phrase in phrases for meaning in phrase.meanings)


def _is_wrapped(first: Segment, others: Sequence[Segment]) -> bool:
    return bool(others) and has_legal_form(others[0].text) and not has_legal_form(first.text)


def _is_name(reading: Reading, piece: Segment) -> bool:
    """Whether a text may be a name: neither the sort of a booking nor a bank's own words."""
    if not _NAME.match(piece.text) or _BANK_WORDS.search(piece.text):
        return False
    hits = _types(reading, piece)
    return not (hits and hits[0].start == 0)


def _name(pieces: Sequence[Segment], points: float) -> AnyField:
    text = " ".join(piece.text for piece in pieces)
    box = union_of(piece.box for piece in pieces)
    return printed(text, text, confidence_of(points), pieces[0].page, box, "column" if points > 2 else "words")
