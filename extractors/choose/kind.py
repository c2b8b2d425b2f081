"""Decides what kind of document it is, by the words of its title and where and how large they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from extractors.choose.candidates import confidence_of, labelled
from extractors.choose.forms.evidence import form_points
from extractors.choose.hits import Hit, find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import lexicon, squeeze
from extractors.layout.lines import Segment
from service.domain.documents import BILLABLE_KINDS, CUSTOMER_KINDS, DocumentKind

_MOST_LINES = 60  # of a page that may hold a title
_MOST_PAGES = 6  # that are asked for one, where those before have none, as behind a cover letter
_ENOUGH = 1.8  # points of a title
_UPPER_HALF = 0.5
_LONG_WORD = re.compile(r"[^\W\d_]{9,}")
_CLEAR = 3.2  # points
_NUMBERED = 2.0  # points that a labelled invoice number gives where no title says what the paper is
_NUMBER_ALONE = 0.4  # of them, where no sum stands there to be paid: a form names an invoice by its number too
_SUMS = ("grand_total", "amount_due", "net_total")
_SURE_LABEL = 2.0  # points of a label with its value
_QUALIFIED = 0.6  # points of a title with a word before it
_REFERRED = 0.8  # points off for the number of another paper
_SAID, _SAID_MORE, _MOST_SAID = 2.4, 0.8, 4.0  # points of sentences
_NO_INVOICE = "no_invoice"
_SELF_BILLED = "389"  # UNTDID 1001
_ORDINARY = 1.1  # of the usual size
_SMALL, _OF_LABEL = 0.85, 1.2  # of the usual size, in which labels are printed; points off for it
_REFERRED_TO = frozenset({DocumentKind.PURCHASE_ORDER, DocumentKind.ORDER_CONFIRMATION, DocumentKind.DELIVERY_NOTE})
_SPACED = re.compile(r"^[^\W\d_](?:\s[^\W\d_]){4,}(?:\s{2,}[^\W\d_](?:\s[^\W\d_])*)*$")
_CARD = re.compile(r"\b(?:visa|master ?card|maestro|amex)\s*$", re.IGNORECASE)  # "VISA CREDIT" is paid with
_LONG_TEXT = 60  # characters; a title is shorter


@dataclass(frozen=True, slots=True)
class Title:
    """The chosen kind with its confidence, and the line (of the document) on which its title stands."""

    kind: DocumentKind
    confidence: float
    line: int | None


def choose_kind(reading: Reading, forms: Callable[[], Reading]) -> Title:
    """The kind with the most points, by its title and, where ``forms`` reads it in their words, by what it asks for;
    ``other`` with little confidence where nothing speaks for any.
    """
    best = _titled(reading)
    if max((points for points, _ in best.values()), default=0.0) < _NUMBERED:
        best.update(_by_number(reading, best))
    _add(best, _in_prose(reading))
    if not _is_clear(best):
        _add(best, form_points(forms()))
    if not best:
        return Title(DocumentKind.OTHER, 0.3, None)
    order = sorted(best.items(), key=lambda item: -item[1][0])
    kind, (points, line) = order[0]
    second = max(0.0, order[1][1][0]) if len(order) > 1 else 0.0
    if kind is DocumentKind.CREDIT_NOTE and _is_self_billed(reading):
        kind = DocumentKind.SUPPLIER_INVOICE
    return Title(kind, confidence_of(min(points, points - second + 0.4)), line)


def _add(best: dict[DocumentKind, tuple[float, int | None]], found: Mapping[DocumentKind, float]) -> None:
    """Points that no title brought; what is left with none is out."""
    for kind, points in found.items():
        known, line = best.pop(kind, (0.0, None))
        if known + points > 0:
            best[kind] = (max(known, 0.0) + points, line)


def _in_prose(reading: Reading) -> dict[DocumentKind, float]:
    """What sentences say that only papers of one kind have, as "we hereby order"; the more of them, the surer. "This is
    no invoice" speaks against one.
    """
    table = lexicon().table("prose")
    said: dict[str, set[str]] = {}
    for segment in reading.layout.segments():
        for hit in find_hits(segment, table):
            if hit.meanings[0].name == _NO_INVOICE and _is_numbered(hit):
                continue  # "no invoice no. 4711" carries an invoice's number all the same
            said.setdefault(hit.meanings[0].name, set()).add(squeeze(hit.text))
    denied = said.pop(_NO_INVOICE, set())
    found = {DocumentKind(n): min(_MOST_SAID, _SAID + _SAID_MORE * (len(words) - 1)) for n, words in said.items()}
    return {**found, **dict.fromkeys(BILLABLE_KINDS, -_SAID)} if denied else found


def _is_self_billed(reading: Reading) -> bool:
    """Whether the buyer made the paper out, as German law calls "Gutschrift" what bills a delivery."""
    table = lexicon().table("type_codes")
    return any(
        meaning.name == _SELF_BILLED
        for segment in reading.layout.segments()
        for hit in find_hits(segment, table)
        for meaning in hit.meanings
    )


def _by_number(
    reading: Reading, best: Mapping[DocumentKind, tuple[float, int | None]]
) -> dict[DocumentKind, tuple[float, int | None]]:
    """What a labelled number says of a paper without a title, or with one that is a picture: an invoice or a credit."""
    found = labelled(reading, "invoice_number", SpanType.REFERENCE)
    labels = [squeeze(h.text) for h in reading.hits_of("invoice_number") if h.weight("invoice_number") == 1]
    if not labels or not found or found[0].score < _SURE_LABEL:
        return {}
    credited = [k for k, meanings in lexicon().kinds.items() if meanings[0].name == DocumentKind.CREDIT_NOTE]
    is_credit = any(key in label for label in labels for key in credited)
    kind = DocumentKind.CREDIT_NOTE if is_credit else DocumentKind.SUPPLIER_INVOICE
    known, line = best.get(kind, (0.0, None))
    sums = any(labelled(reading, name, SpanType.AMOUNT) for name in _SUMS)
    return {kind: (_NUMBERED if sums else max(known, _NUMBER_ALONE * _NUMBERED), line)}


def _is_clear(best: Mapping[DocumentKind, tuple[float, int | None]]) -> bool:
    """Whether the title of another kind than a customer's leads by more than anything else could bring."""
    customers = max((points for kind, (points, _) in best.items() if kind in CUSTOMER_KINDS), default=0.0)
    others = max((points for kind, (points, _) in best.items() if kind not in CUSTOMER_KINDS), default=0.0)
    return others - max(0.0, customers) > _CLEAR


def _titled(reading: Reading) -> dict[DocumentKind, tuple[float, int | None]]:
    """The best title of each kind with its line, on the first page that has one at all."""
    best: dict[DocumentKind, tuple[float, int | None]] = {}
    for page in range(1, min(len(reading.layout.pages), _MOST_PAGES) + 1):
        for points, kind, number in titles_on(reading, page):
            if kind not in best or points > best[kind][0]:
                best[kind] = (points, number)
        if any(points >= _ENOUGH for points, _ in best.values()):
            break
    return best


def titles_on(reading: Reading, page: int) -> Iterator[tuple[float, DocumentKind, int]]:
    """What on a page (1-based) may be a document's title: its points, the kind that it names and its line."""
    lines = [line for line in reading.layout.lines if line.page == page]
    for line in lines[:_MOST_LINES]:
        for segment in line.segments:
            hits = (*find_hits(segment, lexicon().kinds), *_compounds(segment), *_spaced(segment))
            for hit in (hit for hit in hits if not _CARD.search(segment.text[: hit.start])):
                yield _points(reading, hit), DocumentKind(hit.meanings[0].name), line.number


def _compounds(segment: Segment) -> Iterator[Hit]:
    """Words that end as a kind's name does, as "Baurechnung"."""
    for match in _LONG_WORD.finditer(segment.text):
        word = squeeze(match.group())
        endings = [ending for ending in lexicon().endings if word.endswith(ending) and len(word) > len(ending) + 2]
        if endings and word not in lexicon().kinds:
            yield Hit(lexicon().endings[max(endings, key=len)], segment, *match.span())


def _spaced(segment: Segment) -> Iterator[Hit]:
    """A title whose letters stand apart: "R E C H N U N G"."""
    if _SPACED.match(segment.text):
        meanings = lexicon().kinds.get(squeeze(segment.text))
        if meanings:
            yield Hit(meanings, segment, 0, len(segment.text))


def _points(reading: Reading, hit: Hit) -> float:
    segment = hit.segment
    height = reading.layout.pages[segment.page - 1].size.height
    points = 1.0 if segment.box.top < height * _UPPER_HALF else 0.0
    points += min(2.5, 2.2 * max(0.0, segment.size / reading.usual_size - 1))
    points += 0.5 * segment.bold + 0.5 * (hit.text.isupper() and len(hit.text) > 4)
    qualified = _is_qualified(hit) and not _is_ordinary(reading, segment)
    points += _QUALIFIED if qualified else _place_in_text(segment, hit, _is_asked_for(reading, segment))
    points += min(len(hit.text), 30) / 25
    is_small = segment.size < _SMALL * reading.usual_size and not segment.bold and not segment.text.isupper()
    return points - _REFERRED * _is_reference(reading, hit) - _OF_LABEL * is_small


def _is_qualified(hit: Hit) -> bool:
    """Whether a single word stands before the kind's name and none behind: "Original invoice"."""
    before, after = hit.segment.text[: hit.start].split(), hit.segment.text[hit.end :].strip()
    return len(before) == 1 and before[0].isalpha() and not after and hit.meanings[0].name not in _REFERRED_TO


def _is_reference(reading: Reading, hit: Hit) -> bool:
    """Whether it only names another paper by its number, in ordinary type or beside another such number: "Delivery note
    4711".
    """
    segment = hit.segment
    referred = hit.meanings[0].name in _REFERRED_TO or _is_return_credited(reading, hit)
    if not (_is_numbered(hit) and referred):
        return False
    others = (other for other in reading.layout.lines[segment.line].segments if other != segment)
    return _is_ordinary(reading, segment) or any(
        other.start == 0 and _is_numbered(other) for beside in others for other in find_hits(beside, lexicon().kinds)
    )


def _is_return_credited(reading: Reading, hit: Hit) -> bool:
    """Whether it is a return's number below the title of a credit note, which names what it credits."""
    if hit.meanings[0].name != DocumentKind.RETURN_FORM:
        return False
    above = (
        s for line in reading.layout.lines[: hit.segment.line] if line.page == hit.segment.page for s in line.segments
    )
    titles = (other for segment in above for other in find_hits(segment, lexicon().kinds) if other.start == 0)
    return any(other.meanings[0].name == DocumentKind.CREDIT_NOTE for other in titles)


def _is_numbered(hit: Hit) -> bool:
    return any(character.isdigit() for character in hit.segment.text[hit.end :])


def _is_asked_for(reading: Reading, segment: Segment) -> bool:
    """Whether it is a label: a colon begins what follows ("Order    : 4711"), or it stands in ordinary type among
    labels whose entries stand beneath ("Delivery note    Delivery date    Due on").
    """
    others = [other for other in reading.layout.lines[segment.line].segments if other != segment]
    following = [other for other in others if other.box.x0 >= segment.box.x1]
    if any(other.text.startswith(":") for other in following[:1]):
        return True
    return _is_ordinary(reading, segment) and any(_is_bare_label(reading, other) for other in others)


def _is_ordinary(reading: Reading, segment: Segment) -> bool:
    return segment.size <= reading.usual_size * _ORDINARY and not segment.bold


def _is_bare_label(reading: Reading, segment: Segment) -> bool:
    whole = len(segment.text.rstrip(" .:"))
    return any(hit.start == 0 and hit.end >= whole for hit in reading.hits(segment))


def _place_in_text(segment: Segment, hit: Hit, asked_for: bool) -> float:
    """A title stands alone or begins its run of text; a word within a sentence or before a colon is a label."""
    before, after = segment.text[: hit.start].strip(), segment.text[hit.end :].strip()
    if len(segment.text) > _LONG_TEXT:
        return -2.0 if before else -1.0
    if not before and not after:
        return -0.2 if asked_for else 1.2
    if not before:
        if any(character.isdigit() for character in after):
            return 0.9  # the document's number
        return -0.2 if after.startswith(":") else 0.5
    return 0.5 if before.endswith("(") else -0.6
