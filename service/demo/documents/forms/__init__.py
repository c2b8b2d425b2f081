"""The ways in which a return form or a warranty claim can look, by name; some are kept apart for measuring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.demo.documents.forms import claim_families, claims, return_families, returns
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
        "parcel_slip": Form(_RETURN, return_families.PARCEL_SLIP, _FIT),
        "shaded_sheet": Form(_RETURN, return_families.SHADED_SHEET, _FIT),
        "portal_print": Form(_RETURN, return_families.PORTAL_PRINT, _FIT),
        "mail_of_return": Form(_RETURN, return_families.MAIL_OF_RETURN, _FIT),
        "combed": Form(_RETURN, return_families.COMBED, _FIT),
        "ink_on_dots": Form(_RETURN, return_families.INK_ON_DOTS, _FIT),
        "matrix": Form(_RETURN, return_families.MATRIX, _MEASURE),
        "cards_and_side": Form(_RETURN, return_families.CARDS_AND_SIDE, _MEASURE),
        "fillable_sheet": Form(_RETURN, return_families.FILLABLE_SHEET, _MEASURE),
        "two_shaded": Form(_RETURN, return_families.TWO_SHADED, _MEASURE),
        "short_mail": Form(_RETURN, return_families.SHORT_MAIL, _MEASURE),
        "shaded_claim": Form(_CLAIM, claim_families.SHADED_CLAIM, _FIT),
        "service_portal": Form(_CLAIM, claim_families.SERVICE_PORTAL, _FIT),
        "mail_of_claim": Form(_CLAIM, claim_families.MAIL_OF_CLAIM, _FIT),
        "dealers_sheet": Form(_CLAIM, claim_families.DEALERS_SHEET, _FIT),
        "ink_claim": Form(_CLAIM, claim_families.INK_CLAIM, _FIT),
        "combed_claim": Form(_CLAIM, claim_families.COMBED_CLAIM, _FIT),
        "columns_claim": Form(_CLAIM, claim_families.COLUMNS_CLAIM, _MEASURE),
        "cost_sheet": Form(_CLAIM, claim_families.COST_SHEET, _MEASURE),
        "fillable_card": Form(_CLAIM, claim_families.FILLABLE_CARD, _MEASURE),
        "short_claim_mail": Form(_CLAIM, claim_families.SHORT_CLAIM_MAIL, _MEASURE),
        "technicians_report": Form(_CLAIM, claim_families.TECHNICIANS_REPORT, _MEASURE),
    }
)


def render_form(content: FormContent, form: str) -> bytes:
    """The filled form as a PDF, the same bytes each time; KeyError for an unknown form."""
    return FORMS[form].design.draw(content)
