"""Where a letter says within a sentence how its writer is reached: "My address is 4 Elm Road, Leeds LS1 4AB"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.addresses import has_postcode
from extractors.choose.candidates import confidence_of, printed
from extractors.choose.forms.prose import body_of
from extractors.choose.hits import find_hits, find_phrases
from extractors.choose.reading import Reading
from extractors.layout.lines import Segment
from extractors.parse.phones import find_phones
from service.domain.fields import AnyField

_SURE = 1.3
_NEAR = 24  # characters between the words for a telephone and its number
_CONNECTED = re.compile(
    r"[.;]\s|,?\s(?:and|und|et|y|e|en)\s+(?=[^\W\d_]{2,})|,?\s+(?=(?:tel|mob)\b)|[.;]?\s*$", re.IGNORECASE
)
_OPENING = re.compile(r"^[\s:,]*(?:(?:is|ist|lautet|est|es|è)\b)?[\s:,]*(?:in der |in |at |au )?", re.IGNORECASE)


def letter_contact(reading: Reading) -> dict[str, AnyField]:
    """customer_address and customer_phone as the letter's body tells them."""
    found: dict[str, AnyField] = {}
    for paragraph in body_of(reading):
        for name, field in (*_addresses(reading, paragraph), *_phones(reading, paragraph)):
            found.setdefault(name, field)
    return found


def _addresses(reading: Reading, paragraph: Segment) -> Iterator[tuple[str, AnyField]]:
    table = reading.vocabulary.lexicon.table("reached")
    for hit in find_hits(paragraph, table):
        if not hit.weight("address"):
            continue
        opening = _OPENING.match(paragraph.text[hit.end :])
        start = hit.end + (opening.end() if opening is not None else 0)
        for end in (match.start() for match in _CONNECTED.finditer(paragraph.text, start)):
            text = paragraph.text[start:end].strip(" ,.")
            if has_postcode(text):
                part = paragraph.part(*paragraph.word_range(start, end))
                sure = confidence_of(_SURE)
                yield "customer_address", printed(text, text, sure, part.page, part.box, f"after “{hit.text}”")
                break


def _phones(reading: Reading, paragraph: Segment) -> Iterator[tuple[str, AnyField]]:
    for phone in find_phones(paragraph.text):
        if is_reached_at(reading, paragraph.text[: phone.start]):
            part = paragraph.part(*paragraph.word_range(phone.start, phone.end))
            sure = confidence_of(_SURE)
            yield "customer_phone", printed(phone.value, phone.value, sure, part.page, part.box, "told in the letter")


def is_reached_at(reading: Reading, before: str) -> bool:
    """Whether the words right before a number say that somebody is reached there."""
    phrases = find_phrases(before, reading.vocabulary.lexicon.table("reached"))
    cues = [p for p in phrases if any(m.name == "reached" for m in p.meanings)]
    return bool(cues) and len(before) - cues[-1].end <= _NEAR and not any(c.isdigit() for c in before[cues[-1].end :])
