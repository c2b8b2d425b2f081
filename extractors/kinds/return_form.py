"""Return forms and letters by which a customer sends goods back or withdraws from a purchase."""

from __future__ import annotations

from extractors.choose.forms.assembly import FormKind, read_form
from extractors.choose.forms.meanings import Sense
from extractors.choose.forms.prose import withdrawal_words
from extractors.choose.forms.reasons import Fields, reason_fields
from extractors.choose.forms.requests import choose_refund
from extractors.choose.kind import Title
from extractors.choose.reading import Reading
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.kinds import spec_of

_WORDS_OF_LAW = 1.2
KIND = FormKind(spec_of(DocumentKind.RETURN_FORM), dated="request_date", numbered="return_number", own=(choose_refund,))


def read(reading: Reading, title: Title) -> Extraction:
    """The return that the document asks for; goods without a reason come back by withdrawal where it says so."""
    return read_form(reading, title, KIND, finish=_finish)


def _finish(reading: Reading, lines: tuple[Fields, ...]) -> tuple[Fields, ...]:
    found = None if lines and all("reason" in line for line in lines) else withdrawal_words(reading)
    if found is None:
        return lines
    given = reason_fields(Sense("withdrawal", 0.9, 0, 0), found.raw, found, _WORDS_OF_LAW, "words of withdrawal")
    return tuple(line if "reason" in line else {**line, **given} for line in lines)
