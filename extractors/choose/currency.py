"""Chooses the currency: a labelled one, else the one printed most often beside amounts."""

from __future__ import annotations

import re
from collections import defaultdict

from extractors.choose.candidates import confidence_of, printed
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment
from extractors.parse.currencies import CURRENCY_WORD, currency_of
from service.domain.fields import AnyField
from service.domain.geometry import union_of

_LABEL_POINTS, _AMOUNT_POINTS, _WORD_POINTS = 6.0, 1.0, 0.5
_BESIDE_FIGURE = re.compile(r"\d\s?$|^\s?-?\d")
_BEHIND_FIGURE = re.compile(r"\d\s?$")
_COUNTRIES = {
    "CA": r"\bCanada\b|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b|\b(?:ON|QC|BC|AB)\s", "AU": r"\bAustralia\b|\bABN\b|\bNSW\b|\bVIC\b",
    "NZ": r"\bNew Zealand\b", "SG": r"\bSingapore\b", "HK": r"\bHong Kong\b", "MX": r"\bM[eé]xico\b",
    "SE": r"\bSverige\b|\bSweden\b|\bOrg\.?\s?nr\b|\bBankgiro\b|\b[Mm]oms|\bSE\s?\d{10}01\b|\b[Bb]elopp\b|\w*[äöÄÖ]\w*",
    "NO": r"\bNorge\b|\bNorway\b|\bMVA\b|\b[Mm]va\b|\b[Bb]eløp\b|\bKID\b|\w*[æøÆØ]\w*|"
    r"\bOrg\.?\s?nr\.?\s?(?:NO\s?)?\d{3} ?\d{3} ?\d{3}\b",
    "DK": r"\bDanmark\b|\bDenmark\b|\bCVR\b|\b[Bb]eløb\b|\bDK\s?\d{8}\b|\b[Mm]oms|\w*[æøÆØ]\w*",
}  # fmt: skip


def choose_currency(reading: Reading) -> dict[str, AnyField]:
    """The document's currency with the place where it is printed first."""
    country = _country(reading)
    points: defaultdict[str, float] = defaultdict(float)
    places: dict[str, tuple[Segment, int, int]] = {}
    labelled = {hit.segment for hit in reading.hits_of("currency")}
    lines = {segment.line for segment in labelled}
    for segment in reading.layout.segments():
        for match in CURRENCY_WORD.finditer(segment.text):
            code = currency_of(match.group(), country)
            if code is None or not _is_meant(match) or _is_title_of_person(segment.text, match):
                continue
            points[code] += _weight(segment, match, lines)
            places.setdefault(code, (segment, *match.span()))
    if not points:
        return {}
    order = sorted(points.items(), key=lambda p: (-p[1], p[0]))
    code, most = order[0]
    second = order[1][1] if len(order) > 1 else 0.0
    segment, start, end = places[code]
    first, last = segment.word_range(start, end)
    box = union_of(word.box for word in segment.words[first:last])
    margin = min(3.0, 1.0 + most - second)
    return {
        "currency": printed(code, segment.text[start:end], confidence_of(margin), segment.page, box, "signs and codes")
    }


def _is_meant(match: re.Match[str]) -> bool:
    """Codes that are words or abbreviations in small letters are not currencies; "lei" is one
    only behind a figure or at the end of a label.
    """
    word = match.group()
    if word in ("lei", "Lei"):
        return match.end() == len(match.string) or bool(_BEHIND_FIGURE.search(match.string[: match.start()]))
    return not word.isalpha() or word.isupper() or word in ("Euro", "euro", "euros", "kr", "Kč", "Ft", "zł", "Rs")


def _is_title_of_person(text: str, match: re.Match[str]) -> bool:
    """Whether a name follows what may be a currency: "Fr. Muster" is no franc."""
    return match.group() == "Fr." and re.match(r"\s?[^\W\d_]", text[match.end() :]) is not None


def _weight(segment: Segment, match: re.Match[str], labelled_lines: set[int]) -> float:
    if segment.line in labelled_lines:
        return _LABEL_POINTS
    before, after = segment.text[: match.start()], segment.text[match.end() :]
    beside = _BESIDE_FIGURE.search(before[-2:]) or _BESIDE_FIGURE.search(after[:3])
    return _AMOUNT_POINTS if beside else _WORD_POINTS


def _country(reading: Reading) -> str | None:
    """The country that signs of a document name, where a dollar or a crown would be unclear."""
    text = "\n".join(segment.text for segment in reading.layout.segments())
    votes = {country: len(re.findall(pattern, text)) for country, pattern in _COUNTRIES.items()}
    best = max(votes, key=lambda country: (votes[country], country))
    return best if votes[best] else None
