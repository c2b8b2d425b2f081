"""The ways in which a return form or a warranty claim can look, by name; some are kept apart for measuring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.demo.documents.forms import claims, returns
from service.demo.documents.forms.content import FormContent
from service.demo.documents.forms.sheet import FormDesign
from service.demo.documents.layouts import LayoutSet
from service.domain.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class Form:
    """One form: for which kind of document, how it looks and what it may be used for."""

    kind: DocumentKind
    design: FormDesign
    set: LayoutSet


_RETURN, _CLAIM = DocumentKind.RETURN_FORM, DocumentKind.WARRANTY_CLAIM
_FIT, _MEASURE = LayoutSet.FITTING, LayoutSet.MEASURING

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "slip_boxes": Form(_RETURN, returns.SLIP_BOXES, _FIT),
        "dotted_lines": Form(_RETURN, returns.DOTTED_LINES, _FIT),
        "fillable": Form(_RETURN, returns.FILLABLE, _FIT),
        "two_columns": Form(_RETURN, returns.TWO_COLUMNS, _MEASURE),
        "letter_of_return": Form(_RETURN, returns.LETTER_OF_RETURN, _MEASURE),
        "makers_boxes": Form(_CLAIM, claims.MAKERS_BOXES, _FIT),
        "letter_of_claim": Form(_CLAIM, claims.LETTER_OF_CLAIM, _FIT),
        "dealers_claim": Form(_CLAIM, claims.DEALERS_CLAIM, _FIT),
        "fillable_claim": Form(_CLAIM, claims.FILLABLE_CLAIM, _MEASURE),
        "claim_card": Form(_CLAIM, claims.CLAIM_CARD, _MEASURE),
    }
)


def render_form(content: FormContent, form: str) -> bytes:
    """The filled form as a PDF, the same bytes each time; KeyError for an unknown form."""
    return FORMS[form].design.draw(content)
